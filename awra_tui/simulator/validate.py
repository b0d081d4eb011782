"""Rules that hold for every entity: known fields, required ones, lengths, forms of values."""

from datetime import date

from awra_tui.simulator import faults
from awra_tui.simulator.entities import Entity
from awra_tui.simulator.fields import DETAILS, LINE
from awra_tui.simulator.records import Body

_ENUMERATIONS: dict[str, frozenset[str]] = {
    "GlobalTaxCalculation": frozenset({"TaxExcluded", "TaxInclusive", "NotApplicable"}),
    "PayType": frozenset({"Check", "CreditCard"}),
    "PrintStatus": frozenset({"NotSet", "NeedToPrint", "PrintComplete"}),
    "EmailStatus": frozenset({"NotSet", "NeedToSend", "EmailSent"}),
    "PaymentType": frozenset({"Cash", "Check", "CreditCard", "Expense", "Other"}),
    "BillableStatus": frozenset({"Billable", "NotBillable", "HasBeenBilled"}),
    "POStatus": frozenset({"Open", "Closed"}),
}
_COUNTED = frozenset({"GroupLineDetail", "ItemAdjustmentLineDetail"})
_DATES = ("TxnDate", "DueDate", "ShipDate", "ExpectedDate", "ExpirationDate", "AsOfDate")
_EMPTY_CUSTOMER = "Unexpected Internal Error. (-30003)"
_FORBIDDEN_IN_NAMES = (":", "\t", "\n", "\r")


def check_properties(entity: Entity, body: Body) -> None:
    """Refuse fields that QuickBooks does not know (2010)."""
    _refuse_unknown(entity.name, body, entity.fields)
    for line in body.get("Line", ()):
        if not isinstance(line, dict):
            raise faults.malformed()
        _refuse_unknown("Line", line, LINE)
        for name, known in DETAILS.items():
            if isinstance(line.get(name), dict):
                _refuse_unknown(name, line[name], known)


def _refuse_unknown(owner: str, body: Body, known: tuple[str, ...] | frozenset[str]) -> None:
    for name in body:
        if name not in known:
            raise faults.unknown_property(name, owner, sorted(known))


def check_form(entity: Entity, body: Body, raw: Body) -> None:
    """Refuse missing fields, too long texts, unknown enumeration values and bad dates.

    `raw` is the body as sent: an empty CustomerRef is told differently from a missing one.
    """
    if entity.party == "CustomerRef" and raw.get("CustomerRef") and "CustomerRef" not in body:
        raise faults.business(_EMPTY_CUSTOMER)
    problems = [*_missing(entity, body), *_overlong(entity, body)]
    if problems:
        raise faults.FaultError(*problems)
    for name, allowed in _ENUMERATIONS.items():
        if name in body and str(body[name]) not in allowed:
            raise faults.bad_enumeration(str(body[name]))
    for name in _DATES:
        if name in body:
            _check_date(body[name])
    check_name(entity, body)


def check_name(entity: Entity, body: Body) -> None:
    """Refuse characters that names may not contain."""
    name = str(body.get(entity.label, "")) if entity.is_list else ""
    if any(sign in name for sign in _FORBIDDEN_IN_NAMES) and entity.name != "Term":
        raise faults.fault(
            "6000",
            faults.BUSINESS,
            "Business Validation Error: The name can't contain a colon, a tab or a new line.",
            entity.label,
        )


def _missing(entity: Entity, body: Body) -> list[faults.Problem]:
    names = [name for name in entity.required if body.get(name) in (None, [])]
    problems = [faults.required(name) for name in names]
    if not entity.details:
        return problems
    for line in body.get("Line", ()):
        kind = line.get("DetailType")
        if kind is None:
            return [*problems, faults.required("Line.DetailType")]
        if kind not in entity.details:
            raise faults.bad_enumeration(str(kind))
        if "Amount" not in line and kind in DETAILS and not _without_amount(line):
            return [*problems, faults.required("Line.Amount")]
    return problems


def _without_amount(line: Body) -> bool:
    """Whether a line's amount follows from something else."""
    detail = line.get("DiscountLineDetail", {})
    return bool(detail.get("PercentBased")) or line["DetailType"] in _COUNTED


def _overlong(entity: Entity, body: Body) -> list[faults.Problem]:
    found = [
        faults.too_long(name, limit, len(str(body[name])))
        for name, limit in entity.lengths
        if name in body and len(str(body[name])) > limit
    ]
    for line in body.get("Line", ()):
        length = len(str(line.get("Description", "")))
        if length > 4000:
            found.append(faults.too_long("Description", 4000, length))
    return found


def _check_date(value: object) -> None:
    try:
        date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise faults.malformed(f"Invalid date {value}; the value") from error
