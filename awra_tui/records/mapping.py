"""Mappings: from a value of the source to an object of QuickBooks."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey, scope_of, scope_parts

DEFAULT = "*"
"""The source value of a mapping that stands for all values without one of their own."""


@dataclass(frozen=True, slots=True)
class MappingKind:
    """One kind of mapping: which QuickBooks entity it points to, and what screens call it."""

    name: str
    label: str
    plural: str
    entity: str
    account_entity: str = ""
    account_label: str = ""


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
)

MAPPING_KINDS: dict[str, MappingKind] = {kind.name: kind for kind in _ALL}
"""Every kind of mapping by its name."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping as the cache holds it.

    ``qbo_id`` names the object of the kind's entity, ``account_id`` the deposit account of a payment
    method; either may be empty while the mapping is not ready. ``sentence`` says why it is not.
    """

    key: MappingKey
    qbo_id: str = ""
    account_id: str = ""
    state: MappingState = MappingState.BLOCKED
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class MappingChange:
    """What a person wants a mapping to be: ids of QuickBooks, both empty to take the mapping away.

    With ``valid_from`` it holds for records dated from that day on; earlier ones keep what held before.
    """

    key: MappingKey
    qbo_id: str
    account_id: str = ""
    valid_from: dt.date | None = None


def lookup_order(key: MappingKey) -> Iterator[MappingKey]:
    """Yield the keys to look a mapping up by: exact, with fewer scope parts, then the default value.

    The side is the last part to be left out: income and expense are never each other's stand-in sooner.
    """
    parts = sorted(scope_parts(key.scope).items(), key=lambda part: part[0] != "side")
    for value in dict.fromkeys((key.value, DEFAULT)):
        for size in range(len(parts), -1, -1):
            for kept in combinations(parts, size):
                yield MappingKey(key.kind, value, scope_of(**dict(kept)))
