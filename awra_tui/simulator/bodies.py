"""Request bodies put into one form: empty members gone, numbers as Decimal, ids as text."""

from decimal import Decimal, InvalidOperation

from awra_tui.simulator import faults
from awra_tui.simulator.fields import words
from awra_tui.simulator.jsontext import Json
from awra_tui.simulator.records import Body

_DECIMALS = frozenset(
    words(
        "Amount Qty UnitPrice TotalAmt ExchangeRate TotalTax TaxPercent NetAmountTaxable "
        "TaxInclusiveAmt TaxInclusiveAmount TaxAmount DiscountPercent DiscountRate DiscountAmt Deposit "
        "PurchaseCost RateValue CreditLimit QtyOnHand QtyDiff NewQty Quantity "
        "RatePercent BillRate CostRate Balance HomeBalance HomeTotalAmt Rate HourlyRate UnappliedAmt "
        "RemainingCredit CurrentBalance BalanceWithJobs CurrentBalanceWithSubAccounts"
    )
)
_INTEGERS = frozenset(
    words(
        "DueDays DiscountDays DayOfMonthDue DueNextMonthDays DiscountDayOfMonth LineNum Level Hours Minutes"
    )
)
_BOOLEANS = frozenset(
    words(
        "Active Taxable PercentBased sparse Job BillWithParent SubItem SubAccount SubClass "
        "SubDepartment TrackQtyOnHand ProcessPayment ApplyTaxAfterDiscount SalesTaxIncluded "
        "PurchaseTaxIncluded Adjustment Vendor1099 CustomTxnNumbers AutoApplyCredit "
        "MultiCurrencyEnabled Credit"
    )
)
_TEXTS = frozenset(
    words(
        "Id SyncToken value name DocNumber PaymentRefNum TxnId TxnType AcctNum TxnLineId DisplayName "
        "Name FullyQualifiedName CompanyName GivenName FamilyName MiddleName Title Suffix "
        "PrintOnCheckName PrivateNote Description TxnDate DueDate DetailType PostingType PayType "
        "AccountType AccountSubType Type Sku GlobalTaxCalculation PrintStatus EmailStatus POStatus "
        "NameOf Note FileName Category ContentType SourceCurrencyCode TargetCurrencyCode AsOfDate Code "
        "StartTime EndTime PaymentType BillableStatus TxnStatus"
    )
)
_LISTS = frozenset(
    words(
        "Line LinkedTxn ItemGroupLine TaxLine CustomField TaxRateDetail BudgetDetail AttachableRef NameValue"
    )
)
_OBJECTS = ("Ref", "Addr", "Detail", "Prefs", "Phone", "RateList")
_NAMED_OBJECTS = frozenset({"Entity", "CheckPayment", "CreditCardPayment", "CashBack"})
_SCALARS = _DECIMALS | _INTEGERS | _BOOLEANS | _TEXTS
_LARGEST = Decimal(10) ** 15
_TRUTHS = {"true": True, "false": False}


def normalised(value: Json, name: str = "") -> Json:
    """Return a JSON value without its empty members and with each member in its type.

    Clients send "" or null for fields that are not set; such members do not count. Raises a
    Fault (2010) for a value that cannot be of the field's type.
    """
    if not _empty(value) and not _fits(value, name):
        raise faults.malformed()
    if isinstance(value, dict):
        return _members(value)
    if isinstance(value, list):
        found = [_members(member) for member in value if not _empty(member)]
        return [member for member in found if member]
    return _typed(value, name)


def _members(value: Body) -> Body:
    members = ((key, normalised(member, key)) for key, member in value.items())
    return {key: member for key, member in members if not _empty(member)}


def _is_object(name: str) -> bool:
    return name in _NAMED_OBJECTS or (name.endswith(_OBJECTS) and name not in _LISTS)


def _fits(value: Json, name: str) -> bool:
    """Whether it is a list, an object or a plain value as the name demands.

    All lists of QuickBooks hold objects.
    """
    if isinstance(value, list):
        return not (name in _SCALARS or _is_object(name)) and all(
            isinstance(one, dict) or _empty(one) for one in value
        )
    if name in _LISTS:
        return False
    if _is_object(name):
        return isinstance(value, dict)
    return not (isinstance(value, dict) and name in _SCALARS)


def _empty(value: Json) -> bool:
    return value is None or value in ("", {})


def _typed(value: Json, name: str) -> Json:
    if value is None or value == "":
        return None
    if name in _DECIMALS:
        return _decimal(value)
    if name in _INTEGERS:
        return int(_decimal(value))
    if name in _BOOLEANS and not isinstance(value, bool):
        return _truth(value)
    return str(value) if name in _TEXTS else value


def _decimal(value: Json) -> Decimal:
    if isinstance(value, bool):
        raise faults.malformed()
    try:
        found = Decimal(value)
    except (InvalidOperation, TypeError, ValueError) as error:
        raise faults.malformed() from error
    if not found.is_finite() or abs(found) > _LARGEST:
        raise faults.malformed()
    return found


def _truth(value: Json) -> bool:
    try:
        return _TRUTHS[str(value).lower()]
    except KeyError as error:
        raise faults.malformed() from error


def merged(old: Body, new: Body) -> Body:
    """Lay a sparse update over a stored body; lists are replaced whole, sections are merged."""
    found = dict(old)
    for name, value in new.items():
        kept = old.get(name)
        deep = name.endswith("Prefs") and isinstance(kept, dict) and isinstance(value, dict)
        found[name] = merged(kept, value) if deep and kept is not None else value
    return found
