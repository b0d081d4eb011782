"""Rates of tax codes, as our copy of QuickBooks has them: text for people."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile, realm
from awra_tui.cache.jsontext import from_text
from awra_tui.cache.schema import ObjectTable
from awra_tui.records.qbo import Json

_LISTS = ("SalesTaxRateList", "PurchaseTaxRateList")


def tax_rates() -> dict[str, Decimal]:
    """Return the percentage of every tax rate by its id."""
    query = ObjectTable.select(ObjectTable.qbo_id, ObjectTable.content).where(
        ObjectTable.profile == profile(), ObjectTable.realm == realm(), ObjectTable.entity == "TaxRate"
    )
    values = ((qbo_id, from_text(content).get("RateValue")) for qbo_id, content in rows.tuples(query))
    return {qbo_id: Decimal(str(value)) for qbo_id, value in values if value is not None}


def rate_ids(code: Json) -> set[str]:
    """Return the ids of the tax rates that a tax code names, for sales and purchases."""
    return {rate_id for name in _LISTS for rate_id in _ids(code, name) if rate_id}


def rate_of(entity: str, content: str, rates: dict[str, Decimal]) -> str:
    """Return the rate of a tax code on sales, else on purchases, such as ``16%``; nothing for others."""
    if entity != "TaxCode":
        return ""
    code = from_text(content)
    parts = next(filter(None, (list(_ids(code, name)) for name in _LISTS)), [])
    known = [rates[rate_id] for rate_id in parts if rate_id in rates]
    return f"{sum(known, Decimal(0)).normalize():f}%" if known else ""


def _ids(code: Json, name: str) -> Iterable[str]:
    details: list[Any] = (code.get(name) or {}).get("TaxRateDetail") or []
    for detail in details:
        yield str((detail.get("TaxRateRef") or {}).get("value", ""))
