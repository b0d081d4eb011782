"""What an earlier version decided is taken back too: it kept less of what was so before."""

from typing import Any

import pytest

from awra_tui.actions.connect import connect_record
from awra_tui.actions.deciding import decide
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last
from awra_tui.cache import rows
from awra_tui.cache.jsontext import to_text
from awra_tui.cache.store import decisions, facts, links
from awra_tui.records.chosen import Choice
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk
from awra_tui.sync.view import allowance
from tests.actions.test_decided_since import create
from tests.office import BooksCompany, empty_company
from tests.two_months import CUSTOMER, in_books, status, two_months_desk

company = empty_company
desk = two_months_desk

LATER = ("allowed", "parted")
"""What of a record only later versions keep."""


def without(state: Any) -> Any:
    """Return a state of a decision without what only later versions keep."""
    if not isinstance(state, dict):
        return state
    return {name: without(value) for name, value in state.items() if name not in LATER}


def make_earlier(desk: Desk) -> None:
    """Let the last decision be as an earlier version kept it."""
    last = desk.cache.now(decisions.last_undoable, desk.who, ("create_new", "create many", "accept"))
    assert last is not None
    told = (to_text(without(last.before)), last.id)
    desk.cache.now(rows.execute, "UPDATE decision SET before = ? WHERE id = ?", told)


@pytest.mark.parametrize("together", [False, True], ids=["one", "many"])
async def test_that_a_customer_is_created(desk: Desk, *, together: bool) -> None:
    await sync_now(desk)
    await create(desk, together=together)
    make_earlier(desk)
    assert (await undo_last(desk)).sentence.endswith("will not be created.")
    assert desk.cache.now(facts.get, allowance(CUSTOMER)) == ""
    assert status(desk, CUSTOMER) == [Status.NEEDS_ATTENTION]


async def test_a_choice(desk: Desk, company: BooksCompany) -> None:
    there, key = in_books(company), RecordKey("invoice", "NEW-1")
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there)
    await sync_now(desk)
    company.change("Invoice", company.one("Invoice", DocNumber="NEW-1"), TxnDate="2026-11-09")
    await sync_now(desk)
    before = desk.cache.now(links.of, key)
    await decide(desk, Choice.ACCEPT, key)
    make_earlier(desk)
    assert "to be decided again" in (await undo_last(desk)).sentence
    assert desk.cache.now(links.of, key) == before
