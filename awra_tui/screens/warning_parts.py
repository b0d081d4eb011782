"""What the list of warnings shows of each, and the preview beside it."""

from collections.abc import Sequence

from textual.content import Content

from awra_tui.cache.pages.beside import Beside
from awra_tui.cache.pages.overview import Money
from awra_tui.cache.pages.warnings import WarningQuery, WarningRow
from awra_tui.health.wording import words_of
from awra_tui.records.clock import day_of
from awra_tui.records.issue import Issue
from awra_tui.records.kinds import KINDS
from awra_tui.records.mapping import MAPPING_KINDS
from awra_tui.records.money import shown_minor
from awra_tui.records.status import Dimension, Status
from awra_tui.records.text import cut, harmless
from awra_tui.screens.doors import from_elsewhere
from awra_tui.screens.prose import hanging
from awra_tui.widgets.columns import Cell, Column
from awra_tui.widgets.figures import ago, amount, day, moment, round_money, total

LABEL = 10
"""Cells of the labels of the preview."""
NOTE = 300
"""Characters of a note that the preview shows; the record has all of it."""
ASIDE = "Put aside"

_STATUS_TONES = {
    Status.FAILED: "bad",
    Status.NEEDS_ATTENTION: "warn",
    Status.UNKNOWN: "warn",
    Status.SUCCEEDED: "good",
}

SORTS: tuple[tuple[str, str], ...] = (
    ("work", "order of work"),
    ("number", "number"),
    ("party", "party"),
    ("amount", "amount"),
    ("date", "date"),
    ("status", "status"),
    ("reason", "reason"),
    ("age", "age"),
    ("owner", "owner"),
    ("attempts", "attempts"),
    ("branch", "branch"),
    ("blocks", "what it holds up"),
)
"""What the list can be sorted by, and what the screen calls it."""


def number_of(row: WarningRow) -> str:
    """Return what names the subject of a warning in one word."""
    if row.subject.type == "connector":
        return "QuickBooks"
    return row.number or row.source_id or row.subject.id or row.subject.kind


def _amount(row: WarningRow) -> Cell:
    return Cell(amount(row.amount_minor, row.currency)) if row.amount_minor else Cell("–", "muted")


_STATUS_SHORT = {
    Status.PENDING: "not tried",
    Status.SUCCEEDED: "arrived",
    Status.FAILED: "failed",
    Status.SKIPPED: "skipped",
    Status.RETRYING: "retrying",
    Status.NEEDS_ATTENTION: "attention",
    Status.UNKNOWN: "checking",
}
"""What a narrow column says."""


def _status(row: WarningRow) -> Cell:
    if row.subject.type != "record":
        return Cell(
            {"row": "row of input", "mapping": "mapping", "connector": "connection"}[row.subject.type]
        )
    return Cell(row.status.label, _STATUS_TONES.get(row.status, "muted"), _STATUS_SHORT[row.status])


def _reason(row: WarningRow) -> Cell:
    if row.blocked_by:
        return Cell(f"blocked by {row.blocked_by}", "muted")
    # Where the sentence is cut, short words lead: on a narrow screen nothing else would be left of it.
    return Cell(row.sentence, short=f"{words_of(row.reason)}: {row.sentence}")


def _owner(row: WarningRow) -> Cell:
    return Cell(row.owner, "strong") if row.owner else Cell(row.who.value, "muted")


def _tried(row: WarningRow) -> Cell:
    return Cell(f"{row.attempts}×" if row.attempts else "–", "muted")


