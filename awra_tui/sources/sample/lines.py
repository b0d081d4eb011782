"""Lines of the sample's documents, and totals as QuickBooks makes them."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from random import Random

from awra_tui.records.money import rounded
from awra_tui.records.record import Line
from awra_tui.sources.sample.goods import RATES, Good

USD_IN_KES = Decimal("129.25")


def sale_line(
    good: Good,
    quantity: int,
    klass: str,
    *,
    price: Decimal | None = None,
    currency: str = "KES",
    inclusive: bool = False,
) -> Line:
    """Return a line of a sale: the good's own price unless one is given, with tax when inclusive."""
    if price is None:
        price = good.price if currency == "KES" else dollars(good.price)
        if inclusive:
            price = rounded(price * (100 + RATES[good.tax]) / 100, "UGX")
    return _line(good, quantity, price, good.tax, klass)


def purchase_line(good: Good, quantity: int) -> Line:
    """Return a line of a purchase, at cost."""
    return _line(good, quantity, good.cost, good.tax, "")


def _line(good: Good, quantity: int, price: Decimal, tax: str, klass: str) -> Line:
    return Line(
        amount=rounded(price * quantity),
        description=good.name,
        item_id=good.code,
        item_name=good.name,
        quantity=Decimal(quantity),
        unit_price=price,
        tax_category=tax,
        tax_rate=RATES[tax],
        klass=klass,
    )


def dollars(shillings: Decimal) -> Decimal:
    """Return a price in whole US dollars, at least one."""
    return max(Decimal(1), rounded(shillings / USD_IN_KES, "UGX"))


def totals(lines: Sequence[Line], mode: str) -> tuple[Decimal, Decimal]:
    """Return the total with tax and the tax: worked out once for each rate, rounded half up."""
    by_rate: defaultdict[Decimal, Decimal] = defaultdict(Decimal)
    for line in lines:
        by_rate[line.tax_rate or Decimal(0)] += line.amount
    tax = sum((_tax(amount, rate, mode) for rate, amount in by_rate.items()), Decimal(0))
    net = sum((line.amount for line in lines), Decimal(0))
    return (net + tax if mode == "exclusive" else net), tax


def _tax(amount: Decimal, rate: Decimal, mode: str) -> Decimal:
    return rounded(amount * rate / (100 if mode == "exclusive" else 100 + rate))


def some(rng: Random, goods: Sequence[Good], least: int, most: int) -> list[tuple[Good, int]]:
    """Return between ``least`` and ``most`` different goods with quantities."""
    chosen = rng.sample(list(goods), rng.randint(least, most))
    return [(good, rng.choice((1, 2, 3, 4, 5, 6, 10, 12, 24))) for good in chosen]
