"""Document numbers that QuickBooks takes once, and that one of its transactions bears already."""

from awra_tui.health import wording
from awra_tui.health.view import View
from awra_tui.records.finding import Finding
from awra_tui.records.kinds import KINDS
from awra_tui.records.record import SourceRecord
from awra_tui.records.subject import RecordKey

TAKEN_ONCE = frozenset({"invoice", "credit_note", "refund", "bill"})
"""Kinds of which QuickBooks takes each number once: of bills, once for each vendor."""


def number_findings(record: SourceRecord, view: View) -> tuple[Finding, ...]:
    """Return whether the number is that of a transaction which another record is connected to.

    What no record is connected to may be this record itself: that is a matter of ``duplicates``. A number
    that it bears in QuickBooks already, where numbers may repeat, is not given anew.
    """
    key = RecordKey(record.kind, record.source_id)
    if record.kind not in TAKEN_ONCE or not record.number:
        return ()
    if KINDS[record.kind].side == "sale" and not view.company.custom_numbers:
        return ()
    held = view.number_held(record)
    if held is None or view.allowed_beside(key, held[0].id) or _bears_it_already(key, record.number, view):
        return ()
    bearer, other = held
    values = {
        "candidate": bearer.number,
        "entity": wording.entity_label(bearer.entity),
        "other_record": wording.key_title(other),
    }
    return (Finding(reason="number_connected_already", values=values, existing_id=bearer.id),)


def _bears_it_already(key: RecordKey, number: str, view: View) -> bool:
    main = next((link for link in view.links(key) if link.role == "main"), None)
    mine = view.object(main.entity, main.qbo_id) if main else None
    return mine is not None and mine.number.casefold() == number.casefold()
