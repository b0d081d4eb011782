"""Tables as CSV that a spreadsheet opens as text: no cell can begin a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from awra_tui.records.text import harmless, spreadsheet_safe


def to_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return CSV with one line for the heads; control characters in cells are made visible."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return written.getvalue()


def to_file(text: str) -> bytes:
    """Return CSV as bytes that every spreadsheet reads as UTF-8."""
    return text.encode("utf-8-sig", "replace")


def _cell(text: str) -> str:
    return spreadsheet_safe(harmless(text))
