"""What waits for a fix, told before it is made: tried out in memory, with counts and money."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

from awra_tui.cache.pages.overview import Money
from awra_tui.cache.store import records, references
from awra_tui.cache.store.references import children_of_many
from awra_tui.cache.stored import RecordHead, StoredRecord
from awra_tui.records.kinds import kind_of
from awra_tui.records.mapping import Mapping
from awra_tui.records.money import shown_minor
from awra_tui.records.qbo import Company, Link
from awra_tui.records.rules import Rules
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.judging import is_sendable, look, prepared
from awra_tui.sync.release import waiting_for_mappings
from awra_tui.sync.view import CacheView

DEPTH = 4
"""So many steps down a chain customer → invoice → credit → payment are looked at."""
TRIED = 1000
"""So many records that need a fix, and so many behind them, are tried out one by one; of more, the rest is
told as not tried."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many records a fix releases, with their money, and a sentence that says it."""

    count: int
    money: tuple[Money, ...]
    sentence: str


def for_mappings(mappings: Sequence[Mapping], company: Company, rules: Rules) -> Waiting:
    """Say what saving these mappings together would release. A job of the cache."""
    chain = _Chain.of(waiting_for_mappings([mapping.key for mapping in mappings]))
    view = prepared(chain.stored, company, rules)
    for mapping in mappings:
        view.supposing(mapping)
    return _told(chain, view)


def for_record(
    key: RecordKey, link: Link | None, start_date: dt.date | None, company: Company, rules: Rules
) -> Waiting:
    """Say what connecting a record would release; without a link, what waits for its creation.

    A job of the cache.
    """
    if link is not None:
        return for_records({key: link}, start_date, company, rules)
    return for_new([key])


def for_new(keys: Sequence[RecordKey]) -> Waiting:
    """Say what waits for the creation of records. A job of the cache."""
    waiting = (one for key in keys for one in references.waiting_for_record(key))
    heads = _not_sent([one for one in dict.fromkeys(waiting) if one not in keys])
    it = "it" if len(keys) == 1 else "them"
    if not heads:
        return Waiting(0, (), f"No record waits for {it}.")
    sentence = f"{counted_by_kind(heads)} {_verb(heads, f'waits for {it}')}."
    return Waiting(len(heads), money_of(heads), sentence)


def for_records(
    made: MappingOf[RecordKey, Link], start_date: dt.date | None, company: Company, rules: Rules
) -> Waiting:
    """Say what connecting several records at once would release. A job of the cache."""
    waiting = (one for key in made for one in references.waiting_for_record(key))
    chain = _Chain.of(list(dict.fromkeys(waiting)))
    view = prepared(chain.stored, company, rules)
    for key, link in made.items():
        view.connect(key, link)
        view.begin(key, start_date)
    return _told(chain, view)


@dataclass(frozen=True, slots=True)
class _Chain:
    """What waits for a fix: records that need it, those that are not tried out, and what waits for the tried.

    ``stored`` are all that are tried out, what is waited for first.
    """

    heads: Sequence[RecordHead]
    untried: Sequence[RecordHead]
    behind: Sequence[RecordHead]
    stored: Sequence[StoredRecord]

    @classmethod
    def of(cls, keys: Sequence[RecordKey]) -> "_Chain":
        """Read what waits, and what waits for that in turn. A job of the cache."""
        waiting = _in_order(_not_sent(keys))
        heads, untried = waiting[:TRIED], waiting[TRIED:]
        left_out = {one.key for one in untried}
        behind = _in_order(one for one in _behind(heads) if one.key not in left_out)
        tried = _in_order([*heads, *behind[:TRIED]])
        found = records.many([one.key for one in tried])
        stored = [found[one.key] for one in tried]
        return cls(heads, [*untried, *behind[TRIED:]], behind[:TRIED], stored)


def _in_order(found: Iterable[RecordHead]) -> list[RecordHead]:
    """Return records in the order of work, those of a level as they came."""
    return sorted(found, key=lambda one: kind_of(one.key.kind).level)


