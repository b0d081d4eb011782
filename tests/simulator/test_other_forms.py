"""Forms that the console does not send: what they book, what they refuse."""

from decimal import Decimal
from typing import Any

import pytest

from awra_tui.simulator import jsontext
from tests.simulator.qbo import Qbo, bill, error, payment, sale

CHECKING, SAVINGS, RECEIVABLE, CARD, INCOME = "1", "2", "3", "10", "15"


def taken(amount: Any, account: str = INCOME) -> dict[str, Any]:
    detail = {"AccountRef": {"value": account}}
    return {"Amount": amount, "DetailType": "DepositLineDetail", "DepositLineDetail": detail}


def expense(amount: Any = 40, account: str = CHECKING, **more: Any) -> dict[str, Any]:
    lines = bill("0", amount)["Line"]
    return {"PaymentType": "Check", "AccountRef": {"value": account}, "Line": lines, **more}


async def moved(qbo: Qbo, *names: str) -> list[Decimal]:
    assert await qbo.total() == 0
    return [await qbo.account(name) for name in names]


async def test_a_sales_receipt_puts_money_where_it_says(qbo: Qbo) -> None:
    made = await qbo.make("SalesReceipt", {"Line": sale("0", 70)["Line"]})
    assert made["DepositToAccountRef"]["name"] == "Undeposited Funds"
    assert await moved(qbo, "Undeposited Funds", "Services") == [70, -70]
    await qbo.make("SalesReceipt", sale(await qbo.customer(), 30, DepositToAccountRef={"value": CHECKING}))
    assert await moved(qbo, "Checking", "Services") == [30, -100]
    await qbo.post("salesreceipt", {**made, "sparse": True}, operation="update", include="void")
    assert await moved(qbo, "Undeposited Funds", "Services") == [0, -30]


async def test_an_estimate_books_nothing(qbo: Qbo) -> None:
    made = await qbo.make("Estimate", sale(await qbo.customer(), 70))
    assert (made["TxnStatus"], made["TotalAmt"]) == ("Pending", 70)
    assert await moved(qbo, "Services") == [0]


async def test_an_expense_takes_money_and_a_credit_gives_it_back(qbo: Qbo) -> None:
    vendor = (await qbo.make("Vendor", {"DisplayName": "Baraka"}))["Id"]
    made = await qbo.make("Purchase", expense(EntityRef={"value": vendor, "type": "Vendor"}))
    assert made["EntityRef"] == {"value": vendor, "name": "Baraka", "type": "Vendor"}
    assert await moved(qbo, "Checking", "Purchases") == [-40, 40]
    await qbo.make("Purchase", expense(15, CARD, PaymentType="CreditCard", Credit=True))
    assert await moved(qbo, "Company Card", "Purchases") == [15, 25]
    await qbo.post("purchase", made, operation="delete")
    assert await moved(qbo, "Checking", "Purchases") == [0, -15]
    assert (await qbo.refused("Purchase", expense(PaymentType="Shells")))["code"] == "2170"
    assert (await qbo.refused("Purchase", expense(account=RECEIVABLE)))["code"] == "6430"


async def test_a_vendor_credit_is_spent_by_a_bill_payment(qbo: Qbo) -> None:
    vendor = (await qbo.make("Vendor", {"DisplayName": "Baraka"}))["Id"]
    credit = await qbo.make("VendorCredit", bill(vendor, 30))
    owed = await qbo.make("Bill", bill(vendor, 100))
    assert await moved(qbo, "Accounts Payable (A/P)") == [-70]
    links = [("Bill", owed["Id"], 100), ("VendorCredit", credit["Id"], 30)]
    body = payment("0", 70, *links) | {"VendorRef": {"value": vendor}, "PayType": "Check"}
    del body["CustomerRef"]
    await qbo.make("BillPayment", {**body, "CheckPayment": {"BankAccountRef": {"value": CHECKING}}})
    assert await moved(qbo, "Accounts Payable (A/P)", "Checking") == [0, -70]
    found = [(await qbo.read(kind, id_))["Balance"] for kind, id_, _ in links]
    assert found == [0, 0]


