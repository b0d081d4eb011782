"""The audit in words: what was decided, what was so before and after, whether it was or can be undone."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from awra_tui.actions.mapping_words import described
from awra_tui.actions.undo import is_undoable
from awra_tui.actions.verbs import done
from awra_tui.cache.pages.audit import NAMED, AuditQuery, AuditRow, Decision, audit_ids, audit_rows
from awra_tui.cache.store import decisions, mappings, objects
from awra_tui.health import wording
from awra_tui.records.errors import AwraError
from awra_tui.records.kinds import KINDS
from awra_tui.records.mapping import MAPPING_KINDS
from awra_tui.records.sheet import to_csv
from awra_tui.sync.desk import Desk

HEADS = (
    "Number", "At", "Who", "What", "About", "Party", "Before", "After", "Undone by", "Undoes", "Not undone",
)  # fmt: skip
"""The columns of the audit as a table."""

Facts = tuple[tuple[str, str], ...]
"""Labels with their values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One decision with everything: before and after as facts, and in a sentence what became of it."""

    row: AuditRow
    before: Facts
    after: Facts
    standing: str


async def audit(desk: Desk, query: AuditQuery, limit: int | None = None) -> list[AuditRow]:
    """Return the decisions asked for, newest first."""
    return await desk.page(lambda: audit_rows(audit_ids(query, limit)))


async def entry(desk: Desk, number: int) -> Entry:
    """Return one decision with everything; raise AwraError where there is none of that number."""
    return await desk.page(_entry, number)


def _entry(number: int) -> Entry:
    found = audit_rows([number])
    if not found:
        raise AwraError(f"There is no decision {number}: awra-tui audit lists them.")
    one = found[0].decision
    return Entry(
        row=found[0],
        before=_with_names(one, facts(one.before)),
        after=_with_names(one, facts(one.after)),
        standing=_standing(found[0]),
    )


def _standing(row: AuditRow) -> str:
    one = row.decision
    if one.undone_by:
        by = decisions.get(one.undone_by)
        return f"It was taken back by {by.who}, decision {by.id}." if by else "It was taken back."
    if one.undoes:
        return f"It takes back decision {one.undoes}."
    if one.who == decisions.PROGRAM:
        return "The program decided it by its rules."
    if row.not_undone:
        return f"It stands; it could not be undone: {row.not_undone}"
    if is_undoable(one.verb):
        return f"It stands. Who decided it can take it back: {one.who}, once it is the last."
    return "It stands, and is not taken back by undoing: decide anew instead."


def about(row: AuditRow) -> str:
    """Return what a decision is about as people call it: ``2 warnings: Invoice INV-1, Customer Baobab``."""
    if key := row.key:
        return wording.title(key.kind, key.source_id, row.number, row.party)
    named = names(row)
    return f"{row.decision.subject}: {named}" if named else row.decision.subject


def names(row: AuditRow) -> str:
    """Return what the first ones of several records are called, and how many there are besides."""
    more = f" and {row.more:,} more" if row.more else ""
    titles = (wording.title(one.kind, one.id, one.number, one.party) for one in row.several)
    return ", ".join(titles) + more


def facts(state: Mapping[str, Any]) -> Facts:
    """Return what a decision keeps of a state as labels and values, empty ones left out."""
    told = ((_LABELS.get(name, name.replace("_", " ")), _value(name, value)) for name, value in state.items())
    return tuple((label, value) for label, value in told if label and value)


def line(state: Mapping[str, Any]) -> str:
    """Return a state as one line."""
    return "; ".join(f"{label} {value}" for label, value in facts(state))


def as_data(row: AuditRow) -> dict[str, Any]:
    """Return a decision as scripts read it (docs/commands.md)."""
    one = row.decision
    return {
        "id": one.id,
        "at": one.at,
        "who": one.who,
        "verb": one.verb,
        "what": done(one),
        "subject": one.subject,
        "record": row.name if row.key else "",
        "party": row.party,
        "records": [f"{one.kind}/{one.number or one.id}" for one in row.several],
        "more": row.more,
        "before": one.before,
        "after": one.after,
        "undone_by": one.undone_by or None,
        "undoes": one.undoes or None,
        "not_undone": row.not_undone,
    }


def sheet(found: Iterable[AuditRow]) -> str:
    """Return decisions as CSV in which no cell begins a formula."""
    return to_csv(HEADS, map(_cells, found))


def _cells(row: AuditRow) -> Sequence[str]:
    one = row.decision
    numbers = (str(one.undone_by or ""), str(one.undoes or ""))
    return (
        str(one.id),
        one.at,
        one.who,
        done(one),
        about(row),
        row.party,
        line(one.before),
        line(one.after),
        *numbers,
        row.not_undone,
    )


_LABELS = {
    "account_id": "account id", "account_name": "account", "allowed": "", "anyway": "though nothing changed",
    "chosen": "", "connections": "", "earlier": "before that", "entity": "", "given": "", "ids": "warnings",
    "keys": "", "kind": "", "link": "", "links": "", "names": "", "object_name": "name", "owners": "who",
    "parted": "", "qbo_id": "QuickBooks id", "records": "", "scope": "for", "sentence": "means",
    "start_dates": "", "valid_from": "from", "value": "", "why": "because",
}  # fmt: skip
"""What fields of a state are called; an empty label leaves out what the subject says already."""


def _value(name: str, value: Any) -> str:  # noqa: ANN401 - whatever a decision keeps
    tell = _TOLD.get(name, _plain)
    return tell(value)


def _plain(value: Any) -> str:  # noqa: ANN401 - whatever a decision keeps
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, dict | list):
        return _named([str(one) for one in value])
    return str(value)


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _counted(value: Any) -> str:  # noqa: ANN401 - whatever a decision keeps
    return f"{len(value):,}" if isinstance(value, list) else str(value)


def _owners(value: Any) -> str:  # noqa: ANN401 - whatever a decision keeps
    names = value.values() if isinstance(value, dict) else [value]
    return _named(sorted({str(name) or "nobody" for name in names}))


def _earlier(value: Any) -> str:  # noqa: ANN401 - whatever a decision keeps
    """Tell what a mapping pointed to for the dates before, the newest first."""
    return "; ".join(one.get("object_name") or one.get("qbo_id") or "nothing" for one in value)


def _mappings(value: Any) -> str:  # noqa: ANN401 - whatever a decision keeps
    """Tell what mappings point to that were saved together."""
    told = ((key, described(mappings.of_state(state))) for key, state in dict(value).items())
    return "; ".join(f"{key} is {what or 'nothing'}" for key, what in told)


def _reviewed(value: Any) -> str:  # noqa: ANN401 - whatever a decision keeps
    """Tell what somebody looked at and found to be meant so."""
    return f"it is meant so ({'; '.join(str(value).splitlines())})"


_TOLD: dict[str, Callable[[Any], str]] = {
    "earlier": _earlier,
    "ids": _counted,
    "mappings": _mappings,
    "owners": _owners,
    "reviewed": _reviewed,
}
"""How fields are told that are no plain values."""


def _with_names(one: Decision, told: Facts) -> Facts:
    """Put the names of objects beside their ids. A job of the cache."""
    return tuple(_with_name(one, told))


def _with_name(one: Decision, told: Facts) -> Iterator[tuple[str, str]]:
    kind = one.subject.partition("/")[0]
    mapping = MAPPING_KINDS.get(kind) if one.verb.endswith("map") else None
    entities = {
        _LABELS["qbo_id"]: mapping.entity if mapping else KINDS[kind].entity if kind in KINDS else "",
        _LABELS["account_id"]: mapping.account_entity if mapping else "",
    }
    for label, value in told:
        entity = entities.get(label, "")
        found = objects.get(entity, value) if entity else None
        yield label, f"{found.name or found.number} ({value})" if found else value
