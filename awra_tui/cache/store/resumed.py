"""Warnings that a decision cleared and its undoing brings back: they are what they were before."""

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.schema import WarningTable
from awra_tui.cache.store.roots import follow
from awra_tui.cache.store.warned import COPIED, SAID
from awra_tui.records.subject import RecordKey

_RENEWED = (*SAID, *COPIED, "dismissed", "snoozed_until", "root")
_PAIRS = f"""
    SELECT born.id, past.id, born.subject_type, born.kind, born.subject_id,
        {", ".join(f"born.{column}" for column in _RENEWED)}
    FROM warning AS born JOIN warning AS past ON past.profile = born.profile
        AND past.subject_type = born.subject_type AND past.kind = born.kind
        AND past.subject_id = born.subject_id AND past.reason = born.reason AND past.cause = born.cause
    WHERE born.profile = ? AND born.closed_at = '' AND born.opened_at >= ? AND past.closed_at >= ?
    ORDER BY past.id"""  # noqa: S608 - columns of ours


def resume(decided: str, undone: str) -> int:
    """Let warnings that opened since ``undone`` be those that were cleared since ``decided``.

    Their number, age, owner and the reason why they came back once stay; what they say is what was
    found now. In the caller's transaction, which opened them. Return how many there were.
    """
    pairs = {row[0]: row[1:] for row in rows.select(_PAIRS, (profile(), undone, decided))}
    rows.execute_many("DELETE FROM warning WHERE id = ?", [(born,) for born in pairs])
    renewed = [("", *said, past) for past, _type, _kind, _id, *said in pairs.values()]
    rows.update_many(WarningTable, ("closed_at", *_RENEWED), renewed)
    about = ((row[1], row[2], row[3]) for row in pairs.values())
    follow(RecordKey(kind, source_id) for type_, kind, source_id in about if type_ == "record")
    return len(pairs)
