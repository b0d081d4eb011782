"""What people and the program decided: who, when, from what to what, and whether it was undone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.jsontext import from_text, to_text
from awra_tui.cache.schema import DecisionTable, RecordTable, db
from awra_tui.cache.store import concerned, facts
from awra_tui.records.clock import stamp
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Json
from awra_tui.records.text import folded

PROGRAM = "awra-tui"
"""Who decided what no person did."""
SEARCHED = 2_000
"""Characters of what was decided that a search looks through; whom it is about is found however many."""
_LEFT = "not undone/"
_PUT_OFF = "undo put off/"

_FIELDS = (
    DecisionTable.id, DecisionTable.at, DecisionTable.who, DecisionTable.verb, DecisionTable.subject,
    DecisionTable.before, DecisionTable.after, DecisionTable.undone_by, DecisionTable.undoes,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision; ``undone_by`` is 0 while it stands, ``undoes`` 0 unless it undid another."""

    id: int
    at: str
    who: str
    verb: str
    subject: str
    before: Json
    after: Json
    undone_by: int
    undoes: int


def add(verb: str, subject: str, before: Json, after: Json, who: str) -> int:
    """Note a decision and return its number."""
    return int(
        DecisionTable.insert(
            profile=profile(),
            at=stamp(),
            who=who,
            verb=verb,
            subject=subject,
            before=to_text(before),
            after=to_text(after),
            search=_search(verb, subject, before, after, who),
        ).execute()
    )


def last_number() -> int:
    """Return the number of the last decision, 0 where there is none."""
    [row] = rows.select("SELECT COALESCE(MAX(id), 0) FROM decision")
    return int(row[0])


def did_people_decide_since(number: int) -> bool:
    """Return whether a person decided anything after the decision with this number."""
    return bool(rows.select(_SINCE, (profile(), number, PROGRAM)))


# Only the few newest are looked at: an index of the profile would lead through all that it has.
_SINCE = "SELECT id FROM decision WHERE profile || '' = ? AND id > ? AND who != ? LIMIT 1"


def _search(verb: str, subject: str, before: Json, after: Json, who: str) -> str:
    said = [who, verb, subject, *_known_as(subject), *_texts(before), *_texts(after)]
    return folded(" ".join([" ".join(said)[:SEARCHED], *concerned.words(before, after)]))


def _known_as(subject: str) -> Iterator[str]:
    """Yield number and party of the record that a decision is about, if it is about one."""
    kind, slash, source_id = subject.partition("/")
    if slash and kind in KINDS:
        query = RecordTable.select(RecordTable.number, RecordTable.party).where(
            RecordTable.profile == profile(), RecordTable.kind == kind, RecordTable.source_id == source_id
        )
        for row in rows.tuples(query):
            yield from row


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def get(number: int) -> Decision | None:
    """Return a decision, or None."""
    found = _found(DecisionTable.id == number, 1)
    return found[0] if found else None


def last_undoable(who: str, verbs: Sequence[str] = (), besides: Sequence[int] = ()) -> Decision | None:
    """Return the last decision of this person that stands and is not itself an undoing.

    ``verbs`` are those that can be taken back; all when empty. Those of ``besides`` are passed over, and
    those that were left.
    """
    standing = (DecisionTable.who == who) & (DecisionTable.undone_by == 0) & (DecisionTable.undoes == 0)
    if verbs:
        standing &= DecisionTable.verb.in_(list(verbs))
    if passed := [*besides, *left()]:
        standing &= DecisionTable.id.not_in(passed)
    found = _found(standing, 1)
    return found[0] if found else None


def leave(number: int, why: str) -> None:
    """Note why a decision cannot be undone any more: it stands from now on."""
    facts.set(f"{_LEFT}{number}", why)


def left() -> dict[int, str]:
    """Return the decisions that could not be undone, each with the reason."""
    return {int(number): why for number, why in facts.starting_with(_LEFT).items()}


def put_off(number: int, why: str) -> bool:
    """Note that a decision cannot be undone yet; return whether that was noted before."""
    known = facts.get(f"{_PUT_OFF}{number}")
    facts.set(f"{_PUT_OFF}{number}", why)
    return bool(known)


def pair(number: int, undoing: int) -> None:
    """Note that one decision took back another, so that neither is undone again."""
    with db.atomic():
        DecisionTable.update(undoes=number).where(DecisionTable.id == undoing).execute()
        DecisionTable.update(undone_by=undoing).where(DecisionTable.id == number).execute()


def of_subject(subject: str, limit: int = 50) -> list[Decision]:
    """Return the decisions about one subject, newest first."""
    return _found(DecisionTable.subject == subject, limit)


def of_verb(verb: str, limit: int) -> list[Decision]:
    """Return the decisions of one verb, newest first."""
    return _found(DecisionTable.verb == verb, limit)


def many(numbers: Sequence[int]) -> list[Decision]:
    """Return decisions by their numbers, newest first; at most as many as a statement takes."""
    return _found(DecisionTable.id.in_(list(numbers)), len(numbers))


def newest(limit: int = 200) -> list[Decision]:
    """Return the last decisions, newest first."""
    return _found(DecisionTable.id > 0, limit)


def _found(condition: object, limit: int) -> list[Decision]:
    query = (
        DecisionTable.select(*_FIELDS)
        .where(DecisionTable.profile == profile(), condition)
        .order_by(DecisionTable.id.desc())
        .limit(limit)
    )
    return [_decision(row) for row in rows.tuples(query)]


def _decision(row: tuple[Any, ...]) -> Decision:
    number, at, who, verb, subject, before, after, undone_by, undoes = row
    return Decision(
        id=number,
        at=at,
        who=who,
        verb=verb,
        subject=subject,
        before=from_text(before),
        after=from_text(after),
        undone_by=undone_by,
        undoes=undoes,
    )
