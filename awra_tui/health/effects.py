"""What a choice about a changed record will do, told before it is made."""

from dataclasses import dataclass

from awra_tui.health import withdrawals, wording
from awra_tui.health.open_amounts import linked_ids
from awra_tui.health.states import STATES, state_of
from awra_tui.health.view import View
from awra_tui.records.chosen import Choice
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import SourceRecord

AGAIN = "Create it again"
"""What sending ours is called where QuickBooks has it no longer."""
_PAYMENTS = ("Payment", "BillPayment")
_NAMES = frozenset(kind.entity for kind in KINDS.values() if kind.is_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """A choice in words: what it is called, what it will do, and why it cannot be, if so."""

    label: str
    sentences: tuple[str, ...] = ()
    refused: str = ""


def of(record: SourceRecord, now: QboObject | None, choice: Choice, view: View) -> Effects:
    """Say what a choice about a record would do to what QuickBooks has of it now."""
    if choice is Choice.ACCEPT:
        return _accepting(now)
    if choice is Choice.OURS:
        return _sending(now)
    if now is None:
        return Effects(label="Void it", refused="QuickBooks was not read yet; sync first.")
    return _voiding(now, view) if choice is Choice.VOID else _crediting(record, now, view)


def of_part(now: QboObject | None, choice: Choice) -> Effects:
    """Say what a choice would do about an object that belongs to a record: an application, a credit."""
    state = state_of(now)
    if choice is Choice.ACCEPT:
        told = "Nothing is sent. It stays so until the source changes the record."
        return (
            Effects(label=f"Accept that it is {STATES[state]}", sentences=(told,))
            if state
            else _accepting(now)
        )
    if state:
        return Effects(label=AGAIN, sentences=("It is created anew in QuickBooks.",))
    return Effects(
        label="Send ours",
        refused="It counts in QuickBooks still, and a second one would stand beside it: change it there, "
        "or delete it there; what is deleted can be created again.",
    )


def _accepting(now: QboObject | None) -> Effects:
    state = state_of(now)
    if not state:
        return Effects(
            label="Accept what QuickBooks has",
            sentences=("Nothing is sent. Later changes are measured against what QuickBooks has now.",),
        )
    return Effects(
        label=f"Accept that it is {STATES[state]}",
        sentences=(
            "Nothing is sent. The record stays out of QuickBooks; it comes back when the source changes.",
        ),
    )


def _sending(now: QboObject | None) -> Effects:
    state = state_of(now)
    if state == "deleted":
        return Effects(
            label=AGAIN,
            sentences=("It is created anew in QuickBooks, after a look for duplicates.",),
        )
    more = {
        "voided": ("It gets its amounts back, under its old date.",),
        "inactive": ("It becomes active again.",),
    }
    overwrites = "What was changed in QuickBooks in the fields that differ is overwritten."
    return Effects(label="Send ours", sentences=more.get(state, (overwrites,)))


def _voiding(now: QboObject, view: View) -> Effects:
    title = wording.object_title(now)
    operation = withdrawals.operation_of(now.entity)
    words = {
        "void": f"{wording.capital(title)} stays in QuickBooks, and its amounts become zero.",
        "delete": f"QuickBooks cannot void {wording.with_article(wording.entity_label(now.entity))}: "
        f"{title} is deleted.",
        "deactivate": f"{wording.capital(title)} becomes inactive; what is booked on it stays.",
    }
    labels = {"void": "Void it in QuickBooks", "delete": "Delete it in QuickBooks"}
    label = labels.get(operation, "Make it inactive in QuickBooks")
    if withdrawals.is_filed(now, view.company, view.rules):
        return Effects(label=label, refused=_filed(now, view))
    dated = (
        f"It keeps its old date {wording.day(now.date)}." if now.date and operation != "deactivate" else ""
    )
    told = (words[operation], dated, *_applied(now, view), *_owing(now))
    return Effects(label=label, sentences=tuple(filter(None, told)))


def _crediting(record: SourceRecord, now: QboObject, view: View) -> Effects:
    word = withdrawals.label_of(record)
    label = f"Take it back by a {word}"
    if not withdrawals.can_be_credited(now.entity):
        plural = KINDS[record.kind].plural.lower()
        return Effects(
            label=label, refused=f"Only invoices and bills are taken back by a credit, not {plural}."
        )
    day = wording.day(withdrawals.credit_date(view.company, view.rules))
    amount = wording.money(now.amount, now.currency)
    told = (
        f"{wording.capital(wording.object_title(now))} stays as it is, under its old date.",
        f"A {word} of the same lines over {amount} is created, dated {day}.",
        *(
            ("It stays open beside the bill until somebody applies it there.",)
            if now.entity == "Bill"
            else ()
        ),
    )
    return Effects(label=label, sentences=told)


def _filed(now: QboObject, view: View) -> str:
    last = withdrawals.last_filed(view.company, view.rules)
    until = wording.day(last) if last else ""
    other = (
        "take it back by a credit instead"
        if withdrawals.can_be_credited(now.entity)
        else "ask finance to reopen the period"
    )
    title = wording.capital(wording.object_title(now))
    return f"{title} lies in a closed or filed period (to {until}); {other}."


def _applied(now: QboObject, view: View) -> tuple[str, ...]:
    """Say which payments are applied to an object: they become unapplied when it goes."""
    ids = sorted(linked_ids(now.content))
    found = [one for entity in _PAYMENTS for qbo_id in ids if (one := view.object(entity, qbo_id))]
    paying = [one for one in found if not one.deleted and now.entity not in _PAYMENTS]
    if not paying:
        return ()
    named = ", ".join(one.reference or wording.object_title(one) for one in paying[:3])
    more = f" and {len(paying) - 3} more" if len(paying) > 3 else ""
    return (f"Applied to it: {named}{more}. What they paid becomes unapplied.",)


def _owing(now: QboObject) -> tuple[str, ...]:
    if now.entity not in _NAMES or not now.balance:
        return ()
    return (f"Its balance is {wording.money(now.balance, now.currency)}: look at that first.",)
