"""What the mapping editor says: columns, scopes in words, facts of one mapping, what a choice is."""

from collections.abc import Sequence

from textual.content import Content

from awra_tui.actions.results import MappingPreview, Suggestion
from awra_tui.cache.pages.mappings import MappingRow
from awra_tui.cache.pages.overview import Money
from awra_tui.records.mapping import DEFAULT, MAPPING_KINDS
from awra_tui.records.money import shown_minor
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey, scope_parts
from awra_tui.screens.prose import counted, facts, hanging
from awra_tui.screens.record_parts import moment
from awra_tui.widgets.columns import Cell, Column

_STATES = {
    MappingState.READY: ("✓", "good"),
    MappingState.REVIEW: ("◐", "warn"),
    MappingState.BLOCKED: ("■", "bad"),
}
ALL_VALUES = "every other value"


def state_cell(state: MappingState) -> Cell:
    """Return a state with its sign."""
    sign, tone = _STATES[state]
    return Cell(f"{sign} {state.value}", tone)


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


def _value(row: MappingRow) -> str:
    parts = (value_text(row.mapping.key), *scope_parts(row.mapping.key.scope).values())
    return " · ".join(parts)


def _target(row: MappingRow) -> Cell:
    name = row.object_name or row.mapping.qbo_id
    if not name:
        return Cell("→ nothing", "muted")
    told = f"→ {name}" + (f" · {row.account_name}" if row.account_name else "")
    return Cell(f"{told} (as {wider_text(row.served_by)})", "muted", told) if row.served_by else Cell(told)


def wider_text(key: MappingKey) -> str:
    """Say for what a wider mapping is: the default of its kind, or a value in a wider scope."""
    return ALL_VALUES if key.value == DEFAULT else scope_text(key) or "everywhere"


def waits_for(row: MappingRow) -> int:
    """Return how many records wait because this mapping is not ready; those of a ready one wait for more."""
    return 0 if row.mapping.state is MappingState.READY else row.waiting_records


def _waiting(row: MappingRow) -> str:
    return f"{waits_for(row):,}" if waits_for(row) else "–"


def _held_money(row: MappingRow) -> str:
    return money_text(row.waiting[:1]) if waits_for(row) else ""


def _sentence(row: MappingRow) -> Cell:
    return Cell(row.mapping.sentence, "muted" if row.mapping.state is MappingState.READY else "")


MAPPING_COLUMNS: tuple[Column[MappingRow], ...] = (
    Column(name="state", label="State", cell=lambda row: state_cell(row.mapping.state), width=9),
    Column(
        name="kind", label="Kind", cell=lambda row: kind_label(row.mapping.key.kind), width=14, priority=2
    ),
    Column(name="value", label="In the source", cell=_value, width=14, share=2, most=44),
    Column(name="target", label="In QuickBooks", cell=_target, width=14, share=2, most=44),
    Column(name="waiting", label="Wait", cell=_waiting, width=5, right=True),
    Column(
        name="money", label="Money", cell=_held_money, width=14, right=True, priority=2,
    ),
    Column(name="sentence", label="Why", cell=_sentence, width=20, share=3, priority=3),
)  # fmt: skip


def mapping_text(row: MappingRow, width: int) -> Content:
    """Return everything about one mapping: its sentence, its object, what needs it and waits for it."""
    key = row.mapping.key
    account = MAPPING_KINDS[key.kind].account_label if key.kind in MAPPING_KINDS else ""
    pairs = [
        ("Now", _now(row)),
        ("In QuickBooks", object_text(row)),
        (account, (row.account_name or "nothing yet") if account else ""),
        ("Needed by", counted(row.records, "record")),
        ("Waiting", _waiting_text(row)),
        ("Changed", f"{moment(row.changed_at)} · {row.changed_by}" if row.changed_at else ""),
    ]
    return Content("\n").join(facts(pairs, width))


def object_text(row: MappingRow) -> str:
    """Return the object that a mapping points to, with what tells it from others."""
    if not (row.object_name or row.mapping.qbo_id):
        return "nothing yet"
    parts = (row.object_name or row.mapping.qbo_id, row.object_number, row.object_type, row.object_currency)
    return " · ".join(part for part in (*parts, row.rate) if part)


def _now(row: MappingRow) -> str:
    if row.served_by and row.mapping.state is MappingState.READY:
        return f"ready: nobody chose one for it alone, so it goes as {key_text(row.served_by)}"
    return row.mapping.sentence or row.mapping.state.value


def _waiting_text(row: MappingRow) -> str:
    if not row.waiting_records:
        return "nothing waits for it"
    if not waits_for(row):
        needing = counted(row.waiting_records, "record")
        return f"nothing; {needing} that need it wait for other things"
    money = money_text(row.waiting)
    return counted(row.waiting_records, "record") + (f", {money}" if money else "")


def preview_text(preview: MappingPreview, width: int) -> Content:
    """Return what saving would mean."""
    sign, _ = _STATES[preview.state]
    style = "$success" if preview.state is MappingState.READY else "$warning"
    return hanging(f"{sign} {preview.state.value}", preview.sentence, width, indent=12, style=style)


def _why(row: Suggestion) -> Cell:
    return Cell(f"✕ {row.refused}", "warn") if row.refused else Cell(row.why, "muted")


def _name(row: Suggestion) -> Cell:
    return Cell(row.choice.name, "muted" if row.refused or not row.choice.active else "")


_COLUMNS: dict[str, Column[Suggestion]] = {
    "name": Column(name="name", label="Name", cell=_name, width=20, share=2, most=50),
    "number": Column(name="number", label="Number", cell=lambda row: row.choice.number, width=7),
    "type": Column(name="type", label="Type", cell=lambda row: row.choice.type, width=14, share=1, most=24),
    "currency": Column(name="currency", label="Cur", cell=lambda row: row.choice.currency, width=4),
    "rate": Column(name="rate", label="Rate", cell=lambda row: row.choice.rate, width=7, right=True),
    "why": Column(name="why", label="Why", cell=_why, width=18, share=2),
}
_TELLING = {"Account": ("number", "type", "currency"), "TaxCode": ("rate",), "Item": ("number", "type")}


def choice_columns(entity: str) -> list[Column[Suggestion]]:
    """Return the columns that tell objects of an entity apart, and why each is suggested or refused."""
    return [_COLUMNS[name] for name in ("name", *_TELLING.get(entity, ()), "why")]
