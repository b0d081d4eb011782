"""A source with a credit note that is applied to an invoice."""

from pathlib import Path

from tests.office import PROFILE, write_ledger, write_source

CREDITED = (
    PROFILE
    + """
[[source.records]]
kind = "credit_note"
files = "credits.csv"
fields = { source_id = "number", number = "number", party_id = "customer", date = "date", amount = "amount" }
constants = { currency = "USD" }
[[source.records.lines]]
fields = { amount = "amount" }
[[source.records.applications]]
fields = { source_id = "invoice", amount = "amount" }
"""
)


def write_credit(folder: Path, day: str = "2026-11-10", amount: str = "4.00") -> None:
    """Write the source: an invoice of 10, and a credit note, of 4 by default, that is applied to it."""
    write_ledger(folder, {"INV-1": "10.00"})
    row = {"number": "CN-1", "customer": "C-1", "date": day, "amount": amount, "invoice": "INV-1"}
    write_source(folder, "credits.csv", [row])
