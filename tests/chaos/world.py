"""An invented company of any size as files of a source: most of it can be sent, some of it cannot."""

import datetime as dt
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

Row = dict[str, Any]

_DAY = dt.date(2026, 3, 2)
_EARLY = dt.date(2025, 12, 30)
_SHARES = {
    "customers": 6, "vendors": 2, "items": 2, "purchase_orders": 1, "invoices": 38, "bills": 12,
    "credit_notes": 6, "payments": 26, "bill_payments": 4, "refunds": 2, "journals": 1,
}  # fmt: skip
"""Percent of all records, by the name of the file; in order of work."""
_FIRST = ("Baobab", "Acacia", "Jacaranda", "Marula", "Tamarind", "Moringa", "Sisal", "Mvule")
_SECOND = ("Café", "Hardware", "Pharmacy", "Lodge", "Bookshop", "Bakery", "Garage", "Clinic")

PROFILE = """
id = "world"
name = "Invented World"
[qbo]
environment = "simulator"
token_store = "file"
[source]
type = "files"
path = "source"
format = "json"
[sync]
new_customers = "create"
new_vendors = "create"
new_items = "create"
start_date = 2026-01-01
[[mapping.preset]]
kind = "account"
value = "Goods"
qbo = "Sales of Product Income"
[[mapping.preset]]
kind = "account"
value = "Office"
qbo = "Office Expenses"
[[mapping.preset]]
kind = "payment_method"
value = "Bank"
qbo = "Bank Transfer"
account = "Checking"
[[source.records]]
kind = "customer"
files = "customers.json"
fields = { source_id = "id", party_name = "name" }
constants = { currency = "USD" }
[[source.records]]
kind = "vendor"
files = "vendors.json"
fields = { source_id = "id", party_name = "name" }
constants = { currency = "USD" }
[[source.records]]
kind = "item"
files = "items.json"
fields = { source_id = "id", party_name = "name", category = "category" }
constants = { currency = "USD" }
[[source.records]]
kind = "invoice"
files = "invoices.json"
approved = ["issued"]
fields = { source_id = "id", number = "number", party_id = "party", date = "date", state = "state" }
constants = { currency = "USD" }
[[source.records.lines]]
each = "lines"
fields = { item_id = "item", amount = "amount" }
[[source.records]]
kind = "bill"
files = "bills.json"
approved = ["issued"]
fields = { source_id = "id", number = "number", party_id = "party", date = "date", state = "state" }
constants = { currency = "USD" }
[[source.records.lines]]
each = "lines"
fields = { amount = "amount" }
constants = { account = "Office" }
[[source.records]]
kind = "credit_note"
files = "credit_notes.json"
approved = ["issued"]
fields = { source_id = "id", number = "number", party_id = "party", date = "date", state = "state" }
constants = { currency = "USD" }
[[source.records.lines]]
each = "lines"
fields = { item_id = "item", amount = "amount" }
[[source.records.applications]]
each = "applied"
fields = { source_id = "to", amount = "amount" }
[[source.records]]
kind = "payment"
files = "payments.json"
approved = ["issued"]
optional = ["reference"]
[source.records.fields]
source_id = "id"
number = "number"
party_id = "party"
date = "date"
state = "state"
amount = "amount"
reference = "reference"
[source.records.constants]
currency = "USD"
[[source.records.applications]]
each = "applied"
fields = { source_id = "to", amount = "amount" }
[[source.records]]
kind = "bill_payment"
files = "bill_payments.json"
approved = ["issued"]
[source.records.fields]
source_id = "id"
number = "number"
party_id = "party"
date = "date"
state = "state"
amount = "amount"
[source.records.constants]
currency = "USD"
method = "Bank"
[[source.records.applications]]
each = "applied"
fields = { source_id = "to", amount = "amount" }
[[source.records]]
kind = "purchase_order"
files = "purchase_orders.json"
approved = ["issued"]
fields = { source_id = "id", number = "number", party_id = "party", date = "date", state = "state" }
constants = { currency = "USD" }
[[source.records.lines]]
each = "lines"
fields = { amount = "amount" }
constants = { account = "Office" }
[[source.records]]
kind = "refund"
files = "refunds.json"
approved = ["issued"]
fields = { source_id = "id", number = "number", party_id = "party", date = "date", state = "state" }
constants = { currency = "USD", method = "Bank" }
[[source.records.lines]]
each = "lines"
fields = { item_id = "item", amount = "amount" }
[[source.records]]
kind = "journal"
files = "journals.json"
approved = ["issued"]
fields = { source_id = "id", number = "number", date = "date", state = "state" }
constants = { currency = "USD" }
[[source.records.lines]]
each = "lines"
fields = { account = "account", amount = "amount", side = "side" }
"""
"""The profile of a world, for the simulated company ``empty-us``: dollars, no tax."""


