"""What bodies refer to: ids of QuickBooks found through links and mappings."""

import datetime as dt
from decimal import Decimal

from awra_tui.health.ledgers import FIELDS, settled_on
from awra_tui.health.mappings import ledger, resolve
from awra_tui.health.needs import LEDGERS, item_key, mapping_key
from awra_tui.health.view import View
from awra_tui.records.kinds import KINDS
from awra_tui.records.mapping import Mapping
from awra_tui.records.money import rounded
from awra_tui.records.qbo import Json, mark_of
from awra_tui.records.record import Line, SourceRecord
from awra_tui.records.subject import MappingKey, RecordKey

NOTE_LIMIT = 4000
REFERENCE_LIMIT = 21


class MissingRefError(LookupError):
    """A body was asked for before what it refers to is in QuickBooks; the judge never does."""


class Refs:
    """Finds, for one record, the QuickBooks ids that its body names."""

    def __init__(self, record: SourceRecord, view: View) -> None:
        self.record = record
        self.view = view

    def party(self) -> Json:
        """Return the reference to the record's customer or vendor."""
        return ref(self.link(RecordKey(KINDS[self.record.kind].party, self.record.party_id)))

    def link(self, key: RecordKey, role: str = "main") -> str:
        """Return the id that a record is linked to; raise MissingRefError where it is not."""
        found = self.link_or_none(key, role)
        if not found:
            raise MissingRefError(key.text)
        return found

    def link_or_none(self, key: RecordKey, role: str = "main") -> str:
        """Return the id that a record is linked to in a role, or nothing."""
        return next((link.qbo_id for link in self.view.links(key) if link.role == role), "")

    def mapping(self, kind: str, value: str, **scope: str) -> Mapping | None:
        """Return the mapping that applies to a value of this record."""
        key = mapping_key(kind, value, self.record, self.view.rules, **scope)
        return resolve(key, self.view, self.record.date)

    def mapped(self, key: MappingKey) -> Json:
        """Return the reference that a mapping gives; raise MissingRefError where there is none."""
        mapping = resolve(key, self.view, self.record.date)
        if mapping is None or not mapping.qbo_id:
            raise MissingRefError(key.text)
        return ref(mapping.qbo_id)

    def optional(self, field: str, kind: str, value: str, **scope: str) -> Json:
        """Return ``{field: reference}`` where a value is given and mapped, else nothing."""
        mapping = self.mapping(kind, value, **scope) if value else None
        return {field: ref(mapping.qbo_id)} if mapping and mapping.qbo_id else {}

    def item(self, line: Line) -> Json:
        """Return the reference to the product/service of a line."""
        if line.item_id:
            return ref(self.link(RecordKey("item", line.item_id)))
        return self.mapped(item_key(line, self.record, self.view.rules))

    def account(self, line: Line) -> Json:
        """Return the reference to the account of a line."""
        return self.mapped(mapping_key("account", line.account, self.record, self.view.rules))

    def amount(self, value: Decimal) -> Decimal:
        """Return an amount rounded as QuickBooks rounds it."""
        return rounded(value, self.record.currency)


def ledger_ref(refs: Refs) -> Json:
    """Return the account on which the customer or vendor stands, where one is mapped.

    Left out, QuickBooks takes its own for the currency. What is set against others stands where the first
    of them stands in QuickBooks, though another account may be mapped since: one cannot pay the other.
    """
    field = FIELDS.get(LEDGERS.get(refs.record.kind, ""), "")
    against = next(settled_on(refs.record, refs.view), None)
    mapping = ledger(refs.record, refs.view) if against is None else None
    account = against.account if against else mapping.qbo_id if mapping else ""
    return {field: ref(account)} if account else {}


def ref(qbo_id: str) -> Json:
    """Return a reference as QuickBooks writes it."""
    return {"value": qbo_id}


def iso(date: dt.date | None) -> str:
    """Return a date as QuickBooks writes it."""
    return date.isoformat() if date else ""


def filled(**fields: object) -> Json:
    """Return the fields that have a value: an empty one would clear what QuickBooks has."""
    return {name: value for name, value in fields.items() if value not in (None, "", {}, [])}


def mark(record: SourceRecord) -> str:
    """Return our mark of a record: its number, or its source id where it has none."""
    return mark_of(record.mark)


def note(record: SourceRecord, *more: str) -> str:
    """Return the PrivateNote: our mark, then the memo, cut to what QuickBooks takes."""
    lines = [mark(record), *more, record.memo]
    return "\n".join(line for line in lines if line)[:NOTE_LIMIT]


def header(refs: Refs, *note_lines: str) -> Json:
    """Return what all transactions have: date, note, currency, location, and number where there is one."""
    record = refs.record
    return filled(TxnDate=iso(record.date), PrivateNote=note(record, *note_lines)) | money(refs)


def money(refs: Refs) -> Json:
    """Return currency and exchange rate, where the company keeps more than one currency.

    The rate is home currency for one unit of the foreign one; left out, QuickBooks takes its own.
    """
    company, record = refs.view.company, refs.record
    if not company.multi_currency or not record.currency:
        return {}
    foreign = record.currency != company.home_currency
    rate = record.exchange_rate if foreign else None
    return filled(CurrencyRef=ref(record.currency), ExchangeRate=rate)


def branch(refs: Refs) -> Json:
    """Return the location of a transaction, where branches are locations."""
    if refs.view.rules.branch_as != "department":
        return {}
    return refs.optional("DepartmentRef", "department", refs.record.branch)


def klass(refs: Refs, line: Line) -> Json:
    """Return the class of a line: its own, or its branch's where branches are classes."""
    if line.klass:
        return refs.optional("ClassRef", "class", line.klass)
    if refs.view.rules.branch_as == "class":
        return refs.optional("ClassRef", "class", refs.record.branch)
    return {}


def reference(record: SourceRecord) -> str:
    """Return the payment reference where QuickBooks has room for it, else nothing."""
    return record.reference if len(record.reference) <= REFERENCE_LIMIT else ""


def reference_note(record: SourceRecord) -> str:
    """Return the line of the note that keeps a payment reference too long for its field."""
    return "" if reference(record) == record.reference else f"Reference {record.reference}"
