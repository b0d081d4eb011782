"""What happens around the rules: tokens, requestid, batches, changes, limits, rehearsed incidents."""

from datetime import datetime

import pytest
from defusedxml import ElementTree

from awra_tui.simulator import clock, control
from awra_tui.simulator.app import ConnectionDroppedError
from tests.simulator.qbo import Qbo, Watch, basic, line, refresh, sale


async def test_every_answer_carries_its_trace(qbo: Qbo) -> None:
    answers = [
        await qbo.get("companyinfo/1"),
        await qbo.get("nonsense"),
        await qbo.http.get("/simulator/state"),
        await qbo.http.get("/nowhere"),
    ]
    traces = {answer.headers["intuit_tid"] for answer in answers}
    assert len(traces) == len(answers)


async def test_bad_and_expired_tokens_are_401_in_the_gateways_words(watch: Watch, qbo: Qbo) -> None:
    watch.forward(seconds=3599)
    assert (await qbo.get("companyinfo/1")).status_code == 200
    watch.forward(seconds=2)
    answer = await qbo.get("companyinfo/1")
    (error,) = answer.json()["fault"]["error"]
    assert (answer.status_code, error["code"]) == (401, "3200")
    assert error["detail"] == f"Token expired: {qbo.access['access_token']}"
    assert "invalid_token" in answer.headers["www-authenticate"]
    answer = await qbo.http.get(f"{qbo.base}/companyinfo/1", headers={"Authorization": "Bearer x"})
    assert answer.json()["fault"]["error"][0]["detail"].startswith("Malformed bearer token")


async def test_another_companys_id_is_403(qbo: Qbo) -> None:
    answer = await qbo.http.get("/v3/company/1/companyinfo/1")
    assert (answer.status_code, answer.json()["fault"]["error"][0]["code"]) == (403, "3100")


async def test_a_requestid_gives_the_same_answer_again(qbo: Qbo) -> None:
    first = await qbo.post("customer", {"DisplayName": "Once"}, requestid="r-1")
    again = await qbo.post("customer", {"DisplayName": "Once"}, requestid="r-1")
    assert (first.status_code, again.content) == (200, first.content)
    await qbo.switch(requestid_ignored=True)
    assert (await qbo.post("customer", {"DisplayName": "Once"}, requestid="r-1")).status_code == 400


async def test_batch_items_stand_alone(qbo: Qbo) -> None:
    customer = await qbo.customer()
    items = [
        {"bId": "a", "operation": "create", "Invoice": sale(customer, 10, DocNumber="1")},
        {"bId": "b", "operation": "create", "Invoice": sale(customer, 10, DocNumber="1")},
        {"bId": "c", "Query": "select count(*) from Invoice"},
        {"bId": "d", "operation": "update", "Customer": {"Id": customer, "SyncToken": "7"}},
        {"bId": "e", "operation": "delete", "Invoice": {"Id": "999", "SyncToken": "0"}},
    ]
    answer = await qbo.post("batch", {"BatchItemRequest": items})
    assert answer.status_code == 200
    made, double, counted, stale, missing = answer.json()["BatchItemResponse"]
    assert (made["bId"], made["Invoice"]["DocNumber"]) == ("a", "1")
    assert counted == {"QueryResponse": {"totalCount": 0}, "bId": "c"}
    codes = [one["Fault"]["Error"][0]["code"] for one in (double, stale, missing)]
    assert codes == ["6140", "5010", "610"]
    assert await qbo.query("select count(*) from Invoice") == {"totalCount": 1}


async def test_a_batch_has_at_most_thirty_items(qbo: Qbo) -> None:
    items = [{"bId": str(n), "Query": "select * from Term"} for n in range(31)]
    answer = await qbo.post("batch", {"BatchItemRequest": items})
    assert (answer.status_code, answer.json()["Fault"]["Error"][0]["code"]) == (400, "1040")
    answer = await qbo.post("batch", {"BatchItemRequest": items[:30]})
    assert len(answer.json()["BatchItemResponse"]) == 30


async def test_a_batch_voids_a_payment(qbo: Qbo) -> None:
    customer = await qbo.customer()
    paid = await qbo.pay(customer, 5)
    item = {
        "bId": "v",
        "operation": "update",
        "optionsData": "void",
        "Payment": {"Id": paid["Id"], "SyncToken": "0"},
    }
    answer = await qbo.post("batch", {"BatchItemRequest": [item]})
    assert answer.json()["BatchItemResponse"][0]["Payment"]["TotalAmt"] == 0


