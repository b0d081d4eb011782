"""What the log says of runs and attempts: columns, signs and facts."""

from textual.content import Content

from awra_tui.cache.pages.log import AttemptRow, ExchangeRow, RunRow
from awra_tui.screens.prose import facts
from awra_tui.screens.record_chain import label_of
from awra_tui.screens.record_parts import clock, moment, money_cell
from awra_tui.widgets.cells import one_line
from awra_tui.widgets.columns import Cell, Column

_RUN_TONES = {
    "done": ("✓", "good"),
    "nothing": ("·", "muted"),
    "stopped": ("■", "warn"),
    "busy": ("◐", "warn"),
    "failed": ("✕", "bad"),
    "died": ("✕", "bad"),
}
_ATTEMPT_TONES = {
    "succeeded": ("✓", "good"),
    "failed": ("✕", "bad"),
    "refused": ("✕", "bad"),
    "unknown": ("?", "warn"),
    "retrying": ("↻", "warn"),
}


def outcome_cell(outcome: str, tones: dict[str, tuple[str, str]]) -> Cell:
    """Return an outcome with its sign."""
    sign, tone = tones.get(outcome, ("○", "muted"))
    return Cell(f"{sign} {outcome.replace('_', ' ') or 'running'}", tone)


def counts_text(counts: dict[str, int]) -> str:
    """Return the counts of a run that are not zero."""
    return " · ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in counts.items() if count)


def _changes(row: RunRow) -> Cell:
    if row.folded:
        return Cell(f"{row.folded + 1:,} runs in a row changed nothing", "muted")
    return Cell(row.sentence or counts_text(row.counts), "" if row.changed else "muted")


def _trigger(row: RunRow) -> str:
    return f"{row.trigger} · {row.who}" if row.who and row.who != row.trigger else row.trigger


def _counts(row: RunRow) -> str:
    return counts_text(row.counts)


def _run_outcome(row: RunRow) -> Cell:
    return outcome_cell(row.outcome, _RUN_TONES)


RUN_COLUMNS: tuple[Column[RunRow], ...] = (
    Column(name="started", label="Started", cell=lambda row: clock(row.started_at), width=12),
    Column(name="outcome", label="Outcome", cell=_run_outcome, width=10),
    Column(name="changes", label="What it did", cell=_changes, width=20, share=3),
    Column(name="counts", label="Counts", cell=_counts, width=24, share=1, priority=4),
    Column(name="trigger", label="Started by", cell=_trigger, width=16, priority=2),
    Column(name="id", label="Run", cell=lambda row: str(row.id), width=6, right=True, priority=3),
)


def _said(row: AttemptRow) -> str:
    return f"{row.code} {row.message}".strip()


def _told(row: AttemptRow) -> str:
    """Say what QuickBooks said, else why it was sent without anybody asking."""
    return _said(row) or (f"sent by itself: {row.because}" if row.because else "")


def number_of(row: AttemptRow) -> str:
    """Return the number of the record that was attempted, its source id where it has none."""
    return row.number or row.source_id


def _attempt_outcome(row: AttemptRow) -> Cell:
    return outcome_cell(row.outcome, _ATTEMPT_TONES)


def _kind(row: AttemptRow) -> str:
    return label_of(row.kind)


def _took(row: AttemptRow) -> str:
    return f"{row.duration_ms:,} ms" if row.duration_ms else "–"


def _amount(row: AttemptRow) -> str:
    return money_cell(row.amount_minor, row.currency)


def _time(row: AttemptRow) -> str:
    return clock(row.started_at)


ATTEMPT_COLUMNS: tuple[Column[AttemptRow], ...] = (
    Column(name="started", label="Time", cell=_time, width=12),
    Column(name="outcome", label="Outcome", cell=_attempt_outcome, width=11),
    Column(name="what", label="What", cell=lambda row: row.operation, width=7, priority=2),
    Column(name="said", label="QuickBooks said", cell=_told, width=18, share=2),
    Column(name="took", label="Took", cell=_took, width=9, right=True, priority=3),
    Column(name="tid", label="intuit_tid", cell=lambda row: row.tid, width=16, share=1, priority=4, most=40),
)
"""The attempts of one record."""

RUN_ATTEMPT_COLUMNS: tuple[Column[AttemptRow], ...] = (
    ATTEMPT_COLUMNS[0],
    Column(name="kind", label="Kind", cell=_kind, width=14, priority=3),
    Column(name="number", label="Number", cell=number_of, width=10, share=1, most=24),
    Column(name="party", label="Party", cell=lambda row: row.party, width=10, share=2, priority=2),
    Column(name="amount", label="Amount", cell=_amount, width=15, right=True, priority=2),
    ATTEMPT_COLUMNS[1],
    *ATTEMPT_COLUMNS[3:],
)
"""The attempts of one run, or of a search: of many records."""


def run_text(row: RunRow, width: int) -> Content:
    """Return what a run was and did."""
    counts = counts_text(row.counts)
    pairs = [
        ("Run", f"{row.id} · {row.direction} · started by {_trigger(row)}"),
        ("From", f"{moment(row.started_at)} to {moment(row.ended_at) or 'now'}"),
        ("Changed", counts if counts and row.changed else " · ".join(filter(None, ["nothing", counts]))),
        ("Result", row.sentence),
    ]
    return Content("\n").join(facts(pairs, width))


def attempt_text(attempt: AttemptRow, exchange: ExchangeRow | None, width: int) -> Content:
    """Return the facts of one attempt: what, when, how long, and the ids that QuickBooks support asks for."""
    what = f"{attempt.operation} {label_of(attempt.kind)} {number_of(attempt)}"
    took = _took(attempt) + (f" · HTTP {attempt.http_status}" if attempt.http_status else "")
    call = f"{exchange.method} {exchange.path}" if exchange else ""
    pairs = [
        ("Record", " · ".join(part for part in (what, attempt.party) if part)),
        ("Outcome", " · ".join(part for part in (attempt.outcome, _said(attempt)) if part)),
        ("Because", attempt.because),
        ("When", f"{moment(attempt.started_at)} · run {attempt.run_id} · {attempt.who}"),
        ("Took", took),
        ("Call", call),
        ("intuit_tid", attempt.tid or "none: no answer came"),
        ("requestid", attempt.requestid),
    ]
    # The answer below has a message in full.
    return Content("\n").join(facts([(label, one_line(text, 2 * width)) for label, text in pairs], width))


def run_line(row: RunRow) -> str:
    """Return a run as one line to paste."""
    parts = (f"run {row.id}", moment(row.started_at), row.outcome, row.sentence or counts_text(row.counts))
    return " · ".join(part for part in parts if part)


def attempt_line(row: AttemptRow) -> str:
    """Return an attempt as one line to paste, with the ids that support asks for."""
    parts = (
        f"{row.kind}/{number_of(row)}",
        moment(row.started_at),
        row.outcome,
        _said(row),
        f"intuit_tid {row.tid}" if row.tid else "",
        f"requestid {row.requestid}",
    )
    return " · ".join(part for part in parts if part)
