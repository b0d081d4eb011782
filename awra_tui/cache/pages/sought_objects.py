"""The objects of QuickBooks that a text may mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from awra_tui.cache import rows
from awra_tui.cache.identity import profile, realm
from awra_tui.cache.keys import name_key, number_key
from awra_tui.cache.pages.matching import IDENTIFYING, is_meant, minors, rank, spellings
from awra_tui.cache.schema import ObjectTable
from awra_tui.cache.store import links, objects
from awra_tui.records.qbo import QboObject
from awra_tui.records.subject import RecordKey
from awra_tui.records.typed import Typed

_NAMES = ("Customer", "Vendor", "Employee", "Item")
_PAPERS = (
    "Invoice", "Bill", "CreditMemo", "VendorCredit", "Payment", "BillPayment", "SalesReceipt",
    "RefundReceipt", "PurchaseOrder", "Deposit", "JournalEntry",
)  # fmt: skip

KEPT = 21
"""Characters of a PaymentRefNum that QuickBooks keeps (Intuit: field lengths)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtObject:
    """An object of QuickBooks that was found, by what, and the records that are connected to it."""

    object: QboObject
    how: str
    records: tuple[RecordKey, ...] = ()


def sought_objects(text: str, amount: Typed | None, limit: int, *, parts: bool = True) -> list[SoughtObject]:
    """Return up to one more than ``limit`` objects, deleted ones too, the likeliest first.

    With ``parts`` the text may also stand within a name or number, where nothing is called so exactly.
    """
    spelt = spellings(text)
    some = rows.marks(len(spelt))
    found: dict[int, str] = {}
    for how, entities, condition, values in (
        ("number", _PAPERS, "number_key = ?", [number_key(text)]),
        ("mark", _PAPERS, f"mark IN ({some})", spelt),
        ("reference", _PAPERS, f"reference IN ({some}, {some})", [*spelt, *(each[:KEPT] for each in spelt)]),
        ("name", _NAMES, "name_key = ?", [name_key(text)]),
        ("QuickBooks id", (*_PAPERS, *_NAMES), "qbo_id = ?", [text if text.isdecimal() else ""]),
    ):
        found = dict.fromkeys(_object_ids(entities, condition, values, limit), how) | found
    found = dict.fromkeys(_objects_of_amount(amount, limit), "amount") | found
    if parts and len(found) <= limit and not IDENTIFYING & set(found.values()):
        near = _object_ids(
            _NAMES, rows.CONTAINS.format(column="name_key"), [rows.containing(name_key(text))], limit
        )
        near += _object_ids(
            _PAPERS, rows.CONTAINS.format(column="number_key"), [rows.containing(number_key(text))], limit
        )
        found = dict.fromkeys(near, "text") | found
    ordered = sorted(found, key=lambda number: (rank(found[number]), number))[: limit + 1]
    return _sought_objects({number: found[number] for number in ordered})


def _object_ids(entities: Sequence[str], condition: str, values: Iterable[object], limit: int) -> list[int]:
    statement = (
        f"SELECT id FROM qbo_object WHERE profile = ? AND realm = ? "  # noqa: S608
        f"AND entity IN ({rows.marks(len(entities))}) AND {condition} LIMIT ?"
    )
    return list(rows.numbers(statement, (profile(), realm(), *entities, *values, limit + 1)))


def _objects_of_amount(amount: Typed | None, limit: int) -> list[int]:
    if amount is None:
        return []
    meant = minors(amount)
    statement = (
        "SELECT id, entity, amount_minor, currency FROM qbo_object WHERE profile = ? AND realm = ? "  # noqa: S608
        f"AND amount_minor != 0 AND amount_minor IN ({rows.marks(len(meant))}) LIMIT ?"
    )
    found = rows.select(statement, (profile(), realm(), *meant, limit + 1))
    return [
        number
        for number, entity, minor, currency in found
        if entity in _PAPERS and is_meant(amount, minor, currency)
    ]


def _sought_objects(found: dict[int, str]) -> list[SoughtObject]:
    stored = {
        row[0]: objects.to_object(row[1:])
        for some in rows.chunks(list(found))
        for row in rows.tuples(
            ObjectTable.select(ObjectTable.id, *objects.FIELDS).where(ObjectTable.id.in_(some))
        )
    }
    return [
        SoughtObject(
            object=stored[number],
            how=how,
            records=tuple(
                RecordKey(link.kind, link.source_id)
                for link in links.by_object(stored[number].entity, stored[number].id)
            ),
        )
        for number, how in found.items()
    ]
