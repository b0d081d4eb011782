"""Our copy of QuickBooks' objects: which entities it holds, and how each is read into one shape."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from awra_tui.records.qbo import Company, Json, QboObject, mark_in


@dataclass(frozen=True, slots=True)
class Entity:
    """Where one entity keeps its name, party, type, amount and open balance; empty where it has none.

    ``is_name`` marks the name lists, whose inactive members QuickBooks hides unless asked for them;
    ``changes`` whether the change feed reports it (Intuit: tax codes and rates are left out);
    ``optional`` that a company may not know it at all and then answers 4001.
    """

    name: str
    is_name: bool = False
    names: tuple[str, ...] = ()
    party: str = ""
    type: str = ""
    amount: str = ""
    balance: str = ""
    reference: str = ""
    changes: bool = True
    optional: bool = False


_LIST = ("FullyQualifiedName", "Name")
_PEOPLE = ("DisplayName", "FullyQualifiedName")

_ALL = (
    Entity("Account", is_name=True, names=_LIST, type="AccountType", balance="CurrentBalance"),
    Entity("TaxCode", is_name=True, names=("Name",), changes=False),
    Entity("TaxRate", is_name=True, names=("Name",), type="SpecialTaxType", changes=False),
    Entity("PaymentMethod", is_name=True, names=("Name",), type="Type"),
    Entity("Term", is_name=True, names=("Name",), type="Type"),
    Entity("Class", is_name=True, names=_LIST),
    Entity("Department", is_name=True, names=_LIST),
    Entity("Customer", is_name=True, names=_PEOPLE, balance="Balance"),
    Entity("Vendor", is_name=True, names=_PEOPLE, balance="Balance"),
    Entity("Employee", is_name=True, names=_PEOPLE, optional=True),
    Entity("Item", is_name=True, names=_LIST, type="Type", amount="UnitPrice"),
    Entity("PurchaseOrder", party="VendorRef", type="POStatus", amount="TotalAmt"),
    Entity("Invoice", party="CustomerRef", amount="TotalAmt", balance="Balance"),
    Entity("Bill", party="VendorRef", amount="TotalAmt", balance="Balance"),
    Entity("CreditMemo", party="CustomerRef", amount="TotalAmt", balance="Balance"),
    Entity("VendorCredit", party="VendorRef", amount="TotalAmt", balance="Balance", optional=True),
    Entity(
        "Payment", party="CustomerRef", amount="TotalAmt", balance="UnappliedAmt", reference="PaymentRefNum"
    ),
    Entity("BillPayment", party="VendorRef", type="PayType", amount="TotalAmt"),
    Entity("SalesReceipt", party="CustomerRef", amount="TotalAmt", reference="PaymentRefNum", optional=True),
    Entity("RefundReceipt", party="CustomerRef", amount="TotalAmt", reference="PaymentRefNum"),
    Entity("Deposit", amount="TotalAmt", optional=True),
    Entity("JournalEntry", amount="TotalAmt"),
)

ENTITIES: dict[str, Entity] = {entity.name: entity for entity in _ALL}
"""Every entity of our copy by its name, name lists first."""


def to_object(entity: str, content: Json) -> QboObject:
    """Read one object as QuickBooks sent it; what is missing or of another type counts as empty."""
    place = ENTITIES.get(entity, Entity(entity, names=(*_PEOPLE, "Name"), amount="TotalAmt"))
    return QboObject(
        entity=entity,
        id=_text(content.get("Id")),
        sync_token=_text(content.get("SyncToken")) or "0",
        name=next((name for name in map(_text, map(content.get, place.names)) if name), ""),
        number=_text(content.get("DocNumber")),
        date=_date(content.get("TxnDate")),
        party_id=_reference(content, place.party),
        amount=_amount(entity, content, place),
        balance=_number(content.get(place.balance)),
        currency=_reference(content, "CurrencyRef"),
        reference=_text(content.get(place.reference)),
        mark=mark_in(_text(content.get("PrivateNote"))),
        type=_text(content.get(place.type)),
        active=content.get("Active") is not False,
        deleted=content.get("status") == "Deleted",
        content=content,
    )


def company_of(info: Json, preferences: Json, realm: str) -> Company:
    """Return the company as CompanyInfo and Preferences, the inner objects, describe it now."""
    accounting, sales = _part(preferences, "AccountingInfoPrefs"), _part(preferences, "SalesFormsPrefs")
    currency, tax = _part(preferences, "CurrencyPrefs"), _part(preferences, "TaxPrefs")
    country = _text(info.get("Country"))
    in_us = country in {"US", "USA"}
    return Company(
        realm=realm,
        name=_text(info.get("CompanyName")),
        country=country,
        home_currency=_reference(currency, "HomeCurrency") or ("USD" if in_us else ""),
        multi_currency=currency.get("MultiCurrencyEnabled") is True,
        closing_date=_date(accounting.get("BookCloseDate")),
        custom_numbers=sales.get("CustomTxnNumbers") is True,
        us_tax=tax.get("PartnerTaxEnabled") is True or in_us,
        auto_apply_credit=sales.get("AutoApplyCredit") is True,
        uses_classes=any(
            accounting.get(name) is True for name in ("ClassTrackingPerTxn", "ClassTrackingPerTxnLine")
        ),
        uses_locations=accounting.get("TrackDepartments") is True,
        allows_discount=sales.get("AllowDiscount") is not False,
        charges_tax=tax.get("UsingSalesTax") is not False,
        automated_tax=tax.get("PartnerTaxEnabled") is True,
        takes_bills=_part(preferences, "VendorAndPurchasesPrefs").get("EnableBills") is not False,
        edition=_named_value(info, "OfferingSku"),
        subscription=_named_value(info, "SubscriptionStatus"),
        preferences=preferences,
    )


def _amount(entity: str, content: Json, place: Entity) -> Decimal:
    if entity == "JournalEntry":
        return _debits(content) or _number(content.get("TotalAmt"))
    return _number(content.get(place.amount))


def _debits(content: Json) -> Decimal:
    """Return the sum of a journal's debit side: QuickBooks answers its TotalAmt as 0."""
    lines = content.get("Line")
    details = [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
    return sum(
        (
            _number(line.get("Amount"))
            for line in details
            if _part(line, "JournalEntryLineDetail").get("PostingType") == "Debit"
        ),
        Decimal(0),
    )


def _reference(content: Json, name: str) -> str:
    value = content.get(name) if name else None
    return _text(value.get("value")) if isinstance(value, dict) else _text(value)


def _named_value(info: Json, name: str) -> str:
    """Return what CompanyInfo tells in its list of names and values, or nothing."""
    pairs = info.get("NameValue")
    found = [pair for pair in pairs if isinstance(pair, dict)] if isinstance(pairs, list) else []
    return next((_text(pair.get("Value")) for pair in found if pair.get("Name") == name), "")


def _part(content: Json, name: str) -> Json:
    value = content.get(name)
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int | Decimal) and not isinstance(value, bool) else ""


def _number(value: object) -> Decimal:
    try:
        number = Decimal(_text(value) or 0)
    except InvalidOperation:
        return Decimal(0)
    return number if number.is_finite() else Decimal(0)


def _date(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(_text(value)[:10])
    except ValueError:
        return None
