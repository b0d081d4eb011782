"""What stands beside a warning or a heading: what is to be fixed first, and what else is in the way."""

from collections.abc import Iterable
from dataclasses import dataclass

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.pages.groups import heads_of
from awra_tui.cache.pages.money import Money
from awra_tui.cache.pages.warnings import WarningQuery, WarningRow, warning_totals, warnings_of
from awra_tui.records.subject import Subject

NAMED = 3
"""Other causes that are told."""

_OTHERS = f"""
    SELECT other.root, COUNT(DISTINCT other.record_id)
    FROM warning JOIN warning AS other ON other.record_id = warning.record_id
    WHERE warning.profile = ? AND warning.dismissed = ? AND warning.closed_at = '' AND warning.root = ?
        AND warning.record_id > 0 AND other.closed_at = '' AND other.dismissed = ? AND other.root != ?
    GROUP BY other.root ORDER BY 2 DESC, 1 LIMIT {NAMED}"""  # noqa: S608


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """How many open warnings stand under a heading and their money; what is to be fixed, where known.

    ``others`` are other causes that hold the same records, by what is to be fixed there, each with how
    many of the records it holds.
    """

    count: int
    money: tuple[Money, ...]
    head: WarningRow | None
    others: tuple[tuple[WarningRow, int], ...]


def beside(root: str) -> Beside:
    """Return what stands under a heading, and what else its records wait for."""
    held = rows.select(_OTHERS, (profile(), False, root, False, root))
    return _beside(root, [(str(other), int(count)) for other, count in held])


def beside_one(root: str, subject: Subject) -> Beside:
    """Return what stands under the heading of one warning, and what else its subject waits for."""
    others = dict.fromkeys(row.root for row in warnings_of(subject) if not row.dismissed and row.root != root)
    return _beside(root, [(other, 1) for other in others][:NAMED])


def _beside(root: str, held: Iterable[tuple[str, int]]) -> Beside:
    counts = dict(held)
    heads = heads_of([root, *counts])
    count, money = warning_totals(WarningQuery(root=root))
    return Beside(
        count=count,
        money=money,
        head=heads.get(root),
        others=tuple((heads[other], number) for other, number in counts.items() if other in heads),
    )
