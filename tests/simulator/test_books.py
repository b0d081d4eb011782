"""Balances, links, voids and the trial balance."""

from contextlib import suppress
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awra_tui.simulator import booking, faults
from awra_tui.simulator.company import Company
from awra_tui.simulator.records import Body
from tests.simulator.qbo import ANCHOR, Qbo, bill, journal, line, payment, sale


async def test_a_payment_lowers_the_invoice_and_both_know_it(qbo: Qbo) -> None:
    customer = await qbo.customer()
    invoice = (await qbo.invoice(customer, "250.50"))["Id"]
    paid = await qbo.pay(customer, 100, ("Invoice", invoice, "60.25"))
    assert paid["UnappliedAmt"] == Decimal("39.75")
    found = await qbo.read("Invoice", invoice)
    assert found["Balance"] == Decimal("190.25")
    assert found["LinkedTxn"] == [{"TxnId": paid["Id"], "TxnType": "Payment"}]
    assert found["SyncToken"] == "0"
    assert (await qbo.read("Customer", customer))["Balance"] == Decimal("150.50")
    assert await qbo.account("Undeposited Funds") == 100
    assert await qbo.account("Accounts Receivable (A/R)") == Decimal("150.50")


async def test_a_payment_of_nothing_applies_a_credit(qbo: Qbo) -> None:
    customer = await qbo.customer()
    invoice = (await qbo.invoice(customer, 100))["Id"]
    memo = (await qbo.make("CreditMemo", sale(customer, 30)))["Id"]
    await qbo.pay(customer, 0, ("Invoice", invoice, 30), ("CreditMemo", memo, 30))
    assert (await qbo.read("Invoice", invoice))["Balance"] == 70
    found = await qbo.read("CreditMemo", memo)
    assert (found["Balance"], found["RemainingCredit"]) == (0, 0)
    assert (await qbo.read("Customer", customer))["Balance"] == 70


async def test_credits_are_spent_on_new_invoices_when_the_preference_says_so(qbo: Qbo) -> None:
    customer = await qbo.customer()
    await qbo.make("CreditMemo", sale(customer, 30))
    memo = (await qbo.make("CreditMemo", sale(customer, 100)))["Id"]
    await qbo.switch(auto_apply_credit=True)
    invoice = await qbo.invoice(customer, 80)
    assert invoice["Balance"] == 0
    assert (await qbo.read("CreditMemo", memo))["RemainingCredit"] == 50
    late = payment(customer, 80, ("Invoice", invoice["Id"], 80))
    assert (await qbo.refused("Payment", late))["code"] == "620"


async def test_a_void_empties_a_transaction_and_frees_what_it_settled(qbo: Qbo) -> None:
    customer = await qbo.customer()
    invoice = await qbo.invoice(customer, 100)
    paid = await qbo.pay(customer, 100, ("Invoice", invoice["Id"], 100))
    answer = await qbo.post("payment", paid, operation="update", include="void")
    voided = answer.json()["Payment"]
    assert (voided["TotalAmt"], voided["PrivateNote"], voided["SyncToken"]) == (0, "Voided", "1")
    assert (await qbo.read("Invoice", invoice["Id"]))["Balance"] == 100
    answer = await qbo.post("invoice", invoice, operation="void")
    voided = answer.json()["Invoice"]
    assert (voided["TotalAmt"], voided["Balance"], voided["Line"][0]["Amount"]) == (0, 0, 0)
    assert (await qbo.read("Customer", customer))["Balance"] == 0
    assert (await qbo.http.get("/simulator/books")).json()["accounts"] == []


async def test_voiding_a_paid_invoice_leaves_the_money_unapplied(qbo: Qbo) -> None:
    customer = await qbo.customer()
    invoice = await qbo.invoice(customer, 100)
    paid = await qbo.pay(customer, 100, ("Invoice", invoice["Id"], 100))
    await qbo.post("invoice", invoice, operation="void")
    found = await qbo.read("Payment", paid["Id"])
    assert (found["UnappliedAmt"], found["Line"]) == (100, [])
    assert (await qbo.read("Customer", customer))["Balance"] == -100


