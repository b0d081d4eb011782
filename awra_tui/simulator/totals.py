"""Lines, discount, tax and total of sales and purchases."""

from dataclasses import dataclass
from decimal import Decimal

from awra_tui.simulator import bundles, faults, money
from awra_tui.simulator.company import Company
from awra_tui.simulator.money import ZERO
from awra_tui.simulator.records import Body, number, ref_id
from awra_tui.simulator.tax import SALES, Taxed, net, percent, tax_lines

_MISSING_CODE = (
    "Make sure all your transactions have a tax rate before you save. One or more transaction "
    "lines do not have a tax code associated with it."
)
_TAXABLE = ("SalesItemLineDetail", "ItemBasedExpenseLineDetail", "AccountBasedExpenseLineDetail")


@dataclass(frozen=True, slots=True)
class Totals:
    """What the lines of a transaction come to, in its currency; `lines` as they are answered."""

    lines: list[Body]
    tax_detail: Body
    subtotal: Decimal
    discount: Decimal
    tax: Decimal

    @property
    def total(self) -> Decimal:
        """Subtotal less discount plus tax."""
        return self.subtotal - self.discount + self.tax


def totals(company: Company, body: Body, side: str) -> Totals:
    """Work out the totals of a transaction.

    Raises a Fault where an amount is not quantity times price (6070) or, outside the United
    States, where a line lacks its tax code (6000).
    """
    inclusive = body.get("GlobalTaxCalculation") == "TaxInclusive" and not company.american
    lines = [_line(company, line, side, inclusive=inclusive) for line in body.get("Line", ())]
    sold = list(bundles.single(lines))
    _require_codes(company, body, sold)
    amounts = [number(line["Amount"]) for line in sold if line["DetailType"] in _TAXABLE]
    subtotal = money.total(amounts)
    lines = [_discounted(line, subtotal) for line in lines]
    discount = money.total(
        number(line["Amount"]) for line in lines if line["DetailType"] == "DiscountLineDetail"
    )
    before = discount if body.get("ApplyTaxAfterDiscount") else ZERO
    tax_detail = _tax_detail(company, body, sold, side, before)
    tax = number(tax_detail.get("TotalTax"))
    if subtotal - discount + tax < 0:
        raise faults.business("Enter a transaction amount that is 0 or greater.")
    return Totals(_numbered(lines), tax_detail, subtotal, discount, tax)


def _line(company: Company, line: Body, side: str, *, inclusive: bool) -> Body:
    kind = line["DetailType"]
    detail = dict(line.get(kind, {}))
    if kind == bundles.GROUP:
        return _bundle(company, bundles.opened(company, line), side, inclusive=inclusive)
    if kind not in _TAXABLE:
        return {**line, "Amount": money.shown(number(line.get("Amount")))}
    amount = number(line["Amount"])
    quantity, price = number(detail.get("Qty")), number(detail.get("UnitPrice"))
    if quantity and price and money.cents(quantity * price) != money.cents(amount):
        raise faults.wrong_amount(amount)
    if company.american:
        detail.setdefault("TaxCodeRef", {"value": "NON"})
    if inclusive:
        amount, detail = _without_tax(company, amount, detail, side)
    for name in ("Qty", "UnitPrice"):
        if name in detail:
            detail[name] = money.plain(number(detail[name]))
    return {**line, "Amount": money.shown(amount), kind: detail}


def _bundle(company: Company, line: Body, side: str, *, inclusive: bool) -> Body:
    detail = line[bundles.GROUP]
    inner = _numbered([_line(company, one, side, inclusive=inclusive) for one in detail["Line"]])
    amount = money.total(number(one["Amount"]) for one in inner)
    return {**line, "Amount": money.shown(amount), bundles.GROUP: {**detail, "Line": inner}}


def _without_tax(company: Company, amount: Decimal, detail: Body, side: str) -> tuple[Decimal, Body]:
    gross = money.cents(number(detail.get("TaxInclusiveAmt", amount)))
    bare = net(company, Taxed(gross, ref_id(detail, "TaxCodeRef"), included=True), side)
    found = {**detail, "TaxInclusiveAmt": money.shown(gross)}
    quantity = number(detail.get("Qty"))
    if quantity and detail.get("UnitPrice"):
        # Seven places keep quantity times price equal to the amount when it is sent back.
        found["UnitPrice"] = (bare / quantity).quantize(Decimal("0.0000001"))
    return bare, found


