"""A disk that becomes full at any moment of a pass: nothing leaves that is not recorded, nothing is lost."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages import log
from awra_tui.cache.schema import db
from awra_tui.cache.store import leases, outbox, records
from awra_tui.cache.stored import StoredRecord
from awra_tui.records.errors import CacheError
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.settings import http
from awra_tui.sync import leases as sync_leases
from awra_tui.sync.desk import Desk
from tests.office import BooksCompany, office, write_ledger
from tests.watch import Watch

MANY = {f"INV-{number}": f"{number}.25" for number in range(1, 101)}
PLENTY = 1_000_000
FULL = r"cannot grow because the disk is full\. Make room, then do it again"


class Disk:
    """A disk under the cache of a desk, with room for so many more pages of 4,096 bytes."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self._desk = desk
        self._most = PLENTY
        monkeypatch.setattr(desk.cache, "run", partial(self._run, desk.cache.run))

    def leave(self, pages: int) -> None:
        """Leave room for so many pages."""
        self._most = self._desk.cache.now(lambda: _pragma("page_count")) + pages

    def empty(self) -> None:
        """Make room."""
        self._most = PLENTY

    async def _run(self, run: Callable[..., Awaitable[Any]], job: Callable[..., Any], *args: Any) -> Any:
        return await run(partial(self._limited, job, *args))

    def _limited(self, job: Callable[..., Any], *args: Any) -> Any:
        # Each connection of the pool is told anew: SQLite keeps the limit for a connection.
        _pragma(f"max_page_count = {self._most}")
        return job(*args)


def _pragma(text: str) -> int:
    [value] = db.execute_sql(f"PRAGMA {text}").fetchone()
    return int(value)


async def outcome_of(desk: Desk) -> str:
    """Sync; return the sentence that tells how it ended, however it ended."""
    try:
        return (await sync_now(desk)).sentence
    except CacheError as error:
        return str(error)


def recorded(desk: Desk) -> set[str]:
    """Return the requestids that the cache knows, answered or not."""
    attempts = {row.requestid.casefold() for row in desk.cache.now(log.attempts)}
    return attempts | {row.requestid.casefold() for row in desk.cache.now(outbox.unanswered)}


def invoices(desk: Desk) -> list[StoredRecord]:
    return list(desk.cache.now(records.many, [RecordKey("invoice", number) for number in MANY]).values())


async def heal(desk: Desk, watch: Watch) -> None:
    """Sync with room again, until nothing waits."""
    for _ in range(3):
        assert (await sync_now(desk)).outcome in {"done", "nothing"}
        watch.forward(minutes=3)


def all_is_there_once(desk: Desk, company: BooksCompany) -> None:
    assert sorted(one["DocNumber"] for one in company.all("Invoice")) == sorted(MANY)
    assert len(company.all("Customer")) == 1
    assert {one.status for one in invoices(desk)} == {Status.SUCCEEDED}
    assert desk.cache.now(outbox.unanswered) == []


@pytest.mark.parametrize("honoured", [True, False], ids=["requestid honoured", "requestid ignored"])
async def test_wherever_a_disk_becomes_full_what_left_is_recorded_and_all_arrives_once(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, honoured: bool
) -> None:
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=not honoured)
    write_ledger(tmp_path, MANY)
    stages = set()
    with office(tmp_path, company) as desk:
        disk = Disk(desk, monkeypatch)
        for pages in (0, 1, 2, 3, 5, 8, 13, 21, 34, 55):
            disk.leave(pages)
            said = await outcome_of(desk)
            assert "disk is full" in said or pages > 5, said
            sent = {request.url.params["requestid"].casefold() for request in company.wire.sent}
            assert sent <= recorded(desk)
            assert desk.cache.now(leases.holder_of, sync_leases.SENDING) == ""
            stages.add((len(invoices(desk)) > 0, bool(sent)))
            watch.forward(minutes=3)
        assert stages >= {(False, False), (True, False), (True, True)}
        disk.empty()
        await heal(desk, watch)
        all_is_there_once(desk, company)


async def test_what_cannot_be_recorded_first_is_not_sent(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company) as desk:
        disk = Disk(desk, monkeypatch)
        await sync_now(desk)
        write_ledger(tmp_path, MANY)
        company.wire.sent.clear()
        prepare = outbox.prepare

        def full(*args: Any, **kwargs: Any) -> int:
            _pragma("max_page_count = 1")
            return prepare(*args, **kwargs)

        with monkeypatch.context() as patch:
            patch.setattr(outbox, "prepare", full)
            said = await outcome_of(desk)
        assert "disk is full" in said
        assert company.wire.sent == []
        disk.empty()
        await heal(desk, watch)
        assert len(company.all("Invoice")) == len(MANY) + 1


async def test_an_answer_that_cannot_be_recorded_is_looked_up_when_there_is_room_again(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    write_ledger(tmp_path, MANY)
    with office(tmp_path, company) as desk:
        disk = Disk(desk, monkeypatch)

        def fill(request: http.Request, answer: http.Response) -> http.Response:
            if request.url.path.endswith("/batch"):
                disk.leave(0)
            return answer

        company.wire.tamper = fill
        said = await outcome_of(desk)
        assert "disk is full" in said
        booked = len(company.all("Invoice"))
        assert booked > 0
        assert {one.status for one in invoices(desk)} <= {Status.PENDING, Status.UNKNOWN}
        assert len(desk.cache.now(outbox.unanswered)) >= 1
        company.wire.tamper = None
        disk.empty()
        await heal(desk, watch)
        all_is_there_once(desk, company)
