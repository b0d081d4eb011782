"""Bundles on sales forms: a line that stands for the lines of what is in it."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from awra_tui.simulator import faults, money
from awra_tui.simulator.company import Company
from awra_tui.simulator.records import Body, Record, number, ref_id
from awra_tui.simulator.references import called

GROUP = "GroupLineDetail"


def single(lines: Iterable[Body]) -> Iterator[Body]:
    """Yield the lines with those that are in bundles in place of the bundles."""
    for line in lines:
        if line.get("DetailType") == GROUP:
            yield from line.get(GROUP, {}).get("Line", ())
        else:
            yield line


def opened(company: Company, line: Body) -> Body:
    """Return a bundle's line with a line for each item in it, at the items' prices where it has none.

    Raises a Fault where the reference is missing (2020) or is no bundle (2500).
    """
    detail = line.get(GROUP, {})
    bundle = company.store.get("Item", ref_id(detail, "GroupItemRef"))
    if bundle is None:
        raise faults.FaultError(faults.required(f"Line.{GROUP}.GroupItemRef"))
    if bundle.body.get("Type") != "Group":
        raise faults.bad_reference(f"items element id {bundle.key.id} is not a bundle")
    quantity = number(detail.get("Quantity")) or Decimal(1)
    inner = detail.get("Line") or [_line(company, part, quantity) for part in _parts(bundle)]
    return {**line, GROUP: {**detail, "Quantity": money.plain(quantity), "Line": inner}}


def _parts(bundle: Record) -> list[Body]:
    found: list[Body] = bundle.body.get("ItemGroupDetail", {}).get("ItemGroupLine", [])
    return found


def _line(company: Company, part: Body, bundles: Decimal) -> Body:
    item = company.store.get("Item", ref_id(part, "ItemRef"))
    if item is None:
        raise faults.not_found()
    quantity = bundles * (number(part.get("Qty")) or Decimal(1))
    price = number(item.body.get("UnitPrice"))
    detail: Body = {
        "ItemRef": {"value": item.key.id, "name": called(item)},
        "UnitPrice": money.plain(price),
        "Qty": money.plain(quantity),
    }
    code = _tax_code(company, item)
    return {
        "Description": str(item.body.get("Description", called(item))),
        "Amount": money.cents(quantity * price),
        "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": detail | ({"TaxCodeRef": code} if code else {}),
    }


def _tax_code(company: Company, item: Record) -> Body | None:
    if company.american:
        return {"value": "TAX" if item.body.get("Taxable") else "NON"}
    found: Body | None = item.body.get("SalesTaxCodeRef")
    return found


def check_item(company: Company, body: Body) -> None:
    """Refuse a bundle without items (2020), and one within another (6000)."""
    parts = body.get("ItemGroupDetail", {}).get("ItemGroupLine", [])
    if not parts:
        raise faults.FaultError(faults.required("ItemGroupDetail.ItemGroupLine"))
    for part in parts:
        item = company.store.get("Item", ref_id(part, "ItemRef"))
        if item is None:
            raise faults.FaultError(faults.required("ItemGroupDetail.ItemGroupLine.ItemRef"))
        if item.body.get("Type") == "Group":
            raise faults.business("A bundle can't contain another bundle.")
