"""What waits for a fix, told before it is made: tried out in memory, with counts and money."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
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
"""So many records are tried out one by one; of more, the rest is counted as waiting."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many records a fix releases, with their money, and a sentence that says it."""

    count: int
    money: tuple[Money, ...]
    sentence: str


def for_mappings(mappings: Sequence[Mapping], company: Company, rules: Rules) -> Waiting:
    """Say what saving these mappings together would release. A job of the cache."""
    heads = _not_sent(waiting_for_mappings([mapping.key for mapping in mappings]))
    stored = list(records.many([head.key for head in heads[:TRIED]]).values())
    view = prepared(stored, company, rules)
    for mapping in mappings:
        view.supposing(mapping)
    return _told(heads, stored, view)


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
    return Waiting(len(heads), money_of(heads), f"{counted_by_kind(heads)} wait for {it}.")


def for_records(
    made: MappingOf[RecordKey, Link], start_date: dt.date | None, company: Company, rules: Rules
) -> Waiting:
    """Say what connecting several records at once would release. A job of the cache."""
    waiting = (one for key in made for one in references.waiting_for_record(key))
    heads = _not_sent(list(dict.fromkeys(waiting)))
    stored = list(records.many([head.key for head in heads[:TRIED]]).values())
    view = prepared(stored, company, rules)
    for key, link in made.items():
        view.connect(key, link)
        view.begin(key, start_date)
    return _told(heads, stored, view)


def _told(heads: Sequence[RecordHead], stored: Sequence[StoredRecord], view: CacheView) -> Waiting:
    """Judge what waits as if the fix had been made, and say what goes and what still waits."""
    if not heads:
        return Waiting(0, (), "No record waits for it.")
    judged = dict(zip((one.key for one in stored), look(stored, view), strict=True))
    goes = [head for head in heads if head.key not in judged or is_sendable(judged[head.key])]
    money = money_of(goes)
    parts = [f"Releases {counted_by_kind(goes)}{sums(money)}"] if goes else ["Releases nothing by itself"]
    behind = _behind(goes)
    if behind:
        parts.append(f"{counted_by_kind(behind)} wait for them and follow")
    told = {one.key for one in (*goes, *behind)}
    still = [one for one in heads if one.key not in told]
    if still:
        parts.append(f"{counted_by_kind(still)} need something else too")
    return Waiting(len(goes), money, "; ".join(parts) + ".")


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
