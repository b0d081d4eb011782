"""``awra-tui map``: show mappings, or point values of the source to objects of QuickBooks."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import click

from awra_tui.actions.desk import Desk
from awra_tui.actions.mapping import suggestions
from awra_tui.actions.results import Suggestion
from awra_tui.actions.staging import (
    ChangeLine,
    ChangesPreview,
    ChangesSaved,
    MappingEvent,
    certain_suggestions,
    history,
    preview_changes,
    save_changes,
)
from awra_tui.cache.pages.mappings import MappingRow, mapping_rows
from awra_tui.cli.desks import deciding, read, reading, run
from awra_tui.cli.errors import ALL_WELL, WARNINGS
from awra_tui.cli.mapping_file import Wanted, read_changes
from awra_tui.cli.mapping_names import change_named, confirmation, mapping_named
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import amounts, say, write_columns, write_json
from awra_tui.cli.values import Day, Given, Word
from awra_tui.records.errors import AwraError
from awra_tui.records.mapping import MAPPING_KINDS, MappingChange
from awra_tui.records.status import MappingState


@click.command(name="map")
@click.argument("mapping", required=False, metavar="[KIND/VALUE[@SCOPE]]")
@click.argument(
    "target", type=Given("an id or a name, or - to take the mapping away"), required=False, metavar="[QBO]"
)
@click.option(
    "--account",
    type=Given("an id or a name"),
    default="",
    metavar="QBO",
    help="The deposit account of a payment method.",
)
@click.option("--kind", type=Word(MAPPING_KINDS), help="Only this kind, listed or suggested.")
@click.option("--new", is_flag=True, help="A value that no record needs yet: map it in advance.")
@click.option("--from-date", "since", type=Day(), metavar="DATE", help="For records dated from this day on.")
@click.option(
    "--from",
    "file",
    type=Given("the name of a file"),
    default="",
    metavar="FILE",
    help="Several changes from CSV or JSON, together.",
)
@click.option("--suggested", is_flag=True, help="Map every value that is certain, together.")
@click.option("--confirm", "meant", is_flag=True, help="Reviewed: it is meant so, and stays as it is.")
@click.option("--history", "told", is_flag=True, help="Who changed the mapping, when, from what to what.")
@click.option("--dry-run", "dry", is_flag=True, help="Only say what would be saved and released.")
@of_a_profile
def map(  # noqa: A001 - the command's name
    options: Options,
    mapping: str | None,
    target: str | None,
    account: str,
    kind: str | None,
    new: bool,
    since: dt.date | None,
    file: str,
    suggested: bool,
    meant: bool,
    told: bool,
    dry: bool,
) -> int:
    """List mappings, unready first; of one, list what it could be; with QBO (id, name or -), save it."""
    if [bool(mapping), bool(file), suggested].count(True) > 1:
        raise click.UsageError("Give a mapping, --from or --suggested, one of them.")
    _check_heard(mapping, target, account, since, told=told)
    if meant and (not mapping or target or account or since):
        raise click.UsageError("--confirm takes a mapping, and leaves what it points to as it is.")
    if file or suggested:
        with _desk(options, dry=dry) as desk:
            changes = _of_file(desk, read_changes(file), new=new) if file else _certain(desk, kind or "")
            return _change(options, desk, changes, dry=dry)
    if mapping is None:
        return _list(options, kind or "")
    if told:
        return _history(options, mapping)
    if target is None and not account and not meant:
        return _suggest(options, mapping, new=new)
    with _desk(options, dry=dry) as desk:
        key = mapping_named(desk, mapping, new=new)
        change = confirmation(desk, key) if meant else change_named(desk, key, target or "", account, since)
        return _change(options, desk, [change], dry=dry)


def _check_heard(
    mapping: str | None, target: str | None, account: str, since: dt.date | None, *, told: bool
) -> None:
    """Raise UsageError for an option that would be left unheard beside the others."""
    given = {"--account": account, "--from-date": since, "--history": told}
    if not mapping and (lonely := next((name for name, value in given.items() if value), "")):
        raise click.UsageError(f"{lonely} goes with one mapping, KIND/VALUE; a file has columns of its own.")
    if told and (target or account or since):
        raise click.UsageError("--history changes nothing: give the mapping alone.")
    if since and not (target or account):
        raise click.UsageError("--from-date goes with QBO or --account: say what it is from then on.")


def _desk(options: Options, *, dry: bool) -> Any:  # noqa: ANN401 - what the two doors to a desk return
    return reading(options) if dry else deciding(options, "map")


def _certain(desk: Desk, kind: str) -> list[MappingChange]:
    """Return what is certain for values that cannot be used yet; raise AwraError where nothing is."""
    blocked = [
        row.mapping.key
        for row in desk.cache.now(mapping_rows, kind)
        if row.mapping.state is MappingState.BLOCKED
    ]
    found = run(certain_suggestions(desk, blocked))
    if not found:
        raise AwraError(
            f"None of the {len(blocked):,} values without a usable mapping is certain: map them one by one."
            if blocked
            else f"Every value{f' of the kind {kind}' if kind else ''} has a mapping that can be used."
        )
    return list(found.values())


def _of_file(desk: Desk, wanted: Sequence[Wanted], *, new: bool) -> list[MappingChange]:
    """Return the changes of a file; raise AwraError for the first that is wrong, with its place."""
    found = []
    for one in wanted:
        try:
            key = mapping_named(desk, one.mapping, new=new)
            found.append(change_named(desk, key, one.qbo, one.account, one.since))
        except AwraError as error:
            raise AwraError(f"{one.place}: {error}") from None
    return found


def _change(options: Options, desk: Desk, changes: Sequence[MappingChange], *, dry: bool) -> int:
    """Save changes, or only say what they would mean."""
    preview = run(preview_changes(desk, changes))
    if dry:
        _tell(preview, as_json=options.as_json)
        return WARNINGS if preview.refused else _status([line.state for line in preview.lines])
    saved = run(save_changes(desk, changes))
    if options.as_json:
        write_json(_saved(saved, preview))
    else:
        if len(changes) > 1:
            write_columns([_cells_of(line) for line in preview.lines])
        say(saved.sentence)
    return _status(saved.states)


def _status(states: Sequence[MappingState]) -> int:
    return ALL_WELL if all(state is MappingState.READY for state in states) else WARNINGS


def _tell(preview: ChangesPreview, *, as_json: bool) -> None:
    if as_json:
        write_json(
            {
                "sentence": preview.sentence,
                "refused": preview.refused,
                "releases": preview.releases,
                "money": amounts(preview.money),
                "changes": [_line(line) for line in preview.lines],
            }
        )
    else:
        write_columns([_cells_of(line) for line in preview.lines])
        say(preview.sentence)


def _cells_of(line: ChangeLine) -> tuple[str, ...]:
    change = f"{line.before or '–'} → {line.after or '–'}"
    return line.state, line.key.text, change, "" if line.state is MappingState.READY else line.sentence


def _line(line: ChangeLine) -> dict[str, Any]:
    return {
        "mapping": line.key.text,
        "state": line.state,
        "sentence": line.sentence,
        "before": line.before,
        "after": line.after,
    }


def _saved(saved: ChangesSaved, preview: ChangesPreview) -> dict[str, Any]:
    return {
        "state": min(saved.states, key=_ORDER.index),
        "sentence": saved.sentence,
        "released": [key.text for key in saved.released],
        "decision": saved.decision_id,
        "changes": [_line(line) for line in preview.lines],
    }


_ORDER = (MappingState.BLOCKED, MappingState.REVIEW, MappingState.READY)
"""States, the worst first."""


def _history(options: Options, name: str) -> int:
    """List who changed a mapping, newest first."""
    with reading(options) as desk:
        found = run(history(desk, mapping_named(desk, name, new=True)))
    if options.as_json:
        write_json([_event(one) for one in found])
    elif not found:
        say(f"Nobody has changed {name} yet.")
    else:
        write_columns(
            [
                (f"{one.at[:19]}Z", one.who, f"{one.before or '–'} → {one.after or '–'}", one.how)
                for one in found
            ]
        )
    return ALL_WELL


def _event(one: MappingEvent) -> dict[str, Any]:
    return {"at": one.at, "who": one.who, "before": one.before, "after": one.after, "how": one.how}


def _suggest(options: Options, name: str, *, new: bool) -> int:
    with reading(options) as desk:
        listed = run(suggestions(desk, mapping_named(desk, name, new=new)))
    if options.as_json:
        write_json([_candidate(one) for one in listed])
    else:
        write_columns(
            [(one.choice.id, one.choice.name, one.refused or one.why) for one in listed], right=(0,)
        )
    return ALL_WELL


def _candidate(one: Suggestion) -> dict[str, Any]:
    choice = one.choice
    return {
        "entity": choice.entity,
        "qbo_id": choice.id,
        "name": choice.name,
        "number": choice.number,
        "type": choice.type,
        "currency": choice.currency,
        "rate": choice.rate,
        "score": one.score,
        "why": one.why,
        "refused": one.refused,
    }


def _list(options: Options, kind: str) -> int:
    rows: list[MappingRow] = read(options, lambda desk: desk.cache.now(mapping_rows, kind), [])
    if options.as_json:
        write_json([as_data(row) for row in rows])
    else:
        write_columns([_cells(row) for row in rows], right=(3,))
    return _status([row.mapping.state for row in rows])


def _cells(row: MappingRow) -> tuple[str, ...]:
    mapping = row.mapping
    ready = mapping.state is MappingState.READY
    target = " → ".join(name for name in (row.object_name, row.account_name) if name) or "–"
    since = f" from {mapping.valid_from} on" if mapping.valid_from else ""
    waiting = "" if ready else f"{row.waiting_records:,} wait"
    return mapping.state, mapping.key.text, target + since, waiting, "" if ready else mapping.sentence


def as_data(row: MappingRow) -> dict[str, Any]:
    """Return a mapping as scripts read it (docs/commands.md)."""
    mapping = row.mapping
    return {
        "mapping": mapping.key.text,
        "kind": mapping.key.kind,
        "value": mapping.key.value,
        "scope": mapping.key.scope,
        "state": mapping.state,
        "sentence": mapping.sentence,
        "qbo_id": mapping.qbo_id,
        "name": row.object_name,
        "account_id": mapping.account_id,
        "account": row.account_name,
        "from_date": mapping.valid_from,
        "records": row.records,
        "waiting_records": row.waiting_records,
        "waiting": amounts(row.waiting),
    }
