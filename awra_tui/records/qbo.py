"""What we know of QuickBooks: copies of its objects, the company's settings, our links to it."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Json = dict[str, Any]
"""A JSON object; its numbers are Decimal or int, never float."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QboObject:
    """Our copy of one object of QuickBooks.

    ``name`` is its DisplayName, FullyQualifiedName or Name; ``number`` its DocNumber; ``reference``
    a payment's PaymentRefNum; ``mark`` what our mark in PrivateNote names, if it carries one.
    Amounts are in ``currency``. ``deleted`` objects are kept: people ask where they went.
    """

    entity: str
    id: str
    sync_token: str = "0"
    name: str = ""
    number: str = ""
    date: dt.date | None = None
    party_id: str = ""
    amount: Decimal = Decimal(0)
    balance: Decimal = Decimal(0)
    currency: str = ""
    reference: str = ""
    mark: str = ""
    type: str = ""
    active: bool = True
    deleted: bool = False
    content: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The company as it is now, from CompanyInfo and Preferences.

    ``us_tax`` is true where lines carry TAX or NON and QuickBooks works out the tax itself
    (``TaxPrefs.PartnerTaxEnabled`` or country US). ``edition`` and ``subscription`` are Intuit's own
    words, empty where CompanyInfo does not tell them.
    """

    realm: str
    name: str = ""
    country: str = ""
    home_currency: str = ""
    multi_currency: bool = False
    closing_date: dt.date | None = None
    custom_numbers: bool = True
    us_tax: bool = False
    auto_apply_credit: bool = False
    uses_classes: bool = False
    uses_locations: bool = False
    allows_discount: bool = True
    charges_tax: bool = True
    automated_tax: bool = False
    takes_bills: bool = True
    edition: str = ""
    subscription: str = ""
    preferences: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A source record connected to one object of one realm, in a role.

    ``fingerprint`` is the source's when it was sent; ``sent`` the body we sent, ``answer`` what
    QuickBooks last answered us, both JSON text (empty for an object that a person connected).
    """

    kind: str
    source_id: str
    role: str = "main"
    entity: str
    qbo_id: str
    fingerprint: str = ""
    sent: str = ""
    answer: str = ""
    how: str = "sent"


MARK_PREFIX = "AWRA "
"""Our mark begins with this; it prints on statements as memo, so it is presentable."""


def mark_of(number: str) -> str:
    """Return our mark for PrivateNote: ``AWRA INV-1042``."""
    return MARK_PREFIX + number


def mark_in(private_note: str) -> str:
    """Return what our mark in a PrivateNote names, or nothing; the mark is its first line.

    QuickBooks writes "Voided - " before the note of what is voided.
    """
    note = private_note.removeprefix(f"{_VOIDED} - ")
    first = note.splitlines()[0].strip() if note.strip() else ""
    return first.removeprefix(MARK_PREFIX).strip() if first.startswith(MARK_PREFIX) else ""


def created_at(content: Json) -> dt.datetime:
    """Return when QuickBooks made an object, in UTC; of one that does not say it, long ago."""
    told = str((content.get("MetaData") or {}).get("CreateTime", ""))
    try:
        moment = dt.datetime.fromisoformat(told)
    except ValueError:
        return _LONG_AGO
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)
_VOIDED = "Voided"


def is_void(content: Json) -> bool:
    """Return whether a transaction is void: nothing is left of its amount, and its note says so."""
    return str(content.get("PrivateNote", "")).startswith(_VOIDED) and not content.get("TotalAmt")
