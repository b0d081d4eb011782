"""What the Connect screen says: the source record beside an object of QuickBooks, field by field."""

import datetime as dt
from collections.abc import Iterable

from textual.content import Content

from awra_tui.actions.comparison import Pair, pairs, party_of
from awra_tui.actions.days import date_written
from awra_tui.actions.results import ConnectCandidate, ConnectPreview
from awra_tui.actions.whereabouts import described
from awra_tui.cache.pages.records import RecordPage
from awra_tui.records.money import shown
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.rules import NO_START
from awra_tui.records.text import cut
from awra_tui.screens.dialogs import Line
from awra_tui.screens.prose import hanging, paragraph, table
from awra_tui.screens.record_chain import label_of
from awra_tui.widgets.columns import Cell, Column

_PAIR_COLUMNS: tuple[Column[Pair], ...] = (
    Column(name="label", label="", cell=lambda pair: pair.label, width=11),
    Column(name="ours", label="In the source", cell=lambda pair: pair.ours or "–", width=16, share=1),
    Column(name="sign", label="", cell=lambda pair: pair.sign, width=1),
    Column(name="theirs", label="In QuickBooks", cell=lambda pair: pair.theirs or "–", width=16, share=1),
)


def comparison_text(
    record: SourceRecord, thing: QboObject | None, width: int, more: Iterable[Pair] = ()
) -> Content:
    """Return record and object side by side, ``=`` and ``≠`` between; ``more`` is what both stand for."""
    found = pairs(record, thing, more)
    head, *lines = table(_PAIR_COLUMNS, found, width)
    toned = [
        line.stylize("$warning") if pair.same is False else line
        for line, pair in zip(lines, found, strict=True)
    ]
    return Content("\n").join([head, *toned])


ALIKE = 80
"""From this score on two are so nearly the same that a person looks at both, even if one is not free."""


def in_question(rows: Iterable[ConnectCandidate], *, sought: bool) -> list[ConnectCandidate]:
    """Return what is worth a look, free ones first; what cannot be connected only if asked for or alike."""
    kept = [row for row in rows if sought or not row.refused or row.score >= ALIKE]
    return sorted(kept, key=lambda row: bool(row.refused))


def taken_text(page: RecordPage, distinct: str = "") -> str:
    """Say what people do where QuickBooks uses the name for somebody else already; else nothing.

    ``distinct`` is the name by which it can be created all the same.
    """
    taken = next((each for each in page.warnings if each.reason in _TAKEN and not each.dismissed), None)
    if taken is None:
        return ""
    if distinct:
        return f"▲ {taken.sentence} n creates it as “{cut(distinct, 80)}”; the source keeps its own name."
    label = label_of(page.record.kind).lower()
    name = page.record.party_name or page.record.number
    return (
        f"▲ {taken.sentence} Give one of the two a name of its own, such as "
        f"“{cut(name, 60)} ({label})”, in the source or in QuickBooks; then sync."
    )


_TAKEN = ("name_is_taken", "name_is_used")


START_QUESTION = "Transactions before which date are not sent? Empty takes the date away."


def start_of(said: str) -> dt.date:
    """Read a start date, ``NO_START`` for nothing; raise AwraError with what is expected."""
    return date_written(said) if said.strip() else NO_START


def start_line(shown: dt.date | None) -> Line:
    """Return the question for a start date; ``shown`` stands on it already."""
    return Line(
        START_QUESTION, placeholder="2026-11-01", value=str(shown or ""), replacing=True, refusing=start_of
    )


def preview_text(preview: ConnectPreview, width: int, *, new: bool = False) -> Content:
    """Return what will follow, before it happens; ``new`` where it would be created."""
    if preview.distinct:
        told = f"{preview.refused.rstrip('.')}. n creates it as “{cut(preview.distinct, 80)}”."
        return paragraph(told, width, "$warning")
    if preview.refused:
        what = "created" if new else "connected"
        return paragraph(f"✕ Cannot be {what}: {preview.refused.rstrip('.')}.", width, "$warning")
    lines = [paragraph(preview.sentence, width, "bold")]
    lines += [hanging("  →", follows, width, indent=4) for follows in _new(preview)]
    return Content("\n").join(lines)


def is_line(thing: QboObject) -> str:
    """Say which object of QuickBooks a record is to be connected to."""
    return f"→ In QuickBooks it is {cut(described(thing), 120)} (id {thing.id})."


def question_lines(preview: ConnectPreview, start: dt.date | None) -> list[str]:
    """Return what stands below the question: everything that will follow."""
    return [*(f"→ {follows}" for follows in _new(preview)), *start_lines(start)]


def start_lines(start: dt.date | None) -> list[str]:
    """Say what a start date that is chosen now means, or that the one from before is taken away."""
    if start is None:
        return []
    return [START_TAKEN if start == NO_START else f"Transactions before {start} are not sent."]


START_TAKEN = "A start date that was set before is taken away; one of the profile holds."


def _new(preview: ConnectPreview) -> list[str]:
    return [follows for follows in preview.follows if follows.rstrip(".") not in preview.sentence]


def _why(row: ConnectCandidate) -> Cell:
    return Cell(f"✕ {row.refused}", "warn") if row.refused else Cell(row.why, "muted")


def _name(row: ConnectCandidate) -> Cell:
    thing = row.object
    return Cell(thing.name or party_of(thing) or thing.id, "muted" if row.refused else "")


def _score(row: ConnectCandidate) -> str:
    return f"{row.score}%" if row.score else ""


def _amount(row: ConnectCandidate) -> str:
    thing = row.object
    amount = thing.amount or thing.balance
    return f"{thing.currency} {shown(amount, thing.currency)}" if amount else thing.currency


CANDIDATE_COLUMNS: tuple[Column[ConnectCandidate], ...] = (
    Column(name="score", label="Like", cell=_score, width=5, right=True),
    Column(name="name", label="Name", cell=_name, width=18, share=2, most=44),
    Column(name="number", label="Number", cell=lambda row: row.object.number, width=11, priority=3),
    Column(name="date", label="Date", cell=lambda row: str(row.object.date or ""), width=10, priority=4),
    Column(name="amount", label="Amount", cell=_amount, width=15, right=True, priority=2),
    Column(name="why", label="Why", cell=_why, width=18, share=3),
    Column(name="id", label="Id", cell=lambda row: row.object.id, width=6, right=True, priority=5),
)  # fmt: skip
