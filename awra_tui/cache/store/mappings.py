"""Mappings as people chose them; every choice is noted as a decision."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile, realm
from awra_tui.cache.schema import MappingTable, db
from awra_tui.cache.store import decisions
from awra_tui.records.clock import stamp
from awra_tui.records.mapping import Mapping, chained
from awra_tui.records.qbo import Json
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey

VERB = "map"
"""What decisions about mappings are called."""

_FIELDS = (
    MappingTable.kind, MappingTable.value, MappingTable.scope, MappingTable.qbo_id, MappingTable.account_id,
    MappingTable.state, MappingTable.sentence, MappingTable.valid_from, MappingTable.object_name,
    MappingTable.account_name, MappingTable.reviewed,
)  # fmt: skip

_KEY = (
    MappingTable.profile, MappingTable.realm, MappingTable.kind, MappingTable.value, MappingTable.scope,
    MappingTable.valid_from,
)  # fmt: skip


def all() -> list[Mapping]:  # noqa: A001
    """Return every mapping of the profile's company, each once, with those that held before behind it."""
    query = MappingTable.select(*_FIELDS).where(*_here()).order_by(MappingTable.id)
    return _grouped(_mapping(row) for row in rows.tuples(query))


def get(key: MappingKey) -> Mapping | None:
    """Return one mapping, or None."""
    query = MappingTable.select(*_FIELDS).where(*_here(), *_is(key))
    return next(iter(_grouped(_mapping(row) for row in rows.tuples(query))), None)


def save(mapping: Mapping, who: str) -> int:
    """Store a mapping as a person chose it; return the number of the decision."""
    return save_all([mapping], who)


def save_all(chosen: Sequence[Mapping], who: str, undecided: Collection[MappingKey] = ()) -> int:
    """Store mappings as a person chose them together; return the number of their one decision.

    Of those in ``undecided`` nothing is stored, as if nobody had ever decided about them.
    """
    with db.atomic():
        before = [_before(mapping.key) for mapping in chosen]
        for mapping in chosen:
            if mapping.key in undecided:
                MappingTable.delete().where(*_here(), *_is(mapping.key)).execute()
            else:
                _put(mapping, who)
        after = [_state(mapping) for mapping in chosen]
        if len(chosen) == 1:
            return decisions.add(VERB, chosen[0].key.text, before[0], after[0], who)
        keys = [mapping.key.text for mapping in chosen]
        changes = {key: state for key, state in zip(keys, before, strict=True) if state}
        subject = f"{len(chosen)} mappings"
        return decisions.add(
            VERB, subject, {"mappings": changes}, {"mappings": dict(zip(keys, after, strict=True))}, who
        )


def restate(mappings: Iterable[Mapping]) -> None:
    """Store state, sentence and names of mappings after a check; what they point to stays as it is."""
    with db.atomic():
        for span in (span for mapping in mappings for span in mapping.spans):
            MappingTable.update(
                state=span.state.value,
                sentence=span.sentence,
                object_name=span.object_name,
                account_name=span.account_name,
            ).where(*_here(), *_is(span.key), MappingTable.valid_from == _day(span)).execute()


def ensure(keys: Iterable[MappingKey]) -> int:
    """Make a blocked mapping for every key that has none yet; return how many were made."""
    with db.atomic():
        there = {mapping.key for mapping in all()}
        missing = sorted(set(keys) - there)
        made = [
            (profile(), realm(), key.kind, key.value, key.scope, MappingState.BLOCKED.value)
            for key in missing
        ]
        rows.insert_many(MappingTable, ("profile", "realm", "kind", "value", "scope", "state"), made)
    return len(missing)


def is_taken_away(key: MappingKey, by_default: str) -> bool:
    """Return whether somebody took a mapping away; ``by_default`` is who maps where nobody decides."""
    query = MappingTable.select(MappingTable.changed_by).where(
        *_here(), *_is(key), MappingTable.qbo_id == "", MappingTable.account_id == ""
    )
    return any(row[0] not in {"", by_default} for row in rows.tuples(query))


def was_decided(state: Json) -> bool:
    """Return whether somebody had decided what a mapping is to be, by the state before a decision."""
    mapping = of_state(state)
    return mapping is not None and (mapping.is_ever_chosen or "taken_away" in state)


