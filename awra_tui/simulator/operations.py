"""One operation on one entity, as a path or a batch item asks for it."""

from awra_tui.simulator import booking, exchange, faults, recurring
from awra_tui.simulator.company import Company
from awra_tui.simulator.entities import RECURRING, Entity
from awra_tui.simulator.records import Body, Key, Record
from awra_tui.simulator.views import answered, view

_BROKEN = "Void of a bill failed with no information"


def perform(company: Company, entity: Entity, operation: str, body: Body, options: frozenset[str]) -> Body:
    """Carry out create, update, delete or void and return {entity: body}.

    A void that QuickBooks ignores returns an empty body. Raises a Fault.
    """
    if not isinstance(body, dict):
        raise faults.malformed()
    operation = _meant(operation, body, options)
    if entity.name == "ExchangeRate":
        return exchange.put(company, body)
    if entity.name in {"CompanyInfo", "Preferences"} and operation == "update":
        body = {"Id": "1", **body}
    if entity is RECURRING:
        return recurring.perform(company, operation, body)
    if operation == "void":
        return _voided(company, entity, body)
    if operation == "delete":
        return {entity.name: booking.delete(company, entity.name, body)}
    if operation not in {"create", "update"}:
        raise faults.unsupported(operation)
    change = booking.create if operation == "create" else booking.update
    found = change(company, entity.name, body, options)
    return {entity.name: _viewed(company, entity, found)}


def _meant(operation: str, body: Body, options: frozenset[str]) -> str:
    """Without an operation, a body with an id is an update."""
    if "void" in options:
        return "void"
    return operation or ("update" if body.get("Id") else "create")


def _voided(company: Company, entity: Entity, body: Body) -> Body:
    if entity.void == "silent":
        booking.current(company, entity, body)
        return {}
    if entity.void == "broken":
        booking.current(company, entity, body)
        raise faults.system_failure(_BROKEN, status=200)
    return {entity.name: booking.void(company, entity.name, body)}


def read(company: Company, entity: Entity, id_: str) -> Body:
    """Return {entity: body} of an object, inactive ones too. Raises a Fault (2030, 610)."""
    if entity.name == "ExchangeRate":
        return exchange.read(company, id_)
    if not id_.isdigit() and entity.name != "TaxCode":
        raise faults.bad_id(id_)
    record = company.store.get(entity.name, id_) or _as_transfer(company, entity, id_)
    if record is None:
        raise faults.not_found()
    return {entity.name: answered(company, entity.name, view(company, record))}


def _as_transfer(company: Company, entity: Entity, id_: str) -> Record | None:
    """Return the payment of a card as the transfer that it is too; others have no second form."""
    found = company.store.get("CreditCardPaymentTxn", id_) if entity.name == "Transfer" else None
    if found is None:
        return None
    names = {"BankAccountRef": "FromAccountRef", "CreditCardAccountRef": "ToAccountRef"}
    renamed = {names.get(name, name): value for name, value in found.body.items()}
    body = {name: renamed[name] for name in entity.fields if name in renamed}
    return Record(Key("Transfer", id_), body)


def _viewed(company: Company, entity: Entity, body: Body) -> Body:
    record = company.store.get(entity.name, str(body["Id"]))
    return answered(company, entity.name, view(company, record)) if record else body
