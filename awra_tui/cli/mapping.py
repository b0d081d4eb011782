"""``awra-tui map``: show mappings, or point a value of the source to an object of QuickBooks."""

from collections.abc import Sequence

import click

from awra_tui.actions.desk import Desk
from awra_tui.actions.mapping import account_suggestions, save_mapping, suggestions
from awra_tui.actions.results import Suggestion
from awra_tui.cache.pages.mappings import MappingRow, mapping_rows
from awra_tui.cli.common import desk_of, json_option, of_a_profile, run, say, write_json
from awra_tui.cli.errors import ALL_WELL, WARNINGS
from awra_tui.records.errors import UnknownRecordError
from awra_tui.records.mapping import MAPPING_KINDS
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey, scope_of


@click.command(name="map")
@click.argument("kind", required=False, type=click.Choice(list(MAPPING_KINDS)))
@click.argument("value", required=False)
@click.option("--scope", "scopes", multiple=True, metavar="NAME=VALUE", help="Such as branch=Mombasa.")
@click.option("--to", "target", default="", help="Name or id of the object in QuickBooks.")
@click.option("--account", default="", help="Name or id of the deposit account of a payment method.")
@of_a_profile
@json_option
def map(  # noqa: A001 - the command's name
    kind: str | None,
    value: str | None,
    scopes: tuple[str, ...],
    target: str,
    account: str,
    profile: str,
    overrides: tuple[str, ...],
    as_json: bool,
) -> int:
    """List mappings, unready first; with KIND, VALUE and --to, save one."""
    with desk_of(profile, overrides) as desk:
        if kind is None or value is None:
            return _list(desk, kind or "", as_json=as_json)
        key = MappingKey(kind, value, _scope(scopes))
        qbo_id = _pick(run(suggestions(desk, key)), target) if target else ""
        account_id = _pick(run(account_suggestions(desk, key)), account) if account else ""
        saved = run(save_mapping(desk, key, qbo_id, account_id))
        if as_json:
            write_json(saved)
        else:
            say(saved.sentence)
        return ALL_WELL if saved.state is MappingState.READY else WARNINGS


def _scope(scopes: Sequence[str]) -> str:
    parts = {}
    for scope in scopes:
        name, sign, value = scope.partition("=")
        if not sign:
            raise click.BadParameter(f"{scope!r} is not NAME=VALUE", param_hint="--scope")
        parts[name] = value
    return scope_of(**parts)


def _pick(listed: Sequence[Suggestion], wanted: str) -> str:
    """Return the id of the one object that is wanted by name or id; raise where it is none or several."""
    found = [one for one in listed if wanted in (one.choice.id, one.choice.name)]
    found = found or [one for one in listed if one.choice.name.casefold() == wanted.casefold()]
    if len(found) == 1:
        return found[0].choice.id
    near = ", ".join(f"{one.choice.name} ({one.choice.id})" for one in (found or listed)[:8])
    what = "is the name of several objects" if found else "is not in QuickBooks"
    raise UnknownRecordError(f"{wanted} {what}; there are: {near}.")


def _list(desk: Desk, kind: str, *, as_json: bool) -> int:
    rows = desk.cache.now(mapping_rows, kind)
    if as_json:
        write_json([_data(row) for row in rows])
    else:
        for row in rows:
            mapping = row.mapping
            account = f" → {row.account_name}" if row.account_name else ""
            say(f"{mapping.state:<8}{mapping.key.text}  {row.object_name or '–'}{account}")
            if mapping.state is not MappingState.READY:
                say(f"        {mapping.sentence} {row.waiting_records:,} records wait.")
    return WARNINGS if any(row.mapping.state is not MappingState.READY for row in rows) else ALL_WELL


def _data(row: MappingRow) -> dict[str, object]:
    mapping = row.mapping
    return {
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
        "waiting": row.waiting_records,
    }
