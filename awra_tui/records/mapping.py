"""Mappings: from a value of the source to an object of QuickBooks."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey, scope_of, scope_parts

SideRate = tuple[str, Decimal]
"""A percentage of tax on a side, ``sale`` or ``purchase``: a tax code may have another on each."""
DEFAULT = "*"
"""The source value of a mapping that stands for all values without one of their own."""


@dataclass(frozen=True, slots=True)
class MappingKind:
    """One kind of mapping: which QuickBooks entity it points to, and what screens call it.

    Without an ``optional`` one QuickBooks takes an object of its own, so that nothing waits for it.
    """

    name: str
    label: str
    plural: str
    entity: str
    account_entity: str = ""
    account_label: str = ""
    optional: bool = False


_ALL = (
    MappingKind("account", "Account", "Accounts", "Account"),
    MappingKind("tax_code", "Tax code", "Tax codes", "TaxCode"),
    MappingKind(
        "payment_method",
        "Payment method",
        "Payment methods",
        "PaymentMethod",
        "Account",
        "Deposit to",
    ),
    MappingKind("class", "Class", "Classes", "Class"),
    MappingKind("department", "Location", "Locations", "Department"),
    MappingKind("term", "Terms", "Terms", "Term"),
    MappingKind("category", "Product category", "Product categories", "Item"),
    MappingKind("item", "Product/service", "Products/services", "Item"),
    MappingKind("receivable", "Receivable account", "Receivable accounts", "Account", optional=True),
    MappingKind("payable", "Payable account", "Payable accounts", "Account", optional=True),
)

MAPPING_KINDS: dict[str, MappingKind] = {kind.name: kind for kind in _ALL}
"""Every kind of mapping by its name."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping as the cache holds it.

    ``qbo_id`` names the object of the kind's entity, ``account_id`` the deposit account of a payment
    method; either may be empty while the mapping is not ready. ``sentence`` says why it is not.
    ``object_name`` and ``account_name`` are what they were called when they were chosen. With
    ``valid_from`` it holds for records dated from that day on, and ``earlier`` for those before.
    ``reviewed`` has the doubts, one a line, of which a person said that it is meant so.
    """

    key: MappingKey
    qbo_id: str = ""
    account_id: str = ""
    state: MappingState = MappingState.BLOCKED
    sentence: str = ""
    valid_from: dt.date | None = None
    object_name: str = ""
    account_name: str = ""
    earlier: "Mapping | None" = None
    reviewed: str = ""

    @property
    def target(self) -> tuple[str, str, dt.date | None]:
        """What it points to, and from which day on."""
        return self.qbo_id, self.account_id, self.valid_from

    @property
    def is_chosen(self) -> bool:
        """Whether it points to something."""
        return bool(self.qbo_id or self.account_id)

    @property
    def spans(self) -> Iterator["Mapping"]:
        """Yield this mapping and those that held before it, the newest first."""
        span: Mapping | None = self
        while span is not None:
            yield span
            span = span.earlier

    @property
    def is_ever_chosen(self) -> bool:
        """Whether it points to something for records of some date."""
        return any(span.is_chosen for span in self.spans)

    @property
    def is_always_chosen(self) -> bool:
        """Whether it points to something for records of every date."""
        spans = list(self.spans)
        return spans[-1].valid_from is None and all(span.is_chosen for span in spans)

    @property
    def since(self) -> dt.date | None:
        """The day from which on it first points to something, or None where no date is too early for it."""
        return next((span.valid_from for span in reversed(list(self.spans)) if span.is_chosen), None)

    def chosen_after(self, date: dt.date) -> dt.date | None:
        """Return the first day after a date from which on it points to something, or None."""
        days = (span.valid_from for span in self.spans if span.is_chosen)
        return min((day for day in days if day and day > date), default=None)

    @property
    def kept_from(self) -> dt.date | None:
        """The day from which a change holds that names none, so that what held before it is not lost."""
        return self.valid_from if self.earlier else None

    def on(self, date: dt.date) -> "Mapping | None":
        """Return what holds for records of a date, or None where nothing held yet."""
        return next((each for each in self.spans if not each.valid_from or each.valid_from <= date), None)


@dataclass(frozen=True, slots=True)
class StatedRates:
    """The percentages that records of the source state with a tax category, and of those those that wait."""

    every: frozenset[SideRate] = frozenset()
    waiting: frozenset[SideRate] = frozenset()

    @property
    def percents(self) -> frozenset[Decimal]:
        """Return what records state that wait, else what any has stated, whatever its side."""
        return frozenset(percent for _, percent in self.waiting or self.every)

    def __or__(self, other: "StatedRates") -> "StatedRates":
        """Return what both state."""
        return StatedRates(self.every | other.every, self.waiting | other.waiting)


@dataclass(frozen=True, slots=True)
class MappingChange:
    """What a person wants a mapping to be: ids of QuickBooks, both empty to take the mapping away.

    With ``valid_from`` it holds for records dated from that day on; earlier ones keep what held before.
    ``meant`` says that somebody looked at what is doubtful about it.
    """

    key: MappingKey
    qbo_id: str
    account_id: str = ""
    valid_from: dt.date | None = None
    meant: bool = False


def changed(known: Mapping | None, change: MappingChange) -> Mapping:
    """Return what a mapping becomes by a change; what holds before its day is kept.

    What was said to be meant so stays so only while it points to the same.
    """
    since = change.valid_from
    earlier = since and next((each for each in (known.spans if known else ()) if _begins(each, since)), None)
    kept = earlier if earlier and earlier.is_ever_chosen else None
    found = Mapping(change.key, change.qbo_id, change.account_id, valid_from=since, earlier=kept)
    return replace(found, reviewed=known.reviewed) if known and known.target == found.target else found


def confirmed(mapping: Mapping) -> MappingChange:
    """Return the change by which a mapping stays as it is: somebody looked at it, and it is meant so."""
    return MappingChange(mapping.key, mapping.qbo_id, mapping.account_id, mapping.valid_from, meant=True)


def chained(spans: Iterable[Mapping]) -> Mapping | None:
    """Return the newest of the spans of one mapping with the earlier ones behind it."""
    last: Mapping | None = None
    for span in sorted(spans, key=lambda each: each.valid_from or dt.date.min):
        last = replace(span, earlier=last if last and last.is_ever_chosen else None)
    return last


def _begins(span: Mapping, before: dt.date) -> bool:
    return span.valid_from is None or span.valid_from < before


def lookup_order(key: MappingKey) -> Iterator[MappingKey]:
    """Yield the keys to look a mapping up by: exact, with fewer scope parts, then the default value.

    The side is the last part to be left out: income and expense are never each other's stand-in sooner.
    """
    parts = sorted(scope_parts(key.scope).items(), key=lambda part: part[0] != "side")
    for value in dict.fromkeys((key.value, DEFAULT)):
        for size in range(len(parts), -1, -1):
            for kept in combinations(parts, size):
                yield MappingKey(key.kind, value, scope_of(**dict(kept)))
