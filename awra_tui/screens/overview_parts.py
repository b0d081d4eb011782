"""What the overview says: the columns of its kinds, and the sentences around them."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from awra_tui.cache.pages.overview import ConnectorWarning, KindRow, MappingSummary, Overview
from awra_tui.records.kinds import KINDS
from awra_tui.records.mapping import MAPPING_KINDS
from awra_tui.records.status import MappingState, Who
from awra_tui.screens.doors import from_elsewhere
from awra_tui.screens.prose import table
from awra_tui.widgets.cells import brief, fit, one_line
from awra_tui.widgets.columns import Cell, Column
from awra_tui.widgets.figures import ago, count, moment, total

if TYPE_CHECKING:
    from awra_tui.cache.pages.warnings import WarningRow

LABEL = 9
"""Cells of the label before each fact."""

STATE = 11
"""Cells of the state of a mapping."""

SHOWN_MAPPINGS = 4

_STATES = {
    MappingState.READY: ("✓ ready", "$success"),
    MappingState.REVIEW: ("◐ review", "$warning"),
    MappingState.BLOCKED: ("■ blocked", "$error"),
}


def kind_columns(numbers: dict[str, int], rows: Sequence[KindRow] = ()) -> list[Column[KindRow]]:
    """Return the columns of the kinds; ``numbers`` says which digit opens which kind.

    What is seldom there has a column only where one of ``rows`` has it.
    """

    def name(row: KindRow) -> Cell:
        digit = numbers.get(row.kind, 0)
        shown = str(digit) if 0 < digit < 10 else " "
        return Cell(f"{shown} {KINDS[row.kind].plural}", "strong" if row.warnings else "")

    columns = [
        Column(name="kind", label="Kind", cell=name, width=19, share=1, most=24),
        _number("source", "Source", 6, 9),
        _number("qbo", "QuickBooks", 5, 11, short="QBO", priority=4),
        _number("matched", "Matched", 7, 9),
        _number("pending", "Not tried", 7, 10, short="Untried", priority=3),
        Column(name="skipped", label="Skipped", cell=_plain("skipped"), width=8, right=True, priority=9),
        Column(name="unknown", label="Checking", cell=_plain("unknown"), width=8, right=True, priority=8),
        Column(name="warnings", label="Warnings", cell=_warnings, width=8, share=1, most=10, right=True),
        Column(name="blocked", label="Blocked", cell=_plain("blocked"), width=7, right=True, priority=7),
        Column(
            name="waiting", label="Waiting", cell=_waiting, width=13, share=4, most=32, right=True, priority=2
        ),
        Column(
            name="dismissed", label="Dismissed", cell=_plain("dismissed"), width=9, right=True, priority=6
        ),
        Column(
            name="oldest",
            label="Oldest",
            short="Age",
            cell=_oldest,
            width=4,
            share=1,
            most=7,
            right=True,
            priority=5,
        ),
    ]
    return [
        column
        for column in columns
        if column.name not in _SELDOM or any(getattr(row, column.name) for row in rows)
    ]


_SELDOM = ("skipped", "unknown", "blocked", "dismissed")


def _number(
    name: str, label: str, width: int, most: int, *, short: str = "", priority: int = 1
) -> Column[KindRow]:
    return Column(
        name=name, label=label, short=short, cell=_plain(name), width=width, share=1, most=most, right=True,
        priority=priority,
    )  # fmt: skip


class _plain:  # noqa: N801 - reads as a function of the row
    """A cell with one count of the row, dimmed where it is none."""

    def __init__(self, field: str) -> None:
        self._field = field

    def __call__(self, row: KindRow) -> Cell:
        number: int = getattr(row, self._field)
        return Cell(count(number, 6), "" if number else "muted")


def _warnings(row: KindRow) -> Cell:
    return Cell(f"▲ {count(row.warnings, 6)}", "warn") if row.warnings else Cell("·", "muted")


def _waiting(row: KindRow) -> Cell:
    if row.warnings and row.blocked == row.warnings:
        return Cell("all blocked", "muted")
    waiting = [part for part in row.waiting if part.minor]
    return Cell(total(waiting), short=total(waiting, 13)) if waiting else Cell("–", "muted")


def _oldest(row: KindRow) -> Cell:
    told = ago(row.oldest)
    return Cell(told, "" if row.oldest else "muted", told.replace(" min", "m").replace(" ", ""))


def visible(page: Overview) -> list[KindRow]:
    """Return the kinds that there is anything to say of, in order of work."""
    return [row for row in page.kinds if row.source or row.warnings or row.dismissed or row.matched]


def folded(page: Overview) -> Content:
    """Say which kinds are not in the source at all."""
    seen = {row.kind for row in visible(page)}
    absent = [KINDS[row.kind].plural.lower() for row in page.kinds if row.kind not in seen]
    told = f"  none in the source: {', '.join(absent)}" if absent and seen else ""
    return Content.styled(told, "$secondary")


def open_warnings(page: Overview) -> int:
    """Return how many warnings are open, about whatever they are; each has one dimension."""
    return sum(number for _, number in page.dimensions)


def lead(page: Overview) -> str:
    """Say in one sentence what there is to do."""
    if page.last_run is None:
        return "Nothing has been synced yet: r reads the source and sends what is ready."
    if open_warnings(page):
        return "Work from the top: a fix above releases what waits below."
    if sum(row.pending for row in page.kinds):
        return "No warnings. What is not tried yet goes with the next sync."
    return "Nothing to do: everything that is ready is in QuickBooks."


def facts(page: Overview, width: int) -> Content:
    """Say what the mappings lack, why records wait, and what is still to sync."""
    lines: list[Content] = []
    lines += _labelled("Mappings", _mapping_lines(page.mappings, width - LABEL))
    lines += _labelled("Why", [Content(one_line(_why(page), width - LABEL))] if page.dimensions else [])
    lines += _labelled("Input", [_rows_bad(page.rows_bad)] if page.rows_bad else [])
    lines += _labelled("Wait", _waits_for(page))
    lines += _labelled("Aside", _aside(page))
    return Content("\n").join(lines)


def _labelled(label: str, lines: Iterable[Content]) -> list[Content]:
    return [
        Content.assemble((fit(label if first else "", LABEL), "$secondary"), line)
        for first, line in zip([True] + [False] * 99, lines, strict=False)
    ]


def _mapping_lines(summaries: Sequence[MappingSummary], width: int) -> list[Content]:
    unready = [each for each in summaries if each.state is not MappingState.READY]
    ready = [each for each in summaries if each.state is MappingState.READY]
    unready.sort(key=lambda each: (each.state is not MappingState.BLOCKED, -each.waiting_records))
    lines = [_mapping_line(each, width) for each in unready[:SHOWN_MAPPINGS]]
    if len(unready) > SHOWN_MAPPINGS:
        lines.append(Content.styled(f"and {len(unready) - SHOWN_MAPPINGS} more (m)", "$secondary"))
    if ready:
        names = ", ".join(MAPPING_KINDS[each.kind].plural for each in ready)
        lines.append(_state(MappingState.READY, one_line(names, width - STATE)))
    return lines


def _mapping_line(summary: MappingSummary, width: int) -> Content:
    name = fit(MAPPING_KINDS[summary.kind].plural, 18) if width > 90 else ""
    told = summary.sentence.rstrip(".")
    room = width - STATE - len(name)
    waits = next((text for text in _waits(summary) if cell_len(told + text) <= room), _waits(summary)[-1])
    return _state(summary.state, name + one_line(told, room - cell_len(waits)) + waits)


def _waits(summary: MappingSummary) -> tuple[str, ...]:
    """Return what waits for a mapping, the longest way of saying it first."""
    if not summary.waiting_records:
        return ("",)
    number = f": {summary.waiting_records:,} wait"
    return f"{number}, {total(summary.waiting, 30)}", f"{number}, {total(summary.waiting, 9)}", number


def _state(state: MappingState, text: str) -> Content:
    word, tone = _STATES[state]
    return Content.assemble((fit(word, STATE), tone), text)


def _why(page: Overview) -> str:
    return " · ".join(f"{dimension.label} {number:,}" for dimension, number in page.dimensions if number)


def _rows_bad(number: int) -> Content:
    told = "1 row of input cannot be read" if number == 1 else f"{number:,} rows of input cannot be read"
    return Content.assemble(("▲ ", "$warning"), f"{told}; the others went on. w shows file, line and column.")


def _waits_for(page: Overview) -> list[Content]:
    """Say what waits for the next sync, and what for somebody who changes something in QuickBooks."""
    lines = [_released(page.released)] if page.released else []
    return [*lines, *([_tray(page.tray)] if page.tray else [])]


def _aside(page: Overview) -> list[Content]:
    """Say how many warnings of records were put aside, and where they are."""
    counts = (
        ("snoozed (Z)", sum(row.snoozed for row in page.kinds)),
        ("dismissed (D)", sum(row.dismissed for row in page.kinds)),
    )
    told = " · ".join(f"{number:,} {word}" for word, number in counts if number)
    return [Content.styled(f"{told} in the warnings", "$secondary")] if told else []


def _tray(number: int) -> Content:
    verb = "waits" if number == 1 else "wait"
    return Content.assemble(
        ("◐ ", "$warning"), f"{number:,} {verb} for a change in QuickBooks: w, then w shows which."
    )


def _released(number: int) -> Content:
    return Content.assemble(("◐ ", "$warning"), f"{number:,} still to sync after a fix: r sends them now.")


def first_lines(rows: "Sequence[WarningRow]", width: int) -> Content:
    """List the warnings that stand first in the order of work, in the columns of their own screen."""
    if not rows:
        return Content("")
    from awra_tui.screens.warning_parts import COLUMNS

    columns = [column for column in COLUMNS if column.priority <= 3]
    return Content("\n").join(
        [Content.styled("First in order of work", "bold"), *table(columns, rows, width)]
    )


def banner(page: Overview, reading_only: str = "") -> Content:
    """Say what is wrong with the connection, and that the scheduled sync is silent, if so.

    ``reading_only`` is why nothing can be recorded, where that is so.
    """
    lines = [
        Content.assemble(
            ("✕ ", "bold"), brief(each.sentence), " ", (brief(from_elsewhere(each.action)), "bold"), _by(each)
        )
        for each in page.connectors
    ]
    held = [Content.assemble(("✕ ", "bold"), f"{NOTHING_SENT} {reading_only}")] if reading_only else []
    return Content("\n").join([*held, *lines, *_silence(page)])


NOTHING_SENT = "Nothing can be sent or decided, because it could not be recorded first."
"""What it means that the cache may only be read."""


def _silence(page: Overview) -> list[Content]:
    if not page.is_schedule_silent:
        return []
    told = f"The scheduled sync has been silent for {ago(page.schedule_alive)}."
    action = ("Start it again: awra-tui sync --every.", "bold")
    return [Content.assemble(("▲ ", "$warning"), told, " ", action)]


def _by(warning: ConnectorWarning) -> str:
    """Say the key that leads to the connections, where they help, and who can do it."""
    told = from_elsewhere(warning.action) != warning.action
    key = "C" if warning.cause.startswith(_OF_CONNECTIONS) and not told else ""
    who = "" if warning.who is Who.NOBODY else str(warning.who)
    by = " · ".join(part for part in (key, who) if part)
    return f" ({by})" if by else ""


_OF_CONNECTIONS = ("connection:", "company:")


def last_line(page: Overview, width: int) -> Content:
    """Say when the last sync was, what it brought, and when the next one is, at the right."""
    left, told = _left(page), _lasts(page)
    room = width - cell_len(left) - 2
    right = next((each for each in told if cell_len(each) <= room), told[-1])
    gap = max(2, width - cell_len(left) - cell_len(right))
    return Content.styled(left + " " * gap + right, "$secondary")


def _left(page: Overview) -> str:
    if page.running:
        return f"{page.running.who} syncs since {moment(page.running.started_at)}"
    closing = page.company.closing_date if page.company else None
    return f"Books closed to {closing:%d %b %Y}" if closing else ""


def _lasts(page: Overview) -> tuple[str, str]:
    """Return the last sync and the next one, the longest way of saying it first."""
    run = page.last_run
    last = (
        f"last sync {moment(run.ended_at or run.started_at)} ({_since(run.ended_at)})"
        if run
        else "never synced"
    )
    if run and run.outcome not in ("done", "nothing"):
        last += f", {run.outcome}"
    following = f"next {moment(page.next_sync)}" if page.next_sync else ""
    alive = page.schedule_alive and not page.is_schedule_silent
    sign = f"scheduled sync alive {_since(page.schedule_alive)}" if alive else ""
    short = " · ".join(part for part in (last, following) if part)
    return " · ".join(part for part in (last, ", ".join(filter(None, (sign, following)))) if part), short


def _since(stamp: str) -> str:
    told = ago(stamp)
    return told if told in ("now", "–") else f"{told} ago"
