"""Refusals, each from its rule."""

import pytest

from tests.simulator.qbo import Qbo, bill, error, journal, line, payment, sale


async def test_a_name_is_unique_over_customers_and_vendors(qbo: Qbo) -> None:
    owner = (await qbo.make("Vendor", {"DisplayName": "Baraka Supplies"}))["Id"]
    found = await qbo.refused("Customer", {"DisplayName": "baraka supplies "})
    assert found["code"] == "6240"
    assert found["Detail"].endswith(f": Id={owner}")


@pytest.mark.parametrize("entity", ["Item", "Account", "Class", "Department", "Term", "PaymentMethod"])
async def test_other_names_are_unique_in_their_own_list(qbo: Qbo, entity: str) -> None:
    body = {"Name": "Twice", "AccountType": "Bank", "IncomeAccountRef": {"value": "15"}}
    known = {"Item": {"Name", "IncomeAccountRef"}, "Account": {"Name", "AccountType"}}.get(entity, {"Name"})
    sent = {name: value for name, value in body.items() if name in known}
    await qbo.make(entity, sent)
    assert (await qbo.refused(entity, sent))["code"] == "6240"
    await qbo.customer("Twice")


async def test_a_number_is_unique_per_entity_and_names_its_owner(qbo: Qbo) -> None:
    customer = await qbo.customer()
    first = await qbo.invoice(customer, DocNumber="INV-1")
    found = await qbo.refused("Invoice", sale(customer, DocNumber="INV-1"))
    assert found["code"] == "6140"
    assert found["Detail"].endswith(
        f"DocNumber=INV-1 is assigned to TxnType=Invoice with TxnId={first['Id']}"
    )
    await qbo.make("CreditMemo", sale(customer, DocNumber="INV-1"))
    await qbo.make("Invoice", sale(customer, DocNumber="INV-1"), include="allowduplicatedocnum")


async def test_bill_numbers_are_unique_per_vendor(qbo: Qbo) -> None:
    one = (await qbo.make("Vendor", {"DisplayName": "One"}))["Id"]
    two = (await qbo.make("Vendor", {"DisplayName": "Two"}))["Id"]
    await qbo.make("Bill", bill(one, DocNumber="7"))
    await qbo.make("Bill", bill(two, DocNumber="7"))
    assert (await qbo.refused("Bill", bill(one, DocNumber="7")))["code"] == "6140"


@pytest.mark.parametrize(
    ("field", "table"),
    [("ClassRef", "Klasses"), ("DepartmentRef", "Depts"), ("SalesTermRef", "Terms")],
)
async def test_a_reference_that_is_not_there_names_its_list(qbo: Qbo, field: str, table: str) -> None:
    customer = await qbo.customer()
    found = await qbo.refused("Invoice", sale(customer, **{field: {"value": "999"}}))
    assert found["code"] == "2500"
    assert found["Detail"] == f"Invalid Reference Id : {table} element id 999 not found"


async def test_references_to_people_accounts_and_items(qbo: Qbo) -> None:
    assert "Names element id 88" in (await qbo.refused("Invoice", sale("88")))["Detail"]
    customer = await qbo.customer()
    body = {**sale(customer), "Line": [line(1, "77")]}
    assert "items element id 77" in (await qbo.refused("Invoice", body))["Detail"]
    body = payment(customer, 5) | {"DepositToAccountRef": {"value": "66"}}
    assert "Accounts element id 66" in (await qbo.refused("Payment", body))["Detail"]


async def test_an_inactive_item_cannot_be_used_but_what_has_it_can_be_changed(qbo: Qbo) -> None:
    customer = await qbo.customer()
    old = await qbo.invoice(customer)
    await qbo.make("Item", {"Id": "1", "SyncToken": "0", "sparse": True, "Active": False})
    found = await qbo.refused("Invoice", sale(customer))
    assert (found["code"], "made inactive" in found["Detail"]) == ("2500", True)
    changed = await qbo.make("Invoice", {**old, "PrivateNote": "kept"})
    assert changed["PrivateNote"] == "kept"


async def test_what_is_missing_is_610(qbo: Qbo) -> None:
    assert error(await qbo.get("invoice/4711"))["code"] == "610"
    found = await qbo.refused("Invoice", {**sale("1"), "Id": "4711", "SyncToken": "0"})
    assert found["code"] == "610"
    customer = await qbo.customer()
    invoice = await qbo.invoice(customer)
    await qbo.post("invoice", {"Id": invoice["Id"], "SyncToken": "0"}, operation="delete")
    assert error(await qbo.get(f"invoice/{invoice['Id']}"))["code"] == "610"


async def test_links_to_another_customer_or_beyond_what_is_open_are_620(qbo: Qbo) -> None:
    mine, other = await qbo.customer("Mine"), await qbo.customer("Other")
    invoice = (await qbo.invoice(mine, 100))["Id"]
    assert (await qbo.refused("Payment", payment(other, 10, ("Invoice", invoice, 10))))["code"] == "620"
    too_much = payment(mine, 101, ("Invoice", invoice, 101))
    assert (await qbo.refused("Payment", too_much))["code"] == "620"
    await qbo.pay(mine, 100, ("Invoice", invoice, 100))
    again = payment(mine, 1, ("Invoice", invoice, 1))
    assert (await qbo.refused("Payment", again))["code"] == "620"


