"""What undoing brings back is the warning that was there before: with its number, age and owner."""

from pathlib import Path

import pytest

from awra_tui.actions.connect import connect_record, create_new
from awra_tui.actions.owner import set_owner
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last
from awra_tui.cache.pages.overview import overview
from awra_tui.cache.pages.warnings import WarningQuery, warnings_all
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.sync.desk import Desk
from tests.mapped import map_to
from tests.office import PROFILE, BooksCompany, office, write_ledger
from tests.watch import Watch

ASKING = PROFILE.replace('new_customers = "create"', 'new_customers = "ask"')
UNMAPPED = PROFILE.replace('value = "*"', 'value = "Nothing of ours"')
CUSTOMER = RecordKey("customer", "C-1")
ANY_ITEM = MappingKey("item", "*")


def told(desk: Desk) -> list[tuple[int, str, str, str, str, str]]:
    found = desk.cache.now(warnings_all, WarningQuery())
    return [(one.id, one.sentence, one.owner, one.opened_at, one.change, one.root) for one in found]


async def test_a_mapping_taken_back_leaves_owner_and_age(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "5.00", "INV-2": "7.00"})
    with office(tmp_path, company, UNMAPPED) as desk:
        await sync_now(desk)
        await set_owner(desk, [row[0] for row in told(desk)], "Njeri")
        before, counts = told(desk), desk.cache.now(overview)
        assert before
        watch.forward(hours=30)
        await map_to(desk, ANY_ITEM, company.one("Item", Name="Hours")["Id"])
        assert told(desk) == []
        watch.forward(hours=1)
        await undo_last(desk)
        assert told(desk) == before
        assert desk.cache.now(overview).kinds == counts.kinds
        await undo_last(desk)
        assert {row[2] for row in told(desk)} == {""}


@pytest.mark.parametrize("create", [False, True])
async def test_a_connection_taken_back_leaves_what_waited_as_it_was(
    watch: Watch, tmp_path: Path, create: bool
) -> None:
    company = BooksCompany("empty-us")
    there = company.book("Customer", {"DisplayName": "Baobab Cafe Ltd"})
    write_ledger(tmp_path, {"INV-1": "5.00"}, ["INV-1"])
    with office(tmp_path, company, ASKING) as desk:
        await sync_now(desk)
        before = told(desk)
        watch.forward(hours=30)
        await (create_new(desk, CUSTOMER) if create else connect_record(desk, CUSTOMER, there["Id"]))
        assert len(told(desk)) < len(before)
        watch.forward(hours=1)
        await undo_last(desk)
        assert told(desk) == before
