"""Text in cells of a terminal: harmless, of an exact width, whatever the script."""

from rich.cells import cell_len, set_cell_size

from awra_tui.records.text import harmless

SENTENCE = 200
"""Cells that a sentence above a list takes at most."""


def one_line(text: str, limit: int) -> str:
    """Return ``text`` as one harmless line of at most ``limit`` cells, with an ellipsis where it was cut."""
    # A cell is at least a quarter of a character in any script with combining marks.
    plain = harmless(text[: limit * 4 + 8])
    if cell_len(plain) <= limit and len(text) <= limit * 4 + 8:
        return plain
    return set_cell_size(plain, limit - 1).rstrip() + "…" if limit > 0 else ""


def brief(text: str) -> str:
    """Return a sentence as one harmless line that cannot cover the screen, however long it is."""
    return one_line(text, SENTENCE)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return ``text`` cut or padded to exactly ``width`` cells."""
    plain = one_line(text, width)
    gap = " " * (width - cell_len(plain))
    return gap + plain if right else plain + gap