@dataclass(slots=True)
class World:
    """The rows of a world by the name of their file; made by ``world``.

    ``open`` is what is not settled yet of invoices and bills, by id.
    """

    chance: random.Random
    files: dict[str, list[Row]] = field(default_factory=dict)
    open: dict[str, Decimal] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(len(rows) for rows in self.files.values())

    def change(self, every: int = 4) -> None:
        """Change one of so many records as people do: another name, a larger amount."""
        for name, changed in _CHANGES.items():
            for row in self.files[name][::every]:
                changed(row)

    def write(self, folder: Path) -> Path:
        """Write profile and source below a folder; return the profile's path."""
        source = folder / "source"
        source.mkdir(parents=True, exist_ok=True)
        for name, rows in self.files.items():
            (source / f"{name}.json").write_text(json.dumps({"records": rows}), encoding="utf-8")
        profile = folder / "profile.toml"
        profile.write_text(PROFILE, encoding="utf-8")
        return profile


def world(seed: int, size: int) -> World:
    """Invent about ``size`` records of every kind; the same seed and size are the same world."""
    made = World(random.Random(f"{seed}/{size}"))
    for name, share in _SHARES.items():
        rows = made.files.setdefault(name, [])
        for place in range(max(size * share // 100, 6)):
            rows.extend(_MAKERS[name](made, place))
    return made


def _renamed(row: Row) -> None:
    row["name"] += " Group"


def _dearer(row: Row) -> None:
    row["lines"][0]["amount"] = str(Decimal(row["lines"][0]["amount"]) + Decimal("12.34"))


def _paid_more(row: Row) -> None:
    # Of what is applied nothing changes: the rest stays on account.
    row["amount"] = str(Decimal(row["amount"]) + Decimal("1.01"))


_CHANGES: dict[str, Callable[[Row], None]] = {
    "customers": _renamed, "invoices": _dearer, "bills": _dearer, "payments": _paid_more,
}  # fmt: skip


def _name(place: int) -> str:
    return f"{_FIRST[place % 8]} {_SECOND[place // 8 % 8]} {place:04}"


def _customers(made: World, place: int) -> Iterator[Row]:
    yield {"id": f"C-{place}", "name": _name(place)}


def _vendors(made: World, place: int) -> Iterator[Row]:
    # QuickBooks keeps names unique over customers and vendors: the first vendor meets a customer's name.
    yield {"id": f"V-{place}", "name": f"{_name(place)} Supplies" if place else _name(0)}


def _items(made: World, place: int) -> Iterator[Row]:
    category = "Goods" if place else "Not mapped"
    yield {"id": f"I-{place}", "name": f"Product {place:04}", "category": category}


def _invoices(made: World, place: int) -> Iterator[Row]:
    # Some name a customer that the source does not have.
    customer = "C-gone" if place % 50 == 7 else _any(made, "customers")
    lines = [_sold(made) for _ in range(made.chance.randint(1, 3))]
    made.open[f"inv-{place}"] = sum((Decimal(line["amount"]) for line in lines), Decimal(0))
    yield {**_transaction(made, "INV", "inv", place, customer), "lines": lines}


def _bills(made: World, place: int) -> Iterator[Row]:
    amount = _amount(made)
    made.open[f"bill-{place}"] = amount
    row = _transaction(made, "BILL", "bill", place, _any(made, "vendors"))
    yield {**row, "lines": [{"amount": str(amount)}]}


def _credit_notes(made: World, place: int) -> Iterator[Row]:
    invoice = _one(made, "invoices")
    part = _part(made, invoice["id"], Decimal(4))
    row = _transaction(made, "CN", "cn", place, invoice["party"])
    yield {
        **row,
        "lines": [{**_sold(made), "amount": str(part)}],
        "applied": [{"to": invoice["id"], "amount": str(part)}] if place % 3 else [],
    }


def _payments(made: World, place: int) -> Iterator[Row]:
    yield _paid(made, place, "PAY", "pay", "invoices", on_account=place % 4 == 0)


def _purchase_orders(made: World, place: int) -> Iterator[Row]:
    row = _transaction(made, "PO", "po", place, _any(made, "vendors"))
    yield {**row, "lines": [{"amount": str(_amount(made))}]}


def _refunds(made: World, place: int) -> Iterator[Row]:
    yield {**_transaction(made, "RF", "rf", place, _any(made, "customers")), "lines": [_sold(made)]}


def _journals(made: World, place: int) -> Iterator[Row]:
    amount = str(_amount(made))
    sides = (("Office", "debit"), ("Goods", "credit"))
    lines = [{"account": account, "side": side, "amount": amount} for account, side in sides]
    yield {**_transaction(made, "JE", "je", place, ""), "lines": lines}


def _bill_payments(made: World, place: int) -> Iterator[Row]:
    yield _paid(made, place, "BP", "bp", "bills", on_account=False)


_MAKERS: dict[str, Callable[[World, int], Iterator[Row]]] = {
    "customers": _customers, "vendors": _vendors, "items": _items, "invoices": _invoices, "bills": _bills,
    "credit_notes": _credit_notes, "payments": _payments, "bill_payments": _bill_payments,
    "purchase_orders": _purchase_orders, "refunds": _refunds, "journals": _journals,
}  # fmt: skip


def _transaction(made: World, prefix: str, short: str, place: int, party: str) -> Row:
    early = place % 60 == 11
    date = _EARLY if early else _DAY + dt.timedelta(days=made.chance.randrange(200))
    return {
        "id": f"{short}-{place}",
        "number": f"{prefix}-{place:05}",
        "party": party,
        "date": date.isoformat(),
        "state": "draft" if place % 40 == 3 else "issued",
    }


def _paid(made: World, place: int, prefix: str, short: str, what: str, *, on_account: bool) -> Row:
    target = _one(made, what)
    part = _amount(made) if on_account else _part(made, target["id"], Decimal(made.chance.choice((1, 2))))
    row = _transaction(made, prefix, short, place, target["party"])
    row |= {"amount": str(part), "state": "issued"}
    row["applied"] = [] if on_account else [{"to": target["id"], "amount": str(part)}]
    if what == "invoices" and place % 2:
        row["reference"] = f"QK{made.chance.randrange(10**8):08}"
    return row


def _part(made: World, target: str, divisor: Decimal) -> Decimal:
    """Take a part of what is open, at least a cent, and remember it."""
    part = max((made.open[target] / divisor).quantize(Decimal("0.01")), Decimal("0.01"))
    made.open[target] -= part
    return part


def _one(made: World, name: str) -> Row:
    """Choose a transaction of which something is open."""
    rows = [
        row
        for row in made.chance.sample(made.files[name], min(8, len(made.files[name])))
        if made.open[row["id"]] > 1
    ]
    return rows[0] if rows else max(made.files[name], key=lambda row: made.open[row["id"]])


def _any(made: World, name: str) -> str:
    """Choose a name; the first of its kind, which cannot be sent where it is a vendor or item, seldom."""
    rows = made.files[name]
    return str((rows[0] if made.chance.random() < 0.04 else made.chance.choice(rows[1:]))["id"])


def _sold(made: World) -> Row:
    return {"item": _any(made, "items"), "amount": str(_amount(made))}


def _amount(made: World) -> Decimal:
    return Decimal(made.chance.randrange(500, 90_000)) / 100
