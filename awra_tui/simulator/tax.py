"""Tax of a transaction's lines from tax codes and their rates."""

from dataclasses import dataclass
from decimal import Decimal

from awra_tui.simulator import money
from awra_tui.simulator.company import Company
from awra_tui.simulator.money import ZERO
from awra_tui.simulator.records import Body, number, ref_id

SALES = "SalesTaxRateList"
PURCHASES = "PurchaseTaxRateList"


@dataclass(frozen=True, slots=True)
class Taxed:
    """An amount under a tax code; `included` when the tax is contained in it."""

    amount: Decimal
    code: str
    included: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """One tax rate: id of the TaxRate and percent."""

    id: str
    percent: Decimal


def rates(company: Company, code: str, side: str) -> list[Rate]:
    """Return the rates that a tax code applies on sales or on purchases."""
    record = company.store.get("TaxCode", code)
    if record is None:
        return []
    details = record.body.get(side, {}).get("TaxRateDetail", [])
    ids = [ref_id(detail, "TaxRateRef") for detail in details]
    found = [(id_, company.store.get("TaxRate", id_)) for id_ in ids]
    return [Rate(id_, number(rate.body.get("RateValue"))) for id_, rate in found if rate]


def percent(company: Company, code: str, side: str) -> Decimal:
    """Return all rates of a tax code together."""
    return money.total(rate.percent for rate in rates(company, code, side))


def net(company: Company, taxed: Taxed, side: str) -> Decimal:
    """Return the amount without the tax contained in it."""
    if not taxed.included:
        return taxed.amount
    return taxed.amount - money.included(taxed.amount, percent(company, taxed.code, side))


def tax_lines(company: Company, parts: list[Taxed], side: str) -> list[Body]:
    """Return a tax line for each rate, taxable amounts added up before rounding half up.

    For amounts that contain their tax the lines add up exactly to what was contained.
    """
    bases: dict[Rate, Decimal] = {}
    contained: dict[Rate, Decimal] = {}
    for part in parts:
        found = rates(company, part.code, side)
        base = net(company, part, side)
        pieces = money.spread(part.amount - base, [rate.percent for rate in found])
        for rate, piece in zip(found, pieces, strict=True):
            bases[rate] = bases.get(rate, ZERO) + base
            contained[rate] = contained.get(rate, ZERO) + piece
    inclusive = any(part.included for part in parts)
    return [
        _line(rate, base, contained[rate] if inclusive else money.share(base, rate.percent))
        for rate, base in bases.items()
    ]


def _line(rate: Rate, base: Decimal, amount: Decimal) -> Body:
    return {
        "Amount": money.shown(amount),
        "DetailType": "TaxLineDetail",
        "TaxLineDetail": {
            "TaxRateRef": {"value": rate.id},
            "PercentBased": True,
            "TaxPercent": money.plain(rate.percent),
            "NetAmountTaxable": money.shown(base),
        },
    }
