"""Many names connected at once: what is certain, one decision, one undo."""

import datetime as dt
from pathlib import Path

import pytest

from awra_tui.actions.audit import about, audit
from awra_tui.actions.connect import connect_record, create_new, preview_connect
from awra_tui.actions.connect_many import Unconnected, connect_many, preview_many, unconnected
from awra_tui.actions.create_many import create_many
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last
from awra_tui.actions.unlink import unlink
from awra_tui.cache.pages.audit import AuditQuery
from awra_tui.cache.store import decisions, facts, links, parted, records
from awra_tui.records.errors import AwraError
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk
from awra_tui.sync.view import start_fact
from tests.office import BooksCompany, empty_company, office, write_source
from tests.unconnected import ACACIA, ASKING, BAOBAB, ITEM, VENDOR, book_names, names_desk, write_names

company = empty_company
desk = names_desk


@pytest.fixture
def ids(company: BooksCompany) -> dict[RecordKey, str]:
    return book_names(company)


async def listed(desk: Desk) -> dict[RecordKey, Unconnected]:
    return {one.key: one for one in await unconnected(desk)}


def status(desk: Desk, *keys: RecordKey) -> list[Status]:
    return [one.status for one in desk.cache.now(records.many, keys).values()]


async def test_only_what_leaves_no_question_is_certain(desk: Desk, ids: dict[RecordKey, str]) -> None:
    await sync_now(desk)
    found = await listed(desk)
    assert [key for key, one in found.items() if one.is_certain] == [BAOBAB, VENDOR, ITEM]
    best = {key: one.best.object.id for key, one in found.items() if one.best}
    assert {key: best[key] for key in ids} == ids
    assert best[RecordKey("customer", "C-4")] == ids[RecordKey("customer", "C-3")]
    assert found[RecordKey("customer", "C-5")].best is None
    assert (found[BAOBAB].waits, found[BAOBAB].held[0].minor) == (1, 1000)
    assert found[VENDOR].best
    assert found[VENDOR].best.why == "the same tax number"


async def test_what_is_free_for_nobody_is_offered_to_nobody(
    desk: Desk, company: BooksCompany, ids: dict[RecordKey, str]
) -> None:
    company.book("Customer", {"Id": ids[BAOBAB], "SyncToken": "0", "sparse": True, "Active": False})
    await sync_now(desk)
    await connect_record(desk, RecordKey("customer", "C-5"), ids[ACACIA])
    found = await listed(desk)
    assert found[BAOBAB].best is None
    assert found[ACACIA].best is None
    assert RecordKey("customer", "C-5") not in found


async def test_many_are_one_decision_and_one_undo(
    desk: Desk, company: BooksCompany, ids: dict[RecordKey, str]
) -> None:
    await sync_now(desk)
    start = dt.date(2026, 11, 1)
    chosen = {key: ids[key] for key in (BAOBAB, ACACIA, VENDOR, ITEM)}
    said = await preview_many(desk, chosen, start)
    assert said.sentence.startswith(
        "Connects 2 customers, 1 vendor and 1 product/service. Releases 1 invoice"
    )
    assert said.follows[:2] == (
        "Brings in 1 invoice, USD 10.00, dated 2026-11-01 or later; not tried until the next sync.",
        "1 invoice, USD 5.00 dated before 2026-11-01 stays out.",
    )
    assert (said.refused, said.releases) == ("", 1)
    count = len(desk.cache.now(decisions.newest))
    done = await connect_many(desk, chosen, start)
    assert done.sentence == (
        "Connected 2 customers, 1 vendor and 1 product/service. 1 record can be sent now."
    )
    assert done.released == (RecordKey("invoice", "INV-1"),)
    made = [one.verb for one in desk.cache.now(decisions.newest)]
    assert made[: len(made) - count] == ["release", "connect many"]
    assert status(desk, *chosen, RecordKey("invoice", "INV-1")) == [Status.SUCCEEDED] * 4 + [Status.PENDING]

    undone = await undo_last(desk)
    assert undone.sentence.startswith("2 customers, 1 vendor and 1 product/service not connected any more;")
    assert [desk.cache.now(links.of, key) for key in chosen] == [()] * 4
    assert desk.cache.now(facts.get, start_fact(BAOBAB)) == ""
    assert status(desk, *chosen, RecordKey("invoice", "INV-1")) == [Status.NEEDS_ATTENTION] * 5
    assert set(await listed(desk)) >= set(chosen)


async def test_what_was_connected_anew_since_is_left_by_the_undo(
    desk: Desk, company: BooksCompany, ids: dict[RecordKey, str]
) -> None:
    other = str(company.book("Customer", {"DisplayName": "Acacia Two"})["Id"])
    await sync_now(desk)
    await connect_many(desk, {BAOBAB: ids[BAOBAB], ACACIA: ids[ACACIA]})
    who, desk.who = desk.who, "njeri@office"
    await unlink(desk, ACACIA)
    assert desk.cache.now(parted.of, ACACIA) == ids[ACACIA]
    await connect_record(desk, ACACIA, other)
    desk.who = who
    assert "1 were decided about again meanwhile" in (await undo_last(desk)).sentence
    assert desk.cache.now(links.of, BAOBAB) == ()
    assert [link.qbo_id for link in desk.cache.now(links.of, ACACIA)] == [other]


async def test_where_all_was_decided_about_again_nothing_is_undone(
    desk: Desk, ids: dict[RecordKey, str]
) -> None:
    await sync_now(desk)
    await connect_many(desk, {BAOBAB: ids[BAOBAB]})
    who, desk.who = desk.who, "njeri@office"
    await unlink(desk, BAOBAB)
    desk.who = who
    with pytest.raises(AwraError, match="nothing was undone"):
        await undo_last(desk)


async def test_one_that_cannot_be_connected_stops_all(desk: Desk, ids: dict[RecordKey, str]) -> None:
    await sync_now(desk)
    twice = {BAOBAB: ids[BAOBAB], ACACIA: ids[BAOBAB]}
    assert "to the same one" in (await preview_many(desk, twice)).refused
    for wrong, told in (
        (twice, "to the same one"),
        ({BAOBAB: "4711"}, "no customer with the id"),
        ({}, "select"),
    ):
        with pytest.raises(AwraError, match=f"Nothing was connected.*{told}"):
            await connect_many(desk, wrong)
    assert desk.cache.now(links.of, BAOBAB) == ()


async def test_a_name_that_breaks_the_rules_is_created_without_what_breaks_them(
    company: BooksCompany, tmp_path: Path
) -> None:
    write_names(tmp_path)
    write_source(tmp_path, "customers.csv", [{"id": "C-1", "name": "Baobab: Café", "email": ""}])
    with office(tmp_path, company, ASKING) as desk:
        await sync_now(desk)
        said = await preview_connect(desk, BAOBAB, "")
        assert "a colon" in said.refused
        await create_new(desk, BAOBAB, name=said.distinct)
        await sync_now(desk)
        assert company.one("Customer", DisplayName="Baobab Café")


async def test_the_audit_names_the_one_that_was_connected_or_created_alone(
    desk: Desk, ids: dict[RecordKey, str]
) -> None:
    await sync_now(desk)
    await connect_many(desk, {BAOBAB: ids[BAOBAB]})
    await undo_last(desk)
    await create_many(desk, [BAOBAB])
    await undo_last(desk)
    mine = await audit(desk, AuditQuery(who=desk.who))
    assert {about(row) for row in mine} == {"Customer Baobab Café"}
    assert len(mine) == 4
