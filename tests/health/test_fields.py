import pytest

from awra_tui.health.changes import said
from awra_tui.health.compare import Difference
from awra_tui.health.fields import for_people, label, ordered

WORDS = {
    "PrivateNote": "memo",
    "DueDate": "due date",
    "CustomerRef": "customer",
    "Line": "list of lines",
    "Line 1": "line 1",
    "Line 2.ItemRef": "line 2 product/service",
    "Line 1.Amount": "line 1 amount",
    "BillAddr.PostalCode": "billing address postal code",
    "DepositToAccountRef": "deposit to account",
    "TaxIDNumber": "tax ID number",
}


@pytest.mark.parametrize(("name", "words"), WORDS.items())
def test_a_field_is_called_as_people_call_it(name: str, words: str) -> None:
    assert label(name) == words


def test_money_comes_first_and_the_note_last() -> None:
    names = [
        "PrivateNote", "Active", "Line 1.ItemRef", "DocNumber", "TxnDate", "CustomerRef", "Line 1.Amount",
    ]  # fmt: skip
    assert [one.field for one in ordered(Difference(name, "", "") for name in names)] == names[::-1]


@pytest.mark.parametrize(
    ("field", "text", "currency", "written"),
    [
        ("TotalAmt", "2650.0", "USD", "2,650.00"),
        ("TotalAmt", "2650.0", "JPY", "2,650"),
        ("Line 1.UnitPrice", "0.125", "USD", "0.125"),
        ("TotalAmt", "", "USD", ""),
        ("DocNumber", "2650.0", "USD", "2650.0"),
    ],
)
def test_an_amount_is_written_as_money_and_never_rounded(
    field: str, text: str, currency: str, written: str
) -> None:
    assert for_people(Difference(field, "5.0", text), currency).theirs == written


def test_a_sentence_says_the_amount_before_the_note() -> None:
    found = [Difference("PrivateNote", "a", "b", "a"), Difference("Line 1.Amount", "", "2650.0", "2550.00")]
    assert said(found, "KES") == "line 1 amount was 2,550.00, is 2,650.00 there (and 1 more)"
