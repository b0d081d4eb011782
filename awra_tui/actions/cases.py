"""The records that evidence can be made of, and those that it leaves out, with the reason."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from awra_tui.actions.evidence import LeftOut
from awra_tui.cache.pages.records import RecordPage, record_page
from awra_tui.cache.store import records
from awra_tui.cache.stored import RecordHead
from awra_tui.records.errors import AwraError, UnknownRecordError
from awra_tui.records.kinds import kind_of
from awra_tui.records.subject import RecordKey

WHOLE = 20
"""So many records are told with everything; of the others the names."""
NAMED = 500
"""So many further records are named, and so many of those that are left out for one reason."""

_UNKNOWN = "There is no such record in the cache"
_NUMBERLESS = "No number, so nobody could look for it; it needs one in the source"
_UNSAID = "Nothing has been said about it so far, so there is nothing to escalate"
_ALONE = {
    _UNKNOWN: (UnknownRecordError, "There is no record {} in the cache."),
    _NUMBERLESS: (AwraError, "{} has no number: nobody could look for it. Give it one in the source."),
    _UNSAID: (AwraError, "Nothing has been said about {} so far: there is nothing to escalate."),
}
"""What is said of one record of which there is no evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Records with all that is known, the names of others, how many more there are, and what is left out."""

    pages: tuple[RecordPage, ...]
    others: tuple[str, ...]
    more: int
    left_out: tuple[LeftOut, ...]

    @property
    def count(self) -> int:
        """Return how many records the evidence is about."""
        return len(self.pages) + len(self.others) + self.more


@dataclass(slots=True)
class _Sorted:
    """What was looked at so far."""

    pages: list[RecordPage] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    left: dict[str, list[RecordKey]] = field(default_factory=lambda: defaultdict(list))

    def take(self, key: RecordKey, head: RecordHead | None) -> None:
        """Look at one more record; all that is known only of the first ones."""
        if head is None:
            self.left[_UNKNOWN].append(key)
        elif not head.number and not (kind_of(key.kind).is_name and key.source_id):
            self.left[_NUMBERLESS].append(key)
        elif len(self.pages) == WHOLE:
            self.others.append(head.name)
        elif (page := record_page(key.kind, key.source_id)) and _is_anything_said(page):
            self.pages.append(page)
        else:
            self.left[_UNSAID].append(key)


def cases(keys: Sequence[RecordKey]) -> Cases:
    """Choose the records that somebody else can look for and say something of. A job of the cache.

    Raise AwraError where none is left, UnknownRecordError where the only one is not in the cache.
    """
    keys = tuple(dict.fromkeys(keys))
    found, looked_at = _Sorted(), 0
    # What lies behind those that are named is only counted: it may be 50,000 records.
    while looked_at < len(keys) and len(found.others) < NAMED:
        some = keys[looked_at : looked_at + NAMED]
        heads = records.heads(some)
        for key in some:
            found.take(key, heads.get(key))
        looked_at += len(some)
    if not found.pages:
        raise _refused(found.left)
    return Cases(
        pages=tuple(found.pages),
        others=tuple(found.others[:NAMED]),
        more=len(found.others[NAMED:]) + len(keys) - looked_at,
        left_out=tuple(_left_out(why, which) for why, which in found.left.items()),
    )


def _is_anything_said(page: RecordPage) -> bool:
    return bool(page.warnings) or any(row.message for row in page.attempt_rows)


def _left_out(why: str, found: Sequence[RecordKey]) -> LeftOut:
    return LeftOut(why=why, records=tuple(key.text for key in found[:NAMED]), more=len(found[NAMED:]))


def _refused(left: dict[str, list[RecordKey]]) -> AwraError:
    if sum(map(len, left.values())) == 1:
        [(why, [key])] = left.items()
        error, sentence = _ALONE[why]
        return error(sentence.format(key.text))
    told = ". ".join(f"{why}: {_some(found)}" for why, found in left.items())
    return AwraError(f"There is nothing to hand on of any of these records. {told}.")


def _some(found: Sequence[RecordKey]) -> str:
    more = f" and {len(found) - 3:,} more" if len(found) > 3 else ""
    return ", ".join(key.text for key in found[:3]) + more
