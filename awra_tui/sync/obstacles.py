"""What QuickBooks named as in the way when it refused a record, and whether it stands there still.

A number or name in use and a deposit are no part of the record's own inputs. What is noted of a refusal
is therefore the inputs and, behind them, the obstacle as our copy had it: ``<inputs> <code> <id> <version>``.
Our copy may be older than the refusal, so only what is newer and stands no more counts as gone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from awra_tui.cache.store import links, namings, objects, warnings
from awra_tui.cache.stored import StoredRecord
from awra_tui.health import wording
from awra_tui.health.names import same_name
from awra_tui.records.finding import Finding
from awra_tui.records.kinds import KINDS, kind_of
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.subject import RecordKey


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an obstacle is in the way by our copy, and the version of the copy that says so."""

    stands: bool
    version: str


def noted(inputs: str, record: SourceRecord, findings: Sequence[Finding]) -> str:
    """Return what to note of a refusal: equal later means that sending again is useless.

    A job of the cache.
    """
    named = ((one.code, _named(one, record)) for one in findings if one.code in _STANDINGS)
    code, qbo_id = next((pair for pair in named if pair[1]), ("", ""))
    return _note(inputs, record, code, qbo_id) if qbo_id else inputs


def is_unchanged(one: StoredRecord, inputs: str) -> bool:
    """Whether QuickBooks refused exactly this before, and what it named is in the way still.

    A job of the cache.
    """
    kept, _, obstacle = one.failed_inputs.partition(" ")
    if not kept or kept != inputs:
        return False
    return not obstacle or _holds(one.record, obstacle)


def is_gone(one: StoredRecord) -> bool:
    """Whether what QuickBooks named in the last refusal is not in the way any more. A job of the cache."""
    _, _, obstacle = one.failed_inputs.partition(" ")
    return bool(obstacle) and not _holds(one.record, obstacle)


def unknown(entity: str) -> set[str]:
    """Return the ids of an entity that refusals name and our copy knows nothing of. A job of the cache."""
    sharing = objects.NAMES if entity in objects.NAMES else (entity,)
    kinds = [kind.name for kind in KINDS.values() if kind.entity in sharing]
    named = warnings.in_the_way(kinds, [*_STANDINGS])
    return named - {one.id for one in objects.many(entity, sorted(named))}


def _holds(record: SourceRecord, obstacle: str) -> bool:
    code, qbo_id, version = obstacle.split(" ", 2)
    now = _STANDINGS[code](record, qbo_id)
    return now.stands or now.version == version


def _note(inputs: str, record: SourceRecord, code: str, qbo_id: str) -> str:
    return f"{inputs} {code} {qbo_id} {_STANDINGS[code](record, qbo_id).version}"


def _named(finding: Finding, record: SourceRecord) -> str:
    """Return the id of the object that a refusal is about: the one in the way, or the record's own."""
    if finding.code != _DEPOSITED:
        return finding.existing_id
    return next((link.qbo_id for link in links.of(_key(record)) if link.role == "main"), "")


def _number(record: SourceRecord, qbo_id: str) -> Standing:
    """Say whether a transaction still has the number."""
    found = objects.get(kind_of(record.kind).entity, qbo_id)
    known = [found] if found else []
    return _standing(known, [one for one in known if one.number.casefold() == record.number.casefold()])


def _name(record: SourceRecord, qbo_id: str) -> Standing:
    """Say whether an object still has the name; what is made inactive is renamed, which frees its name."""
    entity = kind_of(record.kind).entity
    entities = objects.NAMES if entity in objects.NAMES else (entity,)
    known = [one for each in entities if (one := objects.get(each, qbo_id))]
    name = namings.given(record) or wording.name_of(record)
    return _standing(known, [one for one in known if same_name(_called(one), name)])


def _called(obj: QboObject) -> str:
    return obj.name.rpartition(":")[2] if obj.entity == "Item" else obj.name


def _deposit(record: SourceRecord, qbo_id: str) -> Standing:
    """Say whether a deposit holds the record."""
    place = (kind_of(record.kind).entity, qbo_id)
    known = [one for one in objects.ever("Deposit") if place in _deposited(one)]
    return _standing(known, known, unknown=False)


def _deposited(deposit: QboObject) -> set[tuple[str, str]]:
    return {
        (str(linked.get("TxnType")), str(linked.get("TxnId")))
        for line in deposit.content.get("Line", ())
        for linked in line.get("LinkedTxn", ())
    }


def _standing(known: Sequence[QboObject], holding: Sequence[QboObject], *, unknown: bool = True) -> Standing:
    """Return what our copy says; ``unknown`` is what counts where it knows no such object at all."""
    version = ",".join(f"{one.id}:{one.sync_token}:{one.deleted}" for one in known) or "-"
    return Standing(any(not one.deleted for one in holding) if known else unknown, version)


_DEPOSITED = "6540"
_STANDINGS: dict[str, Callable[[SourceRecord, str], Standing]] = {
    "6140": _number,
    "6240": _name,
    _DEPOSITED: _deposit,
}


def _key(record: SourceRecord) -> RecordKey:
    return RecordKey(record.kind, record.source_id)
