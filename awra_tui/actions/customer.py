"""The card of a customer: both sides beside each other, what differs and why, what money could pay."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from msgspec import structs

from awra_tui.actions.known import counted, known_record
from awra_tui.cache.pages.customers import ENTITIES, CustomerPage, PaperRow, customer_page
from awra_tui.cache.store import facts
from awra_tui.cache.stored import StoredRecord
from awra_tui.health.open_amounts import applied_there
from awra_tui.health.statement import Applied, Gap, Paper, balances, gaps, settled, short_by_tax, uses
from awra_tui.health.statement_words import gap_sentence, short_sentence, told_sentence, use_sentence
from awra_tui.health.withholding import BY_COUNTRY, Withholding, tax_in, tax_of
from awra_tui.qbo.errors import QboError
from awra_tui.qbo.objects import to_object
from awra_tui.records.errors import AwraError
from awra_tui.records.kinds import kind_of
from awra_tui.records.qbo import QboObject
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync import afresh
from awra_tui.sync.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What a customer owes in one currency: by the source, and by QuickBooks' documents.

    ``told`` is QuickBooks' own word, known only where it was just asked: our copy of it grows old
    unnoticed, since a customer is not reported as changed when its documents are.
    """

    currency: str
    here: Decimal
    there: Decimal
    told: Decimal | None = None

    @property
    def difference(self) -> Decimal:
        """How much the source is higher."""
        return self.here - self.there


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A document on either side, or on both; ``gap`` says why they differ, if they do."""

    here: Paper | None = None
    there: Paper | None = None
    gap: str = ""

    @property
    def paper(self) -> Paper:
        """The document of the source, else that of QuickBooks."""
        return self.here or self.there or Paper(kind="", id="")


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCard:
    """Everything that the card says.

    ``held`` are the customers of QuickBooks that it is connected to. ``differences``, ``shorts`` and
    ``suggestions`` are sentences, the largest amounts first; nothing is done by any of them. ``unread``
    says why QuickBooks could not be asked where it was to be.
    """

    key: RecordKey
    name: str
    number: str
    held: tuple[QboObject, ...]
    balances: tuple[Balance, ...]
    pairs: tuple[Pair, ...]
    differences: tuple[str, ...] = ()
    shorts: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    drafts: str = ""
    unread: str = ""


async def customer_card(desk: Desk, key: RecordKey) -> CustomerCard:
    """Return the card of a customer, or of the customer that a record belongs to.

    Raise AwraError where a record has no customer.
    """
    return await desk.page(card_here, key)


async def ask_quickbooks(desk: Desk, key: RecordKey) -> CustomerCard:
    """Read again what changed in QuickBooks and the balances that it tells (three reads); return the card.

    What could not be read is said in ``unread``. Raise AwraError where a record has no customer.
    """
    card = await customer_card(desk, key)
    unread = await afresh.read_again(desk)
    if unread or not card.held:
        return replace(card, unread=unread)
    try:
        fresh = await _customers(desk, [thing.id for thing in card.held])
    except (QboError, AwraError) as error:
        return replace(card, unread=f"The balance could not be asked for: {str(error).rstrip('.')}.")
    return await desk.page(card_here, key, fresh)


async def _customers(desk: Desk, ids: Sequence[str]) -> tuple[QboObject, ...]:
    # The HTTP library is imported only when it is needed: the first screen does not wait for it.
    from awra_tui.sync.connection import connected

    async with connected(desk, desk.sleep) as client:
        found = await client.page("Customer", 1, [("Id", "IN", list(ids))])
    return tuple(to_object("Customer", one) for one in found)


def card_here(key: RecordKey, fresh: Sequence[QboObject] = ()) -> CustomerCard:
    """Return the card; ``fresh`` are its customers as QuickBooks has just told them. A job of the cache."""
    page = customer_page(customer_of(key))
    if page is None:
        raise AwraError(f"The customer of {key.text} is not in the cache; has the source been read whole?")
    company = facts.company()
    if company is not None:
        page = _in_home_currency(page, company.home_currency)
        fresh = [replace(thing, currency=thing.currency or company.home_currency) for thing in fresh]
    return _card(page, BY_COUNTRY.get(company.country) if company else None, _told_balances(fresh))


def _in_home_currency(page: CustomerPage, home: str) -> CustomerPage:
    """Name the currency of objects and records that name none: where there is only one it is left out."""
    named = (
        tuple(replace(thing, currency=thing.currency or home) for thing in things)
        for things in (page.held, page.objects)
    )
    held, objects = named
    papers = tuple(replace(row, stored=_named(row.stored, home)) for row in page.papers)
    return replace(page, held=held, objects=objects, papers=papers)


def _named(stored: StoredRecord, home: str) -> StoredRecord:
    record = stored.record
    return stored if record.currency else replace(stored, record=structs.replace(record, currency=home))


def customer_of(key: RecordKey) -> RecordKey:
    """Return the customer that a record is or belongs to; raise AwraError. A job of the cache."""
    if key.kind == "customer":
        return key
    if kind_of(key.kind).party != "customer":
        raise AwraError(f"{key.text} has no customer: only sales, payments and credits have one.")
    party_id = known_record(key).record.party_id
    if not party_id:
        raise AwraError(f"The source does not say which customer {key.text} belongs to.")
    return RecordKey("customer", party_id)


def _card(page: CustomerPage, withholding: Withholding | None, told: dict[str, Decimal]) -> CustomerCard:
    approved = [one for one in page.papers if one.stored.record.approved]
    applied = [*_applied(one.stored for one in approved), *_applied(iter(page.others))]
    home = {thing.id for thing in page.held}
    here = settled([_ours(one, home) for one in approved], applied)
    used = applied_there(page.objects)
    papers = (thing for thing in page.objects if thing.amount or thing.entity != "Payment")
    there = [_theirs(thing, used) for thing in papers]
    found = gaps(here, there, applied)
    drafts = len(page.papers) - len(approved)
    record = page.customer.record
    return CustomerCard(
        key=page.customer.key,
        name=record.party_name or record.number,
        number=record.number,
        held=page.held,
        balances=tuple(_balances(here, there, told)),
        pairs=tuple(_pairs(here, there, found)),
        differences=(*_told(told, there), *map(gap_sentence, _largest(found))),
        shorts=tuple(_shorts(here, there, applied, withholding)),
        suggestions=tuple(_suggestions(here, there, withholding)),
        drafts=f"{counted(drafts, 'document')} not approved yet, and not counted." if drafts else "",
    )


def _applied(several: Iterator[StoredRecord]) -> Iterator[Applied]:
    for one in several:
        for each in one.record.applications:
            yield Applied((one.key.kind, one.key.source_id), (each.kind, each.source_id), each.amount)


def _ours(row: PaperRow, home: set[str]) -> Paper:
    record, twin = row.stored.record, row.twin
    elsewhere = twin is not None and twin.party_id not in home
    return Paper(
        kind=record.kind,
        id=record.source_id,
        number=record.number,
        date=record.date,
        amount=record.amount,
        tax=tax_of(record),
        currency=record.currency,
        reference=record.reference,
        twin="" if twin is None or elsewhere else twin.id,
        waits="there it belongs to another customer" if elsewhere else _why_not_there(row),
    )


def _why_not_there(row: PaperRow) -> str:
    stored = row.stored
    if stored.status is Status.SKIPPED:
        return stored.skipped_because
    return row.waits or _WHY.get(stored.status, stored.status.label)


_WHY = {
    Status.UNKNOWN: "it was sent and has no answer yet",
    Status.PENDING: "it goes with the next sync",
    Status.SUCCEEDED: "what it was connected to is gone there",
}


def _theirs(thing: QboObject, used: dict[tuple[str, str], Decimal]) -> Paper:
    """Return a document of QuickBooks; what was applied since it was read counts, too."""
    left = thing.amount - used.get((thing.entity, thing.id), Decimal(0))
    return Paper(
        kind=ENTITIES[thing.entity],
        id=thing.id,
        number=thing.number or thing.reference,
        date=thing.date,
        amount=thing.amount,
        open=min(thing.balance, left),
        tax=tax_in(thing.content),
        currency=thing.currency,
        reference=thing.reference,
    )


def _balances(here: Sequence[Paper], there: Sequence[Paper], told: dict[str, Decimal]) -> Iterator[Balance]:
    ours, theirs = balances(here), balances(there)
    for currency in sorted(ours.keys() | theirs.keys() | told.keys()):
        yield Balance(
            currency=currency,
            here=ours.get(currency, Decimal(0)),
            there=theirs.get(currency, Decimal(0)),
            told=told.get(currency),
        )


def _told_balances(fresh: Sequence[QboObject]) -> dict[str, Decimal]:
    told: dict[str, Decimal] = {}
    for thing in fresh:
        told[thing.currency] = told.get(thing.currency, Decimal(0)) + thing.balance
    return told


def _told(told: dict[str, Decimal], there: Sequence[Paper]) -> Iterator[str]:
    computed = balances(there)
    for currency, balance in sorted(told.items()):
        sentence = told_sentence(balance, computed.get(currency, Decimal(0)), currency)
        if sentence:
            yield sentence


def _largest(found: Sequence[Gap]) -> list[Gap]:
    return sorted(found, key=lambda gap: -abs(gap.amount))


def _pairs(here: Sequence[Paper], there: Sequence[Paper], found: Sequence[Gap]) -> list[Pair]:
    """Return the documents: those that differ first, then what is open, then the newest."""
    others = {paper.key: paper for paper in there}
    said = {(gap.here or gap.there): gap_sentence(gap) for gap in found}
    pairs = [
        Pair(here=paper, there=others.pop((paper.kind, paper.twin), None), gap=said.get(paper, ""))
        for paper in here
    ]
    pairs += [Pair(there=paper, gap=said.get(paper, "")) for paper in others.values()]
    pairs.sort(key=lambda pair: str(pair.paper.date or ""), reverse=True)
    pairs.sort(key=lambda pair: (not pair.gap, not pair.paper.open))
    return pairs


def _shorts(
    here: Sequence[Paper], there: Sequence[Paper], applied: Sequence[Applied], withholding: Withholding | None
) -> Iterator[str]:
    if withholding is None:
        return
    for short in short_by_tax([*here, *_only_there(here, there)], applied, withholding):
        yield short_sentence(short, withholding)


def _suggestions(
    here: Sequence[Paper], there: Sequence[Paper], withholding: Withholding | None
) -> Iterator[str]:
    """Say what unapplied money could pay on the side of the source, then what only QuickBooks has."""
    ours = uses(here, withholding)
    known = {use.money.twin for use in ours}
    theirs = [use for use in uses(there, withholding) if use.money.id not in known]
    for use in ours:
        yield use_sentence(use, withholding)
    for use in theirs:
        yield f"In QuickBooks: {use_sentence(use, withholding)}"


def _only_there(here: Sequence[Paper], there: Sequence[Paper]) -> list[Paper]:
    known = {(paper.kind, paper.twin) for paper in here}
    return [paper for paper in there if paper.key not in known]