async def test_transfers_and_card_payments_move_money(qbo: Qbo) -> None:
    ends = {"FromAccountRef": {"value": CHECKING}, "ToAccountRef": {"value": SAVINGS}}
    await qbo.make("Transfer", {**ends, "Amount": "12.50"})
    assert await moved(qbo, "Checking", "Savings") == [Decimal("-12.50"), Decimal("12.50")]
    body = {"BankAccountRef": {"value": CHECKING}, "CreditCardAccountRef": {"value": CARD}, "Amount": 5}
    answer = await qbo.post("creditcardpayment", body)
    assert answer.json()["CreditCardPaymentTxn"]["Amount"] == 5
    assert await moved(qbo, "Company Card") == [5]
    same = {**ends, "ToAccountRef": ends["FromAccountRef"]}
    assert (await qbo.refused("Transfer", {**same, "Amount": 1}))["code"] == "6000"
    control = {**ends, "ToAccountRef": {"value": RECEIVABLE}}
    assert (await qbo.refused("Transfer", {**control, "Amount": 1}))["code"] == "6430"
    assert (await qbo.refused("Transfer", ends))["code"] == "2020"


async def test_a_deposit_takes_from_accounts_and_freezes_the_payments_in_it(qbo: Qbo) -> None:
    paid = await qbo.pay(await qbo.customer(), 60)
    link = {"Amount": 60, "LinkedTxn": [{"TxnId": paid["Id"], "TxnType": "Payment", "TxnLineId": "0"}]}
    lines = [taken(40), link]
    back = {"AccountRef": {"value": SAVINGS}, "Amount": 10}
    body = {"DepositToAccountRef": {"value": CHECKING}, "Line": lines, "CashBack": back}
    made = await qbo.make("Deposit", body)
    assert (made["TotalAmt"], [one["Id"] for one in made["Line"]]) == (90, ["1", "2"])
    names = ("Checking", "Savings", "Undeposited Funds", "Sales of Product Income")
    assert await moved(qbo, *names) == [90, 10, 0, -40]
    answer = await qbo.post("payment", paid, operation="delete")
    assert error(answer)["code"] == "6540"
    assert (await qbo.refused("Payment", {**paid, "TotalAmt": 50}))["code"] == "6540"
    await qbo.make("Payment", {**paid, "PrivateNote": "a note is harmless"})
    await qbo.post("deposit", made, operation="delete")
    again = await qbo.read("Payment", paid["Id"])
    assert (await qbo.post("payment", again, operation="delete")).status_code == 200


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"Amount": 1, "DepositLineDetail": {}}, "2020"),
        ({"Amount": 1, "LinkedTxn": [{"TxnId": "77", "TxnType": "Payment"}]}, "610"),
        (taken(-1), "6000"),
    ],
)
async def test_a_deposit_of_nothing(qbo: Qbo, line: dict[str, Any], code: str) -> None:
    body = {"DepositToAccountRef": {"value": CHECKING}, "Line": [line]}
    assert (await qbo.refused("Deposit", body))["code"] == code


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"NameOf": "Nobody"}, "2170"),
        ({"EmployeeRef": None}, "2020"),
        ({"EmployeeRef": {"value": "99"}}, "2500"),
        ({"Hours": 0}, "6000"),
        ({"BillableStatus": "Billable"}, "6000"),
        ({"BillableStatus": "Perhaps"}, "2170"),
    ],
)
async def test_hours_need_a_worker_and_a_time(qbo: Qbo, more: dict[str, Any], code: str) -> None:
    worker = (await qbo.make("Employee", {"GivenName": "Lena", "FamilyName": "O"}))["Id"]
    body = {"NameOf": "Employee", "EmployeeRef": {"value": worker}, "Hours": 3}
    assert (await qbo.refused("TimeActivity", {**body, **more}))["code"] == code
    made = await qbo.make("TimeActivity", body)
    assert (made["EmployeeRef"]["name"], made["BillableStatus"]) == ("Lena O", "NotBillable")


