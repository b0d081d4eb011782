"""Lines of sales and purchases: rounding, tax codes, discounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from msgspec import structs

from awra_tui.health.payloads.refs import Refs, filled, klass, ref
from awra_tui.health.totals import HUNDRED, net_of, source_rate, tax_by_rate
from awra_tui.health.wording import number
from awra_tui.records.kinds import KINDS
from awra_tui.records.mapping import DEFAULT
from awra_tui.records.money import places, rounded
from awra_tui.records.qbo import Json
from awra_tui.records.record import Line, SourceRecord

_DESCRIPTION_LIMIT = 4000
_PRICE_PLACES = Decimal(1).scaleb(-7)
_CALCULATION = {"exclusive": "TaxExcluded", "inclusive": "TaxInclusive"}


@dataclass(frozen=True, slots=True)
class Amounts:
    """A line's amounts as a body has them: before tax, and with it where prices include it."""

    net: Decimal
    gross: Decimal | None
    quantity: Decimal | None
    price: Decimal | None
    said: str = ""


def line_rate(refs: Refs, line: Line) -> Decimal | None:
    """Return a line's tax rate: the source's, else the rate of the code it is mapped to."""
    rate = source_rate(line)
    if rate is not None:
        return rate
    code = tax_code(refs, line)
    side = KINDS[refs.record.kind].side
    return refs.view.tax_rate_of(code, side) if code else None


def amounts(refs: Refs, line: Line) -> Amounts:
    """Return a line's amounts, with quantity and price only where they multiply to the amount.

    QuickBooks refuses a line whose amount is not quantity times price, rounded half up; then the
    amount goes alone and the description says the quantity.
    """
    currency = refs.record.currency
    inclusive = refs.record.tax_mode == "inclusive" and not refs.view.company.us_tax
    rate = (line_rate(refs, line) or Decimal(0)) if inclusive else Decimal(0)
    gross = rounded(line.amount, currency)
    net = net_of(gross, rate, currency)
    quantity, price = line.quantity, line.unit_price
    if price is not None and rate:
        price = (price * HUNDRED / (HUNDRED + rate)).quantize(_PRICE_PLACES)
    fits = quantity is not None and price is not None and rounded(quantity * price, currency) == net
    return Amounts(
        net,
        gross if inclusive else None,
        quantity if fits else None,
        price if fits else None,
        "" if fits else _said(line),
    )


def item_line(refs: Refs, line: Line, detail_type: str) -> Json:
    """Return a line on a product/service; ``detail_type`` says whether it sells or buys it."""
    found = amounts(refs, line)
    detail = filled(
        ItemRef=refs.item(line),
        Qty=found.quantity,
        UnitPrice=found.price,
        TaxInclusiveAmt=found.gross,
    )
    return _line(line, found, detail_type, detail | klass(refs, line) | tax_ref(refs, line))


def account_line(refs: Refs, line: Line) -> Json:
    """Return a line that posts to an account directly."""
    found = amounts(refs, line)
    detail = filled(AccountRef=refs.account(line), TaxInclusiveAmt=found.gross)
    return _line(
        line, found, "AccountBasedExpenseLineDetail", detail | klass(refs, line) | tax_ref(refs, line)
    )


def discount_line(refs: Refs, lines: Sequence[Line]) -> Json:
    """Return the one discount line that QuickBooks has for a transaction."""
    total = -sum((amounts(refs, line).net for line in lines), Decimal(0))
    text = "; ".join(line.description for line in lines if line.description)
    body = filled(Description=text[:_DESCRIPTION_LIMIT])
    detail = {"DetailType": "DiscountLineDetail", "DiscountLineDetail": {"PercentBased": False}}
    return body | {"Amount": total} | detail


def netted(record: SourceRecord, lines: Sequence[Line], discount: Decimal) -> list[Line]:
    """Spread a discount over lines in proportion, to the cent; what is left goes on the largest.

    Quantity and price of the source stay: where they no longer fit, the amount goes alone.
    """
    return _spread(record, lines, discount, [line.amount for line in lines])


