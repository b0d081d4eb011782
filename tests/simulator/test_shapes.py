"""Answers beside recorded ones: the same names, types and nesting."""

import json
from typing import Any

import pytest

from awra_tui.simulator import faults
from tests.shared import shared_file
from tests.simulator.qbo import Qbo, payment, sale

# What the recorded company had and a new one has not: a custom field, a default tax code, and
# addresses that were looked up on a map.
ITS_OWN = {"CustomField", "DefaultTaxCodeRef", "Lat", "Long"}


def recorded(name: str) -> dict[str, Any]:
    path = shared_file("qbo", "recordings", f"qboapi_{name}.json")
    return json.loads(path.read_text(encoding="utf-8"))


def shape(value: Any) -> Any:
    """Reduce JSON to names and types; a list to the shape of its first element."""
    if isinstance(value, dict):
        return {name: shape(member) for name, member in value.items() if name not in ITS_OWN}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "number"
    return type(value).__name__


ADDRESS = {
    "Line1": "1 Mtaa Street",
    "City": "Nairobi",
    "CountrySubDivisionCode": "CA",
    "PostalCode": "94326",
}


async def placed(qbo: Qbo) -> str:
    return await qbo.customer("Amani", BillAddr=ADDRESS, ShipAddr=ADDRESS)


async def test_a_new_customer(qbo: Qbo) -> None:
    record = recorded("create_customer_0")
    answer = await qbo.post("customer", json.loads(record["request"]["body"]))
    assert shape(answer.json()) == shape(record["json"])


async def test_a_new_invoice(qbo: Qbo) -> None:
    record = recorded("create_invoice_0")
    await placed(qbo)
    await qbo.switch(custom_txn_numbers=False)
    answer = await qbo.post("invoice", json.loads(record["request"]["body"]))
    found, wanted = answer.json(), record["json"]
    assert shape(found) == shape(wanted)
    assert len(found["Invoice"]["Line"]) == len(wanted["Invoice"]["Line"])
    assert shape(found["Invoice"]["Line"][1]) == shape(wanted["Invoice"]["Line"][1])
    for name in ("Line", "TotalAmt", "Balance", "TxnTaxDetail", "PrintStatus", "EmailStatus"):
        assert found["Invoice"][name] == wanted["Invoice"][name]


async def test_a_voided_and_a_deleted_invoice(qbo: Qbo) -> None:
    await qbo.switch(custom_txn_numbers=False)
    made = await qbo.invoice(await placed(qbo), 100)
    answer = await qbo.post("invoice", {"Id": made["Id"], "SyncToken": "0"}, operation="void")
    wanted = recorded("void_invoice_1")["json"]
    assert shape(answer.json()) == shape(wanted)
    assert answer.json()["Invoice"]["PrivateNote"] == wanted["Invoice"]["PrivateNote"]
    answer = await qbo.post("invoice", {"Id": made["Id"], "SyncToken": "1"}, operation="delete")
    assert shape(answer.json()) == shape(recorded("delete_invoice_1")["json"])


async def test_a_changed_customer(qbo: Qbo) -> None:
    record = recorded("update_customer_1")
    made = await qbo.make("Customer", {"DisplayName": "Jack"})
    body = {**json.loads(record["request"]["body"]), "Id": made["Id"]}
    answer = await qbo.post("customer", body)
    assert shape(answer.json()) == shape(record["json"])


async def test_queries(qbo: Qbo) -> None:
    await placed(qbo)
    vendor = {"DisplayName": "Ampersand & Sons", "CompanyName": "A", "BillAddr": ADDRESS, "AcctNum": "7"}
    person = {"GivenName": "J", "FamilyName": "R", "PrimaryPhone": {"FreeFormNumber": "1"}}
    await qbo.make("Vendor", {**vendor, **person})
    answer = await qbo.get("query", query="SELECT * FROM Vendor WHERE DisplayName = 'Ampersand & Sons'")
    assert shape(answer.json()) == shape(recorded("misc_ampersand_0")["json"])
    answer = await qbo.get("query", query="SELECT COUNT(*) FROM Customer")
    assert shape(answer.json()) == shape(recorded("all_customers_0")["json"])


@pytest.mark.parametrize(
    "name", ["all_alt_select_0", "all_alt_select_1", "get_display_name_0", "all_vendors_by_5_6"]
)
async def test_recorded_queries_are_understood(qbo: Qbo, name: str) -> None:
    from urllib.parse import parse_qs, urlsplit

    text = parse_qs(urlsplit(recorded(name)["request"]["uri"]).query)["query"][0]
    assert "Customer" not in await qbo.query(text)


