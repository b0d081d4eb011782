"""What is still open in QuickBooks of the transactions that a record is to be applied to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from awra_tui.health import wording
from awra_tui.health.view import View
from awra_tui.records.finding import Finding
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Json, QboObject
from awra_tui.records.record import Application, SourceRecord
from awra_tui.records.subject import RecordKey


def is_applied(record: SourceRecord, view: View) -> bool:
    """Return whether a credit note in QuickBooks is set against its invoices already.

    Its copy names the payments that use it; one of them, or several, must name every invoice.
    """
    memo = _main_object(RecordKey(record.kind, record.source_id), view)
    if memo is None or not record.applications:
        return False
    users = [view.object("Payment", qbo_id) for qbo_id in linked_ids(memo.content)]
    reached = {qbo_id for user in users if user for qbo_id in applied_ids(user.content)}
    wanted = {_main_id(RecordKey(each.kind, each.source_id), view) for each in record.applications}
    return bool(users) and "" not in wanted and wanted <= reached


def open_findings(record: SourceRecord, view: View) -> tuple[Finding, ...]:
    """Return what QuickBooks would refuse to apply (620): too little is open there, or it is another's."""
    payer = _main_object(RecordKey(KINDS[record.kind].party, record.party_id), view)
    return tuple(
        finding
        for each in _together(record.applications)
        for finding in (*_short(each, view), *_foreign(each, payer, view))
    )


def _together(applications: Iterable[Application]) -> list[Application]:
    """Return applications with all that goes to one transaction as one."""
    sums: defaultdict[RecordKey, Decimal] = defaultdict(Decimal)
    for each in applications:
        sums[RecordKey(each.kind, each.source_id)] += each.amount
    return [Application(key.kind, key.source_id, amount) for key, amount in sums.items()]


def credit_findings(record: SourceRecord, view: View) -> tuple[Finding, ...]:
    """Return whether the credit that is to be applied has been spent otherwise in QuickBooks."""
    memo = _main_object(RecordKey(record.kind, record.source_id), view)
    total = sum((each.amount for each in record.applications), Decimal(0))
    if memo is None or "Balance" not in memo.content or memo.balance >= total:
        return ()
    values = {
        "amount": wording.money(memo.balance, record.currency),
        "applied": wording.money(total, record.currency),
    }
    return (Finding(reason="credit_spent", values=values),)


def applied_ids(content: Json) -> set[str]:
    """Return the ids of the transactions that a payment's lines are applied to."""
    return {qbo_id for line in content.get("Line") or [] for qbo_id in linked_ids(line)}


def linked_ids(content: Json) -> set[str]:
    """Return the ids that a transaction, or a line, names as linked."""
    return {str(each.get("TxnId", "")) for each in content.get("LinkedTxn") or []}


def applied_there(things: Iterable[QboObject]) -> dict[tuple[str, str], Decimal]:
    """Return what the lines of payments in QuickBooks come to for each transaction, by entity and id."""
    used: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    payments = (one for one in things if one.entity == "Payment")
    for line in (line for one in payments for line in one.content.get("Line") or []):
        amount = line.get("Amount")
        for linked in line.get("LinkedTxn") or []:
            if isinstance(amount, int | Decimal):
                used[str(linked.get("TxnType", "")), str(linked.get("TxnId", ""))] += amount
    return dict(used)


def _short(each: Application, view: View) -> Iterator[Finding]:
    key = RecordKey(each.kind, each.source_id)
    found = _main_object(key, view)
    if found is None or "Balance" not in found.content or found.balance >= each.amount:
        return
    state = view.record(key)
    values = {
        "parent": wording.key_title(key, state.name if state else found.number),
        "amount": wording.money(found.balance, found.currency),
        "applied": wording.money(each.amount, found.currency),
    }
    yield Finding(reason="too_little_open", values=values)


def _foreign(each: Application, payer: QboObject | None, view: View) -> Iterator[Finding]:
    """Yield a finding for what belongs to a customer or vendor who is no relation of the payer."""
    key = RecordKey(each.kind, each.source_id)
    found = _main_object(key, view)
    if found is None or payer is None or found.party_id in {"", payer.id}:
        return
    owner = view.object(payer.entity, found.party_id)
    if owner is None or _top(owner, view) == _top(payer, view):
        return
    state = view.record(key)
    values = {
        "parent": wording.key_title(key, state.name if state else found.number),
        "theirs": wording.object_title(owner),
        "party": wording.object_title(payer),
    }
    yield Finding(reason="applied_to_anothers", values=values)


def _top(party: QboObject, view: View) -> str:
    """Return the id at the top of a customer's tree: a parent may pay what its children owe."""
    seen = {party.id}
    above: QboObject | None = party
    while above is not None:
        party, parent = above, above.content.get("ParentRef")
        qbo_id = str(parent.get("value", "")) if isinstance(parent, dict) else ""
        above = view.object(party.entity, qbo_id) if qbo_id and qbo_id not in seen else None
        seen.add(qbo_id)
    return party.id


def _main_object(key: RecordKey, view: View) -> QboObject | None:
    qbo_id = _main_id(key, view) if key.kind in KINDS else ""
    return view.object(KINDS[key.kind].entity, qbo_id) if qbo_id else None


def _main_id(key: RecordKey, view: View) -> str:
    return next((link.qbo_id for link in view.links(key) if link.role == "main"), "")
