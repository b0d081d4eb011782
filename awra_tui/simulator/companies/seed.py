"""What a company is when it is new: its settings and the objects already in its books."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class SeedCompany:
    """A company to be built.

    `objects` are create bodies in order, each with its entity; an "Id" in a body is kept, and a
    reference may be `{"name": ...}` alone, resolved when it is loaded. `info` and `preferences`
    are the CompanyInfo and Preferences bodies; dates on or before the closing date are allowed
    while loading. `rates` are home currency units per unit of a foreign currency.
    """

    realm_id: str
    info: dict[str, Any]
    preferences: dict[str, Any]
    objects: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    rates: dict[str, Decimal] = field(default_factory=dict)
    client_id: str = "simulator-client"
    client_secret: str = "simulator-secret"
