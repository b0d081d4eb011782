"""Every recorded exchange again: same status, names, types and nesting."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.shared import SHARED, shared_file
from tests.simulator.qbo import Qbo, Watch

FOLDER = SHARED / "qbo" / "recordings"
NAMES = sorted(path.stem.removeprefix("qboapi_") for path in FOLDER.glob("qboapi_*.json")) or ["none"]
MEDIA = "Content-Type"

# The recorded company adds tax by a code of its own and shows one custom field on its forms.
PREFERENCES = {
    "TaxPrefs": {"UsingSalesTax": True, "TaxGroupCodeRef": {"value": "2"}},
    "SalesFormsPrefs": {
        "CustomTxnNumbers": False,
        "CustomField": [
            {"CustomField": [{"Name": "SalesFormsPrefs.SalesCustomName1", "StringValue": "Crew #"}]}
        ],
    },
}

Objects = list[tuple[str, dict[str, Any]]]


def recorded(name: str) -> dict[str, Any]:
    path = shared_file("qbo", "recordings", f"qboapi_{name}.json")
    return json.loads(path.read_text(encoding="utf-8"))


def test_all_are_there() -> None:
    shared_file("qbo", "recordings")
    assert len(NAMES) == 51


def bodies(answer: Any) -> Objects:
    """Find the objects in an answer, one alone or the rows of queries."""
    found: Objects = []
    for name, value in answer.items() if isinstance(answer, dict) else ():
        if isinstance(value, dict) and "Id" in value and "MetaData" in value:
            found.append((name, value))
        elif isinstance(value, dict):
            found += bodies(value)
        elif isinstance(value, list) and name in {"CDCResponse", "QueryResponse", "AttachableResponse"}:
            found += [one for member in value for one in bodies(member)]
        elif isinstance(value, list):
            found += [(name, one) for one in value if isinstance(one, dict) and "Id" in one]
    return found


def of(name: str) -> Objects:
    return bodies(recorded(name)["json"])


def an_invoice(id_: str) -> Objects:
    return [("Invoice", {**body, "Id": id_}) for _, body in of("delete_invoice_0")]


def an_item(id_: str) -> Objects:
    service = {"Name": f"Work {id_}", "Type": "Service", "Active": True, "IncomeAccountRef": {"value": "15"}}
    return [("Item", {**service, "Id": id_, "MetaData": {}})]


def of_now(watch: Watch, objects: Objects) -> Objects:
    """Let objects be of today: changes are told for thirty days only."""
    stamps = {"CreateTime": watch.now.isoformat(), "LastUpdatedTime": watch.now.isoformat()}
    return [(entity, {**body, "MetaData": stamps}) for entity, body in objects]


# What must be there before; for all others it is what the answer shows, or what was read just before.
BEFORE: dict[str, Callable[[], Objects]] = {
    "attachment_create_for_invoice_0": lambda: an_invoice("75"),
    "attachment_delete_attachment_0": lambda: of("attachment_read_attachment_0"),
    "attachment_error_estimate_0": list,
    "batch_basic_0": lambda: of("all_sales_receipts_0"),
    "create_customer_0": list,
    "create_invoice_0": lambda: [one for one in of("all_customers_1") if one[1]["Id"] == "1"],
    "error_400_json_0": list,
    "error_validation_0": lambda: of("error_400_0"),
    "get_pdf_invoice_0": lambda: an_invoice("130"),
    "update_sales_receipt_1": lambda: [*of("update_sales_receipt_0"), *an_item("4")],
}


def before(name: str) -> Objects:
    if name in BEFORE:
        return BEFORE[name]()
    if recorded(name)["request"]["method"] == "post":
        return of(f"{name[:-1]}0")
    # A page is one of several over the same objects.
    pages = [one for one in NAMES if one[:-1] == name[:-1] and "_all_" in f"_{one}"]
    return [one for page in pages or [name] for one in of(page)]


async def books(qbo: Qbo) -> None:
    """Book what the recorded ledger shows: accounts with and without movements, and one below another."""
    accounts = [
        {"Id": "90", "Name": "Truck", "AccountType": "Fixed Asset"},
        {"Id": "91", "Name": "Cost", "AccountType": "Fixed Asset", "CurrentBalance": 13495},
    ]
    accounts[1] |= {"ParentRef": {"value": "90"}}
    accounts.append({"Id": "2", "Name": "Savings", "AccountType": "Bank", "CurrentBalance": 800})
    receivable = {"Id": "3", "Name": "A/R", "AccountType": "Accounts Receivable", "CurrentBalance": 5004.02}
    receivable |= {"AccountSubType": "AccountsReceivable", "CurrencyRef": {"value": "USD"}}
    accounts.append({**receivable, "Active": True})
    raw = [["Account", {"FullyQualifiedName": one["Name"], "MetaData": {}, **one}] for one in accounts]
    await qbo.http.post("/simulator/seed", json={"objects": raw})
    await qbo.invoice(await qbo.customer())


REPORTS: dict[str, Callable[[Qbo], Awaitable[None]]] = {"reports_gl_0": books}


def shape(value: Any, name: str = "") -> Any:
    """Reduce JSON to names and types.

    Rows of a query count by their ids, rows of a report as the kinds of rows that there are.
    """
    if isinstance(value, dict):
        return {key: shape(member, key) for key, member in value.items()}
    if isinstance(value, list) and name == "Row":
        return sorted({json.dumps(shape(member), sort_keys=True) for member in value})
    if isinstance(value, list) and value and all(isinstance(one, dict) and "Id" in one for one in value):
        return {one["Id"]: shape(one) for one in value}
    if isinstance(value, list):
        return [shape(member) for member in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "number"
    return type(value).__name__


async def sent(qbo: Qbo, record: dict[str, Any]) -> httpx.Response:
    """Send a recorded request below the company's path, which some recordings leave out."""
    asked = record["request"]
    path = re.sub(r"/v3/(company/-COMPANY_ID-/)?", f"{qbo.base}/", urlsplit(asked["uri"]).path)
    query = urlsplit(asked["uri"]).query
    url = f"{path}?{query}" if query else path
    body = asked["body"]
    headers = {"Accept": "application/json"}
    if body.startswith("-----"):
        headers[MEDIA] = f"multipart/form-data; boundary={body.splitlines()[0].removeprefix('--')}"
    elif body:
        headers[MEDIA] = "application/json"
    return await qbo.http.request(asked["method"].upper(), url, content=body.encode(), headers=headers)


async def prepared(qbo: Qbo, watch: Watch, name: str) -> None:
    kept = (await qbo.get("preferences")).json()["Preferences"]
    await qbo.make("Preferences", {**PREFERENCES, "Id": "1", "SyncToken": kept["SyncToken"], "sparse": True})
    objects = of_now(watch, before(name)) if name == "cdc_basic_0" else before(name)
    answer = await qbo.http.post("/simulator/seed", json={"objects": objects})
    assert answer.status_code == 200, answer.text
    if name in REPORTS:
        await REPORTS[name](qbo)
    if name == "error_401_0":
        qbo.http.headers["Authorization"] = "Bearer of nothing"


@pytest.mark.parametrize("name", NAMES)
async def test_a_recorded_exchange(watch: Watch, qbo: Qbo, name: str) -> None:
    record = recorded(name)
    await prepared(qbo, watch, name)
    answer = await sent(qbo, record)
    assert answer.status_code == record["status"]["code"], answer.text
    media = record["headers"][MEDIA].partition(";")[0]
    assert answer.headers[MEDIA].partition(";")[0] == media
    if media != "application/json":
        assert answer.text.startswith(record["text"].removesuffix("..."))
        return
    assert shape(answer.json()) == shape(record["json"])
