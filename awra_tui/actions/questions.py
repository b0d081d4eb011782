"""All that one person has to answer as one text: by cause, with count, money, records and what to do."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from awra_tui.actions.known import counted
from awra_tui.cache.pages.money import Part, counted_once
from awra_tui.cache.pages.warnings import WarningRow
from awra_tui.health.headings import heading
from awra_tui.records import clock
from awra_tui.records.kinds import counted as counted_kind
from awra_tui.records.money import shown_minor
from awra_tui.records.text import harmless

LISTED = 20
"""So many records of a cause are named."""


def questions(name: str, rows: Sequence[WarningRow], sender: str) -> str:
    """Return the text for a person; what comes from outside is made harmless for the terminal."""
    groups = [list(group) for _, group in groupby(sorted(rows, key=_by_cause), key=_by_cause)]
    groups.sort(key=lambda group: min(row.id for row in group))
    head = [
        f"For {name}: {counted(len(rows), 'warning')} in {counted(len(groups), 'question')}",
        f"From {sender}, {clock.today():%d %b %Y}",
    ]
    asked = [line for place, group in enumerate(groups, 1) for line in ("", *_question(place, group))]
    return "\n".join(harmless(line) for line in [*head, *asked]) + "\n"


def _by_cause(row: WarningRow) -> str:
    return row.root or f"warning:{row.id}"


def _question(place: int, group: Sequence[WarningRow]) -> list[str]:
    lead = next((row for row in group if not row.blocked_by), group[0])
    facts = (
        ("What to do", lead.action),
        ("It is about", f"{_sum(group)}, since {clock.day_of(min(row.opened_at for row in group))}"),
        ("Records", _names(group)),
        ("QuickBooks said", lead.message),
        *_notes(group),
    )
    asked = heading(_by_cause(lead), lead.sentence, lead.blocked_by, len(group))
    return [f"{place}. {asked}", *(f"   {label}: {text}" for label, text in facts if text)]


def _sum(group: Sequence[WarningRow]) -> str:
    """Say how many records of each kind there are, and how much money, each shilling once."""
    records = {row.subject: row for row in group}
    waiting = {row.subject for row in group if row.blocked_by}
    kinds = Counter(row.kind for row in records.values())
    money = counted_once(
        Part(row.kind, row.currency, row.amount_minor, 1, subject in waiting)
        for subject, row in records.items()
    )
    told = [counted_kind(kind, count) for kind, count in kinds.items()]
    return ", ".join([*told, *(shown_minor(part.minor, part.currency) for part in money)])


def _names(group: Sequence[WarningRow]) -> str:
    names = list(dict.fromkeys(row.number or row.source_id for row in group))
    more = f" and {len(names) - LISTED:,} more" if len(names) > LISTED else ""
    return ", ".join(names[:LISTED]) + more


def _notes(group: Iterable[WarningRow]) -> list[tuple[str, str]]:
    said = dict.fromkeys((row.noted_by, row.note) for row in group if row.note)
    return [(f"Note of {who}", text) for who, text in said]