async def test_a_batch_item_of_each_kind(qbo: Qbo) -> None:
    record = recorded("batch_basic_0")
    created, missing, _, _ = record["json"]["BatchItemResponse"]
    items = json.loads(record["request"]["body"])["BatchItemRequest"][:2]
    answer = await qbo.post("batch", {"BatchItemRequest": items})
    found = answer.json()
    assert shape(found["BatchItemResponse"][0]) == shape(created)
    assert found["BatchItemResponse"][1] == missing
    assert set(found) == set(record["json"])


async def test_changes(qbo: Qbo) -> None:
    record = recorded("cdc_basic_0")
    await qbo.invoice(await qbo.customer())
    answer = await qbo.get("cdc", entities="invoice", changedSince="2026-11-01T09:00:00-07:00")
    (found,) = answer.json()["CDCResponse"][0]["QueryResponse"]
    (wanted,) = record["json"]["CDCResponse"][0]["QueryResponse"]
    assert set(found) - {"Invoice"} == set(wanted) - {"Estimate"}
    assert set(answer.json()) == set(record["json"])


async def test_the_inactive_account_that_is_made_inactive_again(qbo: Qbo) -> None:
    record = recorded("deactivate_account_1")["json"]
    account = record["Account"]
    await qbo.http.post("/simulator/seed", json={"objects": [["Account", account]]})
    body = {"Id": "5", "SyncToken": "1", "sparse": True, "Active": False, "Name": account["Name"]}
    assert await qbo.make("Account", body) == account


@pytest.mark.parametrize(
    ("name", "number"),
    [("error_400_1", 400), ("error_500_1", 400), ("error_401_0", 401), ("error_500_0", 400)],
)
async def test_recorded_errors_of_reading(qbo: Qbo, name: str, number: int) -> None:
    record = recorded(name)
    path = record["request"]["uri"].split("/v3/")[1].removeprefix("company/-COMPANY_ID-/")
    if number == 401:
        await qbo.switch(token_expired=True)
    answer = await qbo.http.get(f"{qbo.base}/{path}")
    assert answer.status_code == number == record["status"]["code"]
    found, wanted = shape(answer.json()), shape(record["json"])
    # One recorded answer lacks its time.
    assert {**found, "time": 0} == {**wanted, "time": 0}
    if "Fault" in wanted and name != "error_500_0":
        assert answer.json()["Fault"] == record["json"]["Fault"]


def received(name: str) -> Any:
    path = shared_file("qbo", "faults", name)
    found = json.loads(path.read_text(encoding="utf-8"))
    return found["Fault"]["Error"][0]


def told(refusal: faults.FaultError) -> dict[str, str]:
    return refusal.problems[0].body()


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("16_610_object_not_found_inactive.json", faults.not_found()),
        ("22_2020_required_name.json", faults.FaultError(faults.required("Name"))),
        ("26_2030_invalid_id.json", faults.bad_id("1.5")),
        (
            "27_2050_string_too_long_description.json",
            faults.FaultError(faults.too_long("Description", 4000, 4006)),
        ),
        ("29_2170_invalid_enumeration.json", faults.bad_enumeration("HAS_BEEN_BILLED")),
        ("32_2500_invalid_ref_accounts.json", faults.bad_reference("Accounts element id 7 not found")),
        ("69_6140_duplicate_docnumber_2026_09.json", faults.duplicate_number("18696", "Invoice", "6575")),
        ("74_6210_account_period_closed.json", faults.closed_period()),
        ("83_6430_invalid_account_type.json", faults.wrong_account()),
        ("85_500_void_not_supported_purchase.json", faults.unsupported("void")),
        ("20_2010_unsupported_property_masked_2026.json", faults.malformed()),
    ],
)
def test_faults_are_worded_as_received(name: str, refusal: faults.FaultError) -> None:
    assert told(refusal) == received(name)


async def test_the_words_of_business_rules(qbo: Qbo) -> None:
    from tests.simulator.qbo import journal

    found = await qbo.refused("JournalEntry", journal(("Debit", "1", 5, {})))
    assert found == received("59_6000_je_two_lines.json")
    nameless = journal(("Debit", "3", 5, {}), ("Credit", "15", 5, {}))
    assert await qbo.refused("JournalEntry", nameless) == received("60_6000_ar_needs_customer.json")
    empty = {**sale("1"), "CustomerRef": {"value": ""}}
    assert await qbo.refused("Invoice", empty) == received("58_6000_unexpected_internal_30003.json")
    customer = await qbo.customer()
    assert await qbo.refused("Payment", payment(customer, 0)) == received("63_6000_must_set_amount.json")
