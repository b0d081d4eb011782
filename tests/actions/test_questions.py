"""The text with all that one person has to answer."""

from awra_tui.actions.questions import questions
from awra_tui.records.subject import record_subject
from tests.screens.fakes import a_warning


def test_a_payment_that_waits_for_an_invoice_of_the_text_is_counted_and_is_its_money():
    paid = {"subject": record_subject("payment", "P-2"), "kind": "payment", "amount_minor": 10_000}
    waits = a_warning(2, **paid, blocked_by="invoice INV-1001")
    told = questions("Njeri", [a_warning(1, amount_minor=10_000), waits], "Jo")
    assert "It is about: 1 invoice, 1 payment, KES 100.00, since" in told
    assert "It is about: 1 payment, KES 100.00, since" in questions("Njeri", [waits], "Jo")
