"""Who takes the next step on warnings, and what people wrote about them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.schema import NoteTable, WarningTable, db
from awra_tui.cache.store import decisions
from awra_tui.cache.store.decisions import Decision
from awra_tui.cache.store.telling import SLICE, Tell, to_nobody
from awra_tui.records.clock import stamp
from awra_tui.records.errors import SupersededError
from awra_tui.records.subject import Subject

_NOTE = (
    "profile", "subject_type", "kind", "subject_id", "reason", "cause", "at", "who", "owner", "decision",
    "text",
)  # fmt: skip
_KEYS = """
    SELECT subject_type, kind, subject_id, reason, cause FROM warning WHERE id IN ({ids})"""
_SAME = """
    SELECT given.id, same.id, same.owner FROM warning AS given JOIN warning AS same
        ON same.profile = given.profile AND same.subject_type = given.subject_type
        AND same.kind = given.kind AND same.subject_id = given.subject_id
        AND same.reason = given.reason AND same.cause = given.cause
    WHERE given.id IN ({ids})"""
_NOTES = """
    SELECT at, who, owner, text, reason, cause FROM note
    WHERE profile = ? AND subject_type = ? AND kind = ? AND subject_id = ? AND undone_at = ''
    ORDER BY id DESC"""
_OWNERS = """
    SELECT owner, COUNT(*) FROM warning
    WHERE profile = ? AND closed_at = '' AND owner != '' AND dismissed = ? GROUP BY owner"""


@dataclass(frozen=True, slots=True)
class Note:
    """What a person wrote about a warning; ``owner`` is whom it was handed to with it, if so."""

    at: str
    who: str
    owner: str
    text: str
    reason: str
    cause: str


def set_owner(ids: Sequence[int], owner: str, who: str, tell: Tell = to_nobody) -> int:
    """Name the person who takes the next step on warnings; return the number of the decision."""
    with db.atomic():
        before = _owners_of(ids)
        _own(dict.fromkeys(before, owner), tell)
        return decisions.add("own", _told(before), _owned(before), _owned(dict.fromkeys(before, owner)), who)


def hand_over(ids: Sequence[int], owner: str, message: str, who: str, tell: Tell = to_nobody) -> int:
    """Give warnings to a person with a message, kept as a note; return the number of the decision.

    With a message each warning is told of twice: when it is given, and when the note is written.
    """
    with db.atomic():
        before = _owners_of(ids)
        _own(dict.fromkeys(before, owner), tell)
        after = {**_owned(dict.fromkeys(before, owner)), "message": message}
        decision = decisions.add("hand over", _told(before), _owned(before), after, who)
        if message:
            _write(ids, (who, owner, decision, message), tell)
        return decision


def note(ids: Sequence[int], text: str, who: str, tell: Tell = to_nobody) -> int:
    """Write a note about warnings; return the number of the decision.

    It stands beside each whenever it is open: what was cleared while somebody wrote may open again.
    """
    with db.atomic():
        after = {"ids": list(ids), "note": text}
        decision = decisions.add("note", _told(ids), {}, after, who)
        _write(ids, (who, "", decision, text), tell)
        return decision


def take_back(decision: Decision, who: str, tell: Tell = to_nobody) -> int:
    """Undo an owner, a handing over or a note; return the number of the decision.

    Whoever was given a warning since keeps it. Raise SupersededError where that is so of all of them.
    """
    with db.atomic():
        _own(_owners_before(decision), tell)
        NoteTable.update(undone_at=stamp()).where(
            NoteTable.profile == profile(), NoteTable.decision == decision.id, NoteTable.undone_at == ""
        ).execute()
        return decisions.add(f"undo {decision.verb}", decision.subject, decision.after, decision.before, who)


def notes_of(subject: Subject) -> list[Note]:
    """Return what was written about the warnings of a subject, newest first."""
    found = rows.select(_NOTES, (profile(), subject.type, subject.kind, subject.id))
    return [Note(*row) for row in found]


def owners() -> dict[str, int]:
    """Return who has how many open warnings that are not put aside."""
    return {str(name): int(count) for name, count in rows.select(_OWNERS, (profile(), False))}


def _write(ids: Sequence[int], said: tuple[object, ...], tell: Tell) -> None:
    """Write one note about each warning; ``said`` is who, to whom, the decision and the text."""
    moment = stamp()
    for some in rows.chunks(list(ids)):
        found = rows.select(_KEYS.format(ids=rows.marks(len(some))), some)
        made = [(profile(), *key, moment, *said) for key in found]
        rows.insert_many(NoteTable, _NOTE, made)
        tell(len(some))


def _owners_of(ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in rows.chunks(list(ids)):
        query = WarningTable.select(WarningTable.id, WarningTable.owner).where(WarningTable.id.in_(some))
        found |= dict(rows.tuples(query))
    return found


def _owners_before(decision: Decision) -> dict[int, str]:
    """Return who had the warnings that still are whose the decision made them, those opened again too."""
    made: dict[str, str] = decision.after.get("owners", {})
    found: dict[int, str] = {}
    for some in rows.chunks([int(number) for number in made]):
        for given, same, owner in rows.select(_SAME.format(ids=rows.marks(len(some))), some):
            if owner == made[str(given)]:
                found[same] = decision.before["owners"][str(given)]
    if made and not found:
        raise SupersededError(f"Who has {decision.subject} was decided again since; nothing was taken back.")
    return found


def _own(names: dict[int, str], tell: Tell) -> None:
    for some in rows.chunks(sorted(names.items()), SLICE):
        rows.update_many(WarningTable, ("owner",), [(name, number) for number, name in some])
        tell(len(some))


def _owned(names: dict[int, str]) -> dict[str, dict[str, str]]:
    return {"owners": {str(number): name for number, name in names.items()}}


def _told(ids: Collection[int]) -> str:
    """Return what a decision is about: the record of one warning, or how many warnings."""
    if len(ids) != 1:
        return f"{len(ids)} warnings"
    found = rows.select(_KEYS.format(ids="?"), tuple(ids))
    return f"{found[0][1]}/{found[0][2]}" if found else "1 warning"
