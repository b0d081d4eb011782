"""What a pass says of answers that did not come: how many, until when, and what was done before."""

import asyncio
import contextlib
from datetime import timedelta
from pathlib import Path

from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages import log
from awra_tui.cache.pages.warnings import WarningQuery, warnings_all
from awra_tui.records import clock
from awra_tui.records.status import Who
from awra_tui.settings import http
from awra_tui.sync.desk import Desk
from tests.office import BooksCompany, office, write_ledger
from tests.watch import Watch

MANY = {f"INV-{number}": "10.00" for number in range(1, 71)}


def two_minutes_on() -> str:
    return (clock.now() + timedelta(seconds=120)).astimezone().strftime("%H:%M:%S")


def actions(desk: Desk) -> set[tuple[str, Who]]:
    """Return who is to do what, of all records that were sent without an answer."""
    found = desk.cache.now(warnings_all, WarningQuery())
    return {(one.action, one.who) for one in found if one.reason == "lost_answer"}


async def test_lost_answers_say_until_when_they_wait(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-0": "1.00", **MANY})
        sent = len(company.wire.sent)

        async def never_arrives(request: http.Request) -> None:
            if len(company.wire.sent) > sent + 2:
                reached.set()
            if len(company.wire.sent) > sent + 1:
                await asyncio.Event().wait()

        reached = asyncio.Event()
        company.wire.before = never_arrives
        work = asyncio.create_task(sync_now(desk))
        await reached.wait()
        time = two_minutes_on()
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work
        run = desk.cache.now(log.last_run)
        assert run is not None
        assert run.sentence.startswith("30 sent, 40 without an answer yet, then: Stopped by ")
        action = f"Sync again after {time}; it is looked up before anything is sent again."
        assert actions(desk) == {(action, Who.OPERATOR)}
        company.wire.before = None
        watch.forward(seconds=30)
        result = await sync_now(desk)
        assert (result.outcome, result.sentence) == ("done", f"40 wait until {time} to be looked up.")
        watch.forward(seconds=91)
        result = await sync_now(desk)
        assert (result.outcome, result.sentence) == ("done", "40 sent.")
        assert actions(desk) == set()
        assert (await sync_now(desk)).outcome == "nothing"


async def test_a_pass_that_stops_in_the_middle_says_what_was_done_before(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, MANY)
    with office(tmp_path, company) as desk:

        async def away(request: http.Request) -> None:
            if len(company.wire.sent) > 1:
                raise http.ConnectError("no route to host", request=request)

        company.wire.before = away
        result = await sync_now(desk)
        assert result.outcome == "stopped"
        assert result.sentence == "1 sent, then: The connection to QuickBooks could not be made."
        run = desk.cache.now(log.last_run)
        assert run is not None
        assert run.sentence == result.sentence
