"""The last gate before the terminal: no character that it obeys passes, whichever screen forgot about it."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from awra_tui.records.text import harmless
from awra_tui.widgets.cells import fit


class Guard(LineFilter):
    """Makes what is drawn harmless, each stretch as wide as it was."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's
        """Return the segments of a line without control characters."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [_harmless(segment) for segment in segments]


def _harmless(segment: Segment) -> Segment:
    text, style, control = segment
    if control or text.isprintable():
        return segment
    return Segment(fit(harmless(text), segment.cell_length), style)