def _require_codes(company: Company, body: Body, lines: list[Body]) -> None:
    if company.american or body.get("GlobalTaxCalculation") == "NotApplicable":
        return
    for line in lines:
        detail = line.get(line["DetailType"], {})
        if line["DetailType"] in _TAXABLE and not ref_id(detail, "TaxCodeRef"):
            raise faults.business(_MISSING_CODE)


def _discounted(line: Body, subtotal: Decimal) -> Body:
    if line["DetailType"] != "DiscountLineDetail":
        return line
    detail = line.get("DiscountLineDetail", {})
    if not detail.get("PercentBased"):
        return line
    amount = money.share(subtotal, number(detail.get("DiscountPercent")))
    return {**line, "Amount": money.shown(amount)}


def _tax_detail(company: Company, body: Body, lines: list[Body], side: str, discount: Decimal) -> Body:
    given = body.get("TxnTaxDetail", {})
    if body.get("GlobalTaxCalculation") == "NotApplicable":
        return {"TotalTax": ZERO}
    if company.american:
        return _american(company, given, lines, discount)
    parts = _parts(lines, discount, inclusive=body.get("GlobalTaxCalculation") == "TaxInclusive")
    computed = tax_lines(company, parts, side)
    found = _overridden(computed, given.get("TaxLine", []))
    return _with_total(given, found)


def _american(company: Company, given: Body, lines: list[Body], discount: Decimal) -> Body:
    """Honour a tax that was given; compute only from a code of the whole transaction."""
    if "TotalTax" in given or "TaxLine" in given:
        tax_sum = money.total(number(line.get("Amount")) for line in given.get("TaxLine", ()))
        return {**given, "TotalTax": money.shown(number(given.get("TotalTax", tax_sum)))}
    code = ref_id(given, "TxnTaxCodeRef")
    if not code or not percent(company, code, SALES):
        return {**given, "TotalTax": ZERO}
    parts = [part for part in _parts(lines, discount, inclusive=False) if part.code == "TAX"]
    taxed = [Taxed(part.amount, code) for part in parts]
    return _with_total(given, tax_lines(company, taxed, SALES))


def _with_total(given: Body, lines: list[Body]) -> Body:
    tax = money.total(number(line["Amount"]) for line in lines)
    kept = {name: value for name, value in given.items() if name == "TxnTaxCodeRef"}
    found: Body = {**kept, "TotalTax": money.shown(tax)}
    return {**found, "TaxLine": lines} if lines else found


def _overridden(computed: list[Body], given: list[Body]) -> list[Body]:
    """Take the amounts of tax lines that were sent in place of the computed ones, rate by rate."""
    amounts = {
        ref_id(line.get("TaxLineDetail", {}), "TaxRateRef"): number(line["Amount"])
        for line in given
        if "Amount" in line
    }
    found = []
    for line in computed:
        rate = ref_id(line["TaxLineDetail"], "TaxRateRef")
        amount = amounts.get(rate, number(line["Amount"]))
        found.append({**line, "Amount": money.shown(amount)})
    return found


def _parts(lines: list[Body], discount: Decimal, *, inclusive: bool) -> list[Taxed]:
    taxable = [line for line in lines if line["DetailType"] in _TAXABLE]
    details = [line.get(line["DetailType"], {}) for line in taxable]
    codes = [ref_id(detail, "TaxCodeRef") for detail in details]
    if inclusive:
        gross = [number(detail["TaxInclusiveAmt"]) for detail in details]
        return [Taxed(one, code, included=True) for one, code in zip(gross, codes, strict=True)]
    amounts = [number(line["Amount"]) for line in taxable]
    cuts = money.spread(discount, amounts)
    return [Taxed(amount - cut, code) for amount, cut, code in zip(amounts, cuts, codes, strict=True)]


def _numbered(lines: list[Body]) -> list[Body]:
    """Give each line its number and, where it has none yet, an id."""
    used = {int(line["Id"]) for line in lines if str(line.get("Id", "")).isdigit()}
    found = []
    for position, line in enumerate(lines, start=1):
        id_ = str(line.get("Id", "")) or str(max(used, default=0) + 1)
        if id_.isdigit():
            used.add(int(id_))
        found.append({"Id": id_, "LineNum": position, **_without(line, "Id", "LineNum")})
    return found


def _without(line: Body, *names: str) -> Body:
    return {name: value for name, value in line.items() if name not in names}