async def test_changes_of_all_entities_come_in_one_answer(watch: Watch, qbo: Qbo) -> None:
    watch.forward(minutes=5)
    since = clock.stamp(watch.now)
    customer = await qbo.customer()
    gone = await qbo.invoice(customer)
    kept = await qbo.invoice(customer)
    await qbo.post("invoice", gone, operation="delete")
    answer = await qbo.get("cdc", entities="Customer,invoice,Bill", changedSince=since)
    customers, invoices, bills = answer.json()["CDCResponse"][0]["QueryResponse"]
    assert [one["Id"] for one in customers["Customer"]] == [customer]
    deleted, alive = sorted(invoices["Invoice"], key=lambda one: int(one["Id"]))
    assert alive["Id"] == kept["Id"]
    assert (deleted["domain"], deleted["status"], deleted["Id"]) == ("QBO", "Deleted", gone["Id"])
    assert (invoices["startPosition"], invoices["maxResults"], bills) == (1, 2, {})
    watch.forward(seconds=1)
    answer = await qbo.get("cdc", entities="Invoice", changedSince=watch.now.isoformat())
    assert answer.json()["CDCResponse"] == [{"QueryResponse": [{}]}]


async def test_changes_go_back_thirty_days(watch: Watch, qbo: Qbo) -> None:
    await qbo.customer()
    watch.forward(days=31)
    await qbo.http.post("/simulator/objects", json={"Customer": {"DisplayName": "Late"}})
    qbo.http.headers["Authorization"] = f"Bearer {(await refresh_access(qbo))}"
    answer = await qbo.get("cdc", entities="Customer", changedSince="2026-01-01T00:00:00Z")
    (found,) = answer.json()["CDCResponse"][0]["QueryResponse"]
    assert [one["DisplayName"] for one in found["Customer"]] == ["Late"]


async def refresh_access(qbo: Qbo) -> str:
    return str((await refresh(qbo, qbo.access["refresh_token"], basic(qbo))).json()["access_token"])


async def test_the_company_s_settings_are_among_the_changes(watch: Watch, qbo: Qbo) -> None:
    watch.forward(minutes=5)
    await qbo.switch(closing_date="2026-10-31")
    answer = await qbo.get("cdc", entities="CompanyInfo,Preferences", changedSince=clock.stamp(watch.now))
    info, settings = answer.json()["CDCResponse"][0]["QueryResponse"]
    assert info == {}
    [preferences] = settings["Preferences"]
    assert preferences == (await qbo.get("preferences")).json()["Preferences"]
    assert preferences["AccountingInfoPrefs"]["BookCloseDate"] == "2026-10-31"


@pytest.mark.parametrize("entity", ["TaxCode", "TaxRate", "TaxAgency", "TimeActivity", "Nonsense"])
async def test_tax_codes_are_not_among_the_changes(qbo: Qbo, entity: str) -> None:
    answer = await qbo.get("cdc", entities=f"Customer,{entity}", changedSince="2026-11-01")
    assert answer.status_code == 400


async def test_changes_hold_at_most_a_thousand_objects(qbo: Qbo) -> None:
    from awra_tui.simulator import booking

    for number in range(1005):
        booking.create(qbo.company, "Customer", {"DisplayName": f"C{number}"})
    answer = await qbo.get("cdc", entities="Customer", changedSince="2026-11-01")
    (found,) = answer.json()["CDCResponse"][0]["QueryResponse"]
    assert found["maxResults"] == 1000


async def test_ten_requests_a_second_and_no_more(watch: Watch, qbo: Qbo) -> None:
    await qbo.switch(limits=True)
    codes = [(await qbo.get("companyinfo/1")).status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]
    refused = await qbo.get("companyinfo/1")
    assert refused.headers["content-type"].startswith("application/xml")
    assert '<Error code="3001">' in refused.text
    watch.forward(seconds=1)
    assert (await qbo.get("companyinfo/1")).status_code == 200


