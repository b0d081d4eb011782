"""Document numbers: kept or given, and never twice."""

from awra_tui.simulator import faults
from awra_tui.simulator.company import Company
from awra_tui.simulator.entities import Entity
from awra_tui.simulator.records import Body, Record, ref_id

ALLOW_DUPLICATES = "allowduplicatedocnum"


def numbered(
    company: Company, entity: Entity, body: Body, old: Record | None, options: frozenset[str]
) -> Body:
    """Return the body with its document number.

    A number sent for a sales form counts only while custom transaction numbers are on; else
    QuickBooks numbers by itself and keeps that. Raises a Fault (6140) for a number in use.
    """
    if entity.numbering == "none":
        return body
    custom = entity.numbering != "sales" or bool(company.preference("SalesFormsPrefs", "CustomTxnNumbers"))
    if custom or company.seeding:
        return _as_sent(company, entity, body, old, options)
    kept = str(old.body.get("DocNumber", "")) if old else ""
    return {**body, "DocNumber": kept or _next(company, entity)}


def _as_sent(
    company: Company, entity: Entity, body: Body, old: Record | None, options: frozenset[str]
) -> Body:
    number = str(body.get("DocNumber", ""))
    if not number:
        if entity.numbering == "auto":
            kept = str(old.body.get("DocNumber", "")) if old else ""
            return {**body, "DocNumber": kept or _next(company, entity)}
        return body
    unchanged = old is not None and old.body.get("DocNumber") == number
    if ALLOW_DUPLICATES not in options and not unchanged:
        _refuse_used(company, entity, body, number)
    return body


def _refuse_used(company: Company, entity: Entity, body: Body, number: str) -> None:
    for other in company.store.find(entity.name, "DocNumber", number):
        if other.key.id == body["Id"]:
            continue
        # Vendors number their bills themselves, each as it likes.
        by_vendor = entity.party == "VendorRef" and entity.numbering == "kept"
        if by_vendor and ref_id(other.body, "VendorRef") != ref_id(body, "VendorRef"):
            continue
        raise faults.duplicate_number(number, entity.name, other.key.id)


def _next(company: Company, entity: Entity) -> str:
    fact = f"number of {entity.name}"
    number = int(company.store.facts.get(fact, 1000)) + 1
    while company.store.find(entity.name, "DocNumber", number):
        number += 1
    company.store.set_fact(fact, number)
    return str(number)
