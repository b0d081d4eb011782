"""The queue on the command line: by cause, by issue, and since a day."""

import datetime as dt

import pytest

from awra_tui.records.clock import today
from tests.cli.commands import call
from tests.cli.conftest import Shop


def test_causes_come_with_what_stands_under_them(shop: Shop) -> None:
    said = call("warnings", "--by-cause", "--json")
    assert said.code == 1
    assert [(one["kind"], one["source_id"]) for one in said.data] == [
        ("customer", "C-1"),
        ("customer", "C-2"),
    ]
    first = said.data[0]["stands_for"]
    assert (first["warnings"], first["records"]) == (3, {"invoice": 2, "customer": 1})
    assert (first["waiting"], said.data[0]["root"]) == ({"invoice": 2}, "record:customer/C-1")
    assert first["money"] == {"USD": "130.50"}
    assert "billing" in said.data[0]["holds_up"]
    told = call("warnings", "--by-cause").text.splitlines()
    assert told[0].startswith("1 customer, and 2 invoices that wait for it ")
    assert "130.50" in told[0]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--find", "zzz"), "None of the open warnings (6) is as asked for."),
        (("--kind", "vendor", "--by-cause"), "None of the open warnings (6) is as asked for."),
        (("--cause", "record:customer/C-99"), "None of the open warnings (6) is as asked for."),
        (("--dismissed",), "No warnings that were dismissed."),
        (("--snoozed", "--find", "zzz"), "No warnings that were put aside until a day."),
        (("--waiting",), "Nothing waits for a change in QuickBooks."),
    ],
)
def test_that_nothing_is_found_is_not_told_as_nothing_being_wrong(
    shop: Shop, given: tuple[str, ...], said: str
) -> None:
    assert call("warnings", *given).text == f"{said}\n"


@pytest.mark.parametrize(("issue", "count"), [("missing", 6), ("failed", 0), ("Mismatched", 0)])
def test_only_one_issue(shop: Shop, issue: str, count: int) -> None:
    said = call("warnings", "--issue", issue, "--json")
    assert (len(said.data), said.code) == (count, int(count > 0))
    assert {one["issue"] for one in said.data} <= {"missing"}


def test_what_is_new_since_a_day(shop: Shop) -> None:
    assert len(call("warnings", "--since", "yesterday", "--json").data) == 6
    later = (today() + dt.timedelta(days=2)).isoformat()
    said = call("warnings", "--since", later, "--json")
    assert (said.code, said.data) == (0, [])


def test_a_day_that_is_none_is_refused_in_a_sentence(shop: Shop) -> None:
    said = call("warnings", "--since", "last tuesday")
    assert said.code == 2
    assert '--since is "last tuesday", but must be yesterday, today or a day' in said.err
