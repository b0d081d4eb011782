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
    while loading. `rates` are home currency units per unit of a foreign currency. A refresh token
    is replaced when it is used at the age of `refresh_hours` or more; by default at every use, so
    that a client which does not keep the new one is found out.
    """

    realm_id: str
    info: dict[str, Any]
    preferences: dict[str, Any]
    objects: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    rates: dict[str, Decimal] = field(default_factory=dict)
    refresh_hours: int = 0
    client_id: str = "simulator-client"
    client_secret: str = "simulator-secret"


def plan(edition: str = "QuickBooks Online Plus", subscription: str = "SUBSCRIBED") -> list[dict[str, str]]:
    """Return what CompanyInfo tells of edition and subscription (Intuit: Subscription states)."""
    told = {"SubscriptionStatus": subscription, "OfferingSku": edition}
    return [{"Name": name, "Value": value} for name, value in told.items()]
