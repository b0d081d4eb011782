"""What the list of causes shows of each, and the preview beside it."""

from textual.content import Content

from awra_tui.cache.pages.beside import Beside
from awra_tui.cache.pages.warnings import Group, Share, WarningRow
from awra_tui.health.headings import heading, held, listed
from awra_tui.records.kinds import KINDS, counted
from awra_tui.records.status import Status, Who
from awra_tui.screens import warning_parts as flat
from awra_tui.screens.doors import from_elsewhere
from awra_tui.screens.prose import hanging, paragraph
from awra_tui.widgets.cells import one_line
from awra_tui.widgets.columns import Cell, Column
from awra_tui.widgets.figures import ago, moment, total

SORTS: tuple[tuple[str, str], ...] = (
    ("work", "order of work"),
    ("count", "number of warnings"),
    ("amount", "amount"),
    ("age", "age"),
    ("reason", "reason"),
    ("owner", "owner"),
    ("blocks", "what it holds up"),
)
"""What the list of causes can be sorted by, and what the screen calls it."""


def group_of(row: WarningRow) -> Group:
    """Return what stands under a row's cause; of a row that leads none, itself."""
    one = Share(kind=row.kind, records=1, waiting=int(bool(row.blocked_by)))
    return row.group or Group(count=1, shares=(one,), money=(), oldest=row.opened_at)


def heading_of(row: WarningRow) -> str:
    """Return the sentence above all warnings of a row's cause."""
    return heading(row.root or row.cause, row.sentence, row.blocked_by, group_of(row).count)


def holds(row: WarningRow) -> str:
    """Say what a cause holds up: ``41 invoices, and 13 payments that wait for them``; of one its number."""
    group = group_of(row)
    return flat.number_of(row) if group.count < 2 else held(group.own, group.waiting)


def _holds(row: WarningRow) -> Cell:
    group = group_of(row)
    if group.count < 2:
        return Cell(holds(row))
    first, *others = group.shares
    told = " + ".join(listed(part) for part in (group.own, group.waiting) if part)
    return Cell(told, "strong", f"{counted(first.kind, first.records)} +" if others else told)


def _cause(row: WarningRow) -> Cell:
    if group_of(row).count < 2 and row.blocked_by:
        return Cell(f"blocked by {row.blocked_by}", "muted")
    return Cell(heading_of(row), "" if row.status is not Status.FAILED else "bad")


def _money(row: WarningRow) -> Cell:
    money = [part for part in group_of(row).money if part.minor]
    return Cell(total(money, 24), short=total(money, 13)) if money else Cell("–", "muted")


_SHORT = {
    Who.FINANCE: "finance admin",
    Who.ADMIN: "org. admin",
    Who.INTEGRATION: "integration",
    Who.NOBODY: "nobody",
}
"""Roles where there is little room for them."""


def _who(row: WarningRow) -> Cell:
    if row.owner:
        return Cell(row.owner, "strong")
    return Cell(row.who.value, "muted", _SHORT.get(row.who, ""))


COLUMNS: list[Column[WarningRow]] = [
    Column(name="holds", label="Waiting", cell=_holds, width=14, want=18, share=2, most=32, sort="count"),
    Column(name="cause", label="Cause", cell=_cause, width=24, want=38, share=6, most=120, sort="reason"),
    Column(name="money", label="Amount", cell=_money, width=14, share=1, most=24, right=True, sort="amount"),
    Column(name="age", label="Oldest", cell=lambda row: Cell(ago(group_of(row).oldest), "muted"), width=6,
           right=True, sort="age"),
    Column(name="who", label="Who", cell=_who, width=13, want=17, share=2, most=26, priority=2, sort="owner"),
    Column(name="blocks", label="Holds up", cell=lambda row: ", ".join(group_of(row).blocks), width=12,
           share=1, most=24, priority=3, sort="blocks"),
    Column(name="dimension", label="Dimension", cell=lambda row: row.dimension.label, width=18, priority=5),
]  # fmt: skip


def preview(row: WarningRow, found: Beside | None, width: int) -> Content:
    """Return what a person must know of a cause to decide; ``found`` is what stands beside it."""
    group = group_of(row)
    if group.count < 2:
        return flat.preview(row, found, width)
    lines = [paragraph(one_line(heading_of(row), 400), width, "bold")]
    facts = (
        ("Of", f"{holds(row)}; enter shows them"),
        ("Amount", money_of(group)),
        ("Do", from_elsewhere(row.action) + flat.KEYS.get(row.screen, "")),
        ("Also", flat.also(found)),
        ("Waits", f"for a change in QuickBooks: goes by itself when {row.awaits}" if row.awaits else ""),
        ("QBO said", flat.said(row)),
        ("Who", row.who.value + (f"; {row.owner} has it" if row.owner else "")),
        (flat.ASIDE, _aside(row, found)),
        *flat.told_by_people(row),
        ("Holds up", ", ".join(group.blocks)),
        ("Since", f"{moment(group.oldest)} ({ago(group.oldest)})"),
        ("Dimension", row.dimension.label),
    )
    told = flat.put_aside_first(facts)
    lines += [hanging(label, text, width, indent=flat.LABEL) for label, text in told if text]
    return Content("\n").join(lines)


def money_of(group: Group) -> str:
    """Return the money of a cause by kind where several have some; it is added up within a kind only."""
    priced = [(share.kind, money) for share in group.shares if (money := share.money)]
    if len(priced) < 2:
        return total(priced[0][1]) if priced else ""
    return "; ".join(f"{total(money)} in {KINDS[kind].plural.lower()}" for kind, money in priced)


def _aside(row: WarningRow, found: Beside | None) -> str:
    """Say that what is to be fixed was put aside itself, so that only what waits for it is left here."""
    is_aside = found is not None and found.head is not None and found.head.dismissed and not row.dismissed
    return "what is to be fixed was put aside itself: D and Z show it" if is_aside else ""
