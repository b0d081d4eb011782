"""Commands that only read: their JSON, their text, and what they need not."""

import json
import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest

from awra_tui.records.finding import STEPS
from awra_tui.records.kinds import KINDS
from awra_tui.records.status import Dimension
from tests.cli.commands import call, is_one_sentence
from tests.cli.conftest import ROUGH, Shop


def test_status_counts_by_kind_and_dimension(shop: Shop) -> None:
    said = call("status", "--json")
    status = said.data
    assert said.code == 1
    assert status["company"]["realm_id"] == shop.company["realm_id"]
    assert status["connection"]["state"] == "connected"
    assert status["last_sync"]["outcome"] == "done"
    assert status["next_sync"] is None
    assert list(status["kinds"]) == list(KINDS)
    assert list(status["dimensions"]) == list(Dimension)
    invoice = status["kinds"]["invoice"]
    counted = [invoice[name] for name in ("source", "qbo", "matched", "pending", "warnings", "dismissed")]
    assert counted == [4, 0, 0, 0, 4, 0]
    assert invoice["waiting"] == {"USD": "150.90"}
    assert sum(status["dimensions"].values()) == len(call("warnings", "--json").data)


def test_warnings_come_in_order_of_work_with_text_as_it_came(shop: Shop) -> None:
    said = call("warnings", "--json")
    assert said.code == 1
    assert [(one["kind"], one["source_id"]) for one in said.data] == [
        ("customer", "C-1"), ("customer", "C-2"),
        ("invoice", "i1"), ("invoice", "i2"), ("invoice", "i3"), ("invoice", "i4"),
    ]  # fmt: skip
    assert {one["party"] for one in said.data} == {"Baobab Café", ROUGH}
    invoices = [one for one in said.data if one["kind"] == "invoice"]
    assert sum(Decimal(one["amount"]) for one in invoices) == Decimal("150.90")
    assert all(isinstance(one["amount"], str) and one["blocked_by"] for one in invoices)


def test_text_obeys_no_name_from_outside(shop: Shop) -> None:
    for args in (
        ["warnings"],
        ["status"],
        ["show", "invoice/i3"],
        ["show", "TWIN"],
        ["connect-customer", "C-2"],
    ):
        said = call(*args)
        assert "\x1b" not in said.text + said.err
    assert "[red]O'Neil" in call("warnings").text


def test_columns_stand_below_each_other(shop: Shop) -> None:
    lines = call("warnings", "--kind", "invoice").text.splitlines()
    assert len({line.index("Invoice ") for line in lines}) == 1
    amounts = ("USD 120.50", "USD 10.00", "USD 20.10", "USD 0.30")
    ends = [line.index(amount) + len(amount) for line, amount in zip(lines, amounts, strict=True)]
    assert len(set(ends)) == 1


@pytest.mark.parametrize(
    ("args", "found"),
    [
        (["--kind", "customer"], 2),
        (["--kind", "customer", "--kind", "invoice"], 6),
        (["--cause", "record:customer/C-1"], 3),
        (["--find", "twin"], 2),
        (["--dimension", "mapping"], 6),
        (["--dimension", "transport"], 0),
        (["--dimension", "source data"], 0),
        (["--dimension", "SOURCE_DATA"], 0),
        (["--dimension", "Temporary Problem"], 0),
        (["--dimension", "Mapping"], 6),
        (["--dismissed"], 0),
    ],
)
def test_warnings_can_be_narrowed(shop: Shop, args: list[str], found: int) -> None:
    said = call("warnings", "--json", *args)
    assert (len(said.data), said.code) == (found, 1 if found else 0)


def test_warnings_can_be_sorted_by_amount(shop: Shop) -> None:
    said = call("warnings", "--json", "--kind", "invoice", "--sort", "amount", "--descending")
    assert [one["amount"] for one in said.data] == ["120.50", "20.10", "10.00", "0.30"]


def test_show_has_every_step_of_the_way(shop: Shop) -> None:
    said = call("show", "invoice/INV/7 a", "--json")
    assert said.code == 1
    assert [step["step"] for step in said.data["chain"]] == list(STEPS)
    assert said.data["amount"] == "120.50"
    assert said.data["record"]["lines"] == [{"amount": "120.50"}]
    assert [one["source_id"] for one in said.data["related"]] == ["C-1"]


