"""Comparing bodies: what we sent or would send, what QuickBooks answered last, what it has now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from awra_tui.records.qbo import Json

_OURS_ONLY = frozenset({"Id", "SyncToken", "sparse", "MetaData", "domain"})
_COMPUTED = frozenset({"LineNum", "LineEx", "ItemAccountRef"})
"""Parts of lines that QuickBooks writes by itself."""
_TAX = frozenset({"TxnTaxDetail"})
"""What QuickBooks may work out anew without anybody having changed anything."""
_ADDED_LINES = frozenset({"SubTotalLineDetail"})

_Path = tuple[str | int, ...]
_Leaf = tuple[_Path, object, object]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field on which sides disagree; values as short text, empty where it is absent.

    ``last`` is what QuickBooks answered last, where three sides are compared.
    """

    field: str
    ours: str
    theirs: str
    last: str = ""

    @property
    def root(self) -> str:
        """Return the name of the whole field, such as ``Line`` of what differs in a line."""
        return self.field.split(".", 1)[0].split(" ", 1)[0]


@dataclass(frozen=True, slots=True)
class Versions:
    """One object as four sides have it; any but ``now`` may be empty where it is not known.

    ``sent`` is what we sent last, ``answer`` what QuickBooks answered to it, ``now`` what it has now,
    ``ours`` what we would send. ``wanted`` are fields in which a person chose ours.
    """

    now: Json
    ours: Json = field(default_factory=dict)
    sent: Json = field(default_factory=dict)
    answer: Json = field(default_factory=dict)
    wanted: frozenset[str] = frozenset()

    @property
    def changes(self) -> Json:
        """Return the fields of ours that QuickBooks is to take over: changed here since we sent them.

        What was never sent counts as changed where it differs from what QuickBooks answered.
        """
        return {name: value for name, value in self._ours() if self._is_to_send(name, value)}

    @property
    def conflicts(self) -> list[Difference]:
        """Return what changed on both sides: it would be sent, and changed there since the last answer.

        Lines are replaced as a whole, so whatever changed in one of them counts. Without a last answer
        everything that would be sent is one, because nobody knows who wrote what is there.
        """
        found = [
            self._conflict(name, value) for name, value in self.changes.items() if self._is_touched(name)
        ]
        return [difference for several in found for difference in several]

    @property
    def drift(self) -> list[Difference]:
        """Return what changed in QuickBooks since it last answered, in the fields that we send.

        A name that became what we send, as when a product is made active again, is nothing to decide about.
        """
        if not self.answer:
            return []
        names = dict.fromkeys((*self.sent, *self.ours))
        kept = [name for name in names if name not in _OURS_ONLY | _TAX and not self._is_as_ours(name)]
        return [difference for name in kept for difference in self._there(name)]

    def _ours(self) -> Iterable[tuple[str, object]]:
        return ((name, value) for name, value in self.ours.items() if name not in _OURS_ONLY)

    def _is_to_send(self, name: str, value: object) -> bool:
        if name in self.wanted:
            return True
        return self._is_ours_changed(name, value) and _differ(value, self.now.get(name))

    def _is_ours_changed(self, name: str, value: object) -> bool:
        if name in self.sent:
            return _changed(self.sent[name], value)
        return _differ(value, self.answer.get(name))

    def _is_touched(self, name: str) -> bool:
        return bool(self._there(name)) if self.answer else _differ(self.ours[name], self.now.get(name))

    def _is_as_ours(self, name: str) -> bool:
        """Whether a plain value is there as we send it; into lines and references others may write more."""
        mine = self.ours.get(name, self.sent.get(name))
        return not isinstance(mine, Mapping | list) and mine == self.now.get(name)

    def _conflict(self, name: str, value: object) -> list[Difference]:
        if self.answer:
            return self._there(name)
        return [
            Difference(_label(path), _shown(mine), _shown(theirs))
            for path, mine, theirs in _differing((name,), value, self.now.get(name))
        ]

    def _there(self, name: str) -> list[Difference]:
        """Return where a field differs now from the last answer, in the parts that are ours."""
        mine = self.ours.get(name, self.sent.get(name))
        last, now = _within(mine, self.answer.get(name)), _within(mine, self.now.get(name))
        leaves = {path: (old, new) for path, old, new in _differing((name,), last, now)}
        leaves |= {path: (old, new) for path, new, old in _differing((name,), now, last)}
        whole = {name: mine}
        return [
            Difference(_label(path), _shown(_named(_at(whole, path), old, new)), _shown(new), _shown(old))
            for path, (old, new) in leaves.items()
        ]


