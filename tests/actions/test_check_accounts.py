"""A check tells before sending that one payment settles what stands on two accounts."""

import msgspec

from awra_tui.actions.outlook import Fate, Outlook, outlook
from awra_tui.cache.stored import StoredRecord
from awra_tui.health.judge import judge
from awra_tui.health.view import View
from awra_tui.records.record import Application, SourceRecord, fingerprint
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from tests.health.test_ledgers import two_paid, world_with


def seen(record: SourceRecord, view: View) -> Outlook:
    """Return what a check says of a record that was not sent yet."""
    stored = StoredRecord(
        id=1, key=RecordKey(record.kind, record.source_id), record=record, fingerprint=fingerprint(record),
        status=Status.PENDING, skipped_because="", attempts=0, last_attempt_at="", retry_at="",
        failed_inputs="", verdicts=(), shipment="", released=False, deleted=False, first_seen="",
        changed_at="",
    )  # fmt: skip
    return outlook(stored, judge(record, view), view, None, None)


def test_two_accounts_that_are_named_would_fail_and_both_are_said() -> None:
    world = world_with()
    found = seen(two_paid(world, "91", "92"), world)
    assert found.fate is Fate.FAILS
    assert "invoice A on Trade debtors and invoice B on Trade debtors USD" in found.sentence
    assert found.action.startswith("Split it in the source")


def test_an_account_that_is_not_named_is_said_of_what_would_be_sent() -> None:
    world = world_with()
    paid = two_paid(world, "91", "")
    found = seen(paid, world)
    assert found.fate is Fate.GOES
    assert found.sentence == (
        "It would be created in QuickBooks. Invoice A stands on Trade debtors, "
        "invoice B on QuickBooks' own receivable account; this goes to the first of them."
    )
    alone = msgspec.structs.replace(paid, applications=(Application("invoice", "S-A", paid.amount),))
    assert seen(alone, world).sentence == "It would be created in QuickBooks."
    assert seen(alone, world).cause != found.cause
