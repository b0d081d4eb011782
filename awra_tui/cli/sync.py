"""``awra-tui sync``: one pass, or one every so often without a screen."""

import asyncio
import datetime as dt
import re
import signal
from contextlib import suppress
from typing import Any

import click

from awra_tui.actions.desk import Desk
from awra_tui.actions.schedule import FAILED, Told, sync_every
from awra_tui.actions.sync import RunResult, sync_now
from awra_tui.cli.desks import desk_of, run
from awra_tui.cli.errors import ALL_WELL, CANNOT, WARNINGS
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import say, warn, write_json, write_json_line
from awra_tui.cli.progress import Shown
from awra_tui.cli.status import open_warnings
from awra_tui.cli.values import Given
from awra_tui.records import clock
from awra_tui.records.errors import CacheError
from awra_tui.settings.profile import Profile

AS_PROFILE = "profile"
_INTERVAL = re.compile(r"([1-9][0-9]{0,5})([smhd])")
_INTERVALS = "a number with s, m, h or d, such as 1h or 15m"
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class _Sync(click.Command):
    """A command whose ``--every`` refuses a span with a sign by name, as click cannot."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; click would take ``-5m`` for an option of its own."""
        signed = re.search(r"--every[\n=]([-+][0-9].*)", "\n".join(args))
        if signed:
            raise _no_interval(signed[1], ctx)
        return super().parse_args(ctx, args)


@click.command(cls=_Sync)
@click.option(
    "--every", type=Given(_INTERVALS), default="", is_flag=False, flag_value=AS_PROFILE, metavar="[1h]",
    help="Sync again and again, so often or as the profile says, until SIGTERM or Ctrl+C.",
)  # fmt: skip
@click.option(
    "--accept-deletions", is_flag=True, help="Records that the source lacks are deleted there, however many."
)
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
@of_a_profile
def sync(options: Options, every: str, accept_deletions: bool, quiet: bool) -> int:
    """Read the source, send what is ready, and say what needs attention."""
    if every and accept_deletions:
        raise click.UsageError(
            "--accept-deletions answers for one pass, so not with --every.", click.get_current_context()
        )
    with desk_of(options, "sync") as desk:
        if every:
            return _again_and_again(desk, _interval(desk.profile, every), options)
        shown = Shown(quiet=quiet or options.as_json, plain=True)
        try:
            result = run(sync_now(desk, trigger="command", progress=shown, accept_deletions=accept_deletions))
        finally:
            shown.end()
        return _tell(desk, result, as_json=options.as_json)


def _tell(desk: Desk, result: RunResult, *, as_json: bool) -> int:
    warnings = open_warnings(desk)
    cannot = result.outcome in FAILED
    if as_json:
        write_json(as_data(result, warnings))
    if cannot:
        warn(result.sentence)
        return CANNOT
    if not as_json:
        say(result.sentence)
        if warnings:
            say(f"{_counted(warnings)} attention: awra-tui warnings")
    return WARNINGS if warnings else ALL_WELL


def as_data(result: RunResult, warnings: int | None) -> dict[str, Any]:
    """Return the result of a pass as scripts read it (docs/commands.md)."""
    return {
        "run": result.run_id or None,
        "outcome": result.outcome,
        "sentence": result.sentence,
        "counts": result.counts,
        "warnings": warnings,
    }


def _counted(warnings: int) -> str:
    return "1 warning needs" if warnings == 1 else f"{warnings:,} warnings need"


def _interval(profile: Profile, every: str) -> dt.timedelta:
    if every == AS_PROFILE:
        return profile.sync.interval
    found = _INTERVAL.fullmatch(every)
    if found is None:
        raise _no_interval(every, click.get_current_context())
    return dt.timedelta(**{_UNITS[found[2]]: int(found[1])})


def _no_interval(every: str, ctx: click.Context) -> click.UsageError:
    return click.UsageError(f'--every is "{every}", but must be {_INTERVALS}.', ctx)


def _again_and_again(desk: Desk, interval: dt.timedelta, options: Options) -> int:
    told = reported(desk, as_json=options.as_json)

    async def until_told() -> None:
        await sync_every(desk, interval, _asked_to_stop(), told)

    asyncio.run(until_told())
    return ALL_WELL


def reported(desk: Desk, *, as_json: bool = False) -> Told:
    """Return what writes a line for each pass; as text, trouble that lasts is said once."""
    before = ""

    def told(result: RunResult, following: str) -> None:
        nonlocal before
        warnings = _known_warnings(desk)
        trouble = result.sentence if result.outcome in FAILED else ""
        if as_json:
            write_json_line(as_data(result, warnings) | {"at": clock.stamp(), "next": following or None})
        elif not trouble or trouble != before:
            counted = f" {_counted(warnings)} attention." if warnings is not None else ""
            say(f"{clock.stamp()[:19]}Z {result.sentence}{counted}")
        before = trouble

    return told


def _known_warnings(desk: Desk) -> int | None:
    """Return how many warnings are open, None where the cache cannot say so at the moment."""
    try:
        return open_warnings(desk)
    except CacheError:
        return None


def _asked_to_stop() -> asyncio.Event:
    """Return an event that the first SIGTERM or Ctrl+C sets; the second one does what it always does."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)

    def first() -> None:
        stop.set()
        for name in signals:
            loop.remove_signal_handler(name)

    with suppress(NotImplementedError):
        for name in signals:
            loop.add_signal_handler(name, first)
    return stop
