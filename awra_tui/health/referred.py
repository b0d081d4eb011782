"""References in bodies with the names of what they refer to, as QuickBooks itself answers them."""

from awra_tui.health.view import View
from awra_tui.records.qbo import Json

_ENTITIES = {
    "CustomerRef": "Customer",
    "VendorRef": "Vendor",
    "ItemRef": "Item",
    "AccountRef": "Account",
    "BankAccountRef": "Account",
    "CCAccountRef": "Account",
    "APAccountRef": "Account",
    "ARAccountRef": "Account",
    "DepositToAccountRef": "Account",
    "IncomeAccountRef": "Account",
    "ExpenseAccountRef": "Account",
    "AssetAccountRef": "Account",
    "ClassRef": "Class",
    "DepartmentRef": "Department",
    "TaxCodeRef": "TaxCode",
    "PaymentMethodRef": "PaymentMethod",
    "SalesTermRef": "Term",
    "TermRef": "Term",
}
"""What each reference is to."""


def with_names(body: Json, view: View) -> Json:
    """Return a body whose references have the names of our copy of QuickBooks; it is for reading only."""
    return {field: _named(field, value, view) for field, value in body.items()}


def _named(field: str, value: object, view: View) -> object:
    if isinstance(value, list):
        return [_named("", each, view) for each in value]
    if not isinstance(value, dict):
        return value
    if "value" not in value or field not in _ENTITIES:
        return with_names(value, view)
    obj = view.object(_ENTITIES[field], str(value["value"]))
    return value | {"name": obj.name} if obj is not None and obj.name else value
