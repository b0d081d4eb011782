"""Sentences about a customer's account: exact, with names and amounts, and what to do."""

import datetime as dt
from decimal import Decimal

from awra_tui.health.statement import Gap, Paper, Short, Use
from awra_tui.health.statement_words import gap_sentence, short_sentence, told_sentence, use_sentence
from awra_tui.health.withholding import BY_COUNTRY

KENYA = BY_COUNTRY["KE"]


def paper(kind: str, number: str, amount: str, open_: str, **more: str) -> Paper:
    return Paper(
        kind=kind, id=f"id-{number}", number=number, amount=Decimal(amount), open=Decimal(open_),
        currency="KES", date=dt.date(2026, 11, 3), **more,  # type: ignore[arg-type]
    )  # fmt: skip


INVOICE = paper("invoice", "INV-7", "16000", "275.86")
PAYMENT = paper("payment", "PAY-9", "15724.14", "0")


def test_an_invoice_short_by_the_withheld_tax_waits_for_a_certificate() -> None:
    assert short_sentence(Short(INVOICE, (PAYMENT,)), KENYA) == (
        "Invoice INV-7 is short by exactly the withheld VAT KES 275.86 after PAY-9: "
        "the customer owes the certificate, not the money."
    )


def test_money_says_what_it_could_pay() -> None:
    money = paper("payment", "PAY-1", "500", "500")
    one, two = paper("invoice", "INV-1", "300", "300"), paper("invoice", "INV-2", "900", "900")
    assert use_sentence(Use(money, ((one, Decimal(500)),), "exactly"), KENYA) == (
        "Payment PAY-1 has KES 500.00 unapplied: exactly what invoice INV-1 is open with."
    )
    assert use_sentence(Use(money, ((one, Decimal(500)),), "withheld"), KENYA) == (
        "Payment PAY-1 has KES 500.00 unapplied: what invoice INV-1 is open with, less the withheld VAT."
    )
    pays = ((one, Decimal(300)), (two, Decimal(200)))
    assert use_sentence(Use(money, pays, "oldest"), KENYA) == (
        "Payment PAY-1 has KES 500.00 unapplied and could pay, oldest first: invoice INV-1 (all, KES 300.00) "
        "and invoice INV-2 (part, KES 200.00)."
    )
    many = tuple((one, Decimal(1)) for _ in range(5))
    assert use_sentence(Use(money, many, "oldest"), None).endswith(" and 2 more.")


def test_each_gap_names_both_sides_and_why() -> None:
    other = paper("invoice", "INV-7", "15000", "100")
    waiting = paper("invoice", "INV-8", "10", "10", waits="The date is in a closed period.")
    assert gap_sentence(Gap("missing there", Decimal(10), "KES", here=waiting)) == (
        "Invoice INV-8 over KES 10.00 is not in QuickBooks: The date is in a closed period."
    )
    assert gap_sentence(Gap("missing here", Decimal(-1), "KES", there=other)) == (
        "Invoice INV-7 of 03 Nov 2026 over KES 15,000.00 is in QuickBooks only: KES 100.00 of it open, "
        "and no record of this customer is connected to it."
    )
    assert gap_sentence(Gap("amount", Decimal(1), "KES", here=INVOICE, there=other)) == (
        "Invoice INV-7 is KES 16,000.00 in the source and KES 15,000.00 in QuickBooks."
    )
    assert gap_sentence(Gap("settled", Decimal(1), "KES", here=INVOICE, there=other)) == (
        "Invoice INV-7 has KES 275.86 open in the source and KES 100.00 in QuickBooks: "
        "it was applied otherwise there."
    )


def test_quickbooks_own_balance_is_mentioned_only_where_it_differs() -> None:
    assert told_sentence(Decimal(5), Decimal(5), "KES") == ""
    assert told_sentence(Decimal(5), Decimal(2), "KES").endswith("make the difference of KES 3.00.")