async def test_more_cannot_be_applied_than_is_paid(qbo: Qbo) -> None:
    customer = await qbo.customer()
    invoice = (await qbo.invoice(customer, 100))["Id"]
    found = await qbo.refused("Payment", payment(customer, 50, ("Invoice", invoice, 60)))
    assert found["code"] == "6000"


async def test_an_old_sync_token_is_5010(qbo: Qbo) -> None:
    customer = await qbo.make("Customer", {"DisplayName": "Amani"})
    await qbo.make("Customer", {**customer, "CompanyName": "Amani Ltd"})
    found = await qbo.refused("Customer", {**customer, "CompanyName": "Amani Group"})
    assert found["code"] == "5010"
    assert (await qbo.read("Customer", customer["Id"]))["CompanyName"] == "Amani Ltd"


async def test_all_missing_fields_are_told_at_once(qbo: Qbo) -> None:
    answer = await qbo.post("invoice", {"PrivateNote": "x"})
    found = [(one["code"], one["element"]) for one in answer.json()["Fault"]["Error"]]
    assert found == [("2020", "CustomerRef"), ("2020", "Line")]
    customer = await qbo.customer()
    found = await qbo.refused("Invoice", {**sale(customer), "Line": [{"Amount": 1}]})
    assert (found["code"], found["element"]) == ("2020", "Line.DetailType")


async def test_unknown_fields_are_2010(qbo: Qbo) -> None:
    assert (await qbo.refused("Invoice", {"BadJson": True}))["code"] == "2010"
    customer = await qbo.customer()
    body = {**sale(customer), "Line": [{**line(1), "Colour": "red"}]}
    assert '"Colour"' in (await qbo.refused("Invoice", body))["Detail"]
    assert error(await qbo.http.post(f"{qbo.base}/invoice", content=b"{not json"))["code"] == "2010"


@pytest.mark.parametrize(("field", "limit"), [("DocNumber", 21), ("PrivateNote", 4000)])
async def test_too_long_texts_are_2050(qbo: Qbo, field: str, limit: int) -> None:
    customer = await qbo.customer()
    found = await qbo.refused("Invoice", sale(customer, **{field: "x" * (limit + 1)}))
    assert (found["code"], found["element"]) == ("2050", field)
    assert found["Detail"].endswith(f"Max:{limit:,} supported. Supplied length: {limit + 1:,}")
    await qbo.invoice(customer, **{field: "x" * limit})


async def test_an_amount_must_be_quantity_times_price_rounded_half_up(qbo: Qbo) -> None:
    customer = await qbo.customer()
    exact = {**sale(customer), "Line": [line("0.03", Qty="0.5", UnitPrice="0.05")]}
    assert (await qbo.make("Invoice", exact))["TotalAmt"] == jsonless("0.03")
    down = {**sale(customer), "Line": [line("0.02", Qty="0.5", UnitPrice="0.05")]}
    assert (await qbo.refused("Invoice", down))["code"] == "6070"
    zeros = {**sale(customer), "Line": [line(12, Qty=0, UnitPrice=0)]}
    assert (await qbo.make("Invoice", zeros))["TotalAmt"] == 12


def jsonless(text: str) -> object:
    from decimal import Decimal

    return Decimal(text)


async def test_nothing_moves_in_a_closed_period(qbo: Qbo) -> None:
    customer = await qbo.customer()
    old = await qbo.invoice(customer, TxnDate="2026-03-31")
    new = await qbo.invoice(customer, TxnDate="2026-04-01")
    await qbo.switch(closing_date="2026-03-31")
    assert (await qbo.refused("Invoice", sale(customer, TxnDate="2026-03-31")))["code"] == "6210"
    assert (await qbo.refused("Invoice", {**old, "TxnDate": "2026-04-02"}))["code"] == "6210"
    assert (await qbo.refused("Invoice", {**new, "TxnDate": "2026-03-01"}))["code"] == "6210"
    for operation in ("delete", "void"):
        assert (await qbo.refused("Invoice", old, operation=operation))["code"] == "6210"
    await qbo.make("Invoice", {**new, "TxnDate": "2026-04-02"})


async def test_a_journal_needs_two_lines_that_balance_and_a_customer(qbo: Qbo) -> None:
    alone = await qbo.refused("JournalEntry", journal(("Debit", "1", 5, {})))
    assert alone["Detail"].endswith("Fill out at least two detail lines to continue.")
    uneven = journal(("Debit", "1", 5, {}), ("Credit", "15", 4, {}))
    assert (await qbo.refused("JournalEntry", uneven))["code"] == "6000"
    nameless = journal(("Debit", "3", 5, {}), ("Credit", "15", 5, {}))
    assert "choose a customer" in (await qbo.refused("JournalEntry", nameless))["Detail"]


