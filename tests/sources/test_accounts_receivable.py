"""The public ledger, read through the example profile, against a plain reading of the same file."""

import csv
import datetime as dt
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from tests.shared import shared_file
from tests.sources.convert import read, toml

PROFILE = Path(__file__).parents[2] / "examples" / "accounts-receivable" / "profile.toml"


@pytest.fixture(scope="module")
def ledger():
    with shared_file("data", "accounts-receivable.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def reading():
    table = toml(PROFILE.read_text(encoding="utf-8"))
    table["path"] = str(shared_file("data", "accounts-receivable.csv"))
    return read(table, PROFILE.parent)


def _by_kind(records, kind):
    return [record for record in records if record.kind == kind]


def test_the_whole_ledger_is_read(ledger, reading):
    records, bad, complete = reading
    kinds = Counter(record.kind for record in records)
    assert (bad, complete) == ([], True)
    assert kinds == {"customer": 100, "invoice": 2466, "payment": 2466}
    assert kinds["invoice"] == len(ledger)
    assert kinds["customer"] == len({row["customerID"] for row in ledger})


@pytest.mark.parametrize("kind", ["invoice", "payment"])
def test_sums_agree_to_the_cent_customer_by_customer(ledger, reading, kind):
    expected, found = defaultdict(Decimal), defaultdict(Decimal)
    for row in ledger:
        expected[row["customerID"]] += Decimal(row["InvoiceAmount"])
    for record in _by_kind(reading[0], kind):
        found[record.party_id] += record.amount
    assert found == expected


def test_each_invoice_has_its_own_dates_and_one_line(ledger, reading):
    rows = {row["invoiceNumber"]: row for row in ledger}
    for invoice in _by_kind(reading[0], "invoice"):
        row = rows[invoice.number]
        assert invoice.date == _day(row["InvoiceDate"])
        assert invoice.due_date == _day(row["DueDate"])
        assert [line.amount for line in invoice.lines] == [Decimal(row["InvoiceAmount"])]
        assert invoice.extra["Disputed"] == row["Disputed"]


def test_each_payment_pays_its_invoice_in_full_on_the_day_it_was_settled(ledger, reading):
    rows = {row["invoiceNumber"]: row for row in ledger}
    for payment in _by_kind(reading[0], "payment"):
        (applied,) = payment.applications
        row = rows[applied.source_id]
        assert (applied.kind, applied.amount) == ("invoice", Decimal(row["InvoiceAmount"]))
        assert payment.date == _day(row["SettledDate"])
        assert (payment.method, payment.currency) == ("", "USD")


def test_records_come_in_order_of_work(reading):
    kinds = [record.kind for record in reading[0]]
    assert kinds == sorted(kinds, key=["customer", "invoice", "payment"].index)


def _day(text):
    month, day, year = (int(part) for part in text.split("/"))
    return dt.date(year, month, day)


def test_the_spreadsheet_of_the_readme_reads_as_it_says(tmp_path):
    text = (PROFILE.parents[1] / "README.md").read_text(encoding="utf-8")
    table = toml(text.split("```toml")[1].split("```")[0])
    (tmp_path / "rechnungen").mkdir()
    rows = (
        "Nummer;Kunde;Datum;Status;Artikel;Menge;Preis;Betrag",
        "R1;Müller;01.10.2024;Gebucht;A;2;1.000,50;2.001,00",
        "R1;Müller;01.10.2024;Gebucht;B;1;5;5,00",
        "R2;Jäger;02.10.2024;Entwurf;B;1;5;5,00",
        "R3;Jäger;02.10.2024;Storniert;B;1;5;5,00",
    )
    (tmp_path / "rechnungen" / "oktober.csv").write_bytes("\r\n".join(rows).encode("cp1252"))
    records, bad, complete = read(table, tmp_path)
    assert [(one.source_id, one.party_id, one.amount, one.approved) for one in records] == [
        ("R1", "Müller", Decimal("2006.00"), True),
        ("R2", "Jäger", Decimal("5.00"), False),
    ]
    assert (bad, complete) == ([], True)
