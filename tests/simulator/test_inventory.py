"""Stock: quantities follow sales and purchases, what is sold has a cost; bundles sell what is in them."""

from decimal import Decimal
from typing import Any

import pytest

from tests.simulator.qbo import Qbo, line, sale

INCOME, COSTS, ASSET = "Sales of Product Income", "Cost of Goods Sold", "Inventory Asset"


async def account(qbo: Qbo, name: str) -> str:
    return (await qbo.query(f"select Id from Account where Name = '{name}'"))["Account"][0]["Id"]


async def stocked(qbo: Qbo, name: str = "Hoe", quantity: int = 10, **more: Any) -> str:
    """Make an item that costs 4 and sells at 9."""
    refs = {
        field: {"value": await account(qbo, place)}
        for field, place in (
            ("IncomeAccountRef", INCOME),
            ("ExpenseAccountRef", COSTS),
            ("AssetAccountRef", ASSET),
        )
    }
    body = {
        "Name": name,
        "Type": "Inventory",
        "TrackQtyOnHand": True,
        "QtyOnHand": quantity,
        "InvStartDate": "2026-01-01",
        "PurchaseCost": 4,
        "UnitPrice": 9,
    }
    return (await qbo.make("Item", body | refs | more))["Id"]


async def on_hand(qbo: Qbo, item: str) -> Any:
    return (await qbo.read("Item", item))["QtyOnHand"]


def selling(customer: str, item: str, quantity: int, **more: Any) -> dict[str, Any]:
    return {
        "CustomerRef": {"value": customer},
        "Line": [line(9 * quantity, item, Qty=quantity, UnitPrice=9)],
        **more,
    }


def buying(item: str, quantity: int) -> list[dict[str, Any]]:
    detail = {"ItemRef": {"value": item}, "Qty": quantity, "UnitPrice": 4}
    kind = "ItemBasedExpenseLineDetail"
    return [{"Amount": 4 * quantity, "DetailType": kind, kind: detail}]


async def balances(qbo: Qbo) -> tuple[Decimal, Decimal]:
    assert await qbo.total() == 0
    return await qbo.account(ASSET), await qbo.account(COSTS)


async def test_the_beginning_has_its_value(qbo: Qbo) -> None:
    await stocked(qbo)
    assert await balances(qbo) == (40, 0)
    assert await qbo.account("Opening Balance Equity") == -40


async def test_a_sale_takes_from_stock_and_costs_what_it_cost(qbo: Qbo) -> None:
    item, customer = await stocked(qbo), await qbo.customer()
    invoice = await qbo.make("Invoice", selling(customer, item, 3))
    assert (await on_hand(qbo, item), await balances(qbo)) == (7, (28, 12))
    changed = selling(customer, item, 5, Id=invoice["Id"], SyncToken="0")
    await qbo.make("Invoice", changed)
    assert (await on_hand(qbo, item), await balances(qbo)) == (5, (20, 20))
    await qbo.make("Invoice", {"Id": invoice["Id"], "SyncToken": "1"}, operation="void")
    assert (await on_hand(qbo, item), await balances(qbo)) == (10, (40, 0))


@pytest.mark.parametrize(("entity", "quantity"), [("SalesReceipt", 8), ("CreditMemo", 12), ("Estimate", 10)])
async def test_other_sales(qbo: Qbo, entity: str, quantity: int) -> None:
    item, customer = await stocked(qbo), await qbo.customer()
    made = await qbo.make(entity, selling(customer, item, 2))
    assert (await on_hand(qbo, item), (await balances(qbo))[0]) == (quantity, 4 * quantity)
    await qbo.make(entity, {"Id": made["Id"], "SyncToken": "0"}, operation="delete")
    assert (await on_hand(qbo, item), await balances(qbo)) == (10, (40, 0))


async def test_purchases_fill_it(qbo: Qbo) -> None:
    item = await stocked(qbo)
    vendor = {"value": (await qbo.make("Vendor", {"DisplayName": "Forge"}))["Id"]}
    bank = {"value": await account(qbo, "Checking")}
    paid = {"PaymentType": "Cash", "AccountRef": bank}
    for entity, head, quantity in (
        ("PurchaseOrder", {"VendorRef": vendor}, 10),
        ("Bill", {"VendorRef": vendor}, 15),
        ("VendorCredit", {"VendorRef": vendor}, 10),
        ("Purchase", paid, 15),
        ("Purchase", paid | {"Credit": True}, 10),
    ):
        await qbo.make(entity, {**head, "Line": buying(item, 5)})
        assert (await on_hand(qbo, item), await balances(qbo)) == (quantity, (4 * quantity, 0))


async def test_what_was_read_can_be_sent_back_and_a_quantity_set(qbo: Qbo) -> None:
    item, customer = await stocked(qbo), await qbo.customer()
    await qbo.make("Invoice", selling(customer, item, 3))
    again = await qbo.make("Item", await qbo.read("Item", item))
    assert again["QtyOnHand"] == 7
    sparse = {"Id": item, "SyncToken": again["SyncToken"], "sparse": True}
    renamed = await qbo.make("Item", {**sparse, "Description": "For weeds"})
    assert renamed["QtyOnHand"] == 7
    counted = await qbo.make("Item", {**sparse, "SyncToken": renamed["SyncToken"], "QtyOnHand": 6})
    assert (counted["QtyOnHand"], await balances(qbo)) == (6, (24, 12))
    found = await qbo.query("select Name, QtyOnHand from Item where QtyOnHand < 7 and Type = 'Inventory'")
    assert [one["QtyOnHand"] for one in found["Item"]] == [6]


