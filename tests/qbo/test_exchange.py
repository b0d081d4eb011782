from decimal import Decimal

import pytest

from awra_tui.qbo import json
from awra_tui.qbo.exchange import BatchItem, batch, single


def test_one_operation_is_bytes_and_parameters():
    exchange = single("9130", "Invoice", "create", {"TotalAmt": Decimal("1.10")}, "r-1")
    assert (exchange.method, exchange.path) == ("POST", "/v3/company/9130/invoice")
    assert exchange.params == {"minorversion": "75", "requestid": "r-1"}
    assert exchange.body == b'{"TotalAmt":1.10}'


@pytest.mark.parametrize(
    ("entity", "operation", "params"),
    [
        ("Invoice", "update", {}),
        ("Invoice", "delete", {"operation": "delete"}),
        ("Invoice", "void", {"operation": "void"}),
        ("Payment", "void", {"operation": "update", "include": "void"}),
        ("SalesReceipt", "void", {"operation": "update", "include": "void"}),
    ],
)
def test_operations_are_parameters(entity, operation, params):
    exchange = single("9130", entity, operation, {"Id": "1", "SyncToken": "0"}, "r-1")
    assert exchange.params == {"minorversion": "75", "requestid": "r-1", **params}


def test_a_sparse_update_says_so_and_leaves_the_callers_body_alone():
    body = {"Id": "1"}
    assert json.decode(single("9130", "Invoice", "sparse_update", body, "r").body) == {
        "Id": "1",
        "sparse": True,
    }
    assert body == {"Id": "1"}


def test_a_repeated_number_can_be_allowed():
    exchange = single("9130", "Invoice", "create", {}, "r", allow_duplicate_number=True)
    assert exchange.params["include"] == "allowduplicatedocnum"


def test_a_batch_holds_its_items_in_order():
    items = [
        BatchItem("1", "Invoice", "create", {"DocNumber": "A"}),
        BatchItem("2", "Customer", "sparse_update", {"Id": "3"}),
        BatchItem("3", "Payment", "void", {"Id": "4"}),
        BatchItem("4", "Invoice", "delete", {"Id": "5"}),
    ]
    exchange = batch("9130", items, "r-2")
    assert exchange.path == "/v3/company/9130/batch"
    assert json.decode(exchange.body) == {
        "BatchItemRequest": [
            {"bId": "1", "operation": "create", "Invoice": {"DocNumber": "A"}},
            {"bId": "2", "operation": "update", "Customer": {"Id": "3", "sparse": True}},
            {"bId": "3", "operation": "update", "optionsData": "void", "Payment": {"Id": "4"}},
            {"bId": "4", "operation": "delete", "Invoice": {"Id": "5"}},
        ]
    }


def item(bid):
    return BatchItem(bid, "Invoice", "create", {})


@pytest.mark.parametrize(
    "call",
    [
        lambda: batch("1", [], "r"),
        lambda: batch("1", [item(str(n)) for n in range(31)], "r"),
        lambda: batch("1", [item("1"), item("1")], "r"),
        lambda: batch("1", [item("12345678901")], "r"),
        lambda: batch("1", [item("")], "r"),
        lambda: batch("1", [item("1")], "r" * 37),
        lambda: single("1", "Invoice", "create", {}, ""),
        lambda: single("1", "Invoice", "upsert", {}, "r"),
        lambda: batch("1", [BatchItem("1", "Invoice", "upsert", {})], "r"),
    ],
)
def test_what_quickbooks_could_not_hold_is_refused(call):
    with pytest.raises(ValueError):
        call()