async def test_a_missing_tax_code_is_refused_outside_the_united_states(kenya: Qbo) -> None:
    body = sale("1", CurrencyRef={"value": "KES"})
    found = await kenya.refused("Invoice", body)
    assert (found["code"], "tax code" in found["Detail"]) == ("6000", True)
    await kenya.make("Invoice", {**body, "GlobalTaxCalculation": "NotApplicable"})


async def test_currency_is_required_and_must_be_the_customers(kenya: Qbo) -> None:
    body = {**sale("1"), "Line": [line(1, TaxCodeRef={"value": "1"})]}
    assert (await kenya.refused("Invoice", body))["element"] == "CurrencyRef"
    body["CurrencyRef"] = {"value": "USD"}
    assert (await kenya.refused("Invoice", body))["code"] == "6000"


async def test_names_are_made_inactive_not_deleted(qbo: Qbo) -> None:
    customer = await qbo.make("Customer", {"DisplayName": "Amani"})
    found = await qbo.refused("Customer", customer, operation="delete")
    assert (found["code"], found["Detail"]) == ("500", "Operation delete is not supported.")
    gone = await qbo.make(
        "Customer", {"Id": customer["Id"], "SyncToken": "0", "sparse": True, "Active": False}
    )
    assert (gone["DisplayName"], gone["Active"]) == ("Amani (deleted)", False)
    assert (await qbo.read("Customer", customer["Id"]))["Active"] is False
    await qbo.customer("Amani")


async def test_an_inactive_name_changes_only_by_coming_back(qbo: Qbo) -> None:
    made = await qbo.make("Customer", {"DisplayName": "Amani"})
    base = {"Id": made["Id"], "sparse": True}
    gone = await qbo.make("Customer", {**base, "SyncToken": "0", "Active": False})
    again = await qbo.make("Customer", {**base, "SyncToken": "1", "Active": False})
    assert again["SyncToken"] == gone["SyncToken"]
    assert (await qbo.refused("Customer", {**base, "SyncToken": "1", "Notes": "x"}))["code"] == "610"
    back = await qbo.make("Customer", {**base, "SyncToken": "1", "Active": True})
    assert (back["DisplayName"], back["SyncToken"]) == ("Amani", "2")


async def test_wrong_types_of_account_are_6430(qbo: Qbo) -> None:
    customer = await qbo.customer()
    body = payment(customer, 5) | {"DepositToAccountRef": {"value": "15"}}
    assert (await qbo.refused("Payment", body))["code"] == "6430"


async def test_an_empty_customer_is_told_as_an_internal_error(qbo: Qbo) -> None:
    found = await qbo.refused("Invoice", {**sale("1"), "CustomerRef": {"value": ""}})
    assert (found["code"], found["Detail"].endswith("(-30003)")) == ("6000", True)


async def test_an_ended_subscription_refuses_writing_only(qbo: Qbo) -> None:
    customer = await qbo.customer()
    await qbo.switch(subscription_ended=True)
    assert (await qbo.refused("Customer", {"DisplayName": "New"}))["code"] == "6190"
    assert (await qbo.read("Customer", customer))["DisplayName"] == "Amani Stores"


async def test_a_refusal_leaves_no_trace(qbo: Qbo) -> None:
    customer = await qbo.customer()
    invoice = (await qbo.invoice(customer, 100))["Id"]
    await qbo.refused("Payment", payment(customer, 150, ("Invoice", invoice, 60), ("Invoice", invoice, 60)))
    assert (await qbo.read("Invoice", invoice))["Balance"] == 100
    assert await qbo.query("select count(*) from Payment") == {"totalCount": 0}


async def test_nothing_is_below_itself(qbo: Qbo) -> None:
    top = await qbo.make("Customer", {"DisplayName": "Top"})
    below = await qbo.customer("Below", ParentRef={"value": top["Id"]})
    found = await qbo.refused("Customer", {**top, "ParentRef": {"value": below}})
    assert found["code"] == "900"


async def test_totals_are_not_negative(qbo: Qbo) -> None:
    customer = await qbo.customer()
    body = {**sale(customer), "Line": [line(10), line(-11)]}
    assert (await qbo.refused("Invoice", body))["code"] == "6000"
    assert (await qbo.make("Invoice", {**body, "Line": [line(10), line(-10)]}))["TotalAmt"] == 0


async def test_what_is_bought_needs_an_account(qbo: Qbo) -> None:
    vendor = (await qbo.make("Vendor", {"DisplayName": "Baraka"}))["Id"]
    item = await qbo.make("Item", {"Name": "Sold only", "IncomeAccountRef": {"value": "15"}})
    detail = {"ItemRef": {"value": item["Id"]}}
    lines = [{"Amount": 1, "DetailType": "ItemBasedExpenseLineDetail", "ItemBasedExpenseLineDetail": detail}]
    for entity in ("Bill", "PurchaseOrder"):
        assert (await qbo.refused(entity, {**bill(vendor), "Line": lines}))["code"] == "6000"
    lines = [{"Amount": 1, "DetailType": "AccountBasedExpenseLineDetail"}]
    found = await qbo.refused("Bill", {**bill(vendor), "Line": lines})
    assert (found["code"], found["element"]) == ("2020", "Line.AccountBasedExpenseLineDetail.AccountRef")
