"""A small shop in Nairobi: invoices with VAT and payments by several methods, in shillings and dollars."""

from collections.abc import Sequence
from pathlib import Path

from tests.office import write_source

SHOP = """
id = "till"
name = "Till"
[qbo]
environment = "simulator"
token_store = "file"
[source]
type = "files"
path = "source"
date_formats = ["%Y-%m-%d"]
[sync]
new_customers = "create"
[[mapping.preset]]
kind = "item"
value = "*"
qbo = "House Blend Beans 1 kg"
[[source.records]]
kind = "customer"
files = "customers.csv"
fields = { source_id = "id", party_name = "name", currency = "currency" }
[[source.records]]
kind = "invoice"
files = "invoices.csv"
constants = { tax_mode = "exclusive" }
[source.records.fields]
source_id = "number"
number = "number"
party_id = "customer"
date = "date"
amount = "gross"
currency = "currency"
[[source.records.lines]]
fields = { amount = "net", tax_category = "category", tax_rate = "rate" }
[[source.records]]
kind = "payment"
files = "payments.csv"
[source.records.fields]
source_id = "number"
number = "number"
party_id = "customer"
date = "date"
amount = "amount"
currency = "currency"
method = "method"
[[source.records.applications]]
fields = { source_id = "invoice", amount = "amount" }
"""
"""The profile: one product for all lines; tax codes and payment methods are not mapped."""

Sale = tuple[str, str, str, int, str]
"""Number, tax category, rate, net amount, day."""


def sell(folder: Path, sales: Sequence[Sale], methods: dict[str, str], currency: str = "KES") -> None:
    """Write the source: one customer, invoices, and a payment by a method for some of them."""
    customer = {"id": "C-1", "name": "Duka Jipya", "currency": currency}
    write_source(folder, "customers.csv", [customer])
    common = {"customer": "C-1", "currency": currency}
    gross = {number: f"{net * (100 + int(rate)) / 100:.2f}" for number, _, rate, net, _ in sales}
    invoices = [
        {
            "number": number,
            **common,
            "date": day,
            "gross": gross[number],
            "net": net,
            "category": category,
            "rate": rate,
        }
        for number, category, rate, net, day in sales
    ]
    write_source(folder, "invoices.csv", invoices)
    payments = [
        {
            "number": f"P-{number}",
            **common,
            "date": "2026-11-20",
            "amount": gross[number],
            "method": method,
            "invoice": number,
        }
        for number, method in methods.items()
    ]
    names = ("number", "customer", "currency", "date", "amount", "method", "invoice")
    write_source(folder, "payments.csv", payments or [dict.fromkeys(names, "")])
