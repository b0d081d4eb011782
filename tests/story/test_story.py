"""From the first sync to no open warning, by keyboard alone, in order of work: the README's story."""

import sys
from pathlib import Path

import pytest
from pytest_textual_snapshot import normalize_svg

from awra_tui.actions.desk import Desk
from awra_tui.app import ConsoleApp
from awra_tui.cache.pages.overview import overview
from awra_tui.cache.schema import RecordTable
from awra_tui.records.status import Status
from tests.chaos.verify import verify
from tests.office import BooksCompany, office, sample_profile
from tests.screens.driving import settle
from tests.story.chapters import CHAPTERS
from tests.story.person import Person
from tests.story.world import World
from tests.watch import Watch

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
ASIDE = {
    "INV-997", "INV-998", "INV-999", "INV-1000", "PAY-3014",  # dated in the closed period
    "NBO/EXPORT/CONSIGNMENT/2026-17", "PAY-3015",  # a number too long for QuickBooks
}  # fmt: skip
"""What was put aside: it is not in QuickBooks, and everything else is."""


async def test_from_the_first_sync_to_no_open_warning(
    tmp_path: Path, watch: Watch, request: pytest.FixtureRequest
) -> None:
    books = BooksCompany("nairobi")
    with office(tmp_path, books, sample_profile()) as desk:
        desk.who = "wanjiru@desk"
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            person, world = Person(pilot), World(books, watch)
            await settle(pilot)
            for chapter, (_, tell) in CHAPTERS.items():
                person.chapter = chapter
                await tell(person, world)
        the_books_are_right(desk, books)
    sys.stdout.write(told(person))
    too_long = {name: count for name, count in person.keys.items() if count > CHAPTERS[name][0]}
    assert too_long == {}, f"these chapters take more keys than before:{told(person)}"
    if request.config.getoption("update_snapshots"):
        draw(person.pictures)
    assert stale(person.pictures) == [], "make snapshots draws them anew"


def the_books_are_right(desk: Desk, books: BooksCompany) -> None:
    """Whatever was not put aside is in QuickBooks once, nothing twice, and the sums are equal."""
    assert sum(row.warnings for row in desk.cache.now(overview).kinds) == 0
    found = verify(desk, books)
    assert found.troubles == []
    assert found.there + found.explained == found.records
    assert desk.cache.now(_absent) == ASIDE


def _absent() -> set[str]:
    """Return the numbers of what is neither in QuickBooks nor left out by a rule of the profile."""
    there = (Status.SUCCEEDED, Status.SKIPPED)
    return {row.number for row in RecordTable.select().where(RecordTable.status.not_in(there))}


def draw(pictures: dict[str, str]) -> None:
    """Write the pictures anew, each as docs/pictures/NAME.svg, and remove those that are no more."""
    PICTURES.mkdir(exist_ok=True)
    for path in PICTURES.glob("*.svg"):
        path.unlink()
    for name, picture in pictures.items():
        (PICTURES / f"{name}.svg").write_text(normalize_svg(picture), encoding="utf-8")


def stale(pictures: dict[str, str]) -> list[str]:
    """Return the names of pictures that do not show what was seen."""
    kept = {path.stem: path.read_text(encoding="utf-8") for path in PICTURES.glob("*.svg")}
    seen = {name: normalize_svg(picture) for name, picture in pictures.items()}
    return sorted(name for name in kept | seen if kept.get(name) != seen.get(name))


def told(person: Person) -> str:
    """Return the keys of each chapter beside its budget, as a table."""
    lines = [f"{count:4} of {CHAPTERS[name][0]:2} keys  {name}" for name, count in person.keys.items()]
    return "\n".join(["", *lines, f"{person.keys.total():4} keys in all", ""])


def test_the_readme_tells_every_chapter_and_shows_every_picture() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in CHAPTERS if f"**{name}.**" not in readme] == []
    assert f"in {sum(budget for budget, _ in CHAPTERS.values())} keys" in readme
    pictures = {path.name for path in PICTURES.glob("*.svg")}
    assert {name for name in pictures if f"(docs/pictures/{name})" not in readme} == set()