async def test_deleting_an_invoice_undoes_the_application_of_a_credit(qbo: Qbo) -> None:
    customer = await qbo.customer()
    invoice = await qbo.invoice(customer, 100)
    memo = (await qbo.make("CreditMemo", sale(customer, 30)))["Id"]
    joined = await qbo.pay(customer, 0, ("Invoice", invoice["Id"], 30), ("CreditMemo", memo, 30))
    answer = await qbo.post("invoice", invoice, operation="delete")
    assert answer.json()["Invoice"] == {"domain": "QBO", "status": "Deleted", "Id": invoice["Id"]}
    assert (await qbo.read("CreditMemo", memo))["RemainingCredit"] == 30
    assert (await qbo.get(f"payment/{joined['Id']}")).status_code == 400


async def test_an_invoice_made_smaller_than_what_was_paid_frees_the_rest(qbo: Qbo) -> None:
    customer = await qbo.customer()
    invoice = await qbo.invoice(customer, 100)
    paid = await qbo.pay(customer, 100, ("Invoice", invoice["Id"], 100))
    smaller = await qbo.make("Invoice", {**invoice, "Line": [line(70)]})
    assert (smaller["TotalAmt"], smaller["Balance"]) == (70, 0)
    assert (await qbo.read("Payment", paid["Id"]))["UnappliedAmt"] == 30


async def test_a_sparse_update_keeps_the_header_and_replaces_all_lines(qbo: Qbo) -> None:
    customer = await qbo.customer()
    body = {**sale(customer, PrivateNote="keep"), "Line": [line(10), line(20)]}
    made = await qbo.make("Invoice", body)
    sent = {"Id": made["Id"], "SyncToken": "0", "sparse": True, "Line": [line(5)]}
    found = await qbo.make("Invoice", sent)
    assert (found["PrivateNote"], found["TotalAmt"], len(found["Line"])) == ("keep", 5, 2)
    full = {"Id": made["Id"], "SyncToken": "1", **sale(customer, 7)}
    assert "PrivateNote" not in await qbo.make("Invoice", full)


async def test_numbers_are_given_when_custom_ones_are_off(qbo: Qbo) -> None:
    customer = await qbo.customer()
    await qbo.switch(custom_txn_numbers=False)
    numbers = [(await qbo.invoice(customer, DocNumber="MINE"))["DocNumber"] for _ in range(2)]
    assert numbers == ["1001", "1002"]
    await qbo.switch(custom_txn_numbers=True)
    assert (await qbo.invoice(customer, DocNumber="MINE"))["DocNumber"] == "MINE"


async def test_bills_and_their_payments(qbo: Qbo) -> None:
    vendor = (await qbo.make("Vendor", {"DisplayName": "Baraka"}))["Id"]
    made = await qbo.make("Bill", bill(vendor, 80, DocNumber="B-1"))
    assert (made["Balance"], made["APAccountRef"]["name"]) == (80, "Accounts Payable (A/P)")
    sent = {
        "VendorRef": {"value": vendor},
        "TotalAmt": 50,
        "PayType": "Check",
        "CheckPayment": {"BankAccountRef": {"value": "1"}},
        "Line": [{"Amount": 50, "LinkedTxn": [{"TxnId": made["Id"], "TxnType": "Bill"}]}],
    }
    paid = await qbo.make("BillPayment", sent)
    found = await qbo.read("Bill", made["Id"])
    assert found["Balance"] == 30
    assert found["LinkedTxn"] == [{"TxnId": paid["Id"], "TxnType": "BillPaymentCheck"}]
    assert (await qbo.read("Vendor", vendor))["Balance"] == 30
    assert await qbo.account("Checking") == -50
    order = await qbo.make("PurchaseOrder", bill(vendor, 500))
    assert order["POStatus"] == "Open"
    assert (await qbo.read("Vendor", vendor))["Balance"] == 30


async def test_a_refund_takes_money_from_the_bank(qbo: Qbo) -> None:
    customer = await qbo.customer()
    body = sale(customer, 40, DepositToAccountRef={"value": "1"})
    assert (await qbo.make("RefundReceipt", body))["TotalAmt"] == 40
    assert (await qbo.read("Account", "1"))["CurrentBalance"] == -40
    assert (await qbo.read("Customer", customer))["Balance"] == 0


