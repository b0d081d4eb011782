"""How records, mappings and objects of QuickBooks are called in sentences, in QuickBooks' words."""

import datetime as dt
from decimal import Decimal

from awra_tui.records.kinds import KINDS
from awra_tui.records.mapping import DEFAULT, MAPPING_KINDS
from awra_tui.records.money import shown
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.subject import MappingKey, RecordKey, scope_parts

_ENTITY_LABELS = {
    "Account": "account",
    "TaxCode": "tax code",
    "PaymentMethod": "payment method",
    "Class": "class",
    "Department": "location",
    "Term": "terms",
    "Item": "item",
    "Customer": "customer",
    "Vendor": "vendor",
    "Employee": "employee",
    "CreditMemo": "credit note",
    "BillPayment": "bill payment",
    "PurchaseOrder": "purchase order",
    "RefundReceipt": "refund receipt",
    "JournalEntry": "journal entry",
    "SalesReceipt": "sales receipt",
    "VendorCredit": "vendor credit",
    "Purchase": "expense",
}
_VALUE_LABELS = {
    "account": "The account",
    "tax_code": "The tax category",
    "payment_method": "The payment method",
    "class": "The class",
    "department": "The branch",
    "term": "The terms",
    "category": "The product category",
    "item": "The product/service",
    "receivable": "The receivable account",
    "payable": "The payable account",
}
_DEFAULT_LABELS = {
    "item": "A line without a product/service of its own",
    "tax_code": "A line without a tax category",
    "payment_method": "A payment without a method",
    "account": "An item without a category of its own",
    "receivable": "The account on which customers owe",
    "payable": "The account on which vendors are owed",
}
_LABELS = tuple(kind.label for kind in KINDS.values())
_SIDES = {"sale": "for sales", "purchase": "for purchases", "asset": "for stock"}


def name_of(record: SourceRecord) -> str:
    """Return the name of a customer, vendor or item: its own if it has one, else its number."""
    return (record.party_name or record.number).strip()


def title_of(record: SourceRecord) -> str:
    """Return what a sentence calls a record: ``Invoice INV-1042``, ``Customer Baobab Café``."""
    return title(record.kind, record.source_id, record.number, record.party_name.strip())


def title(kind: str, source_id: str, number: str, party: str) -> str:
    """Return what a sentence calls the record of which this is known; of no kind of records its id."""
    if kind not in KINDS:
        return source_id
    own = party if KINDS[kind].is_name else ""
    return f"{KINDS[kind].label} {own or number or source_id}"


def inside(title: str) -> str:
    """Write a record's title for the middle of a sentence: ``invoice INV-1042``; names stay as they are."""
    label = next((each for each in _LABELS if title.startswith(each + " ")), "")
    return label.lower() + title.removeprefix(label)


def key_title(key: RecordKey, name: str = "") -> str:
    """Return what a sentence calls another record: ``invoice INV-1042``."""
    return f"{KINDS[key.kind].label.lower()} {name or key.source_id}"


def name_title(name: str) -> str:
    """Return what a sentence calls a record that the command line calls ``invoice/INV-1042``."""
    kind, _, number = name.partition("/")
    return f"{KINDS[kind].label} {number}"


def value_title(key: MappingKey) -> str:
    """Return what a sentence calls a source value: ``The tax category "Zero-rated" of branch Mombasa``."""
    parts = scope_parts(key.scope)
    side = _SIDES.get(parts.pop("side", ""), "")
    words = [_value(key), *(f"of {name} {value}" for name, value in parts.items()), side]
    return " ".join(word for word in words if word)


def own_name(obj: QboObject) -> str:
    """Return an object's own name: an item's without the categories that it stands in.

    QuickBooks renames what is made inactive to ``X (deleted)``.
    """
    name = obj.name.rpartition(":")[2] if obj.entity == "Item" else obj.name
    return name if obj.active else name.removesuffix(" (deleted)")


def former_name(obj: QboObject) -> str:
    """Return an object's full name as it was while it was in use."""
    return obj.name.removesuffix(" (deleted)")


def object_title(obj: QboObject) -> str:
    """Return what a sentence calls an object of QuickBooks: ``Invoice 1042``, ``Item Espresso beans``."""
    called = obj.number or own_name(obj) or f"with id {obj.id}"
    return f"{entity_label(obj.entity)} {called}"


def capital(text: str) -> str:
    """Write a text with a capital first letter; the rest stays as it is, names above all."""
    return text[:1].upper() + text[1:]


def words_of(reason: str) -> str:
    """Return the key of a reason as short words."""
    return reason.replace("_", " ").replace("quickbooks", "QuickBooks")


def entity_label(entity: str) -> str:
    """Return the word of screens for an entity of QuickBooks, in lower case."""
    return _ENTITY_LABELS.get(entity, entity.lower())


def kind_entity_label(key: MappingKey) -> str:
    """Return the word for what a mapping of this kind points to."""
    return entity_label(MAPPING_KINDS[key.kind].entity)


def day(date: dt.date) -> str:
    """Write a date as sentences do: ``31 Oct 2026``."""
    return f"{date.day:02} {date:%b %Y}"


def money(amount: Decimal, currency: str) -> str:
    """Write an amount with its currency for a sentence."""
    return f"{currency} {shown(amount, currency)}".strip()


def number(value: Decimal) -> str:
    """Write a rate or quantity without needless zeros."""
    return f"{value.normalize():f}"


def counted(count: int, one: str, many: str = "") -> str:
    """Write a count with its word: ``1 line``, ``3 lines``."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def with_article(word: str) -> str:
    """Write a noun with its indefinite article: ``an invoice``."""
    return f"{'an' if word[:1] in 'aeiou' else 'a'} {word}"


def _value(key: MappingKey) -> str:
    if key.value == DEFAULT:
        return _DEFAULT_LABELS.get(key.kind, f"Every other {key.kind.replace('_', ' ')}")
    return f'{_VALUE_LABELS[key.kind]} "{key.value}"'
