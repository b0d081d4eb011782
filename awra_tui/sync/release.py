"""What a fix releases: the records that waited for it, told beforehand and judged again afterwards."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from awra_tui.cache.pages.overview import Money
from awra_tui.cache.store import records, references
from awra_tui.cache.stored import StoredRecord
from awra_tui.records.kinds import kind_of
from awra_tui.records.money import shown_minor, to_minor
from awra_tui.records.qbo import Company
from awra_tui.records.rules import Rules
from awra_tui.records.status import Status
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.sync.judging import judge_chunk

DEPTH = 4
"""So many steps down a chain customer → invoice → credit → payment are looked at."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many records wait for a fix, directly and through others, with their money."""

    count: int
    money: tuple[Money, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Released:
    """Records that nothing holds back any more."""

    keys: tuple[RecordKey, ...]


def waiting_for(what: MappingKey | RecordKey) -> Waiting:
    """Count what waits for a mapping or a record. A job of the cache."""
    direct = _direct(what)
    behind = _behind(direct)
    money = _money(direct)
    if not direct:
        return Waiting(0, (), "No record waits for it.")
    sentence = f"Releases {_kinds(direct)}{_sums(money)}"
    if behind:
        sentence += f", and {_kinds(behind)} that wait for them"
    return Waiting(len(direct), money, sentence + ".")


def _direct(what: MappingKey | RecordKey) -> list[StoredRecord]:
    keys = (
        references.waiting_for_mapping(what)
        if isinstance(what, MappingKey)
        else references.waiting_for_record(what)
    )
    return list(records.many(keys).values())


def _behind(found: Sequence[StoredRecord]) -> list[StoredRecord]:
    seen = {one.key for one in found}
    layer, behind = [one.key for one in found], []
    for _ in range(DEPTH):
        children = [key for key in children_of_many(layer) if key not in seen]
        if not children:
            break
        seen.update(children)
        behind += [one for one in records.many(children).values() if one.status is not Status.SUCCEEDED]
        layer = children
    return behind


def children_of_many(keys: Sequence[RecordKey]) -> list[RecordKey]:
    """Return the records that need any of these. A job of the cache."""
    return list(dict.fromkeys(child for key in keys for child in references.children_of(key)))


def _kinds(found: Iterable[StoredRecord]) -> str:
    counted = Counter(one.key.kind for one in found)
    parts = [
        f"{count:,} {(kind_of(name).label if count == 1 else kind_of(name).plural).lower()}"
        for name, count in sorted(counted.items(), key=lambda pair: kind_of(pair[0]).level)
    ]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _money(found: Iterable[StoredRecord]) -> tuple[Money, ...]:
    sums: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for one in found:
        record = one.record
        if record.amount:
            sums[record.currency] += to_minor(record.amount, record.currency)
            counts[record.currency] += 1
    return tuple(
        Money(currency=currency, minor=minor, count=counts[currency])
        for currency, minor in sums.most_common()
    )


def _sums(money: Sequence[Money]) -> str:
    return "".join(f", {shown_minor(one.minor, one.currency)}" for one in money)


def follows(key: RecordKey, start_date: dt.date | None) -> tuple[str, ...]:
    """Say what connecting a customer or vendor brings in, and what stays out. A job of the cache."""
    waiting = _direct(key)
    if start_date is None or not waiting:
        return (waiting_for(key).sentence,)
    later = [one for one in waiting if one.record.date and one.record.date >= start_date]
    earlier = [one for one in waiting if one.record.date and one.record.date < start_date]
    told = []
    if later:
        told.append(
            f"{_kinds(later)} dated {start_date} or later go with the next sync{_sums(_money(later))}."
        )
    if earlier:
        told.append(
            f"{_kinds(earlier)} dated before {start_date} stay out{_sums(_money(earlier))}; "
            "a payment for one of them needs an opening balance in QuickBooks."
        )
    return tuple(told)


def after_mapping(key: MappingKey, company: Company, rules: Rules, who: str) -> Released:
    """Judge again everything that needs a mapping. A job of the cache."""
    return _judge(references.waiting_for_mapping(key), company, rules, who)


def after_record(key: RecordKey, company: Company, rules: Rules, who: str) -> Released:
    """Judge a record again, and what depends on it. A job of the cache."""
    return _judge([key, *references.children_of(key)], company, rules, who)


def _judge(keys: Sequence[RecordKey], company: Company, rules: Rules, who: str) -> Released:
    waiting = [
        one for one in records.many(keys).values() if one.status not in (Status.SUCCEEDED, Status.UNKNOWN)
    ]
    verdicts = judge_chunk(waiting, company, rules, who)
    released = tuple(one.key for one in verdicts.sendable)
    records.release(released)
    return Released(released)
