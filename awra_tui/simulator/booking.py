"""Create, update, delete and void: the one way in which anything enters or leaves the books."""

from decimal import Decimal

from awra_tui.simulator import (
    attachments,
    bundles,
    clock,
    faults,
    journal,
    links,
    lists,
    money,
    numbering,
    orders,
    payments,
    purchases,
    sales,
    stock,
    timesheets,
    transfers,
)
from awra_tui.simulator.bodies import merged, normalised
from awra_tui.simulator.company import Company
from awra_tui.simulator.entities import ENTITIES, Entity
from awra_tui.simulator.fields import words
from awra_tui.simulator.records import Body, Key, Posting, Record, applied, moved, number, ref_id
from awra_tui.simulator.references import called, resolved
from awra_tui.simulator.validate import check_form, check_properties

_KINDS = {
    "Invoice": sales.completed,
    "CreditMemo": sales.completed,
    "RefundReceipt": sales.completed,
    "SalesReceipt": sales.completed,
    "Estimate": sales.completed,
    "PurchaseOrder": purchases.completed,
    "Bill": purchases.completed,
    "VendorCredit": purchases.completed,
    "Purchase": purchases.paid_at_once,
    "JournalEntry": journal.completed,
    "InventoryAdjustment": stock.adjusted,
    "Transfer": transfers.completed,
    "CreditCardPaymentTxn": transfers.completed,
    "Deposit": transfers.deposit,
    "TimeActivity": timesheets.completed,
    "Attachable": attachments.completed,
}
# What a client may send but QuickBooks works out itself.
_DERIVED = frozenset(
    words(
        "domain status sparse MetaData FullyQualifiedName Level Balance BalanceWithJobs CurrentBalance "
        "CurrentBalanceWithSubAccounts HomeBalance HomeTotalAmt UnappliedAmt RemainingCredit "
        "Classification DeliveryInfo"
    )
)
_NO_OPTIONS: frozenset[str] = frozenset()

Options = frozenset[str]


def create(company: Company, entity_name: str, body: Body, options: Options = _NO_OPTIONS) -> Body:
    """Book a new object and return its body. Raises a Fault by the rules; then nothing changed."""
    _require_writable(company, ENTITIES[entity_name])
    return establish(company, entity_name, body, options)


def establish(company: Company, entity_name: str, body: Body, options: Options = _NO_OPTIONS) -> Body:
    """Book a new object, also of an entity that clients may not write."""
    entity = ENTITIES[entity_name]
    with company.store.change():
        found = _checked(company, entity, body, None)
        id_ = _new_id(company, entity, found)
        return _book(company, entity, Key(entity.name, id_), found, old=None, options=options)


def update(company: Company, entity_name: str, body: Body, options: Options = _NO_OPTIONS) -> Body:
    """Change an object, sparsely when the body says so, and return its new body."""
    entity = ENTITIES[entity_name]
    _require_writable(company, entity)
    old = current(company, entity, body)
    with company.store.change():
        sent = _sent(entity, old.body | _quantity(company, old), body)
        found = _checked(company, entity, sent, old)
        if _unchanged(found, old):
            return old.body
        if not old.body.get("Active", True) and found.get("Active") is False:
            raise faults.not_found()
        _refuse_closed(company, entity, old.body)
        return _book(company, entity, old.key, found, old=old, options=options)


def drafted(company: Company, entity_name: str, body: Body) -> Body:
    """Return a transaction with all that is worked out of it, without booking it. Raises a Fault."""
    entity = ENTITIES[entity_name]
    found = _checked(company, entity, body, None)
    found["TxnDate"] = str(found.get("TxnDate") or clock.today().isoformat())[:10]
    return _completed(company, entity, found, None, Key(entity.name, ""))[0]


def delete(company: Company, entity_name: str, body: Body) -> Body:
    """Delete a transaction and return what QuickBooks says of it afterwards."""
    entity = ENTITIES[entity_name]
    if not entity.is_deletable:
        raise faults.unsupported("delete")
    _require_writable(company, entity)
    old = current(company, entity, body)
    with company.store.change():
        _refuse_closed(company, entity, old.body)
        transfers.refuse_deposited(company, old)
        company.store.put(links.tombstone(company, old))
        links.fit(company, old.key, money.ZERO)
        _refresh_around(company, old, None)
    return {"domain": "QBO", "status": "Deleted", "Id": old.key.id}


