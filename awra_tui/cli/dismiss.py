"""``awra-tui dismiss``, ``snooze``, ``restore``, ``owner`` and ``note``: decisions about warnings."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

import click

from awra_tui.actions import dismiss as actions
from awra_tui.actions import owner as owning
from awra_tui.actions.desk import Desk
from awra_tui.actions.results import Done
from awra_tui.cache.pages.warnings import WarningRow, warning_rows, warnings_of
from awra_tui.cli.desks import deciding, run
from awra_tui.cli.errors import ALL_WELL
from awra_tui.cli.names import named
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import say, warn, write_json
from awra_tui.cli.values import ROW_NUMBER
from awra_tui.records.errors import UnknownRecordError
from awra_tui.records.subject import record_subject

Deed = Callable[[Desk, list[int]], Coroutine[Any, Any, Done]]

ids_option = click.option(
    "--warning", "ids", multiple=True, type=ROW_NUMBER, metavar="ID",
    help="A warning by its id, as warnings --json has it: also of a row of input or the connection.",
)  # fmt: skip
cause_option = click.option(
    "--cause",
    default="",
    metavar="KEY",
    help="All warnings of this cause: how many, and the money, come first.",
)


@dataclass(frozen=True, slots=True)
class Meant:
    """Which warnings a command names: by records, by their own ids, by a cause; put aside, or open."""

    records: Sequence[str] = ()
    ids: Sequence[int] = ()
    cause: str = ""
    aside: bool = False

    def __str__(self) -> str:
        causes = [f"the cause {self.cause}"] if self.cause else []
        return ", ".join([*self.records, *(f"warning {one}" for one in self.ids), *causes])


@click.command()
@click.argument("records", nargs=-1, metavar="[RECORD]...")
@ids_option
@cause_option
@click.option("--why", required=True, help="The reason, for whoever asks later.")
@of_a_profile
def dismiss(options: Options, records: tuple[str, ...], ids: tuple[int, ...], cause: str, why: str) -> int:
    """Dismiss the open warnings of records; they come back when record, reason or amount change."""
    meant = Meant(records, ids, cause)
    return apply(options, "dismiss", meant, lambda desk, found: actions.dismiss(desk, found, why))


@click.command()
@click.argument("records", nargs=-1, metavar="[RECORD]...")
@ids_option
@cause_option
@click.option(
    "--until", required=True, metavar="DATE", help="The day: 2026-12-01, tomorrow, in a week, month end."
)
@click.option("--why", default="", help="The reason, for whoever asks later.")
@of_a_profile
def snooze(
    options: Options, records: tuple[str, ...], ids: tuple[int, ...], cause: str, until: str, why: str
) -> int:
    """Put warnings aside until a day; they come back sooner when record, reason or amount change."""
    day = actions.snooze_day(until)
    meant = Meant(records, ids, cause)
    return apply(options, "snooze", meant, lambda desk, found: actions.snooze(desk, found, day, why))


@click.command()
@click.argument("records", nargs=-1, metavar="[RECORD]...")
@ids_option
@cause_option
@of_a_profile
def restore(options: Options, records: tuple[str, ...], ids: tuple[int, ...], cause: str) -> int:
    """Bring back dismissed and snoozed warnings of records."""
    return apply(options, "restore", Meant(records, ids, cause, aside=True), actions.restore)


@click.command()
@click.argument("records", nargs=-1, metavar="[RECORD]...")
@click.argument("name")
@ids_option
@cause_option
@of_a_profile
def owner(options: Options, records: tuple[str, ...], name: str, ids: tuple[int, ...], cause: str) -> int:
    """Say which person takes care of the open warnings of records; an empty name takes them back."""
    meant = Meant(records, ids, cause)
    return apply(options, "owner", meant, lambda desk, found: owning.set_owner(desk, found, name))


@click.command()
@click.argument("records", nargs=-1, metavar="[RECORD]...")
@click.argument("text")
@ids_option
@cause_option
@of_a_profile
def note(options: Options, records: tuple[str, ...], text: str, ids: tuple[int, ...], cause: str) -> int:
    """Write a note about the open warnings of records; earlier notes are kept."""
    meant = Meant(records, ids, cause)
    return apply(options, "note", meant, lambda desk, found: owning.note(desk, found, text))


def apply(options: Options, name: str, meant: Meant, deed: Deed) -> int:
    """Do something to the warnings that are meant, and say what was done."""
    with deciding(options, name) as desk:
        chosen = chosen_ids(desk, meant)
        done = run(deed(desk, chosen))
        if options.as_json:
            write_json({"sentence": done.sentence, "warnings": chosen, "decision": done.decision_id})
        else:
            say(done.sentence)
        return ALL_WELL


def chosen_ids(desk: Desk, meant: Meant) -> list[int]:
    """Return the warnings that are meant; of a cause it is said first how many they are.

    Raise UnknownRecordError where there are none.
    """
    if not str(meant):
        raise click.UsageError(
            "Name a record, a warning with --warning, or a --cause.", click.get_current_context()
        )
    of_cause = run(actions.of_cause(desk, meant.cause, aside=meant.aside)) if meant.cause else []
    named_ones = [row.id for row in _rows(desk, meant) if row.dismissed is meant.aside]
    chosen = list(dict.fromkeys([*named_ones, *of_cause]))
    if not chosen:
        state = "dismissed or snoozed" if meant.aside else "open"
        raise UnknownRecordError(f"There is no {state} warning of {meant}.")
    if meant.cause:
        warn(f"{meant.cause}: {run(actions.told_of(desk, chosen))}.")
    return chosen


def _rows(desk: Desk, meant: Meant) -> list[WarningRow]:
    """Return the warnings named one by one; raise UnknownRecordError for a name that is none."""
    keys = [named(desk, name) for name in meant.records]
    found = {row.id: row for row in desk.cache.now(warning_rows, meant.ids)}
    if missing := [one for one in meant.ids if one not in found]:
        raise UnknownRecordError(f"There is no warning {missing[0]}: awra-tui warnings --json lists them.")
    for key in keys:
        of_record = desk.cache.now(warnings_of, record_subject(key.kind, key.source_id))
        found |= {row.id: row for row in of_record}
    return list(found.values())
