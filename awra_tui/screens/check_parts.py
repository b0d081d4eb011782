"""What a check shows: the columns of its two lists, and what is said of a group and of a record."""

from collections.abc import Iterator

from textual.content import Content

from awra_tui.actions.check import Checked, Group
from awra_tui.actions.outlook import Fate, Outlook
from awra_tui.records.kinds import KINDS
from awra_tui.records.money import shown_minor
from awra_tui.screens.prose import counted, facts, paragraph
from awra_tui.widgets.columns import Cell, Column
from awra_tui.widgets.figures import total

_SIGNS = {
    Fate.FAILS: ("✕", "bad"),
    Fate.BLOCKED: ("◐", "warn"),
    Fate.GOES: ("✓", "good"),
    Fate.NOTHING: ("○", "muted"),
}


def _fate(fate: Fate) -> Cell:
    sign, tone = _SIGNS[fate]
    return Cell(f"{sign} {fate.label}", tone)


def _holds(group: Group) -> str:
    first = group.members[0]
    if len(group.members) == 1:
        return first.name
    kinds = {one.key.kind for one in group.members}
    return f"{len(group.members):,} {KINDS[kinds.pop()].plural.lower() if len(kinds) == 1 else 'records'}"


def _why(one: Outlook, sentence: str) -> Cell:
    """Return a reason; where it does not fit, of what is blocked the name that sentences end with."""
    return Cell(sentence, "", one.blocked_by if one.fate is Fate.BLOCKED else "")


def _money(group: Group) -> Cell:
    money = [part for part in group.money if part.minor]
    return Cell(total(money, 24), short=total(money, 13)) if money else Cell("–", "muted")


GROUP_COLUMNS: tuple[Column[Group], ...] = (
    Column(name="fate", label="Now it", cell=lambda group: _fate(group.fate), width=17),
    Column(name="holds", label="Records", cell=_holds, width=18, share=1, most=32),
    Column(name="why", label="Because", cell=lambda group: _why(group.members[0], group.sentence), width=24,
           share=5, most=140),
    Column(
        name="money", label="Amount", cell=_money, width=14, share=1, most=24, right=True, priority=2
    ),
)  # fmt: skip

RECORD_COLUMNS: tuple[Column[Outlook], ...] = (
    Column(name="record", label="Record", cell=lambda one: one.name, width=16, share=1, most=34),
    Column(name="party", label="Party", cell=lambda one: one.party, width=12, share=1, most=30, priority=2),
    Column(
        name="amount",
        label="Amount",
        cell=lambda one: shown_minor(one.minor, one.currency) if one.minor else "–",
        width=14,
        right=True,
    ),
    Column(
        name="why", label="Because", cell=lambda one: _why(one, one.sentence), width=20, share=4, most=140
    ),
)


def notices(found: Checked) -> Iterator[str]:
    """Yield what stands above all groups: how old our copy is, and what the company's settings break."""
    if found.unread:
        yield found.unread
    for one in found.company:
        yield f"{one.sentence} {one.action}"


def about_group(group: Group, width: int) -> Content:
    """Return what is to be known of a group."""
    if len(group.members) == 1:
        return about_record(group.members[0], width)
    first = group.members[0]
    told = (
        ("Now", f"{counted(len(group.members), 'record')} {_word(group.fate)}; enter shows them"),
        ("Do", first.action if group.fate is not Fate.BLOCKED else f"Put {first.blocked_by} right first."),
        ("Who", first.who if group.fate is not Fate.BLOCKED else ""),
    )
    return Content("\n").join([paragraph(group.sentence, width, "bold"), *facts(told, width)])


def about_record(one: Outlook, width: int) -> Content:
    """Return what is to be known of one record."""
    told = (
        ("Record", f"{one.name} · {one.party}" if one.party else one.name),
        ("Now", f"{one.fate.label}; enter opens its way"),
        *(("And", sentence) for sentence in one.also),
        ("Do", one.action),
        ("Who", one.who),
    )
    return Content("\n").join([paragraph(one.sentence, width, "bold"), *facts(told, width)])


def _word(fate: Fate) -> str:
    return {Fate.BLOCKED: "are blocked", Fate.NOTHING: "need nothing"}.get(fate, fate.label)


def plain(found: Checked) -> str:
    """Return the result as text to hand on."""
    lines = [found.sentence, *notices(found)]
    lines += [f"{group.fate.label}: {_holds(group)}. {group.sentence}" for group in found.groups]
    return "\n".join(lines)
