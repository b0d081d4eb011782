"""What a start date brings in of a customer or vendor, and what has to be known beforehand."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from awra_tui.cache.pages import parties
from awra_tui.cache.store import links, records, references
from awra_tui.cache.stored import RecordHead
from awra_tui.records.kinds import kind_of
from awra_tui.records.money import shown
from awra_tui.records.qbo import Link, QboObject
from awra_tui.records.subject import RecordKey
from awra_tui.sync.waiting import counted_by_kind, money_of, sums

NAMED = 5
"""So many of a group are named; the rest is counted."""
_INVOICES = {"customer": "invoice", "vendor": "bill"}
_PAYING = ("payment", "bill_payment", "credit_note")


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePayment:
    """A payment that comes in, of records that stay out because they are dated earlier."""

    payment: RecordHead
    earlier: tuple[RecordHead, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What is sent of a party from a date on (of all dates without one), and what is not.

    ``late`` are later payments of earlier records, ``by_hand`` invoices (or bills) that somebody made in
    QuickBooks for the same party since.
    """

    kind: str
    start: dt.date | None
    brought: tuple[RecordHead, ...] = ()
    left_out: tuple[RecordHead, ...] = ()
    late: tuple[LatePayment, ...] = ()
    by_hand: tuple[QboObject, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say all of it: what comes in, what stays out, and both groups with their first names."""
        told = (self._brought(), self._left_out(), self._late(), self._by_hand())
        return tuple(sentence for sentence in told if sentence)

    def _brought(self) -> str:
        since = f"dated {self.start} or later" if self.start else "of all dates"
        if not self.brought:
            return f"Nothing {since} comes in." if self.left_out else ""
        return f"Brings in {_by_kind(self.brought)}, {since}; not tried until the next sync."

    def _left_out(self) -> str:
        if not self.left_out:
            return ""
        stay = "stays" if len(self.left_out) == 1 else "stay"
        return f"{_by_kind(self.left_out)} dated before {self.start} {stay} out."

    def _late(self) -> str:
        if not self.late:
            return ""
        payments = [one.payment for one in self.late]
        named = "; ".join(f"{_name(one.payment)} of {_listed(one.earlier)}" for one in self.late[:NAMED])
        invoices = kind_of(_INVOICES[self.kind]).plural.lower()
        what = "1 later payment" if len(payments) == 1 else f"{len(payments):,} later payments"
        return (
            f"{what} of earlier {invoices}{sums(money_of(payments))}: {named}{_more(len(payments))}. "
            "Held until those have an opening balance in QuickBooks."
        )

    def _by_hand(self) -> str:
        if not self.by_hand:
            return ""
        kind, count = kind_of(_INVOICES[self.kind]), len(self.by_hand)
        what = (kind.label if count == 1 else kind.plural).lower()
        since = f"since {self.start}" if self.start else "for it"
        named = "; ".join(_there(one) for one in self.by_hand[:NAMED])
        return (
            f"{count:,} {what} made by hand in QuickBooks {since}: {named}{_more(count)}. "
            "Whatever of ours looks like one of them is held as a possible duplicate."
        )


def of_party(key: RecordKey, link: Link | None, start: dt.date | None) -> Beginning:
    """Return what a customer or vendor brings from a date on, connected by a link that is to be.

    A job of the cache.
    """
    if key.kind not in _INVOICES:
        return Beginning(kind=key.kind, start=start)
    waiting = _not_there(key)
    since = start.isoformat() if start else ""
    brought = tuple(one for one in waiting if one.date >= since)
    left_out = tuple(one for one in waiting if one.date < since)
    entity = kind_of(_INVOICES[key.kind]).entity
    return Beginning(
        kind=key.kind,
        start=start,
        brought=brought,
        left_out=left_out,
        late=tuple(_late_payments(brought, left_out)),
        by_hand=tuple(parties.by_hand(entity, link.qbo_id, since)) if link else (),
    )


def _not_there(key: RecordKey) -> list[RecordHead]:
    """Return the approved transactions with a party that are not connected to anything yet, by date."""
    children = [child for child in references.children_of(key) if kind_of(child.kind).party == key.kind]
    connected = links.of_many(children)
    heads = records.heads([child for child in children if child not in connected]).values()
    return sorted((one for one in heads if one.approved and one.date), key=lambda one: one.date)


def _late_payments(brought: Sequence[RecordHead], left_out: Sequence[RecordHead]) -> list[LatePayment]:
    early = {one.key: one for one in left_out}
    paying = [one for one in brought if one.key.kind in _PAYING] if early else []
    stored = records.many([one.key for one in paying])
    found = []
    for head in paying:
        applied = (RecordKey(one.kind, one.source_id) for one in stored[head.key].record.applications)
        earlier = tuple(early[key] for key in applied if key in early)
        if earlier:
            found.append(LatePayment(payment=head, earlier=earlier))
    return found


def _by_kind(found: Sequence[RecordHead]) -> str:
    """Return number and sum of each kind: ``2 invoices, KES 1,200.00, and 1 payment, KES 500.00``."""
    kinds = sorted({one.key.kind for one in found}, key=lambda kind: kind_of(kind).level)
    groups = [[one for one in found if one.key.kind == kind] for kind in kinds]
    parts = [f"{counted_by_kind(group)}{sums(money_of(group))}" for group in groups]
    return ", and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _name(head: RecordHead) -> str:
    return head.number or head.key.source_id


def _listed(heads: Sequence[RecordHead]) -> str:
    return ", ".join(_name(one) for one in heads[:NAMED]) + _more(len(heads))


def _more(count: int) -> str:
    return f" and {count - NAMED:,} more" if count > NAMED else ""


def _there(thing: QboObject) -> str:
    amount = f"{thing.currency} {shown(thing.amount, thing.currency)}".strip()
    return f"{thing.number or f'id {thing.id}'} of {thing.date}, {amount}"
