"""What customers and vendors owe and did last, on both sides: sums by the database, for many at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from awra_tui.cache import rows
from awra_tui.cache.identity import profile, realm
from awra_tui.cache.jsontext import from_text
from awra_tui.cache.pages.money import Money, Part, counted_once
from awra_tui.cache.store import objects, records, references
from awra_tui.records.kinds import KINDS
from awra_tui.records.money import from_minor, places, to_minor
from awra_tui.records.qbo import QboObject
from awra_tui.records.subject import RecordKey

OWED_HERE = {
    "customer": {"invoice": 1, "payment": -1, "credit_note": -1},
    "vendor": {"bill": 1, "bill_payment": -1},
}
"""How the amounts of kinds make up what a customer owes, or what a vendor is owed."""
OWED_THERE = {
    "Customer": {"Invoice": 1, "Payment": -1, "CreditMemo": -1},
    "Vendor": {"Bill": 1, "VendorCredit": -1},
}
"""How the open parts of QuickBooks' documents do; what raises it stands first."""
_DONE_THERE = {
    "Customer": ("Invoice", "Payment", "CreditMemo", "RefundReceipt", "SalesReceipt"),
    "Vendor": ("Bill", "BillPayment", "VendorCredit", "PurchaseOrder"),
}

_OWED_HERE = """
    SELECT party_id, kind, currency, SUM(amount_minor) FROM record
    WHERE profile = ? AND kind IN ({kinds}) AND party_id IN ({ids}) AND deleted_at = '' AND approved
    GROUP BY party_id, kind, currency"""
_OWED_THERE = """
    SELECT party_id, entity, currency, SUM(balance_minor) FROM qbo_object
    WHERE profile = ? AND realm = ? AND entity IN ({kinds}) AND party_id IN ({ids}) AND NOT deleted
    GROUP BY party_id, entity, currency"""
_ACROSS = """
    SELECT DISTINCT money.id, paper.kind, paper.source_id, paper.party_id
    FROM record AS {first} CROSS JOIN reference AS edge CROSS JOIN record AS {last}
    WHERE paper.profile = ? AND money.profile = ? AND paper.kind IN ({papers}) AND money.kind IN ({moneys})
    AND {first}.party_id IN ({ids}) AND money.party_id != paper.party_id
    AND {found_by} = paper.profile AND edge.target = 'record' AND edge.kind = paper.kind
    AND edge.value = paper.source_id AND edge.scope = '' AND edge.role = 'application'
    AND edge.record_id = money.id
    AND paper.deleted_at = '' AND paper.approved AND money.deleted_at = '' AND money.approved"""
# The records of those asked for come first (CROSS JOIN), and their applications by the number of what is
# applied: SQLite would rather go through all applications.
_SIDES = (("paper", "edge.profile", "money"), ("money", "edge.profile || ''", "paper"))
_LAST_HERE = """
    SELECT kind, number, date, amount_minor, currency FROM record
    WHERE profile = ? AND kind IN ({kinds}) AND party_id = ? AND deleted_at = '' AND date != ''
    ORDER BY date DESC, id DESC LIMIT 1"""
_LAST_THERE = """
    SELECT entity, number, date, amount_minor, currency FROM qbo_object
    WHERE profile = ? AND realm = ? AND entity IN ({kinds}) AND party_id = ? AND NOT deleted AND date != ''
    ORDER BY date DESC, id DESC LIMIT 1"""
_BY_HAND = """
    SELECT thing.id FROM qbo_object AS thing
    WHERE thing.profile = ? AND thing.realm = ? AND thing.entity = ? AND thing.party_id = ?
    AND thing.date >= ? AND thing.mark = '' AND NOT thing.deleted
    AND NOT EXISTS (
        SELECT 1 FROM link WHERE link.profile = thing.profile AND link.realm = thing.realm
        AND link.entity = thing.entity AND link.qbo_id = thing.qbo_id AND link.closed_at = '')
    ORDER BY thing.date, thing.id"""
_PARTS = """
    SELECT content FROM qbo_object
    WHERE profile = ? AND realm = ? AND entity = ? AND NOT deleted AND active
    AND {contains}"""
_OWING = """
    SELECT party_id FROM qbo_object
    WHERE profile = ? AND realm = ? AND entity IN ({kinds}) AND currency IN (?, ?) AND NOT deleted
    AND party_id != '' GROUP BY party_id
    HAVING SUM(
        balance_minor * CASE WHEN entity = ? THEN 1 ELSE -1 END * CASE WHEN currency = '' THEN ? ELSE ? END
    ) = ?"""
