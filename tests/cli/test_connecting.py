"""Connecting many, by a name of its own, and disconnecting, as scripts do it: without the network."""

from collections.abc import Callable
from pathlib import Path

import pytest

from awra_tui.actions.sync import sync_now
from tests.cli.commands import Said, call
from tests.cli.test_contract import agree, examples, shape
from tests.office import BASE, BooksCompany, office
from tests.unconnected import ASKING, book_names, write_names
from tests.watch import Watch

Tell = Callable[..., Said]


@pytest.fixture
async def tell(watch: Watch, tmp_path: Path) -> Tell:
    """What calls a command of a profile that was synced: seven names wait, three of them certain."""
    company = BooksCompany("empty-us")
    write_names(tmp_path)
    book_names(company)
    company.book("Vendor", {"DisplayName": "Zebra Works"})
    with office(tmp_path, company, ASKING) as desk:
        await sync_now(desk)
    told = company.announced
    settings = (
        f"qbo.realm_id={told.realm_id}",
        f"qbo.api_base_url={BASE}",
        f"qbo.token_url={told.token_url}",
        f"qbo.revoke_url={told.revoke_url}",
    )
    given = [word for one in settings for word in ("--set", one)]
    return lambda *args: call(*args, "--profile", str(tmp_path / "profile.toml"), *given)


def test_what_is_not_connected_is_listed_with_what_it_may_be(tell: Tell) -> None:
    said = tell("connect-many", "--json")
    assert said.code == 0
    assert agree(shape(examples("connect-many")[0]), shape(said.data))
    found = {one["record"]: one for one in said.data}
    assert [name for name, one in found.items() if one["certain"]] == [
        "customer/C-1", "vendor/V-1", "item/TEA-1",
    ]  # fmt: skip
    assert (found["customer/C-1"]["waits"], found["customer/C-1"]["money"]) == (1, {"USD": "10.00"})
    assert "certain" in tell("connect-many", "--kind", "vendor").text
    assert "customer" not in tell("connect-many", "--kind", "vendor").text


def test_the_certain_ones_are_connected_together_and_taken_back(tell: Tell) -> None:
    said = tell("connect-many", "--certain", "--start", "2026-11-01", "--json")
    assert said.code == 0
    assert agree(shape(examples("connect-many")[1]), shape(said.data))
    assert set(said.data["connected"]) == {"customer/C-1", "vendor/V-1", "item/I-1"}
    assert tell("connect-many", "--certain").err.startswith("Nothing was connected: none of them is certain.")
    assert "not connected any more" in tell("undo").text
    again = tell("connect-many", "customer/C-1", "customer/C-2")
    assert again.text == "Connected 2 customers. 2 records can be sent now.\n"
    assert "Brings in 2 invoices, USD 15.00, of all dates" in again.err


def test_that_all_are_connected_is_said_of_what_was_asked_for_only(tell: Tell) -> None:
    tell("connect-many", "item/I-1")
    assert not tell("connect-many", "--kind", "item", "--json").data
    said = tell("connect-many", "--kind", "item")
    assert said.text == "Every product is connected, or needs no decision.\n"


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (["customer/C-5"], "nothing in QuickBooks is like it"),
        (["customer/C-3", "customer/C-4"], "another of these is to be connected to the same one"),
        (["invoice/INV-1"], "it does not wait to be connected"),
        (["customer/C-1", "--certain"], "not both"),
    ],
)
def test_one_that_cannot_be_connected_stops_all(tell: Tell, names: list[str], why: str) -> None:
    said = tell("connect-many", *names)
    assert said.code == 2
    assert why in said.err
    assert len(tell("connect-many", "--json").data) == 7


def test_new_ones_are_created_together_by_free_names_and_taken_back(tell: Tell) -> None:
    listed = {one["record"]: one for one in tell("connect-many", "--json").data}
    zebra = listed["customer/C-5"]
    assert (zebra["namesake"], zebra["distinct"]) == ("vendor", "Zebra Works (Customer)")
    assert "vendor has the name; --new creates it as Zebra Works (Customer)" in tell("connect-many").text
    said = tell("connect-many", "--new", "customer/C-5", "customer/C-4", "--json")
    assert said.code == 0
    assert agree(shape(examples("connect-many")[2]), shape(said.data))
    assert said.data["created"] == {
        "customer/C-5": "Zebra Works (Customer)", "customer/C-4": "Mangrove Lodge Annex",
    }  # fmt: skip
    assert tell("undo").text == "2 customers will not be created.\n"
    said = tell("connect-many", "--new", "customer/C-5", "--start", "none")
    assert "Zebra Works as Zebra Works (Customer)." in said.err
    assert "is no customer, vendor or item" in tell("connect-many", "--new", "invoice/INV-1").err
    assert "--new goes with RECORD only" in tell("connect-many", "--new").err


def test_a_name_in_use_names_the_usual_distinct_one(tell: Tell) -> None:
    refused = tell("connect-customer", "C-5", "--new")
    assert refused.code == 2
    assert '--name "Zebra Works (Customer)" creates it by a name of its own.' in refused.err
    assert refused.err.count("\n") == 1
    done = tell("connect-customer", "C-5", "--new", "--name", "Zebra Works (Customer)")
    assert (done.code, done.text.partition(".")[0]) == (
        0, "It will be created in QuickBooks as Zebra Works (Customer)",
    )  # fmt: skip
    assert "--name goes with --new only" in tell("connect-customer", "C-5", "--name", "X").err


def test_disconnecting_says_what_it_means_and_is_taken_back(tell: Tell) -> None:
    assert "it is not connected" in tell("unlink", "customer/C-1").err
    tell("connect-many", "customer/C-1")
    said = tell("unlink", "customer/C-1", "--json")
    assert said.code == 0
    assert agree(shape(examples("unlink")[0]), shape(said.data))
    assert "Nothing is deleted or changed in QuickBooks" in said.data["means"][0]
    assert tell("unlink", "customer/C-1").code == 2
    assert "is connected again as before" in tell("undo").text
    told = tell("unlink", "customer/C-1")
    assert told.text.startswith("Disconnected from customer Baobab (id ")
    assert "What waits for it is held until it is connected again: 1 invoice." in told.err
