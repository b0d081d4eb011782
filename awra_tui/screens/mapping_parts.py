"""What the mapping editor says: columns, scopes in words, facts of one mapping and of its change."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from awra_tui.cache.pages.mappings import MappingRow
from awra_tui.cache.pages.overview import Money
from awra_tui.records.mapping import DEFAULT, MAPPING_KINDS
from awra_tui.records.money import shown_minor
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey, scope_parts
from awra_tui.screens.mapping_draft import EditorRow
from awra_tui.screens.prose import counted, facts, paragraph
from awra_tui.screens.record_parts import moment
from awra_tui.widgets.columns import Cell, Column
from awra_tui.widgets.figures import day

if TYPE_CHECKING:
    from awra_tui.actions.staging import ChangeLine

_STATES = {
    MappingState.READY: ("✓", "good"),
    MappingState.REVIEW: ("◐", "warn"),
    MappingState.BLOCKED: ("■", "bad"),
}
ALL_VALUES = "every other value"


NOTHING = "nothing"


def state_text(state: MappingState) -> str:
    """Return a state with its sign."""
    return f"{_STATES[state][0]} {state.value}"


def _state(one: EditorRow) -> Cell:
    if one.change:
        return Cell("✎ changed", "accent")
    state = one.row.mapping.state
    return Cell(state_text(state), _STATES[state][1])


def value_text(key: MappingKey) -> str:
    """Return the source's value, the default of its kind in words."""
    return ALL_VALUES if key.value == DEFAULT else key.value


def scope_text(key: MappingKey) -> str:
    """Return the scope of a mapping in words, nothing for one that holds everywhere."""
    return ", ".join(f"{name} {value}" for name, value in scope_parts(key.scope).items())


def kind_label(kind: str) -> str:
    """Return what a screen calls a kind of mapping."""
    return MAPPING_KINDS[kind].label if kind in MAPPING_KINDS else kind


def key_text(key: MappingKey) -> str:
    """Return a mapping's kind, value and scope as a person reads it."""
    scope = scope_text(key)
    return f"{kind_label(key.kind)} “{value_text(key)}”" + (f" ({scope})" if scope else "")


def money_text(money: Sequence[Money]) -> str:
    """Return amounts of several currencies."""
    return ", ".join(shown_minor(one.minor, one.currency) for one in money)


def kinds_line(labels: Sequence[str], here: int, width: int) -> Content:
    """Return the kinds on one line of so many cells, from where the one that is shown is in sight."""
    first = 0
    while first < here and sum(len(label) + 3 for label in labels[first : here + 1]) > width - 2:
        first += 1
    parts = [Content.styled("…", "$secondary")] if first else []
    for place, label in enumerate(labels[first:], first):
        style = "bold $accent" if place == here else "$secondary"
        parts.append(Content.styled(f"{'▸' if place == here else ' '}{label}", style))
    return Content("  ").join(parts).truncate(width, ellipsis=True)


def since_text(since: dt.date | None) -> str:
    """Say for which records a change holds, nothing where for all."""
    return f"from {day(since.isoformat())}" if since else ""


def _value(one: EditorRow) -> str:
    parts = (value_text(one.key), *scope_parts(one.key.scope).values())
    return " · ".join(parts)


def _target(one: EditorRow) -> Cell:
    if one.change:
        before, after = step(one)
        more = after.removeprefix(f"{before} and ")
        return Cell(f"{before} → {after}", "accent", f"→ {after}" if more == after else f"+ {more}")
    row = one.row
    name = row.object_name or row.mapping.qbo_id
    if not name:
        return Cell(f"→ {_OWN if _is_optional(row) else NOTHING}", "muted")
    told = " · ".join(part for part in (f"→ {name}", row.account_name, _since(row)) if part)
    return Cell(f"{told} (as {wider_text(row.served_by)})", "muted", told) if row.served_by else Cell(told)


def step(one: EditorRow) -> tuple[str, str]:
    """Return what a changed mapping is now and what it is to be, each in words."""
    if one.line is None:
        return one.row.object_name or NOTHING, "…"
    return one.line.before or NOTHING, one.line.after or NOTHING


_OWN = "QuickBooks' own"


def _is_optional(row: MappingRow) -> bool:
    kind = MAPPING_KINDS.get(row.mapping.key.kind)
    return kind is not None and kind.optional


def _since(row: MappingRow) -> str:
    return since_text(row.mapping.valid_from)


def wider_text(key: MappingKey) -> str:
    """Say for what a wider mapping is: the default of its kind, or a value in a wider scope."""
    return ALL_VALUES if key.value == DEFAULT else scope_text(key) or "everywhere"


def waits_for(row: MappingRow) -> int:
    """Return how many records wait because this mapping is not ready; those of a ready one wait for more."""
    return 0 if row.mapping.state is MappingState.READY else row.waiting_records


