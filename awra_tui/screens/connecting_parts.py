"""What the list of names that are not connected says: each beside what it most likely is in QuickBooks."""

import datetime as dt
from collections.abc import Iterable, Sequence

from textual.content import Content

from awra_tui.actions.connect_many import Unconnected
from awra_tui.health.wording import name_of
from awra_tui.records.kinds import KINDS
from awra_tui.records.rules import NO_START
from awra_tui.records.text import cut, sort_key
from awra_tui.screens.prose import counted, paragraph
from awra_tui.screens.resending import first
from awra_tui.widgets.columns import Cell, Column
from awra_tui.widgets.figures import total

NOBODY = "nothing is like it: n creates it"


def is_open(row: Unconnected) -> bool:
    """Whether the likeliest candidate can be connected."""
    return row.best is not None and not row.best.refused


def best_id(row: Unconnected) -> str:
    """Return the id of the likeliest candidate, nothing where there is none."""
    return row.best.object.id if row.best else ""


def _name(row: Unconnected) -> str:
    return name_of(row.record)


def _candidate(row: Unconnected) -> Cell:
    if row.best is None:
        return Cell("–", "muted")
    return Cell(row.best.object.name or row.best.object.id, "muted" if row.best.refused else "")


def _why(row: Unconnected) -> Cell:
    if row.best is None:
        return Cell(_named_alike(row) or NOBODY, "warn" if row.namesake else "muted")
    if row.best.refused:
        return Cell(f"✕ {row.best.refused}", "warn")
    others = f"; {row.others:,} more like it" if row.others else ""
    return Cell(row.best.why + others, "good" if row.is_certain else "muted")


def _named_alike(row: Unconnected) -> str:
    """Say who has the name of a record in QuickBooks, and what it would be called there, if somebody has."""
    if not row.namesake:
        return ""
    return f"{_a(row.namesake)} has the name: n creates it as {row.distinct}"


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def named_alike_text(row: Unconnected, width: int) -> Content:
    """Say in a paragraph that a name is taken, and what follows; nothing where it is not."""
    if not row.namesake or is_open(row):
        return Content("")
    told = f"▲ {_a(row.namesake).capitalize()} of QuickBooks has this name, which takes no name twice: "
    return paragraph(f"{told}n creates it as “{cut(row.distinct, 80)}”.", width, "$warning")


def new_lines(rows: Sequence[Unconnected], renamed: Iterable[tuple[str, str]]) -> list[str]:
    """Return what stands below the question whether to create: other names, and what is like them."""
    lines = [f"→ {own} as {name}: its own name is taken. The source keeps its own." for own, name in renamed]
    alike = [(row, row.best) for row in rows if row.best is not None]
    return lines + [
        f"▲ {name_of(row.record)} is like {best.object.name} of QuickBooks ({best.score}%): o compares them."
        for row, best in alike
    ]


def doubtful_lines(rows: Iterable[Unconnected]) -> list[str]:
    """Return what stands below the question whether to connect: where something is left to ask."""
    return first(
        [
            f"▲ {name_of(row.record)} → {row.best.object.name} ({row.best.score}%): {row.best.why}"
            for row in rows
            if row.best is not None and not row.is_certain
        ]
    )


def _sure(row: Unconnected) -> Cell:
    if row.is_certain:
        return Cell("✓ sure", "good")
    return Cell(f"{row.best.score}%", "muted") if row.best else Cell("")


def _waits(row: Unconnected) -> Cell:
    money = [part for part in row.held if part.minor]
    said = f"{row.waits:,} · {total(money, 18)}" if money else f"{row.waits:,}" if row.waits else "–"
    return Cell(said, "" if row.waits else "muted", f"{row.waits:,}" if row.waits else "–")


COLUMNS: tuple[Column[Unconnected], ...] = (
    Column(name="name", label="In the source", cell=_name, width=16, share=2, most=40),
    Column(name="candidate", label="In QuickBooks", cell=_candidate, width=16, share=2, most=40),
    Column(name="sure", label="Like", cell=_sure, width=6),
    Column(name="why", label="Why", cell=_why, width=18, share=3, most=70, want=22),
    Column(
        name="waits", label="Waits for it", short="Wait", cell=_waits, width=6, share=1, most=24, right=True,
        priority=2,
    ),
    Column(name="number", label="Number", cell=lambda row: row.record.number, width=9, priority=4),
    Column(name="currency", label="Cur.", cell=lambda row: row.record.currency, width=4, priority=3),
)  # fmt: skip


def title(rows: Sequence[Unconnected], selected: int) -> str:
    """Say how many are not connected, how many of them are certain, and how many are selected."""
    if not rows:
        return "Not connected: nothing"
    sure = sum(row.is_certain for row in rows)
    return f"Not connected: {counted(len(rows), 'name')} · {sure:,} certain · {selected:,} selected"


def kinds_line(rows: Iterable[Unconnected], kind: str) -> Content:
    """Return the kinds that there are, the shown one marked."""
    there = {row.record.kind for row in rows}
    parts = [("", "all kinds"), *((name, KINDS[name].plural.lower()) for name in KINDS if name in there)]
    return Content("  ").join(
        Content.styled(
            f"▸{label}" if name == kind else f" {label}", "bold $accent" if name == kind else "$secondary"
        )
        for name, label in parts
    )


def start_text(
    start: dt.date | None, profiles: dt.date | None, suggested: dt.date | None, width: int
) -> Content:
    """Say from which date on transactions are sent: the one chosen here, else the profile's."""
    if start and start != NO_START:
        return paragraph(f"Start date {start}: transactions before that are not sent (s changes it).", width)
    if profiles:
        where = "" if start else ", where none was set"
        return paragraph(f"Start date {profiles} by the profile{where} (s changes it).", width)
    more = f"; suggested {suggested}" if suggested else ""
    return paragraph(f"No start date: all their transactions are sent (s{more}).", width)


def searched(row: Unconnected) -> str:
    """Return what the filter looks through."""
    names = (name_of(row.record), row.record.number, row.best.object.name if row.best else "")
    return sort_key(" ".join(each[:200] for each in names))


def no_connecting(rows: Sequence[Unconnected]) -> str:
    """Return why nothing can be connected now, or nothing."""
    if not rows:
        return "Nothing is listed."
    if not any(map(is_open, rows)):
        return "There is nothing to connect it to: n creates it, o looks closer."
    return ""


def no_creating(rows: Iterable[Unconnected]) -> str:
    """Return why nothing can be created now, or nothing."""
    sure = next((row.best for row in rows if row.is_certain), None)
    return f"It is {sure.object.name} of QuickBooks: enter connects it, o compares them." if sure else ""