def of_state(state: Json) -> Mapping | None:
    """Return the mapping that a decision keeps, without what it means today; None where it keeps none."""
    if not state:
        return None
    key = MappingKey(state["kind"], state["value"], state["scope"])
    earlier = state.get("earlier", ())
    return chained(_of_span(key, span) for span in (state, *earlier))


def states_of(kept: Json) -> dict[str, Json]:
    """Return the mappings that one side of a decision keeps, by their keys as text."""
    if "kind" in kept:
        return {MappingKey(kept["kind"], kept["value"], kept["scope"]).text: kept}
    return dict(kept.get("mappings", {}))


def _here() -> tuple[Any, ...]:
    return (MappingTable.profile == profile(), MappingTable.realm == realm())


def _is(key: MappingKey) -> tuple[Any, ...]:
    return (MappingTable.kind == key.kind, MappingTable.value == key.value, MappingTable.scope == key.scope)


def _day(mapping: Mapping) -> str:
    return mapping.valid_from.isoformat() if mapping.valid_from else ""


def _grouped(spans: Iterable[Mapping]) -> list[Mapping]:
    found: dict[MappingKey, list[Mapping]] = defaultdict(list)
    for span in spans:
        found[span.key].append(span)
    return [newest for several in found.values() if (newest := chained(several))]


def _mapping(row: tuple[Any, ...]) -> Mapping:
    kind, value, scope, qbo_id, account_id, state, sentence, since, *kept = row
    return Mapping(
        MappingKey(kind, value, scope),
        qbo_id,
        account_id,
        MappingState(state),
        sentence,
        dt.date.fromisoformat(since) if since else None,
        object_name=kept[0],
        account_name=kept[1],
        reviewed=kept[2],
    )


def _put(mapping: Mapping, who: str) -> None:
    """Store a mapping with those that held before it; who changed one that stays the same is kept."""
    known = get(mapping.key)
    there = {_day(span): span for span in known.spans} if known else {}
    spans = {_day(span): span for span in mapping.spans}
    MappingTable.delete().where(
        *_here(), *_is(mapping.key), MappingTable.valid_from.not_in(list(spans))
    ).execute()
    for day, span in spans.items():
        old = there.get(day)
        if span is mapping or old is None or (old.qbo_id, old.account_id) != (span.qbo_id, span.account_id):
            _put_span(span, day, who)


def _put_span(span: Mapping, day: str, who: str) -> None:
    chosen = {
        "qbo_id": span.qbo_id,
        "account_id": span.account_id,
        "state": span.state.value,
        "sentence": span.sentence,
        "object_name": span.object_name,
        "account_name": span.account_name,
        "reviewed": span.reviewed,
        "changed_at": stamp(),
        "changed_by": who,
    }
    key = span.key
    MappingTable.insert(
        profile=profile(),
        realm=realm(),
        kind=key.kind,
        value=key.value,
        scope=key.scope,
        valid_from=day,
        **chosen,
    ).on_conflict(
        conflict_target=list(_KEY),
        update=chosen,
    ).execute()


def _before(key: MappingKey) -> Json:
    """Return the state of a mapping before a decision, and whether somebody took it away."""
    return _state(get(key)) | ({"taken_away": True} if is_taken_away(key, "") else {})


def _state(mapping: Mapping | None) -> Json:
    if mapping is None:
        return {}
    key = mapping.key
    newest, *earlier = (_span_state(span) for span in mapping.spans)
    told = {"kind": key.kind, "value": key.value, "scope": key.scope, **newest}
    return told | ({"earlier": earlier} if earlier else {})


def _span_state(span: Mapping) -> Json:
    """Return what a decision keeps of a mapping; what is empty is left out of what came later."""
    kept = {
        "qbo_id": span.qbo_id,
        "account_id": span.account_id,
        "state": span.state.value,
        "sentence": span.sentence,
    }
    more = {
        "valid_from": _day(span),
        "object_name": span.object_name,
        "account_name": span.account_name,
        "reviewed": span.reviewed,
    }
    return kept | {name: value for name, value in more.items() if value}


def _of_span(key: MappingKey, state: Json) -> Mapping:
    since = state.get("valid_from", "")
    return Mapping(
        key,
        state.get("qbo_id", ""),
        state.get("account_id", ""),
        valid_from=dt.date.fromisoformat(since) if since else None,
        object_name=state.get("object_name", ""),
        account_name=state.get("account_name", ""),
        reviewed=state.get("reviewed", ""),
    )