_UNCONNECTED = """
    SELECT record.kind, record.source_id FROM record
    WHERE record.profile = ? AND record.kind = ? AND record.status IN ('needs_attention', 'failed')
    AND record.deleted_at = '' AND NOT EXISTS (
        SELECT 1 FROM link WHERE link.profile = record.profile AND link.realm = ?
        AND link.kind = record.kind AND link.source_id = record.source_id
        AND link.role = 'main' AND link.closed_at = '')
    ORDER BY record.party_key, record.number_key, record.id"""
_WAITING = """
    SELECT held.value, held.kind, held.currency, COUNT(*), SUM(held.amount_minor) FROM (
        SELECT DISTINCT edge.value, record.id, record.kind, record.currency, record.amount_minor
        FROM reference AS edge JOIN record ON record.id = edge.record_id
        WHERE edge.profile = ? AND edge.target = 'record' AND edge.kind = ? AND edge.value IN ({ids})
        AND edge.scope = '' AND record.deleted_at = ''
        AND record.status IN ('needs_attention', 'failed')) AS held
    GROUP BY held.value, held.kind, held.currency"""
_CONTAINS = rows.CONTAINS.format(column="content")

Owed = dict[str, int]
"""Minor units by currency; nothing where it comes to zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastPaper:
    """The last transaction with a party: its kind (or entity), number, ISO date and amount."""

    of: str
    number: str
    date: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBy:
    """How many records need something and are held, and their money, each shilling once."""

    count: int = 0
    money: tuple[Money, ...] = ()


def owed_here(kind: str, parties: Sequence[str], home: str) -> dict[str, Owed]:
    """Return what these customers or vendors owe by the approved records of the source.

    What one pays for another, as a parent does for its branches, is paid by the one and for the other.
    ``home`` is the currency of records that name none, as for a company with one currency.
    """
    signs = OWED_HERE.get(kind, {})
    found = _owed(_OWED_HERE, (profile(), *signs), signs, parties, home)
    for party, currency, minor in _across(signs, parties):
        if party in found:
            named = currency or home
            found[party][named] = found[party].get(named, 0) + _minor(minor, currency, home)
    return _without_zeros(found)


def owed_there(entity: str, parties: Sequence[str], home: str) -> dict[str, Owed]:
    """Return what these customers or vendors owe by the open parts of documents in our copy of QuickBooks.

    ``home`` is the currency of documents that name none, as in a company with one currency.
    """
    signs = OWED_THERE.get(entity, {})
    return _without_zeros(_owed(_OWED_THERE, (profile(), realm(), *signs), signs, parties, home))


def _owed(
    statement: str, params: Sequence[object], signs: Mapping[str, int], parties: Sequence[str], home: str
) -> dict[str, Owed]:
    found: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for some in rows.chunks(parties) if signs else ():
        asked = statement.format(kinds=rows.marks(len(signs)), ids=rows.marks(len(some)))
        for party, of, currency, minor in rows.select(asked, (*params, *some)):
            found[party][currency or home] += signs[of] * _minor(int(minor), currency, home)
    return {party: dict(owed) for party, owed in found.items()}


def _minor(minor: int, currency: str, home: str) -> int:
    """Return an amount in units of the home currency where it names none: it was kept in cents then."""
    return minor if currency else to_minor(from_minor(minor, ""), home)


def _without_zeros(found: Mapping[str, Owed]) -> dict[str, Owed]:
    return {party: {name: minor for name, minor in owed.items() if minor} for party, owed in found.items()}


def _across(signs: Mapping[str, int], parties: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """Yield party, currency and what it owes more for what one of the two pays for the other."""
    papers = [kind for kind, sign in signs.items() if sign > 0]
    moneys = [kind for kind, sign in signs.items() if sign < 0]
    found: set[tuple[int, str, str, str]] = set()
    for some in rows.chunks(parties) if signs else ():
        for first, found_by, last in _SIDES:
            asked = _ACROSS.format(
                first=first,
                found_by=found_by,
                last=last,
                papers=rows.marks(len(papers)),
                moneys=rows.marks(len(moneys)),
                ids=rows.marks(len(some)),
            )
            listed = rows.select(asked, (profile(), profile(), *papers, *moneys, *some))
            found |= {(int(number), str(kind), str(of), str(party)) for number, kind, of, party in listed}
    paying = {one.id: one.record for one in records.by_ids(sorted({number for number, *_ in found}))}
    for number, kind, source_id, party in sorted(found):
        money = paying[number]
        paid = sum(one.amount for one in money.applications if (one.kind, one.source_id) == (kind, source_id))
        minor = to_minor(Decimal(paid), money.currency)
        yield party, money.currency, -minor
        yield money.party_id, money.currency, minor


def owing(entity: str, owed: Owed, home: str) -> frozenset[str]:
    """Return the ids of customers or vendors of QuickBooks that owe exactly this, in one currency."""
    signs = OWED_THERE.get(entity, {})
    if len(owed) != 1 or not signs:
        return frozenset()
    [(currency, minor)] = owed.items()
    currencies = (currency, "" if currency == home else currency)
    # Amounts that name no currency were kept in cents: both kinds are summed in the smaller of the two units.
    most = max(places(""), places(currency))
    unnamed, named = 10 ** (most - places("")), 10 ** (most - places(currency))
    params = (profile(), realm(), *signs, *currencies, next(iter(signs)), unnamed, named, minor * named)
    found = rows.select(_OWING.format(kinds=rows.marks(len(signs))), params)
    return frozenset(str(row[0]) for row in found)


def last_here(key: RecordKey) -> LastPaper | None:
    """Return the last record of the source with a customer or vendor."""
    kinds = [kind.name for kind in KINDS.values() if kind.party == key.kind]
    statement = _LAST_HERE.format(kinds=rows.marks(len(kinds)))
    return _paper(rows.select(statement, (profile(), *kinds, key.source_id)) if kinds else [])


def last_there(entity: str, qbo_id: str) -> LastPaper | None:
    """Return the last document of a customer or vendor in our copy of QuickBooks."""
    entities = _DONE_THERE.get(entity, ())
    statement = _LAST_THERE.format(kinds=rows.marks(len(entities)))
    return _paper(rows.select(statement, (profile(), realm(), *entities, qbo_id)) if entities else [])


def _paper(found: Sequence[Sequence[object]]) -> LastPaper | None:
    for of, number, date, minor, currency in found:
        return LastPaper(
            of=str(of),
            number=str(number),
            date=str(date),
            amount_minor=int(str(minor)),
            currency=str(currency),
        )
    return None


def by_hand(entity: str, party: str, since: str) -> list[QboObject]:
    """Return the documents of a party from an ISO date on that no record is connected to nor marked."""
    ids = rows.numbers(_BY_HAND, (profile(), realm(), entity, party, since))
    return [one for some in rows.chunks(ids) for one in objects.by_numbers(some)]


def unconnected(kinds: Sequence[str]) -> list[RecordKey]:
    """Return the names of these kinds that a person has to connect or create, by kind and name."""
    return [
        RecordKey(str(row[0]), str(row[1]))
        for kind in kinds
        for row in rows.select(_UNCONNECTED, (profile(), kind, realm()))
    ]


def held_by(kind: str, ids: Sequence[str]) -> dict[str, HeldBy]:
    """Return what is held and needs these, by source id."""
    found: defaultdict[str, list[Part]] = defaultdict(list)
    for some in rows.chunks(ids):
        asked = _WAITING.format(ids=rows.marks(len(some)))
        for value, of, currency, count, minor in rows.select(asked, (profile(), kind, *some)):
            found[str(value)].append(Part(of, currency, int(minor), int(count), waits=True))
    return {
        value: HeldBy(count=sum(part.records for part in parts), money=counted_once(parts))
        for value, parts in found.items()
    }


def parts_here(key: RecordKey) -> int:
    """Return how many records of its own kind belong to a customer."""
    return sum(child.kind == key.kind for child in references.children_of(key))


def parts_there(entity: str, qbo_id: str) -> int:
    """Return how many active sub-customers a customer of QuickBooks has."""
    found = rows.select(
        _PARTS.format(contains=_CONTAINS), (profile(), realm(), entity, rows.containing('"ParentRef"'))
    )
    return _counted((row[0] for row in found), qbo_id)


def _counted(contents: Iterable[str], parent: str) -> int:
    refs = (from_text(content).get("ParentRef") for content in contents)
    return sum(isinstance(ref, dict) and str(ref.get("value")) == parent for ref in refs)
