"""While QuickBooks asks to wait: a countdown in the header and on the line of progress; keys go on."""

import asyncio
from dataclasses import replace

from awra_tui.actions.sync import Progress
from awra_tui.app import ConsoleApp
from awra_tui.records import clock
from awra_tui.screens.warnings import WarningsScreen
from awra_tui.widgets.bars import HeaderLine, ProgressLine, Standing
from tests.screens.driving import press, settle
from tests.screens.fakes import FakeDesk, an_overview, some_warnings
from tests.watch import Watch

SLOWED = "◔ slowed down by QuickBooks, goes on in"


def header(app: ConsoleApp) -> str:
    line = app.screen.query_one(HeaderLine)
    line._tick()
    return line.render().plain


async def test_the_header_counts_down_what_another_program_was_told(watch: Watch) -> None:
    until = clock.stamp(watch.now.replace(second=42))
    page = an_overview(paused_until=until)
    app = ConsoleApp(FakeDesk(page=page), clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert header(app).endswith(f"{SLOWED} 42 s")
        watch.forward(seconds=12)
        assert header(app).endswith(f"{SLOWED} 30 s")
        watch.forward(seconds=31)
        assert header(app).endswith("● connected")


async def test_a_pause_of_running_work_is_no_lost_connection_and_keys_go_on(watch: Watch) -> None:
    told, release = asyncio.Event(), asyncio.Event()

    async def job(report: object) -> None:
        assert callable(report)
        progress = Progress(stage="Sending", done=30, total=90)
        report(progress)
        report(replace(progress, pause_seconds=60.0))
        told.set()
        await release.wait()

    app = ConsoleApp(FakeDesk(some_warnings()), clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.start("Sync", job)
        await told.wait()
        await settle(pilot)
        assert header(app).endswith(f"{SLOWED} 60 s")
        assert "slowed down by QuickBooks" in str(app.screen.query_one(ProgressLine).content)
        await press(pilot, "w")
        assert isinstance(app.screen, WarningsScreen)
        assert header(app).endswith(f"{SLOWED} 60 s")
        watch.forward(seconds=61)
        assert header(app).endswith("● connected")
        release.set()
        await settle(pilot)


def test_a_pause_that_is_over_is_none(watch: Watch) -> None:
    standing = Standing(paused_until=clock.stamp())
    assert standing.pause_seconds == 0
    watch.forward(hours=-1)
    assert standing.pause_seconds == 3600