async def test_rates_set_by_people_are_used_from_then_on(kenya: Qbo) -> None:
    await kenya.post("exchangerate", {"SourceCurrencyCode": "USD", "Rate": "140", "AsOfDate": "2026-11-01"})
    made = await kenya.make(
        "Invoice",
        {**sale("2", 10), "CurrencyRef": {"value": "USD"}, "GlobalTaxCalculation": "NotApplicable"},
    )
    assert (made["ExchangeRate"], made["HomeTotalAmt"]) == (140, 1400)
    answer = await kenya.get("exchangerate", sourcecurrencycode="USD")
    assert answer.json()["ExchangeRate"]["AsOfDate"] == "2026-11-01"
    for body, code in (
        ({"SourceCurrencyCode": "USD", "Rate": 0}, "2030"),
        ({"SourceCurrencyCode": "XXX", "Rate": 1}, "2170"),
        ({"SourceCurrencyCode": "USD"}, "2020"),
        ({"SourceCurrencyCode": "USD", "Rate": 1, "TargetCurrencyCode": "EUR"}, "6000"),
    ):
        assert (await kenya.refused("ExchangeRate", body))["code"] == code


async def test_a_rate_nobody_set_is_still_told(qbo: Qbo) -> None:
    answer = await qbo.get("exchangerate", sourcecurrencycode="EUR", asofdate="2026-01-31")
    found = jsontext.loads(answer.content)["ExchangeRate"]
    assert (found["Rate"], found["AsOfDate"], found["TargetCurrencyCode"]) == (1, "2026-01-31", "USD")
    assert error(await qbo.get("exchangerate"))["code"] == "2170"


async def test_the_tax_service(qbo: Qbo) -> None:
    agency = (await qbo.make("TaxAgency", {"DisplayName": "Town Hall"}))["Id"]
    detail = {"TaxRateName": "Town", "RateValue": "7.5", "TaxAgencyId": agency, "TaxApplicableOn": "Sales"}
    made = (await qbo.post("taxservice/taxcode", {"TaxCode": "Town", "TaxRateDetails": [detail]})).json()
    assert set(made) == {"TaxCode", "TaxCodeId", "TaxRateDetails", "time"}
    body = sale(await qbo.customer(), 200)
    body["Line"][0]["SalesItemLineDetail"]["TaxCodeRef"] = {"value": "TAX"}
    found = await qbo.make(
        "Invoice", {**body, "TxnTaxDetail": {"TxnTaxCodeRef": {"value": made["TaxCodeId"]}}}
    )
    assert found["TxnTaxDetail"]["TotalTax"] == 15
    rate = made["TaxRateDetails"][0]["TaxRateId"]
    again = await qbo.post("taxservice/taxcode", {"TaxCode": "Both", "TaxRateDetails": [{"TaxRateId": rate}]})
    assert again.json()["TaxRateDetails"][0]["TaxRateName"] == "Town"
    for details, code in (
        ([], "2020"),
        ([{**detail, "TaxAgencyId": "9", "TaxRateName": "Other"}], "2500"),
        ([{**detail, "TaxApplicableOn": "Neither"}], "2170"),
        ([{"TaxRateId": "99"}], "2500"),
        ([detail], "6240"),
    ):
        body = {"TaxCode": f"New {code}", "TaxRateDetails": details}
        assert error(await qbo.post("taxservice/taxcode", body))["code"] == code


async def test_currencies_of_the_company(qbo: Qbo) -> None:
    made = await qbo.make("CompanyCurrency", {"Code": "CAD"})
    assert made["Name"] == "Canadian Dollar"
    ended = await qbo.make("CompanyCurrency", {**made, "Active": False})
    assert (ended["Code"], ended["Active"]) == ("CAD", False)
    assert (await qbo.refused("CompanyCurrency", {"Code": "QQQ"}))["code"] == "2170"
    for entity in ("Budget", "CustomerType"):
        assert (await qbo.refused(entity, {"Name": "New"}))["code"] == "500"


