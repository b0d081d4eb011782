"""Mappings and objects of QuickBooks as people name them on the command line."""

import datetime as dt
import difflib
from collections.abc import Sequence

from awra_tui.actions.desk import Desk
from awra_tui.actions.mapping import account_suggestions, suggestions
from awra_tui.actions.results import Suggestion
from awra_tui.cache.pages.mappings import mapping_row, mapping_rows
from awra_tui.cache.store import objects
from awra_tui.cli.desks import run
from awra_tui.cli.names import BY_ID
from awra_tui.cli.picking import NEAR, picked
from awra_tui.records.errors import AwraError, UnknownRecordError
from awra_tui.records.mapping import DEFAULT, MAPPING_KINDS, MappingChange, confirmed
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey, scope_of, scope_parts

AWAY = "-"
"""What stands for no object: the mapping is taken away."""


def mapping_named(desk: Desk, name: str, *, new: bool) -> MappingKey:
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
    if new or key.value == DEFAULT or key in known:
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
    """Return the key that a name spells; the parts of its scope may stand in any order."""
    kind, slash, value = name.partition("/")
    if kind not in MAPPING_KINDS or not slash or not value:
        allowed = ", ".join(MAPPING_KINDS)
        raise UnknownRecordError(f"There is no mapping {name}. Write KIND/VALUE; kinds are {allowed}.")
    value, _, scope = value.partition("@")
    try:
        return MappingKey(kind, value, scope_of(**scope_parts(scope)))
    except ValueError:
        raise UnknownRecordError(
            f"{scope} is no scope: write parts such as branch=Mombasa;currency=USD."
        ) from None


def change_named(
    desk: Desk, key: MappingKey, target: str, account: str, since: dt.date | None
) -> MappingChange:
    """Return the change to objects named by id or name; what is not named stays as it was, the day too.

    Raise UnknownRecordError where a name is none or several, and for an account of a kind without one.
    """
    if target == AWAY and account:
        raise UnknownRecordError(f"{key.text} is either taken away by {AWAY}, or has --account {account}.")
    if target == AWAY:
        return MappingChange(key, "", "", since)
    row = desk.cache.now(mapping_row, key)
    qbo_id, account_id = (row.mapping.qbo_id, row.mapping.account_id) if row else ("", "")
    if target:
        listed = [*run(suggestions(desk, key, target)), *run(suggestions(desk, key))]
        qbo_id = _pick(desk, MAPPING_KINDS[key.kind].entity, listed, target)
    if account:
        entity = MAPPING_KINDS[key.kind].account_entity
        if not entity:
            raise UnknownRecordError(f"{key.text} has no deposit account: only payment methods have one.")
        listed = [*run(account_suggestions(desk, key, account)), *run(account_suggestions(desk, key))]
        account_id = _pick(desk, entity, listed, account)
    if row and not since:
        since = row.mapping.kept_from if target else row.mapping.valid_from
    return MappingChange(key, qbo_id, account_id, since)


def confirmation(desk: Desk, key: MappingKey) -> MappingChange:
    """Return the change by which a mapping stays as it is; raise AwraError where it is not for review."""
    row = desk.cache.now(mapping_row, key)
    if row is None or not row.mapping.is_chosen or row.mapping.state is not MappingState.REVIEW:
        raise AwraError(f"{key.text} is not for review: there is nothing to confirm.")
    return confirmed(row.mapping)


def _pick(desk: Desk, entity: str, listed: Sequence[Suggestion], wanted: str) -> str:
    there = {one.choice.id: (one.choice.name,) for one in listed}
    exact = [
        desk.cache.now(objects.get, entity, wanted.removeprefix(BY_ID)),
        *desk.cache.now(objects.exact_names, [entity], wanted),
    ]
    return picked(wanted, there | {one.id: (one.name,) for one in exact if one and not one.deleted})
