"""A full reading by pages: broken off anywhere it goes on, and what changes meanwhile is not lost."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from awra_tui.cache.schema import SeenTable
from awra_tui.cache.store import objects, readings
from awra_tui.qbo.errors import QboError
from awra_tui.settings import http
from awra_tui.simulator import booking
from awra_tui.sync import full_reading
from awra_tui.sync import refresh as refreshing
from awra_tui.sync.desk import Desk
from tests.office import BooksCompany, office, write_ledger
from tests.sync.metered import Meter, metered, refreshed
from tests.watch import Watch

PAGE, BORDER, CUSTOMERS = 10, 3, 32
PLACES = [1, 8, 15, 22, 29]
"""Where the pages of so many customers begin."""


class Office:
    """A desk whose company has customers for several pages."""

    def __init__(self, desk: Desk, company: BooksCompany, watch: Watch) -> None:
        self.desk, self.company, self.watch = desk, company, watch
        self.meter: Meter = metered(desk)
        self.people = [self.add(f"Person {number:02}") for number in range(CUSTOMERS)]

    def add(self, name: str) -> str:
        """Add a customer and return its id."""
        return str(booking.create(self.company.site.company, "Customer", {"DisplayName": name})["Id"])

    def drop(self, *ids: str) -> None:
        """Take customers away, which only Intuit itself can: places move then."""
        store = self.company.site.company.store
        for qbo_id in ids:
            body = {"Id": qbo_id, "MetaData": {"LastUpdatedTime": self.watch.now.isoformat()}}
            with store.change():
                record = store.get("Customer", qbo_id)
                assert record is not None
                store.put(type(record)(record.key, body, deleted=True))

    def ours(self, entity: str = "Customer") -> set[str]:
        """Return the ids that our copy has."""
        return self.desk.cache.now(objects.ids, entity)

    def theirs(self, entity: str = "Customer") -> set[str]:
        """Return the ids that the company has."""
        return {str(one["Id"]) for one in self.company.all(entity)}

    def at(self, place: int, then: Callable[[], None]) -> Callable[[int], None]:
        """Do a thing before the page of customers from a place is answered."""

        def before(_: int) -> None:
            if self.meter.asked[-1] == customers(place):
                self.meter.before = None
                then()

        return before


def breaks() -> None:
    """Be a company that cannot be reached."""
    raise http.ConnectError("refused")


def customers(place: int) -> str:
    """Return how a page of customers is asked for."""
    return f"Customer WHERE Active IN (true, false) ORDERBY Id STARTPOSITION {place} MAXRESULTS {PAGE}"


@pytest.fixture
def at_desk(watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(full_reading, "PAGE_LIMIT", PAGE)
    monkeypatch.setattr(full_reading, "BORDER", BORDER)
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        yield Office(desk, company, watch)


async def test_pages_overlap_at_their_borders(at_desk: Office) -> None:
    with at_desk.meter.counting() as asked:
        await refreshed(at_desk.desk)
    assert [told for told in asked if "Customer" in told] == [customers(place) for place in PLACES]
    assert at_desk.ours() == at_desk.theirs()
    assert at_desk.desk.cache.now(SeenTable.select().count) == 0


@pytest.mark.parametrize("how", [http.ConnectError, asyncio.CancelledError])
async def test_broken_off_at_every_page_it_goes_on_there(at_desk: Office, how: type[BaseException]) -> None:
    """Each attempt brings one more page and breaks at the next."""
    answered: list[str] = []
    lost: list[str] = []

    def breaks(number: int) -> None:
        if number == (2 if lost else 3) and "cdc" not in at_desk.meter.asked:
            raise how("broken")

    for _ in range(100):
        with at_desk.meter.counting(breaks) as asked:
            try:
                await refreshed(at_desk.desk)
            except (QboError, asyncio.CancelledError):
                *came, broke = asked
                answered += came
                lost.append(broke)
            else:
                answered += asked
                break
    pages = answered[2:-2]
    assert [told.split()[0] for told in answered[-2:]] == ["cdc", "TaxCode"]
    assert lost == pages
    assert [told.split()[0] for told in pages if "STARTPOSITION 1 " in told] == list(refreshing.ENTITIES)
    assert [told for told in pages if "Customer" in told] == [customers(place) for place in PLACES]
    assert all(at_desk.ours(entity) == at_desk.theirs(entity) for entity in refreshing.ENTITIES)


async def test_what_changed_while_it_lay_still_comes_at_its_end(at_desk: Office) -> None:
    with at_desk.meter.counting(at_desk.at(PLACES[2], breaks)), pytest.raises(QboError):
        await refreshed(at_desk.desk)
    at_desk.watch.forward(days=3)
    late = at_desk.add("Late Comer")
    changed = at_desk.people[0]
    at_desk.company.change("Customer", at_desk.company.one("Customer", Id=changed), Notes="Moved")
    at_desk.company.switch(closing_date="2026-10-31")
    at_desk.watch.forward(hours=1)
    with at_desk.meter.counting() as asked:
        found = await refreshed(at_desk.desk)
    assert asked[0] == customers(PLACES[2])
    assert asked[-2] == "cdc"
    assert str(found.closing_date) == "2026-10-31"
    assert late in at_desk.ours()
    ours = at_desk.desk.cache.now(objects.get, "Customer", changed)
    assert ours is not None
    assert ours.content["Notes"] == "Moved"


async def test_one_that_lay_still_for_a_month_begins_anew(at_desk: Office) -> None:
    with at_desk.meter.counting(at_desk.at(PLACES[3], breaks)), pytest.raises(QboError):
        await refreshed(at_desk.desk)
    at_desk.watch.forward(days=30)
    with at_desk.meter.counting() as asked:
        await refreshed(at_desk.desk)
    assert asked[0] == "companyinfo"
    assert [told for told in asked if "Customer" in told] == [customers(place) for place in PLACES]


@pytest.mark.parametrize("count", [1, BORDER - 1, BORDER, PAGE, 2 * PAGE])
@pytest.mark.parametrize("known", [False, True])
async def test_what_moves_when_others_are_deleted_is_not_missed(
    at_desk: Office, count: int, *, known: bool
) -> None:
    """Deleted before a page is read, in a first reading and in one that has objects to lose."""
    if known:
        await refreshed(at_desk.desk)
        at_desk.watch.forward(days=31)
    with at_desk.meter.counting(at_desk.at(PLACES[3], lambda: at_desk.drop(*at_desk.people[:count]))):
        await refreshed(at_desk.desk)
    assert at_desk.theirs() <= at_desk.ours()
    at_desk.watch.forward(hours=1)
    await refreshed(at_desk.desk)
    assert at_desk.ours() == at_desk.theirs()


async def test_what_was_deleted_a_long_time_ago_is_found_absent(at_desk: Office) -> None:
    await refreshed(at_desk.desk)
    at_desk.drop(*at_desk.people[5:25])
    at_desk.watch.forward(days=31)
    with at_desk.meter.counting() as asked:
        await refreshed(at_desk.desk)
    assert at_desk.ours() == at_desk.theirs() == {*at_desk.people[:5], *at_desk.people[25:]}
    assert sum("Customer WHERE Id IN" in told for told in asked) == 1
    gone = at_desk.desk.cache.now(objects.get, "Customer", at_desk.people[5])
    assert gone is not None
    assert gone.deleted


async def test_a_reading_tells_how_far_it_is(at_desk: Office) -> None:
    with at_desk.meter.counting(at_desk.at(PLACES[2], breaks)), pytest.raises(QboError):
        await refreshed(at_desk.desk)
    begun = at_desk.desk.cache.now(readings.current)
    assert begun is not None
    assert (begun.entities[0], begun.position) == ("Customer", PLACES[2])
    assert at_desk.desk.cache.now(readings.has_seen, "Customer", at_desk.people[0])
