"""On which receivable or payable account stands what a record settles: QuickBooks takes one for a payment."""

from collections.abc import Iterator
from dataclasses import dataclass

from awra_tui.health import wording
from awra_tui.health.kept import body_in
from awra_tui.health.needs import LEDGERS
from awra_tui.health.view import View
from awra_tui.records.finding import Finding
from awra_tui.records.record import Application, SourceRecord
from awra_tui.records.subject import RecordKey

FIELDS = {"receivable": "ARAccountRef", "payable": "APAccountRef"}
"""Where a body of QuickBooks names the account on which customers owe, and vendors are owed."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A document that is settled, as sentences call it, and its account's id, empty for QuickBooks' own."""

    document: str
    account: str


def settled_on(record: SourceRecord, view: View) -> Iterator[Settled]:
    """Yield where the documents stand that a record settles, in its order; what is not known is left out."""
    field = FIELDS.get(LEDGERS.get(record.kind, ""), "")
    for each in record.applications if field else ():
        account = _account_of(each, field, view)
        if account is not None:
            key = RecordKey(each.kind, each.source_id)
            state = view.record(key)
            yield Settled(wording.key_title(key, state.name if state else ""), account)


def ledger_findings(record: SourceRecord, view: View) -> Iterator[Finding]:
    """Yield a finding where documents on two accounts are settled by one record.

    QuickBooks relates transactions of one such account only (Intuit: APAccountRef of Bill); where it did not
    refuse, one account would stay owed and the other be in credit. Only accounts in use count: what was
    merged into another is still named by our copies of its transactions.
    """
    pair = _apart([one for one in settled_on(record, view) if _is_in_use(one.account, view)])
    if pair:
        first, other = pair
        values = {
            "parent": first.document,
            "account": _named(first, record, view),
            "other": other.document,
            "theirs": _named(other, record, view),
            "kind": LEDGERS[record.kind],
        }
        yield Finding(reason="settles_two_accounts", values=values)


def ledger_note(record: SourceRecord, view: View) -> str:
    """Say that documents stand on accounts of which one may be the other, or nothing.

    QuickBooks does not say which its own is, nor into which one that is not in use any more was merged: the
    two may be one, so this holds nothing up.
    """
    pair = _apart(list(settled_on(record, view)))
    if not pair or all(_is_in_use(one.account, view) for one in pair):
        return ""
    first, other = pair
    return (
        f"{wording.capital(first.document)} stands on {_named(first, record, view)}, "
        f"{other.document} on {_named(other, record, view)}; this goes to the first of them"
    )


def _apart(found: list[Settled]) -> tuple[Settled, Settled] | None:
    """Return the first document and the first that stands elsewhere."""
    other = next((one for one in found if one.account != found[0].account), None)
    return (found[0], other) if other else None


def _is_in_use(account: str, view: View) -> bool:
    found = view.object("Account", account) if account else None
    return found is not None and found.active and not found.deleted


def _named(one: Settled, record: SourceRecord, view: View) -> str:
    account = view.object("Account", one.account) if one.account else None
    if account is not None:
        return account.name
    return f"account {one.account}" if one.account else f"QuickBooks' own {LEDGERS[record.kind]} account"


def _account_of(against: Application, field: str, view: View) -> str | None:
    """Return the account that a transaction names, nothing where it is QuickBooks' own, None if unknown."""
    links = view.links(RecordKey(against.kind, against.source_id))
    main = next((link for link in links if link.role == "main"), None)
    if main is None:
        return None
    there = view.object(main.entity, main.qbo_id)
    named = there.content.get(field) if there else None
    if named is None and main.sent:
        named = body_in(main.sent).get(field, {})
    return None if named is None else str(named.get("value", ""))
