"""A small world in memory: a View for tests, and short ways to write its records and objects."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from awra_tui.health.view import ParentState
from awra_tui.records.chosen import Chosen
from awra_tui.records.kinds import KINDS
from awra_tui.records.mapping import MAPPING_KINDS, Mapping
from awra_tui.records.qbo import Company, Link, QboObject
from awra_tui.records.record import Application, Line, SourceRecord, fingerprint
from awra_tui.records.rules import Rules
from awra_tui.records.status import MappingState, Status
from awra_tui.records.subject import MappingKey, RecordKey

NOV_3 = dt.date(2026, 11, 3)
NAIROBI = Company(
    realm="1",
    name="Savanna Traders Ltd",
    country="KE",
    home_currency="KES",
    multi_currency=True,
    closing_date=dt.date(2026, 10, 31),
    uses_classes=True,
    uses_locations=True,
)
US = Company(realm="2", name="Prairie Goods Inc", country="US", home_currency="USD", us_tax=True)


@dataclass
class World:
    """Everything that the judge may ask, in dictionaries."""

    company: Company = NAIROBI
    rules: Rules = field(default_factory=Rules)
    mappings: dict[MappingKey, Mapping] = field(default_factory=dict)
    objects: dict[tuple[str, str], QboObject] = field(default_factory=dict)
    records: dict[RecordKey, ParentState] = field(default_factory=dict)
    linked: dict[RecordKey, tuple[Link, ...]] = field(default_factory=dict)
    rates: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    allowed: set[RecordKey] = field(default_factory=set)
    choices: dict[RecordKey, Chosen] = field(default_factory=dict)
    given: dict[RecordKey, str] = field(default_factory=dict)
    parts: dict[RecordKey, str] = field(default_factory=dict)
    namesakes: set[tuple[str, str]] = field(default_factory=set)
    made: set[tuple[str, str, str]] = field(default_factory=set)

    def mapping(self, key: MappingKey) -> Mapping | None:
        return self.mappings.get(key)

    def mapping_object(self, mapping: Mapping) -> QboObject | None:
        return self.objects.get((MAPPING_KINDS[mapping.key.kind].entity, mapping.qbo_id))

    def account_object(self, mapping: Mapping) -> QboObject | None:
        return self.objects.get(("Account", mapping.account_id))

    def successor(self, obj: QboObject) -> QboObject | None:
        name = obj.name.removesuffix(" (deleted)")
        alike = (one for one in self.objects.values() if one.entity == obj.entity and one.name == name)
        return next((one for one in alike if one.active and not one.deleted and one.id != obj.id), None)

    def record(self, key: RecordKey) -> ParentState | None:
        return self.records.get(key)

    def object(self, entity: str, qbo_id: str) -> QboObject | None:
        return self.objects.get((entity, qbo_id))

    def links(self, key: RecordKey) -> tuple[Link, ...]:
        return self.linked.get(key, ())

    def look_alikes(self, record: SourceRecord) -> Sequence[QboObject]:
        taken = {(link.entity, link.qbo_id) for links in self.linked.values() for link in links}
        entity = KINDS[record.kind].entity
        return [obj for key, obj in self.objects.items() if obj.entity == entity and key not in taken]

    def marked_alike(self, record: SourceRecord, entity: str) -> Sequence[QboObject]:
        taken = {(link.entity, link.qbo_id) for links in self.linked.values() for link in links}
        alike = (obj for key, obj in self.objects.items() if key not in taken and obj.entity == entity)
        return [obj for obj in alike if obj.mark == record.mark and not obj.deleted]

    def number_held(self, record: SourceRecord) -> tuple[QboObject, RecordKey] | None:
        for key, links in self.linked.items():
            for link in links:
                obj = self.objects[link.entity, link.qbo_id]
                other = key != RecordKey(record.kind, record.source_id)
                if other and link.entity == KINDS[record.kind].entity and obj.number == record.number:
                    return obj, key
        return None

    def shares_mark(self, record: SourceRecord) -> bool:
        return (record.kind, record.mark) in self.namesakes

    def made_when_sent(self, record: SourceRecord, obj: QboObject) -> bool:
        return (record.kind, record.source_id, obj.id) in self.made

    def objects_named(self, kind: str, name: str) -> Sequence[QboObject]:
        people = ("Item",) if kind == "item" else ("Customer", "Vendor", "Employee")
        return [
            obj
            for obj in self.objects.values()
            if obj.entity in people and obj.name.casefold() == name.casefold()
        ]

    def default_account(self, account_type: str) -> QboObject | None:
        accounts = (obj for obj in self.objects.values() if obj.entity == "Account" and obj.active)
        return next((obj for obj in accounts if obj.type == account_type), None)

    def tax_rate_of(self, tax_code_id: str, side: str) -> Decimal | None:
        return self.rates.get((tax_code_id, side))

    def allowed_duplicate(self, key: RecordKey) -> bool:
        return key in self.allowed

    def allowed_beside(self, key: RecordKey, qbo_id: str) -> bool:
        return key in self.allowed

    def given_name(self, record: SourceRecord) -> str:
        return self.given.get(RecordKey(record.kind, record.source_id), "")

    def parted(self, key: RecordKey) -> str:
        return self.parts.get(key, "")

    def chosen(self, key: RecordKey, role: str = "main") -> Chosen | None:
        return self.choices.get(key) if role == "main" else None

    def add(self, *objects: QboObject) -> None:
        self.objects |= {(obj.entity, obj.id): obj for obj in objects}

    def change(self, entity: str, qbo_id: str, **changes: Any) -> None:
        self.objects[entity, qbo_id] = replace(self.objects[entity, qbo_id], **changes)

    def map(self, kind: str, value: str, qbo_id: str, scope: str = "", account_id: str = "") -> MappingKey:
        key = MappingKey(kind, value, scope)
        self.mappings[key] = Mapping(key, qbo_id, account_id, MappingState.READY)
        return key

    def has(self, record: SourceRecord, status: Status = Status.PENDING) -> RecordKey:
        key = RecordKey(record.kind, record.source_id)
        self.records[key] = ParentState(
            key=key,
            name=record.number,
            status=status,
            approved=record.approved,
            amount=record.amount,
            party_id=record.party_id,
        )
        return key

    def link(self, record: SourceRecord, qbo_id: str, role: str = "main", **fields: str) -> Link:
        key = self.has(record, Status.SUCCEEDED)
        entity = "Payment" if role == "application" else KINDS[record.kind].entity
        found = Link(
            kind=record.kind,
            source_id=record.source_id,
            role=role,
            entity=entity,
            qbo_id=qbo_id,
            fingerprint=fields.pop("fingerprint", fingerprint(record)),
            **fields,
        )
        self.linked[key] = (*self.linked.get(key, ()), found)
        if (entity, qbo_id) not in self.objects:
            self.add(QboObject(entity=entity, id=qbo_id, name=record.party_name, currency=record.currency))
        return found


def customer(source_id: str = "C-17", name: str = "Baobab Café", **fields: Any) -> SourceRecord:
    return SourceRecord(
        kind="customer",
        source_id=source_id,
        number=source_id,
        party_name=name,
        **fields,
    )


def line(amount: str, quantity: str = "", price: str = "", **fields: Any) -> Line:
    defaults: dict[str, Any] = {
        "item_id": "P-1",
        "tax_category": "Standard",
        "tax_rate": Decimal(16),
        "description": "Espresso beans 1 kg",
    }
    return Line(
        amount=Decimal(amount),
        quantity=Decimal(quantity) if quantity else None,
        unit_price=Decimal(price) if price else None,
        **(defaults | fields),
    )


def invoice(number: str = "INV-1042", **fields: Any) -> SourceRecord:
    defaults: dict[str, Any] = {
        "party_id": "C-17",
        "party_name": "Baobab Café",
        "date": NOV_3,
        "due_date": dt.date(2026, 12, 3),
        "amount": Decimal("11600.00"),
        "tax": Decimal("1600.00"),
        "currency": "KES",
        "state": "approved",
        "lines": (line("10000.00", "4", "2500.00"),),
    }
    return SourceRecord(kind="invoice", source_id=f"S-{number}", number=number, **(defaults | fields))


def payment(number: str = "PAY-1", **fields: Any) -> SourceRecord:
    defaults: dict[str, Any] = {
        "party_id": "C-17",
        "party_name": "Baobab Café",
        "date": NOV_3,
        "amount": Decimal("11600.00"),
        "currency": "KES",
        "method": "M-Pesa",
        "branch": "Mombasa",
        "reference": "SK31ABCDEF",
        "applications": (Application("invoice", "S-INV-1042", Decimal("11600.00")),),
    }
    return SourceRecord(kind="payment", source_id=f"S-{number}", number=number, **(defaults | fields))


def item(source_id: str = "P-1", name: str = "Espresso beans 1 kg", **fields: Any) -> SourceRecord:
    return SourceRecord(
        kind="item",
        source_id=source_id,
        number=source_id,
        party_name=name,
        **fields,
    )


def account(qbo_id: str, name: str, account_type: str, **fields: Any) -> QboObject:
    return QboObject(entity="Account", id=qbo_id, name=name, type=account_type, currency="KES", **fields)


def vendor(source_id: str = "V-3", name: str = "Highland Growers", **fields: Any) -> SourceRecord:
    return SourceRecord(kind="vendor", source_id=source_id, number=source_id, party_name=name, **fields)


def bill(number: str = "HG-88", **fields: Any) -> SourceRecord:
    defaults: dict[str, Any] = {
        "party_id": "V-3",
        "party_name": "Highland Growers",
        "date": NOV_3,
        "due_date": dt.date(2026, 12, 3),
        "amount": Decimal("5800.00"),
        "tax": Decimal("800.00"),
        "currency": "KES",
        "lines": (line("5000.00", "10", "500.00"),),
    }
    return SourceRecord(kind="bill", source_id=f"S-{number}", number=number, **(defaults | fields))


def journal(number: str = "JNL-1", **fields: Any) -> SourceRecord:
    lines = (
        Line(amount=Decimal("250.50"), account="Depreciation", side="debit", klass="Retail"),
        Line(amount=Decimal("250.50"), account="Vans", side="credit"),
    )
    defaults: dict[str, Any] = {"date": NOV_3, "currency": "KES", "branch": "Mombasa", "lines": lines}
    return SourceRecord(kind="journal", source_id=f"S-{number}", number=number, **(defaults | fields))


def nairobi() -> World:
    """Return a company in which a record of every kind can go: all connected, all mapped."""
    world = World()
    world.add(
        QboObject(entity="TaxCode", id="5", name="16% VAT"),
        QboObject(entity="TaxCode", id="6", name="Zero rated"),
        QboObject(entity="PaymentMethod", id="2", name="M-Pesa"),
        QboObject(entity="Term", id="3", name="Net 30"),
        QboObject(entity="Class", id="11", name="Retail"),
        QboObject(entity="Department", id="12", name="Mombasa"),
        QboObject(entity="Item", id="40", name="Espresso beans 1 kg", type="NonInventory"),
        QboObject(entity="Item", id="41", name="Coffee", type="Category"),
        QboObject(entity="Customer", id="70", name="Baobab Café", currency="KES"),
        QboObject(entity="Vendor", id="75", name="Highland Growers", currency="KES"),
        account("80", "M-Pesa Mombasa", "Bank"),
        account("81", "Sales of coffee", "Income"),
        account("82", "Cost of coffee", "Cost of Goods Sold"),
        account("83", "Company card", "Credit Card"),
        account("84", "Stock", "Other Current Asset"),
        account("85", "Depreciation", "Expense"),
        account("86", "Vans", "Fixed Asset"),
        account("33", "Accounts Payable", "Accounts Payable"),
        account("34", "Accounts Receivable", "Accounts Receivable"),
    )
    world.rates = {
        ("5", "sale"): Decimal(16),
        ("5", "purchase"): Decimal(16),
        ("6", "sale"): Decimal(0),
    }
    world.map("tax_code", "Standard", "5")
    world.map("payment_method", "M-Pesa", "2", account_id="80")
    world.map("payment_method", "Card", "", account_id="83")
    world.map("term", "30 days", "3")
    world.map("class", "Retail", "11")
    world.map("department", "Mombasa", "12")
    world.map("account", "*", "81", "side=sale")
    world.map("account", "*", "82", "side=purchase")
    world.map("account", "*", "84", "side=asset")
    world.map("account", "Depreciation", "85")
    world.map("account", "Vans", "86")
    world.map("category", "Coffee", "41")
    world.link(customer(currency="KES"), "70")
    world.link(vendor(currency="KES"), "75")
    world.link(item(), "40")
    return world