def _told(chain: _Chain, view: CacheView) -> Waiting:
    """Judge what waits as if the fix had been made, and say what goes and what still waits."""
    if not chain.heads:
        return Waiting(0, (), "No record waits for it.")
    sendable, follows = _judged(chain.stored, view)
    goes = [one for one in chain.heads if one.key in sendable]
    behind = [one for one in (*chain.heads, *chain.behind) if one.key in follows]
    told = {one.key for one in (*goes, *behind)}
    still = [one for one in chain.heads if one.key not in told]
    money = money_of(goes)
    parts = [f"Releases {counted_by_kind(goes)}{sums(money)}"] if goes else ["Releases nothing by itself"]
    if behind:
        parts.append(f"{counted_by_kind(behind)} {_verb(behind, 'waits for them and follows')}")
    if still:
        parts.append(f"{counted_by_kind(still)} {_verb(still, 'needs something else too')}")
    if chain.untried:
        more = f"{counted_by_kind(chain.untried)} more"
        parts.append(f"{more} {_verb(chain.untried, 'waits for it and was not tried')}")
    return Waiting(len(goes), money, "; ".join(parts) + ".")


def _judged(stored: Sequence[StoredRecord], view: CacheView) -> tuple[set[RecordKey], set[RecordKey]]:
    """Return what can be sent, and what only waits until that has been sent."""
    sendable, follows = set[RecordKey](), set[RecordKey]()
    for one in stored:
        [judgement] = look([one], view)
        view.stands(one.key, judgement.status)
        if is_sendable(judgement):
            sendable.add(one.key)
        elif judgement.status is Status.PENDING:
            follows.add(one.key)
    return sendable, follows


def _verb(found: Sequence[RecordHead], one: str) -> str:
    """Return what is said of one record, or the same of several."""
    return one if len(found) == 1 else _OF_SEVERAL[one]


_OF_SEVERAL = {
    "waits for them and follows": "wait for them and follow",
    "needs something else too": "need something else too",
    "waits for it and was not tried": "wait for it and were not tried",
    "waits for it": "wait for it",
    "waits for them": "wait for them",
}


def _not_sent(keys: Sequence[RecordKey]) -> list[RecordHead]:
    """Return those that wait for something: what can be sent already waits only for the next sync."""
    return [head for head in records.heads(keys).values() if head.status in _HELD]


_HELD = (Status.NEEDS_ATTENTION, Status.FAILED)


def _behind(found: Sequence[RecordHead]) -> list[RecordHead]:
    """Return what waits for these records, and for those in turn."""
    seen = {one.key for one in found}
    layer, behind = list(seen), list[RecordHead]()
    for _ in range(DEPTH):
        children = [key for key in children_of_many(layer) if key not in seen]
        if not children:
            break
        seen.update(children)
        behind += _not_sent(children)
        layer = children
    return behind


def counted_by_kind(found: Sequence[RecordHead]) -> str:
    """Count records by kind: ``2 invoices and 1 payment``."""
    counted = Counter(one.key.kind for one in found)
    parts = [
        f"{count:,} {(kind_of(name).label if count == 1 else kind_of(name).plural).lower()}"
        for name, count in sorted(counted.items(), key=lambda pair: kind_of(pair[0]).level)
    ]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def money_of(found: Sequence[RecordHead]) -> tuple[Money, ...]:
    """Return the money of records per currency, the largest first."""
    sums: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for one in found:
        if one.amount_minor:
            sums[one.currency] += one.amount_minor
            counts[one.currency] += 1
    return tuple(
        Money(currency=currency, minor=minor, count=counts[currency])
        for currency, minor in sums.most_common()
    )


def sums(money: Sequence[Money]) -> str:
    """Write money as the end of a count: ``, 1,200.00``."""
    return "".join(f", {shown_minor(one.minor, one.currency)}" for one in money)
