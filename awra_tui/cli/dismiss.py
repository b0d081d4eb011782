"""``awra-tui dismiss``, ``restore`` and ``owner``: decisions about the warnings of records."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import click

from awra_tui.actions import dismiss as actions
from awra_tui.actions.desk import Desk
from awra_tui.actions.owner import set_owner
from awra_tui.actions.results import Done
from awra_tui.cache.pages.warnings import WarningRow, warning_rows, warnings_of
from awra_tui.cli.desks import deciding, run
from awra_tui.cli.errors import ALL_WELL
from awra_tui.cli.names import named
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import say, write_json
from awra_tui.cli.values import Whole
from awra_tui.records.errors import UnknownRecordError
from awra_tui.records.subject import record_subject

Deed = Callable[[Desk, list[int]], Coroutine[Any, Any, Done]]

_ids = click.option(
    "--warning", "ids", multiple=True, type=Whole(1), metavar="ID",
    help="A warning by its id, as warnings --json has it: also of a row of input or the connection.",
)  # fmt: skip


@click.command()
@click.argument("records", nargs=-1, metavar="[RECORD]...")
@_ids
@click.option("--why", required=True, help="The reason, for whoever asks later.")
@of_a_profile
def dismiss(options: Options, records: tuple[str, ...], ids: tuple[int, ...], why: str) -> int:
    """Dismiss the open warnings of records; they come back when record, reason or amount change."""
    return _apply(
        options, records, ids, lambda desk, found: actions.dismiss(desk, found, why), dismissed=False
    )


@click.command()
@click.argument("records", nargs=-1, metavar="[RECORD]...")
@_ids
@of_a_profile
def restore(options: Options, records: tuple[str, ...], ids: tuple[int, ...]) -> int:
    """Bring back the dismissed warnings of records."""
    return _apply(options, records, ids, actions.restore, dismissed=True)


@click.command()
@click.argument("record")
@click.argument("name")
@of_a_profile
def owner(options: Options, record: str, name: str) -> int:
    """Say which person takes care of the open warnings of a record; an empty name takes them back."""
    return _apply(options, (record,), (), lambda desk, found: set_owner(desk, found, name), dismissed=False)


def _apply(
    options: Options, records: Sequence[str], ids: Sequence[int], deed: Deed, *, dismissed: bool
) -> int:
    if not records and not ids:
        raise click.UsageError("Name a record, or a warning with --warning.", click.get_current_context())
    with deciding(options) as desk:
        chosen = [row.id for row in _rows(desk, records, ids) if row.dismissed is dismissed]
        if not chosen:
            names = ", ".join([*records, *(f"warning {one}" for one in ids)])
            raise UnknownRecordError(
                f"There is no {'dismissed' if dismissed else 'open'} warning of {names}."
            )
        done = run(deed(desk, chosen))
        if options.as_json:
            write_json({"sentence": done.sentence, "warnings": chosen, "decision": done.decision_id})
        else:
            say(done.sentence)
        return ALL_WELL


def _rows(desk: Desk, records: Sequence[str], ids: Sequence[int]) -> list[WarningRow]:
    """Return the warnings that are meant, each once; raise UnknownRecordError for a name that is none."""
    keys = [named(desk, name) for name in records]
    found = {row.id: row for row in desk.cache.now(warning_rows, ids)}
    if missing := [one for one in ids if one not in found]:
        raise UnknownRecordError(f"There is no warning {missing[0]}: awra-tui warnings --json lists them.")
    for key in keys:
        of_record = desk.cache.now(warnings_of, record_subject(key.kind, key.source_id))
        found |= {row.id: row for row in of_record}
    return list(found.values())
