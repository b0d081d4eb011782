"""Bodies that no client should send: refused by a fault, never by a crash."""

import copy
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awra_tui.simulator import batch, jsontext
from awra_tui.simulator.company import Company
from awra_tui.simulator.entities import ENTITIES
from awra_tui.simulator.faults import FaultError
from awra_tui.simulator.operations import perform
from tests.simulator.qbo import ANCHOR, bill, journal, line, payment, sale

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["1", "999", "2026-02-30", "TaxInclusive", "-1", Decimal("1E+30"), Decimal("0.005")]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "name", "Amount", "LinkedTxn", "Type"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)

BODIES: dict[str, dict[str, Any]] = {
    "Customer": {
        "DisplayName": "New",
        "ParentRef": {"value": "1"},
        "BillAddr": {"Line1": "x"},
        "Active": True,
    },
    "Vendor": {"DisplayName": "New", "CurrencyRef": {"value": "USD"}},
    "Account": {"Name": "New", "AccountType": "Bank", "ParentRef": {"value": "1"}},
    "Item": {"Name": "New", "Type": "Service", "UnitPrice": 5, "IncomeAccountRef": {"value": "15"}},
    "Term": {"Name": "New", "DueDays": 5},
    "Invoice": sale(
        "1",
        DocNumber="1",
        SalesTermRef={"value": "1"},
        TxnDate="2026-05-01",
        TxnTaxDetail={"TotalTax": 1, "TaxLine": []},
        LinkedTxn=[{"TxnId": "5", "TxnType": "Estimate"}],
    ),
    "CreditMemo": {**sale("1"), "Line": [line(3, Qty=1, UnitPrice=3, TaxCodeRef={"value": "TAX"})]},
    "RefundReceipt": sale("1", DepositToAccountRef={"value": "1"}),
    "Payment": payment("1", 10, ("Invoice", "1", 5), ("CreditMemo", "2", 1)),
    "Bill": bill("2", DocNumber="9"),
    "PurchaseOrder": bill("2"),
    "BillPayment": {
        "VendorRef": {"value": "2"},
        "TotalAmt": 5,
        "PayType": "Check",
        "CheckPayment": {"BankAccountRef": {"value": "1"}},
        "Line": [{"Amount": 5, "LinkedTxn": [{"TxnId": "3", "TxnType": "Bill"}]}],
    },
    "SalesReceipt": {**sale("1"), "PaymentMethodRef": {"value": "1"}, "CustomField": [{"DefinitionId": "1"}]},
    "Estimate": sale("1", ExpirationDate="2026-12-31", TxnStatus="Accepted"),
    "VendorCredit": bill("2"),
    "Purchase": {
        "PaymentType": "Cash",
        "AccountRef": {"value": "1"},
        "EntityRef": {"value": "2", "type": "Vendor"},
        "Line": bill("2")["Line"],
    },
    "Deposit": {
        "DepositToAccountRef": {"value": "1"},
        "CashBack": {"AccountRef": {"value": "2"}, "Amount": 1},
        "Line": [
            {
                "Amount": 20,
                "DetailType": "DepositLineDetail",
                "DepositLineDetail": {"AccountRef": {"value": "15"}},
            },
            {"Amount": 5, "LinkedTxn": [{"TxnId": "4", "TxnType": "Payment"}]},
        ],
    },
    "Transfer": {"FromAccountRef": {"value": "1"}, "ToAccountRef": {"value": "2"}, "Amount": 5},
    "CreditCardPaymentTxn": {
        "BankAccountRef": {"value": "1"},
        "CreditCardAccountRef": {"value": "10"},
        "Amount": 5,
    },
    "TimeActivity": {
        "NameOf": "Vendor",
        "VendorRef": {"value": "2"},
        "CustomerRef": {"value": "1"},
        "Hours": 1,
        "BillableStatus": "Billable",
    },
    "TaxAgency": {"DisplayName": "Office"},
    "CompanyCurrency": {"Code": "CAD"},
    "ExchangeRate": {"SourceCurrencyCode": "CAD", "Rate": "0.7", "AsOfDate": "2026-05-01"},
    "Attachable": {
        "Note": "Remember",
        "AttachableRef": [{"EntityRef": {"value": "1", "type": "Invoice"}, "IncludeOnSend": True}],
    },
    "JournalEntry": journal(
        ("Debit", "3", 5, {"Entity": {"Type": "Customer", "EntityRef": {"value": "1"}}}),
        ("Credit", "15", 5, {}),
    ),
}


def prepared() -> Company:
    company = Company("empty-us", None, ANCHOR)
    for entity, body in (
        ("Customer", {"DisplayName": "One"}),
        ("Vendor", {"DisplayName": "Two"}),
        ("Invoice", sale("1", 100)),
        ("CreditMemo", sale("1", 10)),
        ("Bill", bill("2")),
        ("Payment", payment("1", 5)),
        ("Estimate", sale("1", 1)),
    ):
        perform(company, ENTITIES[entity], "create", body, frozenset())
    return company


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, member in inner for place in places(member, (*path, name)))]


def with_junk(body: dict[str, Any], path: tuple[Any, ...], junk: Any) -> Any:
    if not path:
        return junk
    found = copy.deepcopy(body)
    holder: Any = found
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = junk
    return found


@pytest.mark.parametrize("entity", BODIES)
def test_the_bodies_are_good_before_they_are_spoilt(entity: str) -> None:
    assert perform(prepared(), ENTITIES[entity], "create", BODIES[entity], frozenset())


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(BODIES)), st.data())
def test_a_spoilt_body_is_booked_or_refused(entity: str, data: st.DataObject) -> None:
    company = prepared()
    before = company.store.counts()
    path = data.draw(st.sampled_from(places(BODIES[entity])))
    body = with_junk(BODIES[entity], path, data.draw(JUNK))
    try:
        found = perform(company, ENTITIES[entity], "", body, frozenset())
    except FaultError:
        assert company.store.counts() == before
    else:
        assert jsontext.loads(jsontext.dumps(found)).keys() == {entity}
    assert sum(company.store.ledger.trial_balance().values()) == 0


@given(JUNK)
def test_a_spoilt_batch_is_answered_or_refused(junk: Any) -> None:
    company = prepared()
    with suppress(FaultError):
        batch.performed(company, junk)
    items = [{"bId": "1", "operation": "create", "Customer": junk}, {"bId": "2", "Query": junk}]
    answers = batch.performed(company, {"BatchItemRequest": items})
    assert [one["bId"] for one in answers] == ["1", "2"]
