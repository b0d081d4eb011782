"""Bodies of customers, vendors, and products/services."""

from awra_tui.health.naming import called
from awra_tui.health.needs import account_key, item_sides
from awra_tui.health.payloads.refs import Refs, filled, iso, ref
from awra_tui.records.qbo import Json
from awra_tui.records.record import Contact, SourceRecord
from awra_tui.records.subject import RecordKey

_EMAIL_LIMIT = 100
_PHONE_LIMIT = 30
_COMPANY_LIMIT = 100
_CITY_LIMIT = 255
_TAX_LIMIT = 20
_DESCRIPTION_LIMIT = 4000
_PURCHASE_LIMIT = 1000
_SKU_LIMIT = 100
_ACCOUNT_FIELDS = {"sale": "IncomeAccountRef", "purchase": "ExpenseAccountRef", "asset": "AssetAccountRef"}


def customer(refs: Refs) -> Json:
    """Return the body of a customer; a sub-customer names its parent."""
    record = refs.record
    parent = refs.link_or_none(RecordKey("customer", record.parent_id)) if record.parent_id else ""
    return (
        _party(refs)
        | refs.optional("SalesTermRef", "term", record.terms)
        | filled(PrimaryTaxIdentifier=fitting(record.contact.tax_number, _TAX_LIMIT))
        | ({"ParentRef": ref(parent), "Job": True} if parent else {})
    )


def vendor(refs: Refs) -> Json:
    """Return the body of a vendor."""
    tax_number = fitting(refs.record.contact.tax_number, _TAX_LIMIT)
    return (
        _party(refs) | refs.optional("TermRef", "term", refs.record.terms) | filled(TaxIdentifier=tax_number)
    )


def item(refs: Refs) -> Json:
    """Return the body of a product/service with the accounts of the sides it is used on."""
    record = refs.record
    kind = record.item_type or refs.view.rules.item_type
    return (
        filled(
            Name=called(record, refs.view),
            Type=kind,
            Sku=fitting(record.number, _SKU_LIMIT) if record.party_name else "",
            Description=record.memo[:_DESCRIPTION_LIMIT],
            UnitPrice=record.unit_price,
            PurchaseCost=record.unit_cost,
            PurchaseDesc=record.memo[:_PURCHASE_LIMIT] if record.unit_cost is not None else "",
        )
        | _item_accounts(refs)
        | _category(refs)
        | (_stock(record) if kind == "Inventory" else {})
    )


def fitting(text: str, limit: int) -> str:
    """Return a text that QuickBooks has room for, else nothing: half an address is a wrong one."""
    return text if len(text) <= limit else ""


def _party(refs: Refs) -> Json:
    record, contact = refs.record, refs.record.contact
    currency = record.currency if refs.view.company.multi_currency else ""
    return filled(
        DisplayName=called(record, refs.view),
        CompanyName=fitting(contact.company, _COMPANY_LIMIT),
        PrimaryEmailAddr=filled(Address=fitting(contact.email, _EMAIL_LIMIT)),
        PrimaryPhone=filled(FreeFormNumber=fitting(contact.phone, _PHONE_LIMIT)),
        BillAddr=_address(contact),
        CurrencyRef=ref(currency) if currency else {},
    )


def _address(contact: Contact) -> Json:
    lines = {f"Line{place}": line for place, line in enumerate(contact.address[:5], start=1)}
    return filled(**lines, City=contact.city[:_CITY_LIMIT], Country=contact.country[:_CITY_LIMIT])


def _item_accounts(refs: Refs) -> Json:
    record, rules = refs.record, refs.view.rules
    sides = item_sides(record, rules)
    return {
        _ACCOUNT_FIELDS[side]: refs.mapped(account_key(record.category, side, record, rules))
        for side in sides
    }


def _category(refs: Refs) -> Json:
    parent = refs.optional("ParentRef", "category", refs.record.category)
    return parent | {"SubItem": True} if parent else {}


def _stock(record: SourceRecord) -> Json:
    # The source keeps the stock: QuickBooks begins at none.
    return filled(TrackQtyOnHand=True, InvStartDate=iso(record.date)) | {"QtyOnHand": 0}
