"""Lists of names: customers, vendors, accounts, items and the small ones."""

from collections.abc import Callable

from awra_tui.simulator import bundles, faults, stock
from awra_tui.simulator.account_types import CLASSIFICATIONS, SUBTYPES
from awra_tui.simulator.company import CURRENCIES, Company
from awra_tui.simulator.entities import ENTITIES, Entity
from awra_tui.simulator.records import Body, Key, Record, ref_id
from awra_tui.simulator.references import called

DELETED = " (deleted)"

_NAME_PARTS = ("Title", "GivenName", "MiddleName", "FamilyName", "Suffix")
_TREES = frozenset({"Account", "Class", "Department", "Item", "Customer"})
_NESTED = {"Account": "SubAccount", "Class": "SubClass", "Department": "SubDepartment"}
# A code is what it is, active or not.
_CODED = frozenset({"CompanyCurrency"})
_UNSOLD = frozenset({"Accounts Receivable", "Accounts Payable", "Bank"})
_ITEM_TYPES = frozenset({"Service", "NonInventory", "Inventory", "Category", "Group"})
_INVENTORY = ("AssetAccountRef", "InvStartDate", "QtyOnHand")


def completed(company: Company, entity: Entity, body: Body, old: Record | None, key: Key) -> Body:
    """Return the body of a list's object with defaults and derived fields.

    Raises a Fault for a name in use (6240) or a rule of the particular list.
    """
    found = _DEFAULTS.get(entity.name, _plain)(company, dict(body), old)
    found.setdefault("Active", True)
    if entity.name not in _CODED:
        found = _renamed(company, entity, found, old, key)
    if entity.name in _TREES:
        _refuse_circle(company, entity, ref_id(found, "ParentRef"), key)
        found = _qualified(company, entity, found)
    _refuse_duplicate(company, entity, found, key)
    return found


def _plain(company: Company, body: Body, old: Record | None) -> Body:  # noqa: ARG001
    return body


def _customer(company: Company, body: Body, old: Record | None) -> Body:
    defaults = {
        "Taxable": True,
        "Job": False,
        "BillWithParent": False,
        "PreferredDeliveryMethod": "Print",
    }
    found = _person(company, defaults | body, old)
    code = company.preference("TaxPrefs", "TaxGroupCodeRef")
    if code and found["Taxable"]:
        found.setdefault("DefaultTaxCodeRef", code)
    return found


def _vendor(company: Company, body: Body, old: Record | None) -> Body:
    return _person(company, {"Vendor1099": False} | body, old)


def _person(company: Company, body: Body, old: Record | None) -> Body:
    return _with_currency(company, _named_person(body), old)


def _employee(company: Company, body: Body, old: Record | None) -> Body:  # noqa: ARG001
    return _named_person({"BillableTime": False} | body)


def _named_person(body: Body) -> Body:
    name = body.get("DisplayName") or _composed(body)
    if not name:
        raise faults.FaultError(faults.required("DisplayName"))
    body["DisplayName"] = name
    body.setdefault("PrintOnCheckName", body.get("CompanyName", name))
    return body


def _composed(body: Body) -> str:
    parts = " ".join(str(body[part]) for part in _NAME_PARTS if part in body)
    return parts or str(body.get("CompanyName", ""))


def _with_currency(company: Company, body: Body, old: Record | None) -> Body:
    code = ref_id(body, "CurrencyRef")
    kept = ref_id(old.body, "CurrencyRef") if old else ""
    if kept and code and code != kept:
        raise faults.business("You can't change the currency once it is used.")
    code = code or kept or company.home_currency
    if code != company.home_currency and not company.multi_currency:
        raise faults.business("Multicurrency is not turned on for this company.")
    body["CurrencyRef"] = company.currency_ref(code)
    return body


def _account(company: Company, body: Body, old: Record | None) -> Body:
    kind = body.get("AccountType") or SUBTYPES.get(str(body.get("AccountSubType")))
    if kind is None:
        raise faults.FaultError(faults.required("AccountType"))
    if kind not in CLASSIFICATIONS:
        raise faults.bad_enumeration(str(kind))
    body |= {"AccountType": kind, "Classification": CLASSIFICATIONS[kind]}
    body.setdefault("AccountSubType", str(kind).replace(" ", ""))
    return _with_currency(company, body, old)


