"""Records that a complete reading no longer brought: deleted, or a question where they are many."""

from collections.abc import Sequence

from awra_tui.cache.pages.overview import tallies
from awra_tui.cache.store import decisions, records, warnings
from awra_tui.health import reasons
from awra_tui.records.finding import Explained, Finding
from awra_tui.records.kinds import KINDS
from awra_tui.records.subject import RecordKey, Subject

MANY = 10
MANY_PERCENT = 5
"""More than so many records of a kind, and more than this part of it, are a question, not a fact."""

QUESTIONS = Subject("connector", "source", "source")
"""What warnings about the source as a whole are about."""


def settle_gone(reading: str, source: str, *, accepted_by: str) -> int:
    """Mark what a complete reading did not bring as deleted, and count it. A job of the cache.

    Where so many of a kind are gone that the source itself may be broken, none of that kind is marked
    unless a person accepted it, which is noted; a warning about the source asks instead.
    """
    counts = tallies()
    gone: list[RecordKey] = []
    questions: list[Explained] = []
    for kind in KINDS:
        missing = records.missing_since(reading, kind)
        total = sum(counts.get(kind, {}).values())
        if accepted_by or not _is_many(len(missing), total):
            gone += missing
        else:
            questions.append(_question(kind, missing, total, source))
    records.mark_deleted(gone)
    _note(gone, accepted_by)
    warnings.reconcile(QUESTIONS, questions)
    return len(gone)


def _note(gone: Sequence[RecordKey], accepted_by: str) -> None:
    if gone:
        subject = gone[0].text if len(gone) == 1 else f"{len(gone)} records"
        after = {"keys": [key.text for key in gone]}
        decisions.add("accept deletions", subject, {}, after, accepted_by or decisions.PROGRAM)


def _is_many(missing: int, total: int) -> bool:
    return missing > MANY and missing * 100 > total * MANY_PERCENT


def _question(kind: str, missing: Sequence[RecordKey], total: int, source: str) -> Explained:
    values = {
        "kind": KINDS[kind].plural.lower(),
        "count": f"{len(missing):,}",
        "total": f"{total:,}",
        "source": source,
    }
    return reasons.explain(Finding(reason="many_records_missing", values=values))