COLUMNS: list[Column[WarningRow]] = [
    Column(name="number", label="Number", cell=number_of, width=9, share=1, most=14,
           sort="number"),
    Column(name="party", label="Party", cell=lambda row: row.party, width=10, want=22, share=4, most=28,
           sort="party"),
    Column(name="amount", label="Amount", cell=_amount, width=12, right=True, sort="amount"),
    Column(name="currency", label="Cur", cell=lambda row: row.currency, width=3, priority=6),
    Column(name="date", label="Date", cell=lambda row: day(row.date), width=6, share=1, most=9, sort="date"),
    Column(name="status", label="Status", cell=_status, width=9, share=1, most=15, sort="status"),
    Column(name="reason", label="Why", cell=_reason, width=15, want=36, share=6,
           most=90, sort="reason"),
    Column(name="age", label="Age", cell=lambda row: Cell(ago(row.opened_at), "muted"), width=5, right=True,
           priority=2, sort="age"),
    Column(name="who", label="Owner", cell=_owner, width=12, want=18, share=4, most=22, priority=3,
           sort="owner"),
    Column(name="dimension", label="Dimension", cell=lambda row: row.dimension.label, width=18, priority=5),
    Column(name="tried", label="Tried", cell=_tried, width=5, right=True, priority=4,
           sort="attempts"),
    Column(name="blocks", label="Holds up", cell=lambda row: ", ".join(row.blocks), width=12, share=1,
           most=20, priority=6, sort="blocks"),
    Column(name="branch", label="Branch", cell=lambda row: row.branch, width=10, priority=7, sort="branch"),
    Column(name="reference", label="Reference", cell=lambda row: row.reference, width=12, priority=8),
]  # fmt: skip


_CHANGES = {"new": "warn", "returned": "bad", "cleared": "good"}
"""What happened to a warning since a moment, and the tone of it."""

NEWS: list[Column[WarningRow]] = [
    Column(name="change", label="Change", cell=lambda row: Cell(row.change, _CHANGES[row.change]), width=8,
           sort="change"),
    *COLUMNS,
]  # fmt: skip
"""The columns of a list of what changed since a moment."""


def news(counts: tuple[int, int, int]) -> str:
    """Say how many warnings are new, came back and were cleared."""
    return ", ".join(f"{number:,} {word}" for number, word in zip(counts, _CHANGES, strict=True))


def what_of(query: WarningQuery) -> str:
    """Return whose warnings a query asks for, in words."""
    names = [KINDS[kind].plural if kind in KINDS else MAPPING_KINDS[kind].plural for kind in query.kinds]
    told = ", ".join(names) or "All kinds"
    if query.dimension:
        told += f" · {Dimension(query.dimension).label}"
    told += " · waiting for QuickBooks" if query.waiting else ""
    told += f" · {Issue(query.issue).label}" if query.issue else ""
    told += f" · since {moment(query.since)}" if query.since else ""
    told += f" · {query.owners[0]}" if query.owners else ""
    return f"{told} · one cause" if query.of_one_cause else told


def title(query: WarningQuery, count: int, money: Sequence[Money], selected: int, more: str = "") -> Content:
    """Return the line above the list: what, how many, how much, selected, and the order.

    ``more`` says how many causes there are, or what changed.
    """
    name = {"count": "number of warnings", "change": "change", **dict(SORTS)}.get(query.sort, query.sort)
    arrow = "" if query.sort == "work" and not query.descending else (" ↓" if query.descending else " ↑")
    aside = "snoozed" if query.snoozed else "dismissed" if query.dismissed else ""
    noun = aside or ("warning" if count == 1 else "warnings")
    parts: list[str | tuple[str, str]] = [(what_of(query), "bold"), f" · {count:,} {noun}"]
    if more:
        parts.append(f", {more}")
    if any(part.minor for part in money):
        parts.append(f" · {total(money, 34)}")
    if selected:
        parts.append((f" · {selected:,} selected", "$accent"))
    order = f" · in {name}" if query.sort == "work" else f" · sorted by {name}"
    return Content.assemble(*parts, (order + arrow, "$secondary"))


def preview(row: WarningRow, found: Beside | None, width: int) -> Content:
    """Return what a person must know of a warning to decide; ``found`` is what stands beside it."""
    lines = [_head(row)]
    lines += [hanging(label, text, width, indent=LABEL) for label, text in _facts(row, found) if text]
    return Content("\n").join(lines)


def _head(row: WarningRow) -> Content:
    kind = KINDS[row.kind].label if row.kind in KINDS else row.kind.replace("_", " ")
    parts = [f"{kind} {number_of(row)}".strip(), row.party]
    if row.amount_minor:
        parts.append(shown_minor(row.amount_minor, row.currency))
    parts.append(_tries(row))
    told = " · ".join(part[:120] for part in parts if part)
    return Content.styled(harmless(" ".join(told.split())), "bold")


