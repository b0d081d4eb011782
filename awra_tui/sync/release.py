"""What a fix releases: the records that waited for it are judged again."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from awra_tui.cache.store import decisions, mappings, records, references, warnings
from awra_tui.cache.store.telling import Tell, to_nobody
from awra_tui.records.mapping import lookup_order
from awra_tui.records.qbo import Company
from awra_tui.records.rules import Rules
from awra_tui.records.status import Status
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.sync.judging import judge_keys

_NEVER_NEEDED = ("receivable", "payable", "category")
"""Kinds of mappings without which a record goes as well: what holds it up is one that is there."""


@dataclass(frozen=True, slots=True)
class Released:
    """Records that nothing holds back any more."""

    keys: tuple[RecordKey, ...]


def after_mappings(
    keys: Sequence[MappingKey], company: Company, rules: Rules, who: str, tell: Tell = to_nobody
) -> Released:
    """Judge again everything that these mappings serve. A job of the cache."""
    return _judge(after_these(keys), company, rules, who, tell)


def after_these(keys: Sequence[MappingKey]) -> list[RecordKey]:
    """Return what is judged again after these mappings were changed. A job of the cache."""
    return _not_sent(waiting_for_mappings(keys))


def after_record(key: RecordKey, company: Company, rules: Rules, who: str) -> Released:
    """Judge a record again, and what depends on it. A job of the cache."""
    return after_records([key], company, rules, who)


def after_records(keys: Sequence[RecordKey], company: Company, rules: Rules, who: str) -> Released:
    """Judge records again, and what depends on them. A job of the cache."""
    children = _not_sent(references.children_of_many(keys))
    return _judge(list(dict.fromkeys([*keys, *children])), company, rules, who)


def waiting_for_mappings(keys: Sequence[MappingKey]) -> list[RecordKey]:
    """Return the records not in QuickBooks yet that these mappings serve or would serve, each once.

    One serves needed values of its own key, and those for which it is the nearest wider one. What a
    record turned out to need in this company says the cause of its warning; that may be a wider mapping
    where none is needed. A job of the cache.
    """
    served = _served_by(keys)
    return list(dict.fromkeys(waiting for key in keys for waiting in _waiting_for(key, served.get(key, ()))))


def _waiting_for(key: MappingKey, served: Sequence[MappingKey]) -> Iterator[RecordKey]:
    for one in served:
        yield from references.waiting_for_mapping(one)
    wider = lookup_order(key) if key.kind in _NEVER_NEEDED else ()
    for one in {key, *wider, *served}:
        yield from warnings.open_record_keys(f"mapping:{one.text}")


def _served_by(keys: Sequence[MappingKey]) -> dict[MappingKey, list[MappingKey]]:
    """Return for mappings the needed ones for which they are looked up before any other that always holds."""
    wanted, chosen = set(keys), {one.key for one in mappings.all() if one.is_always_chosen}
    found: dict[MappingKey, list[MappingKey]] = defaultdict(list)
    for kind in {key.kind for key in keys}:
        for needed in references.needed_mappings(kind):
            for one in lookup_order(needed):
                if one in wanted:
                    found[one].append(needed)
                if one in chosen:
                    break
    return found


def _not_sent(keys: Sequence[RecordKey]) -> list[RecordKey]:
    return [head.key for head in records.heads(keys).values() if head.status is not Status.SUCCEEDED]


def _judge(
    keys: Sequence[RecordKey], company: Company, rules: Rules, who: str, tell: Tell = to_nobody
) -> Released:
    verdicts = judge_keys(keys, company, rules, who, tell)
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