def with_untold_tax(refs: Refs, lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a purchase, with its tax in them where QuickBooks has none on purchases (US).

    It is part of what was bought there, and of its price; left out, less would be owed than the vendor's
    bill says. Each line bears what its rate makes of it, where every rate is known.
    """
    record = refs.record
    if not refs.view.company.us_tax or record.tax_mode != "exclusive":
        return list(lines)
    tax = tax_by_rate(record) if record.tax is None else record.tax
    bearing = [line for line in lines if is_taxable(record, line)] or list(lines)
    rates = [line.tax_rate for line in bearing if line.tax_rate]
    parts = rates if len(rates) == len(bearing) else [HUNDRED] * len(bearing)
    shares = [line.amount * part for line, part in zip(bearing, parts, strict=True)]
    with_tax = (_priced(line, record.currency) for line in _spread(record, bearing, tax, shares))
    return [next(with_tax) if line in bearing else line for line in lines]


def _spread(
    record: SourceRecord, lines: Sequence[Line], amount: Decimal, parts: Sequence[Decimal]
) -> list[Line]:
    """Spread an amount over lines in proportion to their parts, to the cent; the rest goes on the largest."""
    total = sum(parts, Decimal(0))
    if not amount or not total:
        return list(lines)
    unit = Decimal(1).scaleb(-places(record.currency))
    shares = [(amount * part / total).quantize(unit, ROUND_DOWN) for part in parts]
    largest = max(range(len(lines)), key=lambda place: abs(lines[place].amount))
    shares[largest] += amount - sum(shares, Decimal(0))
    return [_less(line, share) for line, share in zip(lines, shares, strict=True)]


def _priced(line: Line, currency: str) -> Line:
    """Return a line with the price that its amount makes, so that QuickBooks keeps the quantity in stock."""
    if not line.quantity or line.unit_price is None:
        return line
    amount = rounded(line.amount, currency)
    if rounded(line.quantity * line.unit_price, currency) == amount:
        return line
    return structs.replace(line, unit_price=(amount / line.quantity).quantize(_PRICE_PLACES))


def tax_code(refs: Refs, line: Line) -> str:
    """Return the id of a line's tax code: mapped, or TAX and NON where QuickBooks works out the tax."""
    mapping = refs.mapping("tax_code", line.tax_category or DEFAULT)
    if mapping is not None:
        return mapping.qbo_id
    return ("TAX" if is_taxable(refs.record, line) else "NON") if refs.view.company.us_tax else ""


def is_taxable(record: SourceRecord, line: Line) -> bool:
    """Return whether a line is taxed: by its rate, else by whether the record carries tax."""
    if line.tax_rate is not None:
        return line.tax_rate > 0
    return bool(line.tax_category) and bool(record.tax)


def tax_ref(refs: Refs, line: Line) -> Json:
    """Return the tax code of a line; purchases have none where QuickBooks works out the tax."""
    purchase = KINDS[refs.record.kind].side == "purchase"
    if (refs.view.company.us_tax and purchase) or not taxed(refs):
        return {}
    code = tax_code(refs, line)
    return {"TaxCodeRef": ref(code)} if code else {}


def taxed(refs: Refs) -> bool:
    """Return whether a transaction's lines carry tax codes at all."""
    return refs.view.company.us_tax or refs.record.tax_mode in _CALCULATION


def tax_detail(refs: Refs) -> Json:
    """Return how tax is worked out: explicit in the US where the source says it, by code elsewhere."""
    record = refs.record
    if not refs.view.company.us_tax:
        return {"GlobalTaxCalculation": _CALCULATION.get(record.tax_mode, "NotApplicable")}
    if KINDS[record.kind].side == "purchase" or record.tax is None:
        return {}
    return {"TxnTaxDetail": {"TotalTax": refs.amount(record.tax)}}


def _line(line: Line, found: Amounts, detail_type: str, detail: Json) -> Json:
    text = " · ".join(part for part in (line.description, found.said) if part)
    body = filled(Description=text[:_DESCRIPTION_LIMIT])
    return body | {"Amount": found.net, "DetailType": detail_type, detail_type: detail}


def _said(line: Line) -> str:
    if line.quantity is None or line.unit_price is None or line.quantity == 0:
        return ""
    return f"{number(line.quantity)} × {number(line.unit_price)}"


def _less(line: Line, share: Decimal) -> Line:
    return Line(
        amount=line.amount + share,
        description=line.description,
        item_id=line.item_id,
        item_name=line.item_name,
        quantity=line.quantity,
        unit_price=line.unit_price,
        tax_category=line.tax_category,
        tax_rate=line.tax_rate,
        category=line.category,
        account=line.account,
        klass=line.klass,
    )
