"""A source record: what the source says, in one shape for all kinds."""

import datetime as dt
import hashlib
from decimal import Decimal

import msgspec


class Contact(msgspec.Struct, frozen=True, omit_defaults=True):
    """How to reach a customer or vendor, and who it is to the tax office."""

    email: str = ""
    phone: str = ""
    tax_number: str = ""
    company: str = ""
    address: tuple[str, ...] = ()
    city: str = ""
    country: str = ""


class Line(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One line of a transaction.

    ``amount`` is in the record's currency, before tax when the record's ``tax_mode`` is
    ``exclusive``, with tax when ``inclusive``. A line without ``quantity`` is an amount alone.
    ``side`` is ``debit`` or ``credit`` on journals; a negative discount line has ``discount`` true.
    """

    amount: Decimal
    description: str = ""
    item_id: str = ""
    item_name: str = ""
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    tax_category: str = ""
    tax_rate: Decimal | None = None
    category: str = ""
    account: str = ""
    klass: str = ""
    side: str = ""
    discount: bool = False
    party_kind: str = ""
    party_id: str = ""


class Application(msgspec.Struct, frozen=True, omit_defaults=True):
    """An amount of a payment or credit note set against one record, named by kind and source id."""

    kind: str
    source_id: str
    amount: Decimal


class SourceRecord(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One record as its source has it.

    ``amount`` is the total with tax, in ``currency``. ``state`` is the source's own word for the
    status, ``approved`` whether that word counts as ready to send. ``qbo_id`` is the id of the
    QuickBooks object where the source itself already knows it. ``extra`` holds further fields for
    people to read; they are never sent.
    """

    kind: str
    source_id: str
    number: str
    party_id: str = ""
    party_name: str = ""
    date: dt.date | None = None
    due_date: dt.date | None = None
    amount: Decimal = Decimal(0)
    tax: Decimal | None = None
    currency: str = ""
    exchange_rate: Decimal | None = None
    state: str = ""
    approved: bool = True
    branch: str = ""
    category: str = ""
    reference: str = ""
    method: str = ""
    terms: str = ""
    memo: str = ""
    tax_mode: str = "exclusive"
    contact: Contact = Contact()
    parent_id: str = ""
    qbo_id: str = ""
    item_type: str = ""
    unit_price: Decimal | None = None
    unit_cost: Decimal | None = None
    lines: tuple[Line, ...] = ()
    applications: tuple[Application, ...] = ()
    extra: dict[str, str] = {}

    @property
    def mark(self) -> str:
        """Return what our mark in QuickBooks names: the number, or the source's id where there is none."""
        return self.number or self.source_id

    @property
    def name(self) -> str:
        """Return ``kind/number``, as the command line names a record."""
        return f"{self.kind}/{self.mark}"


class BadRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row or field of input that could not be read: where it stands and what was expected.

    ``line`` counts from 1 as an editor shows it; for JSON it is the index of the record from 0.
    """

    file: str
    line: int
    column: str
    value: str
    expected: str


def to_json(record: SourceRecord) -> bytes:
    """Write a record as the cache keeps it; decimals are strings, without binary dirt."""
    return msgspec.json.encode(record, order="deterministic")


def from_json(content: bytes | str) -> SourceRecord:
    """Read a record that ``to_json`` wrote."""
    return _DECODER.decode(content)


def fingerprint(record: SourceRecord) -> str:
    """Return the fingerprint of a record's content: the same content, the same 32 hex digits."""
    return hashlib.sha256(to_json(record)).hexdigest()[:32]


_DECODER = msgspec.json.Decoder(SourceRecord)