async def test_forty_batches_a_minute_and_no_more(watch: Watch, qbo: Qbo) -> None:
    await qbo.switch(limits=True)
    codes = []
    for _ in range(41):
        watch.forward(seconds=1)
        codes.append((await qbo.post("batch", {"BatchItemRequest": []})).status_code)
    assert codes == [200] * 40 + [429]
    counted = control.state(qbo.company)["limits"]
    assert (counted["requests"], counted["batches"], counted["refused"]) == (40, 40, 1)
    first, last = (datetime.fromisoformat(counted[name]) for name in ("first_batch", "last_batch"))
    assert (last - first).total_seconds() == 39
    await qbo.switch(limits=True)
    assert control.state(qbo.company)["limits"]["requests"] == 0


async def test_answers_can_be_made_to_fail(qbo: Qbo) -> None:
    await qbo.switch(fail_next={"count": 1, "http_status": 502, "body": "<html>502</html>"})
    answer = await qbo.get("companyinfo/1")
    assert (answer.status_code, answer.text) == (502, "<html>502</html>")
    await qbo.switch(fail_next={"count": 2, "http_status": 400, "code": "6000"})
    for _ in range(2):
        assert (await qbo.get("companyinfo/1")).json()["Fault"]["Error"][0]["code"] == "6000"
    assert (await qbo.get("companyinfo/1")).status_code == 200
    await qbo.switch(throttle=True)
    assert (await qbo.get("companyinfo/1")).status_code == 429


async def test_reads_are_counted_and_writes_are_not(qbo: Qbo) -> None:
    await qbo.customer()
    await qbo.query("select * from Customer")
    await qbo.http.post(f"{qbo.base}/query", content="select * from Customer")
    await qbo.get("cdc", entities="Customer", changedSince="2026-11-01")
    await qbo.post("batch", {"BatchItemRequest": []})
    assert (await qbo.http.get("/simulator/state")).json()["reads"] == 3


async def test_refusals_of_the_gateway_are_rehearsed_in_its_words(qbo: Qbo) -> None:
    await qbo.switch(fail_next={"count": 1, "http_status": 403, "code": "3100"})
    answer = await qbo.get("companyinfo/1")
    (error,) = answer.json()["fault"]["error"]
    assert (answer.status_code, error["code"]) == (403, "3100")
    assert error["message"] == "message=AuthorizationFailed; errorCode=003100; statusCode=403"
    await qbo.switch(fail_next={"count": 1, "http_status": 403, "code": "3001"})
    answer = await qbo.get("companyinfo/1")
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/xml")
    assert "statusCode=403" in answer.text


@pytest.mark.parametrize(("when", "expected"), [("before", 0), ("after", 1)])
async def test_connections_can_be_dropped(qbo: Qbo, when: str, expected: int) -> None:
    await qbo.switch(drop_next={"count": 1, "when": when})
    with pytest.raises(ConnectionDroppedError):
        await qbo.post("customer", {"DisplayName": "Lost"})
    assert await qbo.query("select count(*) from Customer") == {"totalCount": expected}


async def test_all_access_tokens_can_be_expired(qbo: Qbo) -> None:
    await qbo.switch(token_expired=True)
    assert (await qbo.get("companyinfo/1")).status_code == 401


async def test_switches_are_named_or_refused(qbo: Qbo) -> None:
    answer = await qbo.http.post("/simulator/switches", json={"throttle": True, "speed": 1})
    assert (answer.status_code, answer.json()) == (400, {"error": "There is no switch speed."})
    assert (await qbo.http.get("/simulator/state")).json()["switches"]["throttle"] is False


async def test_an_accountants_hand_obeys_the_rules(qbo: Qbo) -> None:
    made = await qbo.http.post("/simulator/objects", json={"Customer": {"DisplayName": "By hand"}})
    assert made.json()["Customer"]["Id"] == "1"
    again = await qbo.http.post(
        "/simulator/objects", json={"entity": "Vendor", "body": {"DisplayName": "By hand"}}
    )
    assert again.json()["Fault"]["Error"][0]["code"] == "6240"


async def test_reset_begins_anew(qbo: Qbo) -> None:
    await qbo.customer()
    await qbo.switch(throttle=True)
    found = (await qbo.http.post("/simulator/reset")).json()
    assert "Customer" not in found["counts"]
    assert found["switches"]["throttle"] is False
    qbo.http.headers["Authorization"] = f"Bearer {found['access_token']}"
    assert await qbo.customer() == "1"


