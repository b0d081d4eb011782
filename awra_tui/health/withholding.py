"""Tax that a customer withholds and pays to the tax office instead: an invoice stays open by exactly that."""

from dataclasses import dataclass
from decimal import Decimal

from awra_tui.health.totals import net_of, tax_by_rate
from awra_tui.records.money import rounded
from awra_tui.records.qbo import Json
from awra_tui.records.record import SourceRecord

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Withholding:
    """Percent of the net that is withheld, of a tax whose usual rate is ``of`` percent."""

    name: str
    rate: Decimal
    of: Decimal

    def withheld(self, amount: Decimal, tax: Decimal | None, currency: str) -> Decimal:
        """Return what is withheld of a total with its tax, rounded half up; 0 where it bears none.

        Where the tax is not known, all of the total is taken to bear the usual rate.
        """
        base = amount * self.of / (_HUNDRED + self.of) if tax is None else tax
        return rounded(base * self.rate / self.of, currency)


BY_COUNTRY = {"KE": Withholding("VAT", Decimal(2), Decimal(16))}
"""By the country of the company. Kenya: of 116 with VAT 114 are paid, the 2 by certificate."""


def tax_of(record: SourceRecord) -> Decimal | None:
    """Return the tax in a transaction's total, its own or that of its lines; None where nobody knows it."""
    if record.tax is not None:
        return record.tax
    if not record.lines or any(line.tax_rate is None for line in record.lines):
        return None
    if record.tax_mode == "exclusive":
        return tax_by_rate(record)
    nets = (net_of(line.amount, line.tax_rate or Decimal(0), record.currency) for line in record.lines)
    return sum((line.amount for line in record.lines), Decimal(0)) - sum(nets, Decimal(0))


def tax_in(content: Json) -> Decimal | None:
    """Return the tax in the total of an object of QuickBooks, or None where it does not say it."""
    detail = content.get("TxnTaxDetail")
    told = detail.get("TotalTax") if isinstance(detail, dict) else None
    return Decimal(told) if isinstance(told, int | Decimal) and not isinstance(told, bool) else None
