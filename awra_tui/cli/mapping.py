"""``awra-tui map``: show mappings, or point a value of the source to an object of QuickBooks."""

import difflib
from collections.abc import Sequence
from typing import Any

import click

from awra_tui.actions.desk import Desk
from awra_tui.actions.mapping import account_suggestions, save_mapping, suggestions
from awra_tui.actions.results import MappingSaved, Suggestion
from awra_tui.cache.pages.mappings import MappingRow, mapping_row, mapping_rows
from awra_tui.cli.desks import deciding, read, reading, run
from awra_tui.cli.errors import ALL_WELL, WARNINGS
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import amounts, say, write_columns, write_json
from awra_tui.cli.values import Word
from awra_tui.records.errors import UnknownRecordError
from awra_tui.records.mapping import DEFAULT, MAPPING_KINDS
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey

NEAR = 8


@click.command(name="map")
@click.argument("mapping", required=False, metavar="[KIND/VALUE[@SCOPE]]")
@click.argument("target", required=False, metavar="[QBO]")
@click.option("--account", default="", metavar="QBO", help="The deposit account of a payment method.")
@click.option("--kind", type=Word(MAPPING_KINDS), help="List only this kind.")
@click.option("--new", is_flag=True, help="A value that no record needs yet: map it in advance.")
@of_a_profile
def map(  # noqa: A001 - the command's name
    options: Options, mapping: str | None, target: str | None, account: str, kind: str | None, new: bool
) -> int:
    """List mappings, unready first; of one, list what it could be; with QBO (id or name), save it."""
    if mapping is None:
        return _list(options, kind or "")
    if target is None and not account:
        return _suggest(options, mapping, new=new)
    with deciding(options, "map") as desk:
        key = _key(desk, mapping, new=new)
        saved = run(save_mapping(desk, key, *_chosen(desk, key, target or "", account)))
        if options.as_json:
            write_json(_saved(saved))
        else:
            say(saved.sentence)
        return ALL_WELL if saved.state is MappingState.READY else WARNINGS


def _key(desk: Desk, name: str, *, new: bool) -> MappingKey:
    """Return the mapping of a name; its scope may be left out where only one has it.

    Raise UnknownRecordError for a value that nothing has or needs, unless it is to be a ``new`` one.
    """
    known = [row.mapping.key for row in desk.cache.now(mapping_rows)]
    found = [key for key in known if key.text == name]
    found = found or [key for key in known if f"{key.kind}/{key.value}" == name]
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(key.text for key in found)
        raise UnknownRecordError(
            f"{name} is the name of several mappings: {listed}. Write one as it is here."
        )
    key = _written(name)
    if new or key == MappingKey(key.kind, DEFAULT):
        return key
    raise UnknownRecordError(
        f"No record needs {name}, and no mapping has it; {_nearest(key, known)}. "
        "Say --new to map it in advance."
    )


def _nearest(key: MappingKey, known: Sequence[MappingKey]) -> str:
    names = [other.text for other in known if other.kind == key.kind]
    near = difflib.get_close_matches(key.text, names, n=NEAR) or names[:NEAR]
    return f"nearest: {', '.join(near)}" if near else f"there is none of the kind {key.kind} yet"


def _written(name: str) -> MappingKey:
    """Return the key that a name spells."""
    kind, slash, value = name.partition("/")
    if kind not in MAPPING_KINDS or not slash or not value:
        allowed = ", ".join(MAPPING_KINDS)
        raise UnknownRecordError(f"There is no mapping {name}. Write KIND/VALUE; kinds are {allowed}.")
    value, _, scope = value.partition("@")
    return MappingKey(kind, value, scope)


def _chosen(desk: Desk, key: MappingKey, target: str, account: str) -> tuple[str, str]:
    """Return the ids of object and deposit account; what is not named stays as it was."""
    row = desk.cache.now(mapping_row, key)
    qbo_id, account_id = (row.mapping.qbo_id, row.mapping.account_id) if row else ("", "")
    if target:
        qbo_id = _pick(run(suggestions(desk, key)), target)
    if account:
        if not MAPPING_KINDS[key.kind].account_entity:
            raise UnknownRecordError(f"{key.text} has no deposit account: only payment methods have one.")
        account_id = _pick(run(account_suggestions(desk, key)), account)
    return qbo_id, account_id


def _pick(listed: Sequence[Suggestion], wanted: str) -> str:
    """Return the id of the one object that is wanted by id or name; raise where it is none or several."""
    found = [one for one in listed if wanted == one.choice.id]
    found = found or [one for one in listed if wanted.casefold() == one.choice.name.casefold()]
    if len(found) == 1:
        return found[0].choice.id
    near = ", ".join(f"{one.choice.name} ({one.choice.id})" for one in (found or listed)[:NEAR])
    what = "is the name of several objects" if found else "is not in QuickBooks"
    raise UnknownRecordError(f"{wanted} {what}; there are: {near or 'none'}.")


def _saved(saved: MappingSaved) -> dict[str, Any]:
    return {
        "state": saved.state,
        "sentence": saved.sentence,
        "released": [key.text for key in saved.released],
        "decision": saved.decision_id,
    }


def _suggest(options: Options, name: str, *, new: bool) -> int:
    with reading(options) as desk:
        listed = run(suggestions(desk, _key(desk, name, new=new)))
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
    return WARNINGS if any(row.mapping.state is not MappingState.READY for row in rows) else ALL_WELL


def _cells(row: MappingRow) -> tuple[str, ...]:
    mapping = row.mapping
    ready = mapping.state is MappingState.READY
    target = " → ".join(name for name in (row.object_name, row.account_name) if name) or "–"
    waiting = "" if ready else f"{row.waiting_records:,} wait"
    return mapping.state, mapping.key.text, target, waiting, "" if ready else mapping.sentence


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
        "records": row.records,
        "waiting_records": row.waiting_records,
        "waiting": amounts(row.waiting),
    }