async def test_nothing_moves_before_its_stock_begins(qbo: Qbo) -> None:
    item, customer = await stocked(qbo), await qbo.customer()
    refused = await qbo.refused("Invoice", selling(customer, item, 1, TxnDate="2025-12-31"))
    assert refused["code"] == "6520"
    assert await on_hand(qbo, item) == 10


async def test_a_count_corrects_the_quantity(qbo: Qbo) -> None:
    item = await stocked(qbo)
    detail = {"ItemRef": {"value": item}, "QtyDiff": -2}
    kind = "ItemAdjustmentLineDetail"
    body = {
        "AdjustAccountRef": {"value": await account(qbo, COSTS)},
        "Line": [{"DetailType": kind, kind: detail}],
    }
    made = await qbo.make("InventoryAdjustment", body)
    assert (await on_hand(qbo, item), await balances(qbo)) == (8, (32, 8))
    await qbo.make("InventoryAdjustment", {"Id": made["Id"], "SyncToken": "0"}, operation="delete")
    assert (await on_hand(qbo, item), await balances(qbo)) == (10, (40, 0))
    detail["ItemRef"] = {"value": "1"}
    assert (await qbo.refused("InventoryAdjustment", body))["code"] == "2020"


async def test_reports_know_the_stock(qbo: Qbo) -> None:
    item, customer = await stocked(qbo), await qbo.customer()
    await qbo.make("Invoice", selling(customer, item, 3))
    stock = (await qbo.get("reports/InventoryValuationSummary")).json()
    shown = [cell["value"] for cell in stock["Rows"]["Row"][0]["ColData"]]
    assert shown == ["Hoe", "", "7.00", "28.00", "4.00"]
    for name in ("GeneralLedger", "BalanceSheet", "TransactionList", "JournalReport"):
        answer = await qbo.get(f"reports/{name}", start_date="2026-01-01", end_date="2026-12-31")
        assert answer.status_code == 200


async def bundle(qbo: Qbo, *parts: tuple[str, int]) -> str:
    inside = [{"ItemRef": {"value": item}, "Qty": quantity} for item, quantity in parts]
    body = {"Name": "Garden set", "Type": "Group", "ItemGroupDetail": {"ItemGroupLine": inside}}
    return (await qbo.make("Item", body))["Id"]


def grouped(item: str, **more: Any) -> dict[str, Any]:
    return {
        "DetailType": "GroupLineDetail",
        "GroupLineDetail": {"GroupItemRef": {"value": item}, "Quantity": 2, **more},
    }


async def test_a_bundle_sells_what_is_in_it(qbo: Qbo) -> None:
    hoe, rake, customer = await stocked(qbo), await stocked(qbo, "Rake", UnitPrice=11), await qbo.customer()
    whole = await bundle(qbo, (hoe, 1), (rake, 2))
    body = {"CustomerRef": {"value": customer}, "Line": [grouped(whole), line(5)]}
    made = await qbo.make("Invoice", body)
    first, second, subtotal = made["Line"]
    inside = first["GroupLineDetail"]["Line"]
    assert [(one["Amount"], one["SalesItemLineDetail"]["Qty"]) for one in inside] == [(18, 2), (44, 4)]
    assert inside[0]["SalesItemLineDetail"]["ItemRef"] == {"value": hoe, "name": "Hoe"}
    assert (first["Amount"], second["Amount"], subtotal["Amount"], made["TotalAmt"]) == (62, 5, 67, 67)
    assert (await on_hand(qbo, hoe), await on_hand(qbo, rake)) == (8, 6)
    assert await qbo.account(INCOME) == -62
    again = await qbo.make("Invoice", made)
    assert (again["TotalAmt"], again["Line"][0]) == (67, first)
    sold = (await qbo.get("reports/ItemSales", start_date="2026-01-01", end_date="2026-12-31")).json()
    assert {row["ColData"][0]["value"] for row in sold["Rows"]["Row"][:-1]} == {"Hoe", "Rake", "Services"}
    await qbo.make("Invoice", {"Id": made["Id"], "SyncToken": "1"}, operation="void")
    assert (await on_hand(qbo, hoe), await qbo.total(), await qbo.account(INCOME)) == (10, 0, 0)


async def test_lines_of_a_bundle_can_be_given(qbo: Qbo) -> None:
    hoe, customer = await stocked(qbo), await qbo.customer()
    given = grouped(await bundle(qbo, (hoe, 1)), Line=[line(7, hoe, Qty=1, UnitPrice=7)])
    made = await qbo.make("Invoice", {"CustomerRef": {"value": customer}, "Line": [given]})
    assert (made["TotalAmt"], await on_hand(qbo, hoe)) == (7, 9)


async def test_bundles_that_are_none(qbo: Qbo) -> None:
    hoe, customer = await stocked(qbo), await qbo.customer()
    assert (await qbo.refused("Item", {"Name": "Nothing", "Type": "Group"}))["code"] == "2020"
    whole = await bundle(qbo, (hoe, 1))
    nested = {"ItemGroupDetail": {"ItemGroupLine": [{"ItemRef": {"value": whole}, "Qty": 1}]}}
    assert (await qbo.refused("Item", {"Name": "Nested", "Type": "Group", **nested}))["code"] == "6000"
    wrong = {"CustomerRef": {"value": customer}, "Line": [grouped(hoe)]}
    assert (await qbo.refused("Invoice", wrong))["code"] == "2500"
    missing = sale(customer) | {"Line": [{"DetailType": "GroupLineDetail", "GroupLineDetail": {}}]}
    assert (await qbo.refused("Invoice", missing))["code"] == "2020"