async def test_the_payment_of_a_card_is_a_transfer_too(qbo: Qbo) -> None:
    body = {"BankAccountRef": {"value": CHECKING}, "CreditCardAccountRef": {"value": CARD}, "Amount": 5}
    made = await qbo.make("CreditCardPaymentTxn", body)
    found = await qbo.read("Transfer", made["Id"])
    assert (found["FromAccountRef"]["value"], found["ToAccountRef"]["value"]) == (CHECKING, CARD)
    assert error(await qbo.get("transfer/99"))["code"] == "610"


async def test_a_subtype_says_the_type(qbo: Qbo) -> None:
    made = await qbo.make("Account", {"Name": "Cash box", "AccountSubType": "CashOnHand", "AccountType": ""})
    assert (made["AccountType"], made["Classification"]) == ("Bank", "Asset")
    assert (await qbo.refused("Account", {"Name": "Other", "AccountSubType": "Shoebox"}))["code"] == "2020"


async def test_the_subtotal_stands_before_the_discount(qbo: Qbo) -> None:
    discount = {"DetailType": "DiscountLineDetail"}
    discount["DiscountLineDetail"] = {"PercentBased": True, "DiscountPercent": 10}
    body = sale(await qbo.customer(), 35)
    made = await qbo.make("Estimate", {**body, "Line": [*body["Line"], discount]})
    kinds = [one["DetailType"] for one in made["Line"]]
    assert kinds == ["SalesItemLineDetail", "SubTotalLineDetail", "DiscountLineDetail"]
    assert ([one["Amount"] for one in made["Line"]], made["TotalAmt"]) == ([35, 35, 3.5], 31.5)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("Service", {"IncomeAccountRef": {"value": INCOME}}),
        ("NonInventory", {"ExpenseAccountRef": {"value": "27"}, "PurchaseCost": 4}),
        (
            "Inventory",
            {
                "IncomeAccountRef": {"value": INCOME},
                "AssetAccountRef": {"value": "5"},
                "ExpenseAccountRef": {"value": "20"},
                "QtyOnHand": 10,
                "InvStartDate": "2026-01-01",
            },
        ),
        ("Category", {}),
        ("Group", {"ItemGroupDetail": {"ItemGroupLine": [{"Qty": 2, "ItemRef": {"value": "1"}}]}}),
    ],
)
async def test_items_of_every_type(qbo: Qbo, kind: str, more: dict[str, Any]) -> None:
    made = await qbo.make("Item", {"Name": f"A {kind}", "Type": kind, **more})
    found = await qbo.query(f"select * from Item where Type = '{kind}' and Id = '{made['Id']}'")
    assert [one["Name"] for one in found["Item"]] == [f"A {kind}"]
    assert (await qbo.refused("Item", {"Name": "Other", "Type": "Ghost", **more}))["code"] == "2170"


async def test_an_estimate_closes_when_it_is_invoiced_and_opens_when_the_invoice_goes(qbo: Qbo) -> None:
    customer = await qbo.customer()
    offer = await qbo.make("Estimate", sale(customer, 70))
    link = [{"TxnId": offer["Id"], "TxnType": "Estimate"}]
    made = await qbo.make("Invoice", sale(customer, 70, LinkedTxn=link))
    found = await qbo.read("Estimate", offer["Id"])
    assert (found["TxnStatus"], found["LinkedTxn"]) == (
        "Closed",
        [{"TxnId": made["Id"], "TxnType": "Invoice"}],
    )
    await qbo.pay(customer, 70, ("Invoice", made["Id"], 70))
    assert link[0] in (await qbo.read("Invoice", made["Id"]))["LinkedTxn"]
    other = await qbo.customer("Zawadi")
    for body in (sale(customer, LinkedTxn=link), sale(other, LinkedTxn=link)):
        refused = await qbo.refused("Invoice", body)
        assert (refused["code"], "already been invoiced" in refused["Detail"]) == ("6000", True)
    missing = sale(customer, LinkedTxn=[{"TxnId": "77", "TxnType": "Estimate"}])
    assert (await qbo.refused("Invoice", missing))["code"] == "6000"
    await qbo.post("invoice", await qbo.read("Invoice", made["Id"]), operation="delete")
    assert (await qbo.read("Estimate", offer["Id"]))["TxnStatus"] == "Pending"