def _waiting(one: EditorRow) -> str:
    return f"{waits_for(one.row):,}" if waits_for(one.row) else "–"


def _held_money(one: EditorRow) -> str:
    return money_text(one.row.waiting[:1]) if waits_for(one.row) else ""


def _sentence(one: EditorRow) -> Cell:
    if one.change:
        return Cell(one.line.sentence if one.line else "", "accent")
    mapping = one.row.mapping
    return Cell(mapping.sentence, "muted" if mapping.state is MappingState.READY else "")


MAPPING_COLUMNS: tuple[Column[EditorRow], ...] = (
    Column(name="state", label="State", cell=_state, width=9),
    Column(name="kind", label="Kind", cell=lambda one: kind_label(one.key.kind), width=14, priority=2),
    Column(name="value", label="In the source", cell=_value, width=14, share=2, most=44, want=18),
    Column(name="target", label="In QuickBooks", cell=_target, width=14, share=2, most=44, want=20),
    Column(name="waiting", label="Wait", cell=_waiting, width=5, right=True),
    Column(
        name="money", label="Money", cell=_held_money, width=14, right=True, priority=2,
    ),
    Column(name="sentence", label="Why", cell=_sentence, width=20, share=3, priority=3),
)  # fmt: skip


def editor_text(one: EditorRow, width: int) -> Content:
    """Return everything about one mapping: how it is changed and what that would mean, or what it is."""
    head = paragraph(key_text(one.key), width, "bold")
    if not one.change:
        return Content("\n").join([head, mapping_text(one.row, width)])
    before, after = step(one)
    pairs = [
        ("Not saved", f"{before} → {after}"),
        ("Then", state_of(one.line) if one.line else "…"),
        ("Now", _now(one.row)),
        *_needing(one.row),
    ]
    return Content("\n").join([head, *facts(pairs, width)])


def state_of(line: "ChangeLine") -> str:
    """Return the state that a change leads to, with the reason where it cannot be used as it is."""
    said = state_text(line.state)
    return said if line.state is MappingState.READY else f"{said}: {line.sentence}"


def line_text(line: "ChangeLine") -> str:
    """Return one change as one line: which mapping, from what to what, and why it cannot be used, if so."""
    told = f"{key_text(line.key)}: {line.before or NOTHING} → {line.after or NOTHING}"
    return told if line.state is MappingState.READY else f"{told}. {state_of(line)}"


def mapping_text(row: MappingRow, width: int) -> Content:
    """Return everything about one mapping: its sentence, its object, what needs it and waits for it."""
    key = row.mapping.key
    account = MAPPING_KINDS[key.kind].account_label if key.kind in MAPPING_KINDS else ""
    pairs = [
        ("Now", _now(row)),
        ("In QuickBooks", object_text(row)),
        (account, (row.account_name or "nothing yet") if account else ""),
        *_needing(row),
    ]
    return Content("\n").join(facts(pairs, width))


def _needing(row: MappingRow) -> list[tuple[str, str]]:
    return [
        ("Needed by", "" if _is_optional(row) else _needed_by(row)),
        ("Waiting", _waiting_text(row) if row.records or row.waiting_records else ""),
        ("Changed", f"{moment(row.changed_at)} · {row.changed_by}" if row.changed_at else ""),
    ]


def _needed_by(row: MappingRow) -> str:
    return counted(row.records, "record") if row.records else _BY_OTHERS


_BY_OTHERS = "no record alone; values without a mapping of their own take it"
"""What is said of a mapping wider than what records need: what waits, waits for the narrower ones."""


def object_text(row: MappingRow) -> str:
    """Return the object that a mapping points to, with what tells it from others."""
    if not (row.object_name or row.mapping.qbo_id):
        return _OWN if _is_optional(row) else "nothing yet"
    parts = (row.object_name or row.mapping.qbo_id, row.object_number, row.object_type, row.object_currency)
    return " · ".join(part for part in (*parts, row.rate) if part)


def _now(row: MappingRow) -> str:
    if row.served_by and row.mapping.state is MappingState.READY:
        return f"ready: nobody chose one for it alone, so it goes as {key_text(row.served_by)}"
    if row.mapping.is_chosen and row.mapping.state is MappingState.REVIEW:
        return f"{row.mapping.sentence} v says that it is meant so."
    return row.mapping.sentence or row.mapping.state.value


def _waiting_text(row: MappingRow) -> str:
    if not row.waiting_records:
        return "nothing waits for it"
    if not waits_for(row):
        are = "is" if row.waiting_records == 1 else "are"
        return f"nothing; of those that need it {row.waiting_records:,} {are} not in QuickBooks yet"
    money = money_text(row.waiting)
    return counted(row.waiting_records, "record") + (f", {money}" if money else "")
