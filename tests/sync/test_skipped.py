"""Skipped records: judged anew only where they, or what skips them, have changed."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from awra_tui.actions.sync import sync_now
from awra_tui.cache.store import records
from awra_tui.cache.stored import StoredRecord
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync import levels
from awra_tui.sync.desk import Desk
from awra_tui.sync.judging import Verdicts, judge_chunk
from tests.office import BooksCompany, office, write_ledger
from tests.watch import Watch

FIRST, SECOND = RecordKey("invoice", "INV-1"), RecordKey("invoice", "INV-2")
LATE = ('sync.start_date="2026-11-10"',)


def statuses(desk: Desk) -> list[Status]:
    return [one.status for one in desk.cache.now(records.many, [FIRST, SECOND]).values()]


async def test_skipped_records_are_left_alone_until_something_changes(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[RecordKey] = []

    def seen(stored: Sequence[StoredRecord], *rest: object) -> Verdicts:
        judged.extend(one.key for one in stored)
        return judge_chunk(stored, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(levels, "judge_chunk", seen)
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00", "INV-2": "2.00"})
    with office(tmp_path, company, overrides=LATE) as desk:
        await sync_now(desk)
        assert statuses(desk) == [Status.SKIPPED] * 2
        judged.clear()
        await sync_now(desk)
        assert judged == []
        write_ledger(tmp_path, {"INV-1": "1.50", "INV-2": "2.00"})
        await sync_now(desk)
        assert judged == [FIRST]
        assert statuses(desk) == [Status.SKIPPED] * 2
        write_ledger(tmp_path, {"INV-1": "1.50", "INV-2": "2.00"}, day="2026-11-12")
        await sync_now(desk)
        assert statuses(desk) == [Status.SUCCEEDED] * 2


async def test_another_rule_is_taken_into_account_at_once(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00", "INV-2": "2.00"})
    with office(tmp_path, company, overrides=LATE) as desk:
        await sync_now(desk)
        assert statuses(desk) == [Status.SKIPPED] * 2
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        assert statuses(desk) == [Status.SUCCEEDED] * 2
