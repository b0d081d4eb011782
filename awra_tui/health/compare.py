"""Comparing bodies: what we sent or would send against what QuickBooks has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from awra_tui.records.qbo import Json

_OURS_ONLY = frozenset({"Id", "SyncToken", "sparse", "MetaData", "domain"})
_ADDED_LINES = frozenset({"SubTotalLineDetail"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A field on which two sides disagree; both values as short text, empty where it is absent."""

    field: str
    ours: str
    theirs: str


def differences(ours: Json, theirs: Json) -> list[Difference]:
    """Return the fields that we name and QuickBooks has otherwise; what only it has is no difference."""
    return list(_differing("", ours, theirs))


def conflicts(last_answer: Json, now: Json, ours: Json) -> list[Difference]:
    """Return the fields that changed in QuickBooks since it last answered us and that we would overwrite.

    What somebody added there counts too: lines are replaced as a whole. Without a last answer every
    field that differs is one, because nobody knows who wrote it.
    """
    named = (name for name in ours if name not in _OURS_ONLY)
    return [
        Difference(name, _shown(ours[name]), _shown(now.get(name)))
        for name in named
        if _overwrites(last_answer, ours[name], name, now.get(name))
    ]


def _overwrites(last_answer: Json, mine: object, name: str, theirs: object) -> bool:
    if not last_answer:
        return any(_differing(name, mine, theirs))
    return _changed(last_answer.get(name), theirs) and _changed(mine, theirs)


def _changed(one: object, other: object) -> bool:
    return any(_differing("", one, other)) or any(_differing("", other, one))


def merged(ours: Json, now: Json) -> Json:
    """Return a full update: what QuickBooks has, with our fields over it.

    A full update clears what it leaves out, so everything that is there goes back.
    """
    kept = {name: value for name, value in now.items() if name not in {"domain", "MetaData", "sparse"}}
    return kept | ours


def _differing(name: str, ours: object, theirs: object) -> Iterator[Difference]:
    if not ours and not theirs:
        return  # QuickBooks leaves out what is empty, none or no
    if isinstance(ours, Mapping):
        yield from _differing_fields(name, ours, theirs)
    elif isinstance(ours, list):
        yield from _differing_items(name, ours, theirs)
    elif ours != theirs:
        yield Difference(name, _shown(ours), _shown(theirs))


def _differing_fields(name: str, ours: Mapping[str, object], theirs: object) -> Iterator[Difference]:
    if not isinstance(theirs, Mapping):
        yield Difference(name, _shown(ours), _shown(theirs))
        return
    if "value" in ours:
        yield from _differing(name, ours["value"], theirs.get("value"))
        return
    for key, value in ours.items():
        if key not in _OURS_ONLY:
            yield from _differing(f"{name}.{key}" if name else key, value, theirs.get(key))


def _differing_items(name: str, ours: list[object], theirs: object) -> Iterator[Difference]:
    items = [each for each in theirs if not _added(each)] if isinstance(theirs, list) else []
    mine = [each for each in ours if not _added(each)]
    if len(mine) != len(items):
        yield Difference(name, _shown(mine), _shown(items))
        return
    for place, (left, right) in enumerate(zip(mine, items, strict=True), start=1):
        yield from _differing(f"{name} {place}", left, right)


def _added(item: object) -> bool:
    return isinstance(item, Mapping) and item.get("DetailType") in _ADDED_LINES


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return f"{len(value)} line{'' if len(value) == 1 else 's'}"
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("value") or ", ".join(str(each) for each in value.values()))
    return str(value)