async def test_a_journal_moves_a_customers_balance(qbo: Qbo) -> None:
    customer = await qbo.customer()
    entity = {"Entity": {"Type": "Customer", "EntityRef": {"value": customer}}}
    made = await qbo.make("JournalEntry", journal(("Debit", "3", 9, entity), ("Credit", "13", 9, {})))
    assert (await qbo.read("Customer", customer))["Balance"] == 9
    await qbo.pay(customer, 9, ("JournalEntry", made["Id"], 9))
    assert (await qbo.read("Customer", customer))["Balance"] == 0


async def test_a_parent_pays_for_its_child(qbo: Qbo) -> None:
    parent = await qbo.customer("Group")
    child = await qbo.make("Customer", {"DisplayName": "Branch", "ParentRef": {"value": parent}, "Job": True})
    assert child["FullyQualifiedName"] == "Group:Branch"
    invoice = (await qbo.invoice(child["Id"], 60))["Id"]
    found = await qbo.read("Customer", parent)
    assert (found["Balance"], found["BalanceWithJobs"]) == (0, 60)
    await qbo.pay(parent, 60, ("Invoice", invoice, 60))
    assert (await qbo.read("Customer", child["Id"]))["Balance"] == 0


async def test_discounts_lower_the_total(qbo: Qbo) -> None:
    customer = await qbo.customer()
    discount = {
        "DetailType": "DiscountLineDetail",
        "DiscountLineDetail": {"PercentBased": True, "DiscountPercent": 10},
    }
    made = await qbo.make("Invoice", {**sale(customer), "Line": [line("99.95"), discount]})
    assert made["TotalAmt"] == Decimal("89.95")
    assert await qbo.account("Discounts given") == Decimal("10.00")


async def test_different_rates_leave_an_exchange_gain(kenya: Qbo) -> None:
    dollars = {"CurrencyRef": {"value": "USD"}}
    taxed = [line(100, TaxCodeRef={"value": "2"})]
    body = {**sale("2"), **dollars, "ExchangeRate": 130, "Line": taxed}
    invoice = await kenya.make("Invoice", body)
    assert (invoice["HomeTotalAmt"], invoice["HomeBalance"]) == (13000, 13000)
    paid = {**payment("2", 100, ("Invoice", invoice["Id"], 100)), **dollars, "ExchangeRate": "128.5"}
    await kenya.make("Payment", {**paid, "DepositToAccountRef": {"value": "2"}})
    assert await kenya.account("Exchange Gain or Loss") == 150
    assert await kenya.account("Bank USD") == 12850
    assert await kenya.account("Accounts Receivable (A/R) - USD") == 0
    assert (await kenya.read("Account", "2"))["CurrentBalance"] == 100
    assert await kenya.total() == 0


AMOUNTS = st.decimals("0.01", "9999.99", places=2)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["invoice", "memo", "payment", "void", "delete", "shrink", "bill"]),
        AMOUNTS,
        st.integers(0, 9),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_the_books_balance_whatever_happens(steps: list[tuple[str, Decimal, int]]) -> None:
    company = Company("empty-us", None, ANCHOR)
    for name in ("One", "Two"):
        booking.create(company, "Customer", {"DisplayName": name})
    booking.create(company, "Vendor", {"DisplayName": "Three"})
    for step, amount, choice in steps:
        # What cannot be linked is refused, and must leave the books as they were.
        with suppress(faults.FaultError):
            _STEPS[step](company, amount, choice)
        _check(company)


def _check(company: Company) -> None:
    assert sum(company.store.ledger.trial_balance().values()) == 0
    receivable = Decimal(0)
    for record in company.store.live("Invoice"):
        settled = sum(company.store.settled_by(record.key).values())
        assert record.body["Balance"] == record.body["TotalAmt"] - settled >= 0
        receivable += record.body["Balance"]
    receivable -= sum(one.body["RemainingCredit"] for one in company.store.live("CreditMemo"))
    receivable -= sum(one.body["UnappliedAmt"] for one in company.store.live("Payment"))
    assert company.store.ledger.account("3") == receivable


