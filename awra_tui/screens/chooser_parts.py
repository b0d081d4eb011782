"""What the chooser says: the columns that tell objects apart, and what taking one would mean."""

from typing import TYPE_CHECKING

from textual.content import Content

from awra_tui.actions.results import Suggestion
from awra_tui.records.status import MappingState
from awra_tui.screens.mapping_parts import state_text
from awra_tui.screens.prose import hanging
from awra_tui.widgets.columns import Cell, Column

if TYPE_CHECKING:
    from awra_tui.actions.staging import ChangesPreview

_WORST = (MappingState.BLOCKED, MappingState.REVIEW, MappingState.READY)


def preview_text(preview: "ChangesPreview", width: int) -> Content:
    """Return what saving would mean: why it cannot be, or the worst state and what is released."""
    if preview.refused:
        return hanging("✕ refused", preview.refused, width, indent=12, style="$warning")
    states = {line.state for line in preview.lines}
    state = next((one for one in _WORST if one in states), MappingState.READY)
    ready = state is MappingState.READY
    troubled = next((line.sentence for line in preview.lines if line.state is state and not ready), "")
    said = troubled or preview.sentence
    return hanging(state_text(state), said, width, indent=12, style="$success" if ready else "$warning")


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