async def test_recorded_objects_can_be_loaded(qbo: Qbo) -> None:
    recorded = {"Id": "58", "SyncToken": "3", "DisplayName": "Recorded", "Balance": 12, "Active": True}
    await qbo.http.post("/simulator/seed", json={"objects": [["Customer", recorded]]})
    found = await qbo.read("Customer", "58")
    assert (found["SyncToken"], found["Balance"]) == ("3", 12)
    assert await qbo.customer() == "59"
    await qbo.invoice("58", 5)
    assert (await qbo.read("Customer", "58"))["Balance"] == 17


async def test_preferences_and_company_info(qbo: Qbo) -> None:
    answer = await qbo.get(f"companyinfo/{qbo.access['realm_id']}")
    assert answer.json()["CompanyInfo"]["CompanyName"] == "Simulated Trading Co"
    kept = (await qbo.get("preferences")).json()["Preferences"]
    changed = {"Id": "1", "SyncToken": kept["SyncToken"], "sparse": True}
    changed["AccountingInfoPrefs"] = {"BookCloseDate": "2026-01-31"}
    found = await qbo.make("Preferences", changed)
    assert found["AccountingInfoPrefs"]["BookCloseDate"] == "2026-01-31"
    assert found["SalesFormsPrefs"] == kept["SalesFormsPrefs"]
    assert (await qbo.query("select * from CompanyInfo"))["maxResults"] == 1


async def test_paths_and_ids_that_are_none(qbo: Qbo) -> None:
    codes = {}
    for path in ("customer/1/5", "customer/1.5", "reports/Nonsense", "customer"):
        answer = await qbo.get(path)
        codes[path] = (answer.status_code, answer.json()["Fault"]["Error"][0]["code"])
    assert set(codes.values()) == {(400, "500"), (400, "2030")}
    assert codes["customer/1.5"] == (400, "2030")


async def test_what_quickbooks_cannot_void(qbo: Qbo) -> None:
    vendor = (await qbo.make("Vendor", {"DisplayName": "Baraka"}))["Id"]
    from tests.simulator.qbo import bill, journal

    made = await qbo.make("Bill", bill(vendor))
    answer = await qbo.post("bill", made, operation="void")
    assert (answer.status_code, answer.json()["Fault"]["type"]) == (200, "SystemFault")
    entry = await qbo.make("JournalEntry", journal(("Debit", "1", 5, {}), ("Credit", "15", 5, {})))
    answer = await qbo.post("journalentry", entry, operation="void")
    assert (answer.status_code, answer.json()["BatchItemResponse"]) == (200, [])
    assert (await qbo.read("JournalEntry", entry["Id"]))["TotalAmt"] == 5
    order = await qbo.make("PurchaseOrder", bill(vendor))
    assert (await qbo.refused("PurchaseOrder", order, operation="void"))["code"] == "500"
    assert (await qbo.refused("TaxCode", {"Name": "New"}))["code"] == "500"


async def test_clients_that_send_every_field_empty_are_understood(qbo: Qbo) -> None:
    customer = {
        "DisplayName": "Amani",
        "Title": "",
        "BillAddr": None,
        "Balance": 0,
        "SyncToken": 0,
        "Id": None,
    }
    id_ = (await qbo.make("Customer", customer))["Id"]
    sent = {
        **sale(id_, DocNumber="", PrivateNote="", DueDate="", ShipAddr=None, CustomField=[], LinkedTxn=[]),
        "Line": [
            {**line("12.5", Qty=0, UnitPrice=0, ServiceDate=""), "Id": "", "LineNum": 0, "Description": None}
        ],
        "EmailStatus": "NotSet",
        "SyncToken": 0,
    }
    made = await qbo.make("Invoice", sent)
    assert (str(made["TotalAmt"]), "DocNumber" in made) == ("12.5", False)
    again = await qbo.make(
        "Invoice", {**made, "SyncToken": 0, "sparse": True, "CustomerMemo": {"value": "Thanks"}}
    )
    assert again["SyncToken"] == "1"


async def test_the_gateway_refuses_in_xml_whoever_prefers_it(qbo: Qbo) -> None:
    token = qbo.http.headers["Authorization"]
    for realm, authorization, status, code in (
        ("1", token, 403, "3100"),
        (qbo.access["realm_id"], "Bearer <no> & one", 401, "3200"),
    ):
        headers = {"Authorization": authorization, "Accept": "application/xml, */*"}
        answer = await qbo.http.get(f"/v3/company/{realm}/companyinfo/1", headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/xml")
        (told,) = ElementTree.fromstring(answer.content).iter("{http://schema.intuit.com/finance/v3}Error")
        assert told.get("code") == code
