"""What QuickBooks named as in the way when it refused a record, and whether it stands there still.

A number or name in use and a deposit are no part of the record's own inputs. What is noted of a refusal
is therefore the inputs and, behind them, the obstacle: ``<inputs> <code> <id> there``.
"""

from collections.abc import Callable, Sequence

from awra_tui.cache.store import links, objects
from awra_tui.cache.stored import StoredRecord
from awra_tui.health import wording
from awra_tui.health.duplicates import same_name
from awra_tui.records.finding import Finding
from awra_tui.records.kinds import kind_of
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.subject import RecordKey

THERE, GONE = "there", "gone"


def noted(inputs: str, record: SourceRecord, findings: Sequence[Finding]) -> str:
    """Return what to note of a refusal: equal later means that sending again is useless.

    A job of the cache.
    """
    named = ((one.code, _named(one, record)) for one in findings if one.code in _STANDS)
    code, qbo_id = next((pair for pair in named if pair[1]), ("", ""))
    return _note(inputs, record, code, qbo_id) if qbo_id else inputs


def is_unchanged(one: StoredRecord, inputs: str) -> bool:
    """Whether QuickBooks refused exactly this before, and what it named is in the way still.

    A job of the cache.
    """
    kept, _, obstacle = one.failed_inputs.partition(" ")
    if not kept or kept != inputs:
        return False
    if not obstacle:
        return True
    code, qbo_id, _ = obstacle.split(" ")
    return one.failed_inputs == _note(inputs, one.record, code, qbo_id)


def is_gone(one: StoredRecord) -> bool:
    """Whether what QuickBooks named in the last refusal is not in the way any more. A job of the cache."""
    kept, _, obstacle = one.failed_inputs.partition(" ")
    return bool(obstacle) and obstacle.endswith(THERE) and not is_unchanged(one, kept)


def _note(inputs: str, record: SourceRecord, code: str, qbo_id: str) -> str:
    return f"{inputs} {code} {qbo_id} {THERE if _STANDS[code](record, qbo_id) else GONE}"


def _named(finding: Finding, record: SourceRecord) -> str:
    """Return the id of the object that a refusal is about: the one in the way, or the record's own."""
    if finding.code != _DEPOSITED:
        return finding.existing_id
    return next((link.qbo_id for link in links.of(_key(record)) if link.role == "main"), "")


def _number_stands(record: SourceRecord, qbo_id: str) -> bool:
    """Whether a transaction still has the number; one that our copy does not know counts as having it."""
    found = objects.get(kind_of(record.kind).entity, qbo_id)
    return found is None or (not found.deleted and found.number.casefold() == record.number.casefold())


def _name_stands(record: SourceRecord, qbo_id: str) -> bool:
    """Whether an object still has the name; one that our copy does not know counts as having it."""
    entity = kind_of(record.kind).entity
    entities = objects.NAMES if entity in objects.NAMES else (entity,)
    known = [one for each in entities if (one := objects.get(each, qbo_id))]
    return not known or any(not one.deleted and _is_called(one, record) for one in known)


def _is_called(obj: QboObject, record: SourceRecord) -> bool:
    # An item's name stands behind its categories; what is made inactive is renamed, which frees the name.
    return same_name(
        obj.name.rpartition(":")[2] if obj.entity == "Item" else obj.name, wording.name_of(record)
    )


def _deposit_stands(record: SourceRecord, qbo_id: str) -> bool:
    """Whether a deposit of our copy holds the record."""
    entity = kind_of(record.kind).entity
    return any(
        (linked.get("TxnType"), str(linked.get("TxnId"))) == (entity, qbo_id)
        for deposit in objects.of_entity("Deposit")
        for line in deposit.content.get("Line", ())
        for linked in line.get("LinkedTxn", ())
    )


_DEPOSITED = "6540"
_STANDS: dict[str, Callable[[SourceRecord, str], bool]] = {
    "6140": _number_stands,
    "6240": _name_stands,
    _DEPOSITED: _deposit_stands,
}


def _key(record: SourceRecord) -> RecordKey:
    return RecordKey(record.kind, record.source_id)
