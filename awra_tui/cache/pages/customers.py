"""Everything that one customer has on both sides, as the account of the customer is made of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from awra_tui.cache import rows
from awra_tui.cache.identity import profile, realm
from awra_tui.cache.pages.sought import first_warnings
from awra_tui.cache.schema import ObjectTable
from awra_tui.cache.store import links, objects, records
from awra_tui.cache.stored import StoredRecord
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import QboObject
from awra_tui.records.subject import RecordKey

PAPERS = ("invoice", "payment", "credit_note", "refund")
"""The kinds that stand on a customer's card."""

ENTITIES = {KINDS[kind].entity: kind for kind in PAPERS}
"""The entities of QuickBooks that stand on it, with the kinds that they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """A record of the customer: what it is connected to, if anything, and what it waits for."""

    stored: StoredRecord
    twin: QboObject | None = None
    waits: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPage:
    """A customer on both sides; ``others`` are records of other customers that pay its invoices."""

    customer: StoredRecord
    held: tuple[QboObject, ...]
    papers: tuple[PaperRow, ...]
    others: tuple[StoredRecord, ...]
    objects: tuple[QboObject, ...]


def customer_page(key: RecordKey) -> CustomerPage | None:
    """Return what a customer has, deleted records and objects left out; None where there is none."""
    customer = records.get(key)
    if customer is None:
        return None
    numbers = _numbers(key.source_id)
    found = records.by_ids(numbers)
    waits = first_warnings(numbers)
    twins = _twins([one.key for one in found])
    held = tuple(
        thing for link in links.of(key) if (thing := objects.get(link.entity, link.qbo_id)) is not None
    )
    return CustomerPage(
        customer=customer,
        held=held,
        papers=tuple(
            PaperRow(stored=one, twin=twins.get(one.key), waits=waits.get(one.id, "")) for one in found
        ),
        others=tuple(_others(found)),
        objects=tuple(_objects([thing.id for thing in held if thing.entity == "Customer"])),
    )


def _numbers(party_id: str) -> list[int]:
    statement = (
        f"SELECT id FROM record WHERE profile = ? AND kind IN ({rows.marks(len(PAPERS))}) "  # noqa: S608
        "AND party_id = ? AND deleted_at = '' ORDER BY id"
    )
    return list(rows.numbers(statement, (profile(), *PAPERS, party_id)))


def _twins(keys: Sequence[RecordKey]) -> dict[RecordKey, QboObject]:
    """Return the objects that stand for records: those of their main connections."""
    main = {
        key: link
        for key, several in links.of_many(keys).items()
        for link in several
        if link.entity == KINDS[key.kind].entity and link.role == "main"
    }
    found = {
        (entity, one.id): one
        for entity in ENTITIES
        for one in objects.many(entity, [link.qbo_id for link in main.values() if link.entity == entity])
    }
    there = {key: found.get((link.entity, link.qbo_id)) for key, link in main.items()}
    return {key: one for key, one in there.items() if one is not None and not one.deleted}


def _others(papers: Sequence[StoredRecord]) -> list[StoredRecord]:
    """Return approved money of other customers that is applied to these, as a parent's to its children's."""
    own = {one.id for one in papers}
    statement = (
        "SELECT DISTINCT record_id FROM reference WHERE profile = ? AND target = 'record' "
        "AND kind = 'invoice' AND role = 'application' AND value IN ({marks})"
    )
    invoices = [one.key.source_id for one in papers if one.key.kind == "invoice"]
    found = {
        number
        for some in rows.chunks(invoices)
        for number in rows.numbers(statement.format(marks=rows.marks(len(some))), (profile(), *some))
    }
    paying = records.by_ids(sorted(found - own))
    return [one for one in paying if one.record.approved and not one.deleted]


def _objects(customers: Sequence[str]) -> list[QboObject]:
    if not customers:
        return []
    query = ObjectTable.select(*objects.FIELDS).where(
        ObjectTable.profile == profile(),
        ObjectTable.realm == realm(),
        ObjectTable.entity.in_(list(ENTITIES)),
        ObjectTable.party_id.in_(list(customers)),
        ObjectTable.deleted == False,  # noqa: E712
    )
    return [objects.to_object(row) for row in rows.tuples(query.order_by(ObjectTable.id))]
