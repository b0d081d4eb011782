"""What the audit shows: the columns of its list, its title, and one decision with before and after."""

from textual.content import Content

from awra_tui.actions.audit import Entry, about, line
from awra_tui.actions.verbs import done, said
from awra_tui.cache.pages.audit import PROGRAM, AuditQuery, AuditRow
from awra_tui.screens.prose import facts, paragraph, title
from awra_tui.screens.record_parts import clock, moment
from awra_tui.widgets.columns import Cell, Column


def _who(row: AuditRow) -> Cell:
    who = row.decision.who
    return Cell("the program", "muted") if who == PROGRAM else Cell(who)


def _what(row: AuditRow) -> Cell:
    return Cell(done(row.decision), "muted" if row.decision.undone_by else "")


def _change(row: AuditRow) -> Cell:
    if row.decision.undone_by:
        return Cell("taken back", "warn")
    decided = line(row.decision.after) or line(row.decision.before)
    if row.not_undone:
        return Cell("; ".join(filter(None, ["not undone", decided])), "warn")
    return Cell(decided, "muted")


COLUMNS: tuple[Column[AuditRow], ...] = (
    Column(name="at", label="When", cell=lambda row: clock(row.decision.at), width=12),
    Column(name="who", label="Who", cell=_who, width=12, share=1, most=28),
    Column(name="what", label="What", cell=_what, width=16, share=1, most=32),
    Column(name="about", label="About", cell=about, width=16, share=1, most=34),
    Column(name="party", label="Party", cell=lambda row: row.party, width=12, share=1, most=30, priority=3),
    Column(name="change", label="Decided", cell=_change, width=16, share=3, priority=2),
)


def heading(query: AuditQuery, count: int) -> str:
    """Say how many decisions are listed, and by what they are narrowed."""
    many = "1 decision" if count == 1 else f"{count:,} decisions"
    parts = [f"Audit · {many}"]
    parts += [f"by {query.who}"] if query.who else []
    parts += [said(query.verb)] if query.verb else []
    parts += [f"on {moment(query.since).rpartition(' ')[0]}"] if query.since else []
    parts += [f"like “{query.text}”"] if query.text else []
    return " · ".join(parts)


def entry_text(entry: Entry, width: int) -> Content:
    """Return one decision: who, when, what, before and after, and whether it stands."""
    one = entry.row.decision
    head = [
        ("Decision", f"{one.id} · {done(one)} · {about(entry.row)}"),
        ("Party", entry.row.party),
        ("Who", f"{one.who} · {moment(one.at)}"),
    ]
    blocks = [
        Content("\n").join(facts(head, width)),
        _side("Before", entry.before, width),
        _side("After", entry.after, width),
        paragraph(entry.standing, width),
    ]
    return Content("\n\n").join(blocks)


def entry_line(entry: Entry) -> str:
    """Return a decision as text to paste."""
    one = entry.row.decision
    parts = (f"decision {one.id}", one.at, one.who, done(one), about(entry.row), entry.standing)
    sides = [f"{label}: {value}" for label, value in (*entry.before, *entry.after)]
    return " · ".join([part for part in parts if part] + sides)


def _side(name: str, told: tuple[tuple[str, str], ...], width: int) -> Content:
    lines = facts(told, width) or [paragraph("nothing", width, "$secondary")]
    return Content("\n").join([title(name), *lines])