def test_evidence_is_markdown(shop: Shop) -> None:
    said = call("show", "invoice/INV/7 a", "--evidence")
    assert said.code == 0
    assert said.text.startswith("# Invoice INV/7 a did not arrive")
    assert call("show", "--evidence", "--json", "invoice/INV/7 a").data["markdown"].startswith("# Invoice")


def test_log_has_the_run_and_nothing_sent(shop: Shop) -> None:
    [run] = call("log", "--json").data
    assert (run["trigger"], run["outcome"]) == ("command", "done")
    said = call("log", str(run["id"]), "--json")
    assert (said.code, said.data) == (0, [])
    assert call("log", "--find", "nowhere at all").out == b"No attempts: nothing of it was sent.\n"
    refused = call("log", "77", "--json")
    assert (refused.code, refused.out) == (2, b"")
    assert "no run 77" in refused.err


def test_before_the_first_sync_lists_are_empty_and_names_unknown(new_shop: Shop) -> None:
    said = call("status", "--json")
    assert said.code == 0
    assert (said.data["company"], said.data["last_sync"]) == (None, None)
    assert said.data["connection"]["state"] == "never connected"
    assert said.data["kinds"]["invoice"]["source"] == 0
    assert said.data["kinds"]["invoice"]["waiting"] == {}
    for args in (["warnings", "--json"], ["log", "--json"], ["map", "--json"]):
        assert (call(*args).data, call(*args).code) == ([], 0)
    refused = call("show", "invoice/INV-1")
    assert refused.code == 2
    assert refused.err.startswith("Nothing has been synced for Shop yet")
    assert not (new_shop.home / "data").exists(), "reading leaves nothing behind"


def test_reading_needs_no_secrets_and_no_network(shop: Shop) -> None:
    (shop.home / "data" / "secrets" / "shop.json").unlink()
    nobody = ("--set", "qbo.api_base_url=http://127.0.0.1:9", "--set", "qbo.token_store=keyring")
    for args in (["status"], ["warnings"], ["show", "invoice/i3"], ["map"], ["connect-customer", "C-1"]):
        said = call(*args, *nobody)
        assert said.code in {0, 1}, said.err
        assert said.err == ""


def test_options_may_stand_before_the_command(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWRA_TUI_PROFILE")
    said = call("--profile", "shop", "--json", "--set", "name=Elsewhere", "status")
    assert said.data["profile"] == "Elsewhere"
    assert call("--profile", "nobody", "status", "--profile", "shop").code == 1


def test_a_profile_can_be_a_path(shop: Shop) -> None:
    assert call("status", "--json", "--profile", str(shop.profile)).data["profile"] == "Shop"


def test_json_is_utf_8_whatever_the_terminal_speaks(shop: Shop) -> None:
    said = call("warnings", "--json")
    assert "Söhne" in said.out.decode("utf-8")
    assert json.loads(said.out)


def test_a_cache_of_a_newer_program_is_refused_in_a_sentence(shop: Shop) -> None:
    with closing(sqlite3.connect(shop.home / "data" / "shop.db")) as connection, connection:
        connection.execute("CREATE TABLE later AS SELECT * FROM schema_migration LIMIT 1")
        connection.execute("UPDATE later SET name = '9999_later'")
        columns = [row[1] for row in connection.execute("PRAGMA table_info(later)") if row[1] != "id"]
        listed = ", ".join(columns)
        connection.execute(f"INSERT INTO schema_migration ({listed}) SELECT {listed} FROM later")
    for args in (["status"], ["sync"], ["dismiss", "invoice/i3", "--why", "x"]):
        said = call(*args)
        assert said.code == 2
        assert "newer awra-tui" in said.err
        assert is_one_sentence(said.err)


def test_a_value_that_nothing_needs_is_mapped_in_advance_only_when_that_is_said(shop: Shop) -> None:
    before = call("map", "--json").data
    assert call("map", "item/Tea", "Services").code == 2
    assert call("map", "--json").data == before
    assert {one["entity"] for one in call("map", "item/Tea", "--new", "--json").data} == {"Item"}
    assert call("map", "item/Tea", "Services", "--new").code == 0
    assert call("map", "item/Tea", "Services").code == 0
    assert "item/Tea" in {one["mapping"] for one in call("map", "--json").data}
    assert call("map", "class/*", "--json").code == 0