def void(company: Company, entity_name: str, body: Body) -> Body:
    """Void a transaction: all amounts become zero, what it settled is open again."""
    entity = ENTITIES[entity_name]
    if entity.void not in {"void", "include"}:
        raise faults.unsupported("void")
    _require_writable(company, entity)
    old = current(company, entity, body)
    with company.store.change():
        _refuse_closed(company, entity, old.body)
        note = str(old.body.get("PrivateNote", ""))
        found = _emptied(old.body) | {
            "PrivateNote": f"Voided - {note}"[:4000] if note else "Voided",
            "SyncToken": str(int(old.body["SyncToken"]) + 1),
        }
        found = ordered(entity, links.touched(company, found))
        links.fit(company, old.key, money.ZERO)
        company.store.put(Record(old.key, found))
        _refresh_around(company, old, None)
        return _stored(company, old.key)


def current(company: Company, entity: Entity, body: Body) -> Record:
    """Return the object that a change is about, when the SyncToken is the present one.

    Raises a Fault: 610 when it is missing, 5010 when somebody changed it since it was read.
    """
    record = company.store.get(entity.name, str(body.get("Id", "")))
    if record is None:
        raise faults.not_found()
    if body.get("SyncToken") in (None, ""):
        # A recorded deletion of an attachment goes without.
        if entity.name == "Attachable":
            return record
        raise faults.FaultError(faults.required("SyncToken"))
    if str(body["SyncToken"]) != record.body["SyncToken"]:
        raise faults.stale()
    return record


def _require_writable(company: Company, entity: Entity) -> None:
    if company.seeding:
        return
    if not entity.writable:
        raise faults.unsupported(f"create for {entity.name}")
    if company.switches["subscription_ended"]:
        raise faults.subscription()


def _sent(entity: Entity, old: Body, body: Body) -> Body:
    """Return what the object shall be: the body itself, or laid over the old one when sparse.

    A sparse update cannot empty what must be there; some clients send "" for all that they leave.
    """
    if str(body.get("sparse", "")).lower() != "true":
        return body
    must = {entity.label, *entity.required}
    body = {name: value for name, value in body.items() if name not in must or value not in ("", None, [])}
    return merged({name: value for name, value in old.items() if name not in _DERIVED}, body)


def _quantity(company: Company, old: Record) -> Body:
    """Return what an item has now: its body keeps what it began with."""
    return stock.shown(company, old) if old.key.entity == "Item" else {}


def _checked(company: Company, entity: Entity, raw: Body, old: Record | None) -> Body:
    found = normalised(raw)
    check_properties(entity, found)
    found = {name: value for name, value in found.items() if name not in _DERIVED}
    if "Line" in found:
        found["Line"] = [line for line in found["Line"] if not _subtotal(line)]
    check_form(entity, found, raw)
    return resolved(company, entity.name, found, old.body if old else None)


def _subtotal(line: Body) -> bool:
    return line.get("DetailType") == "SubTotalLineDetail"


def _unchanged(found: Body, old: Record) -> bool:
    """Whether an update of an inactive object says only what is so already."""
    if old.body.get("Active", True):
        return False
    return all(old.body.get(name) == value for name, value in found.items())


def _new_id(company: Company, entity: Entity, body: Body) -> str:
    given = str(body.get("Id", ""))
    if company.seeding and given:
        company.used_id(entity, given)
        return given
    return company.next_id(entity)


def _book(
    company: Company,
    entity: Entity,
    key: Key,
    body: Body,
    *,
    old: Record | None,
    options: Options,
) -> Body:
    found = {**body, "Id": key.id}
    if entity.is_transaction:
        found["TxnDate"] = str(found.get("TxnDate") or clock.today().isoformat())[:10]
        _refuse_closed(company, entity, found)
        found = numbering.numbered(company, entity, found, old, options)
    found, postings = _completed(company, entity, found, old, key)
    found = _addressed(company, found)
    found["SyncToken"] = str(int(old.body["SyncToken"]) + 1) if old else "0"
    found["MetaData"] = _meta(company, old)
    orders.check(company, Record(key, found))
    if old is not None:
        _refuse_moving(entity, old, found)
        if number(old.body.get("TotalAmt")) != number(found.get("TotalAmt")):
            transfers.refuse_deposited(company, old)
        links.fit(company, key, number(found.get("TotalAmt")))
    record = Record(key, ordered(entity, found), postings)
    company.store.put(record)
    _afterwards(company, entity, record, old)
    return _stored(company, key)


def _afterwards(company: Company, entity: Entity, record: Record, old: Record | None) -> None:
    """Let everything that hangs on a booked object follow it."""
    _refresh_around(company, record, old)
    if entity.is_list and old is not None:
        _follow_rename(company, entity, old, record.key)
    if entity.name == "Invoice" and old is None:
        _apply_credits(company, record.key)


def _completed(
    company: Company, entity: Entity, body: Body, old: Record | None, key: Key
) -> tuple[Body, tuple[Posting, ...]]:
    if entity.is_list:
        found = lists.completed(company, entity, body, old, key)
        return found, stock.opening(company, found) if entity.name == "Item" else ()
    if entity.name in _KINDS:
        return _KINDS[entity.name](company, entity.name, body)
    if entity.is_transaction:
        return payments.completed(company, entity.name, body, key)
    return body, ()


