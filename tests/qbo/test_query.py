import datetime as dt
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.qbo.query import literal, select


def test_a_whole_statement():
    statement = select(
        "Invoice",
        [
            ("DocNumber", "=", "INV-1"),
            ("TxnDate", ">=", dt.date(2026, 1, 2)),
            ("TotalAmt", "<", Decimal("1.50")),
        ],
        ["TxnDate DESC", "Id"],
        start=1,
        limit=1000,
    )
    assert statement == (
        "SELECT * FROM Invoice WHERE DocNumber = 'INV-1' AND TxnDate >= '2026-01-02' AND TotalAmt < '1.50'"
        " ORDERBY TxnDate DESC, Id STARTPOSITION 1 MAXRESULTS 1000"
    )


def test_counts_lists_and_dotted_fields():
    assert select("Customer", [("Active", "in", [True, False])], count=True) == (
        "SELECT COUNT(*) FROM Customer WHERE Active IN (true, false)"
    )
    assert select("Invoice", [("MetaData.LastUpdatedTime", ">", "2026")], "Id") == (
        "SELECT * FROM Invoice WHERE MetaData.LastUpdatedTime > '2026' ORDERBY Id"
    )


@pytest.mark.parametrize(
    "call",
    [
        lambda: select("Invoice; DROP"),
        lambda: select("Invoice", [("Doc Number", "=", "x")]),
        lambda: select("Invoice", [("DocNumber", "OR", "x")]),
        lambda: select("Invoice", [("Id", "IN", [])]),
        lambda: select("Invoice", [("Id", "IN", "12")]),
        lambda: select("Invoice", [("Id", "=", None)]),
        lambda: select("Invoice", order="Id DESC, x"),
        lambda: select("Invoice", order="Id SIDEWAYS"),
        lambda: select("Invoice", start=0),
        lambda: select("Invoice", limit=0),
        lambda: select("Invoice", limit=1001),
    ],
)
def test_what_cannot_be_valid_is_refused_before_it_leaves(call):
    with pytest.raises(ValueError):
        call()


@given(st.text())
def test_no_text_leaves_its_quotes(text):
    written = literal(text)
    assert re.fullmatch(r"'(?:[^'\\]|\\['\\])*'", written)
    assert re.sub(r"\\(.)", r"\1", written[1:-1], flags=re.DOTALL) == text