def differences(ours: Json, theirs: Json) -> list[Difference]:
    """Return the fields that we name and QuickBooks has otherwise; what only it has is no difference."""
    return [
        Difference(_label(path), _shown(mine), _shown(other))
        for path, mine, other in _differing((), ours, theirs)
    ]


def side_by_side(ours: Json, theirs: Json) -> list[Difference]:
    """Return every field of ours beside theirs: where they differ, the parts that do."""
    found: list[Difference] = []
    for name, value in ours.items():
        differing = differences({name: value}, {name: theirs.get(name)})
        found += differing or [Difference(name, _shown(theirs.get(name)), _shown(theirs.get(name)))]
    return found


def merged(ours: Json, now: Json) -> Json:
    """Return a full update: what QuickBooks has, with our fields over it.

    A full update clears what it leaves out, so everything that is there goes back; only tax is worked
    out anew where lines change.
    """
    left = {"domain", "MetaData", "sparse"} | (_TAX if "Line" in ours else set())
    return {name: value for name, value in now.items() if name not in left} | ours


def _differ(ours: object, theirs: object) -> bool:
    return any(_differing((), ours, theirs))


def _changed(one: object, other: object) -> bool:
    return _differ(one, other) or _differ(other, one)


def _within(mine: object, theirs: object) -> object:
    """Return the part of an answered field that ours has too: QuickBooks adds to addresses and the like."""
    if not isinstance(mine, Mapping) or "value" in mine or not isinstance(theirs, Mapping):
        return theirs
    return {name: value for name, value in theirs.items() if name in mine}


def _differing(path: _Path, ours: object, theirs: object) -> Iterator[_Leaf]:
    if not ours and not theirs:
        return  # QuickBooks leaves out what is empty, none or no
    if isinstance(ours, Mapping):
        yield from _differing_fields(path, ours, theirs)
    elif isinstance(ours, list):
        yield from _differing_items(path, ours, theirs)
    elif ours != theirs:
        yield path, ours, theirs


def _differing_fields(path: _Path, ours: Mapping[str, object], theirs: object) -> Iterator[_Leaf]:
    if not isinstance(theirs, Mapping):
        yield path, ours, theirs
        return
    if "value" in ours:
        if _differ(ours["value"], theirs.get("value")):
            yield path, ours, theirs
        return
    for key, value in ours.items():
        if key not in _OURS_ONLY | _COMPUTED:
            yield from _differing((*path, key), value, theirs.get(key))


def _differing_items(path: _Path, ours: list[object], theirs: object) -> Iterator[_Leaf]:
    items = [each for each in theirs if not _added(each)] if isinstance(theirs, list) else []
    mine = [each for each in ours if not _added(each)]
    if len(mine) != len(items):
        yield path, mine, items
        return
    for place, (left, right) in enumerate(zip(mine, items, strict=True)):
        yield from _differing((*path, place), left, right)


def _added(item: object) -> bool:
    return isinstance(item, Mapping) and item.get("DetailType") in _ADDED_LINES


def _at(whole: object, path: _Path) -> object:
    """Return what stands at a path, or nothing."""
    for step in path:
        if isinstance(step, int):
            listed = [each for each in whole if not _added(each)] if isinstance(whole, list) else []
            whole = listed[step] if step < len(listed) else None
        else:
            whole = whole.get(step) if isinstance(whole, Mapping) else None
    return whole


def _named(mine: object, *others: object) -> object:
    """Return the reference among the others that means the same as ours: QuickBooks adds its name."""
    if not isinstance(mine, Mapping) or "value" not in mine:
        return mine
    same = (each for each in others if isinstance(each, Mapping) and each.get("value") == mine["value"])
    return next(same, mine)


def _label(path: _Path) -> str:
    """Write a path as people read it: ``Line 2.ItemRef``, the part that all lines of a kind have left out."""
    text = ""
    for step in path:
        if isinstance(step, str) and step.endswith("LineDetail"):
            continue
        text += f" {step + 1}" if isinstance(step, int) else f"{'.' if text else ''}{step}"
    return text


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return f"{len(value)} line{'' if len(value) == 1 else 's'}"
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("value") or ", ".join(str(each) for each in value.values()))
    return str(value)