def _item(company: Company, body: Body, old: Record | None) -> Body:
    kind = body.setdefault("Type", "Service")
    if kind not in _ITEM_TYPES:
        raise faults.bad_enumeration(str(kind))
    if kind == "Group":
        bundles.check_item(company, body)
    if kind in {"Category", "Group"}:
        return body
    if not {"IncomeAccountRef", "ExpenseAccountRef"} & body.keys():
        raise faults.FaultError(faults.required("IncomeAccountRef"))
    for name in ("IncomeAccountRef", "ExpenseAccountRef"):
        account = company.account(ref_id(body, name))
        if account and account.body["AccountType"] in _UNSOLD:
            raise faults.wrong_account()
    if kind == "Inventory":
        missing = [faults.required(name) for name in _INVENTORY if name not in body]
        if missing:
            raise faults.FaultError(*missing)
        body = stock.beginning(company, body, old)
    body.setdefault("Taxable", False)
    body.setdefault("UnitPrice", 0)
    body.setdefault("TrackQtyOnHand", False)
    return body


def _agency(company: Company, body: Body, old: Record | None) -> Body:  # noqa: ARG001
    return {"TaxTrackedOnPurchases": False, "TaxTrackedOnSales": True} | body


def _currency(company: Company, body: Body, old: Record | None) -> Body:  # noqa: ARG001
    code = str(body["Code"])
    if code not in CURRENCIES:
        raise faults.bad_enumeration(code)
    return {"Name": CURRENCIES[code]} | body


_DEFAULTS: dict[str, Callable[[Company, Body, Record | None], Body]] = {
    "Customer": _customer,
    "Vendor": _vendor,
    "Employee": _employee,
    "Account": _account,
    "Item": _item,
    "TaxAgency": _agency,
    "CompanyCurrency": _currency,
}


def _renamed(company: Company, entity: Entity, body: Body, old: Record | None, key: Key) -> Body:
    was_active = old is None or old.body.get("Active", True)
    name = str(body[entity.label])
    if not body["Active"] and (was_active or not name.endswith(DELETED)):
        return {**body, entity.label: _free_name(company, entity, name, key)}
    if body["Active"] and not was_active and name.endswith(DELETED):
        return {**body, entity.label: name.removesuffix(DELETED)}
    return body


def _free_name(company: Company, entity: Entity, name: str, key: Key) -> str:
    wanted = name if name.endswith(DELETED) else name + DELETED
    candidate, turn = wanted, 1
    while _owner(company, entity, entity.label, candidate, key):
        turn += 1
        candidate = f"{wanted}-{turn}"
    return candidate


def _qualified(company: Company, entity: Entity, body: Body) -> Body:
    parent = company.store.get(entity.name, ref_id(body, "ParentRef"))
    name = str(body[entity.label])
    found = {**body, "FullyQualifiedName": f"{called(parent)}:{name}" if parent else name}
    if entity.name in _NESTED:
        found[_NESTED[entity.name]] = parent is not None
    if parent is not None and entity.name in {"Customer", "Item"}:
        found["Level"] = int(parent.body.get("Level", 0)) + 1
    return found


def _refuse_circle(company: Company, entity: Entity, parent: str, key: Key) -> None:
    while parent:
        if parent == key.id:
            detail = "Parent cannot be child : An object cannot be below itself."
            raise faults.fault("900", "Parent cannot be child", detail)
        record = company.store.get(entity.name, parent)
        parent = ref_id(record.body, "ParentRef") if record else ""


def rename_below(company: Company, entity: Entity, key: Key) -> None:
    """Write the full names of all that is below an object anew, after it was renamed."""
    for child in company.store.find(entity.name, "ParentRef", key.id):
        body = _qualified(company, entity, child.body)
        if body != child.body:
            company.store.put(Record(child.key, body, child.postings))
            rename_below(company, entity, child.key)


def _refuse_duplicate(company: Company, entity: Entity, body: Body, key: Key) -> None:
    # The parts of a tree may be called alike in different places; people may not.
    tree = entity.name in _TREES and entity.name != "Customer"
    field = "FullyQualifiedName" if tree else entity.label
    owner = _owner(company, entity, field, str(body[field]), key)
    if owner:
        raise faults.duplicate_name(owner)


def _owner(company: Company, entity: Entity, field: str, name: str, key: Key) -> str:
    for other in ENTITIES.values():
        if other.names != entity.names:
            continue
        for record in company.store.find(other.name, field, name):
            if record.key != key:
                return record.key.id
    return ""
