"""What a fix releases: the records that waited for it are judged again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from awra_tui.cache.store import decisions, mappings, records, references, warnings
from awra_tui.records.mapping import lookup_order
from awra_tui.records.qbo import Company
from awra_tui.records.rules import Rules
from awra_tui.records.status import Status
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.sync.judging import judge_keys


@dataclass(frozen=True, slots=True)
class Released:
    """Records that nothing holds back any more."""

    keys: tuple[RecordKey, ...]


def after_mappings(keys: Sequence[MappingKey], company: Company, rules: Rules, who: str) -> Released:
    """Judge again everything that these mappings serve. A job of the cache."""
    return _judge(_not_sent(waiting_for_mappings(keys)), company, rules, who)


def after_record(key: RecordKey, company: Company, rules: Rules, who: str) -> Released:
    """Judge a record again, and what depends on it. A job of the cache."""
    return after_records([key], company, rules, who)


def after_records(keys: Sequence[RecordKey], company: Company, rules: Rules, who: str) -> Released:
    """Judge records again, and what depends on them. A job of the cache."""
    children = _not_sent(references.children_of_many(keys))
    return _judge(list(dict.fromkeys([*keys, *children])), company, rules, who)


def waiting_for_mappings(keys: Sequence[MappingKey]) -> list[RecordKey]:
    """Return the records not in QuickBooks yet that these mappings serve or would serve, each once.

    A job of the cache.
    """
    return list(dict.fromkeys(waiting for key in keys for waiting in waiting_for_mapping(key)))


def waiting_for_mapping(key: MappingKey) -> list[RecordKey]:
    """Return the records not in QuickBooks yet that a mapping serves or would serve. A job of the cache.

    It serves needed values of its own key, and those for which it is the nearest wider one. What a
    record turned out to need in this company says the cause of its warning.
    """
    served = list(served_by(key))
    found = [waiting for one in served for waiting in references.waiting_for_mapping(one)]
    named = [warned for one in {key, *served} for warned in warnings.open_record_keys(f"mapping:{one.text}")]
    return list(dict.fromkeys([*found, *named]))


def served_by(key: MappingKey) -> Iterator[MappingKey]:
    """Yield the needed mappings for which this one is looked up before any other that always holds."""
    chosen = {one.key for one in mappings.all() if one.is_always_chosen}
    for needed in references.needed_mappings(key.kind):
        if _is_nearest(key, needed, chosen):
            yield needed


def _is_nearest(key: MappingKey, needed: MappingKey, chosen: set[MappingKey]) -> bool:
    order = list(lookup_order(needed))
    nearer = takewhile(lambda one: one != key, order)
    return key in order and not any(one in chosen for one in nearer)


def _not_sent(keys: Sequence[RecordKey]) -> list[RecordKey]:
    return [head.key for head in records.heads(keys).values() if head.status is not Status.SUCCEEDED]


def _judge(keys: Sequence[RecordKey], company: Company, rules: Rules, who: str) -> Released:
    verdicts = judge_keys(keys, company, rules, who)
    released = tuple(one.key for one in verdicts.sendable)
    records.release(released)
    _note(released, who)
    return Released(released)


def _note(released: Sequence[RecordKey], who: str) -> None:
    """Note that records go now because of what a person decided."""
    if released:
        subject = released[0].text if len(released) == 1 else f"{len(released)} records"
        after = {"keys": [key.text for key in released], "after a decision of": who}
        decisions.add("release", subject, {}, after, decisions.PROGRAM)