def _nth(company: Company, entity: str, choice: int) -> Body | None:
    found = list(company.store.live(entity))
    return found[choice % len(found)].body if found else None


def _invoice(company: Company, amount: Decimal, choice: int) -> None:
    booking.create(company, "Invoice", sale(str(1 + choice % 2), amount))


def _memo(company: Company, amount: Decimal, choice: int) -> None:
    booking.create(company, "CreditMemo", sale(str(1 + choice % 2), amount))


def _pay(company: Company, amount: Decimal, choice: int) -> None:
    invoice, memo = _nth(company, "Invoice", choice), _nth(company, "CreditMemo", choice)
    links: list[tuple[str, str, Any]] = []
    customer = invoice["CustomerRef"]["value"] if invoice else "1"
    if invoice:
        links.append(("Invoice", invoice["Id"], min(amount, invoice["Balance"])))
    if memo and choice % 3 == 0:
        links.append(("CreditMemo", memo["Id"], memo["RemainingCredit"]))
    booking.create(company, "Payment", payment(customer, amount, *links))


def _end(company: Company, _amount: Decimal, choice: int) -> None:
    found = _nth(company, "Invoice" if choice % 2 else "Payment", choice)
    if found:
        booking.void(company, "Invoice" if choice % 2 else "Payment", found)


def _delete(company: Company, _amount: Decimal, choice: int) -> None:
    entity = ("Invoice", "Payment", "CreditMemo")[choice % 3]
    found = _nth(company, entity, choice)
    if found:
        booking.delete(company, entity, found)


def _shrink(company: Company, amount: Decimal, choice: int) -> None:
    found = _nth(company, "Invoice", choice)
    if found:
        booking.update(company, "Invoice", {**found, "Line": [line(amount)]})


def _bill(company: Company, amount: Decimal, _choice: int) -> None:
    booking.create(company, "Bill", bill("3", amount))


_STEPS = {
    "invoice": _invoice,
    "memo": _memo,
    "payment": _pay,
    "void": _end,
    "delete": _delete,
    "shrink": _shrink,
    "bill": _bill,
}


async def test_a_bill_closes_its_purchase_order(qbo: Qbo) -> None:
    vendor = (await qbo.make("Vendor", {"DisplayName": "Baraka"}))["Id"]
    other = (await qbo.make("Vendor", {"DisplayName": "Zawadi"}))["Id"]
    order = (await qbo.make("PurchaseOrder", bill(vendor)))["Id"]
    linked = {"LinkedTxn": [{"TxnId": order, "TxnType": "PurchaseOrder"}]}
    assert (await qbo.refused("Bill", bill(other, **linked)))["code"] == "620"
    made = await qbo.make("Bill", bill(vendor, **linked))
    found = await qbo.read("PurchaseOrder", order)
    assert (found["POStatus"], found["LinkedTxn"]) == ("Closed", [{"TxnId": made["Id"], "TxnType": "Bill"}])
    assert (await qbo.refused("Bill", bill(vendor, **linked)))["code"] == "620"
    await qbo.post("bill", made, operation="delete")
    assert (await qbo.read("PurchaseOrder", order))["POStatus"] == "Open"


async def test_a_new_name_is_seen_wherever_it_is_referred_to(qbo: Qbo) -> None:
    parent = await qbo.make("Customer", {"DisplayName": "Old"})
    child = await qbo.customer("Branch", ParentRef={"value": parent["Id"]})
    invoice = await qbo.invoice(parent["Id"])
    await qbo.make("Customer", {**parent, "DisplayName": "New"})
    assert (await qbo.read("Customer", child))["FullyQualifiedName"] == "New:Branch"
    found = await qbo.read("Invoice", invoice["Id"])
    assert (found["CustomerRef"]["name"], found["SyncToken"]) == ("New", "0")
    (row,) = (await qbo.query("select * from Invoice"))["Invoice"]
    assert row["CustomerRef"]["name"] == "New"