def _follow_rename(company: Company, entity: Entity, old: Record, key: Key) -> None:
    record = company.store.get(*key)
    if record is not None and called(record) != called(old):
        company.store.set_fact("renamed", value=True)
        lists.rename_below(company, entity, key)


def _addressed(company: Company, body: Body) -> Body:
    """Give an id to each address that has none."""
    found = dict(body)
    for name in ("BillAddr", "ShipAddr", "VendorAddr"):
        if name in body and "Id" not in body[name]:
            id_ = int(company.store.facts.get("addresses", 1)) + 1
            company.store.set_fact("addresses", id_)
            found[name] = {"Id": str(id_), **body[name]}
    return found


def _meta(company: Company, old: Record | None) -> Body:
    stamp = clock.stamp(company.now())
    created = old.body["MetaData"]["CreateTime"] if old else stamp
    return {"CreateTime": created, "LastUpdatedTime": stamp}


def _refuse_closed(company: Company, entity: Entity, body: Body) -> None:
    closing = company.closing_date
    if not entity.is_transaction or company.seeding or not closing:
        return
    if str(body.get("TxnDate", "")) <= closing:
        raise faults.closed_period()


def _refuse_moving(entity: Entity, old: Record, body: Body) -> None:
    """Refuse to give a settled transaction to somebody else."""
    if not entity.party or not old.body.get("LinkedTxn"):
        return
    if ref_id(old.body, entity.party) != ref_id(body, entity.party):
        raise faults.business("You can't change the name on a transaction that is linked.")


def _refresh_around(company: Company, record: Record, old: Record | None) -> None:
    """Bring balances of linked transactions and the times of their parties up to date."""
    both = [one for one in (record, old) if one]
    paid = [target for one in both for target, _ in applied(one)]
    billed = [target for one in both for target in orders.ordered_by(one)]
    for target in dict.fromkeys((*paid, *billed, record.key)):
        links.refresh(company, target)
    postings = [posting for one in both for posting in one.postings]
    for party in dict.fromkeys(posting.party for posting in postings if posting.party):
        links.touch(company, party)
    for item in dict.fromkeys(item for one in both for item, _ in moved(one)):
        links.touch_stock(company, item)


def _apply_credits(company: Company, invoice: Key) -> None:
    """Spend the customer's open credit memos on a new invoice, oldest first."""
    if company.seeding or not company.preference("SalesFormsPrefs", "AutoApplyCredit"):
        return
    body = _stored(company, invoice)
    customer = ref_id(body, "CustomerRef")
    for credit in company.store.find("CreditMemo", "CustomerRef", customer):
        open_ = number(_stored(company, invoice)["Balance"])
        amount = min(open_, number(credit.body["RemainingCredit"]))
        if amount <= 0 or ref_id(credit.body, "CurrencyRef") != ref_id(body, "CurrencyRef"):
            continue
        create(company, "Payment", _application(body, credit.key, invoice, amount))


def _application(invoice: Body, credit: Key, target: Key, amount: Decimal) -> Body:
    names = ("CustomerRef", "CurrencyRef", "ExchangeRate", "TxnDate")
    lines = [
        {"Amount": amount, "LinkedTxn": [{"TxnId": one.id, "TxnType": one.entity}]}
        for one in (target, credit)
    ]
    return {**{name: invoice[name] for name in names if name in invoice}, "TotalAmt": 0, "Line": lines}


def _emptied(body: Body) -> Body:
    found = dict(body)
    for name in ("TotalAmt", "Balance", "HomeTotalAmt", "HomeBalance", "UnappliedAmt"):
        if name in found:
            found[name] = 0
    if "TxnTaxDetail" in found:
        found["TxnTaxDetail"] = {"TotalTax": 0}
    found["LinkedTxn"] = []
    found["Line"] = [_empty_line(line) for line in body.get("Line", []) if "DetailType" in line]
    return found


def _empty_line(line: Body) -> Body:
    detail = dict(line.get(line["DetailType"], {}))
    if line["DetailType"] == bundles.GROUP:
        detail["Line"] = [_empty_line(one) for one in detail.get("Line", ())]
    for name in ("Qty", "TaxInclusiveAmt"):
        if name in detail:
            detail[name] = 0
    return {**line, "Amount": 0, line["DetailType"]: detail}


def _stored(company: Company, key: Key) -> Body:
    record = company.store.get(*key)
    return record.body if record else {}


def ordered(entity: Entity, body: Body) -> Body:
    """Put the members of a body in the order in which QuickBooks answers them."""
    found = {"domain": "QBO", "sparse": False, **body}
    return {name: found[name] for name in entity.fields if name in found}