def _tries(row: WarningRow) -> str:
    if not row.attempts:
        return "not tried yet" if row.subject.type == "record" else ""
    times = "once" if row.attempts == 1 else f"{row.attempts} times"
    return f"tried {times}, last {moment(row.last_attempt_at)}"


def _facts(row: WarningRow, found: Beside | None) -> list[tuple[str, str]]:
    blocked = (
        f"Blocked by {row.blocked_by}. " if row.blocked_by and row.blocked_by not in row.sentence else ""
    )
    return put_aside_first(
        [
            ("Why", blocked + row.sentence),
            ("Because", because(row, found.head if found else None)),
            ("Do", f"{from_elsewhere(row.action)}{_releases(row, found)}"),
            ("Also", also(found)),
            ("Waits", f"for a change in QuickBooks: goes by itself when {row.awaits}" if row.awaits else ""),
            ("QBO said", said(row)),
            ("Who", row.who.value + (f"; {row.owner} has it" if row.owner else "")),
            *told_by_people(row),
            ("Cleared", moment(row.closed_at) if row.closed_at else ""),
            ("Holds up", ", ".join(row.blocks)),
            (
                "Since",
                f"{moment(row.opened_at)} ({ago(row.opened_at)})"
                + (f" · {row.branch}" if row.branch else ""),
            ),
            ("Reference", row.reference),
            ("Dimension", row.dimension.label + (f" · {row.issue.label}" if row.issue else "")),
        ]
    )


def told_by_people(row: WarningRow) -> tuple[tuple[str, str], ...]:
    """Return why it is put aside, why it came back, and the last note, with their labels."""
    return (
        (ASIDE, _dismissal(row)),
        ("Came back", row.came_back),
        ("Note", f"{cut(row.note, NOTE)} ({row.noted_by})" if row.note else ""),
    )


def put_aside_first(facts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what is said of a warning, first by whom, until when and why it is put aside, where it is."""
    return sorted(facts, key=lambda fact: not (fact[0] == ASIDE and fact[1]))


def said(row: WarningRow) -> str:
    """Return what QuickBooks said, as it came."""
    return f"“{row.message}”" + (f" ({row.code})" if row.code else "") if row.message else ""


KEYS = {"mapping": " (t)", "connect": " (c)", "connection": " (C)"}
"""The key that leads to what fixes a warning, by the screen that does."""


def _releases(row: WarningRow, found: Beside | None) -> str:
    key = "" if row.blocked_by else KEYS.get(row.screen, "")
    if found is None or found.count < 2:
        return key
    money = ", " + " + ".join(round_money(part) for part in found.money) if found.money else ""
    return f"{key} Mended once, {found.count:,} warnings go{money}."


def because(row: WarningRow, head: WarningRow | None, elsewhere: str = "") -> str:
    """Return what is to be fixed first, with its key, where a warning only waits for another.

    ``elsewhere`` is said in place of the key where no screen fixes it.
    """
    if head is None or not row.blocked_by or head.id == row.id:
        return ""
    aside = " It is put aside." if head.dismissed else ""
    return f"{head.sentence} {from_elsewhere(head.action)}{KEYS.get(head.screen, elsewhere)}{aside}"


def also(found: Beside | None) -> str:
    """Name the other causes that hold the same records."""
    if found is None:
        return ""
    return " ".join(_other(head, count, found.count) for head, count in found.others)


def _other(head: WarningRow, count: int, of_all: int) -> str:
    return head.sentence if of_all < 2 else f"{count:,} of them: {head.sentence}"


def _dismissal(row: WarningRow) -> str:
    if not row.dismissed_at:
        return ""
    until = f"until {day_of(row.snoozed_until)} " if row.snoozed_until else ""
    why = f": {row.dismissed_why}" if row.dismissed_why else ""
    return f"{until}by {row.dismissed_by} ({moment(row.dismissed_at)}){why}"
