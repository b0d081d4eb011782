"""A cache that may only be read: the console opens, reads, and says that nothing can be sent and why."""

from pathlib import Path

import pytest

from awra_tui.actions import desk as desks
from awra_tui.actions.desk import open_desk, open_to_look
from awra_tui.actions.sync import sync_now
from awra_tui.app import ConsoleApp
from awra_tui.records.errors import CacheError, ReadOnlyError
from awra_tui.screens.warnings import WarningsScreen
from tests.office import BooksCompany, fault, office, write_ledger
from tests.screens.driving import press, settle, text_of, toasts
from tests.watch import Watch

WHY = "may only be read. Check who owns the file and its folder"


async def synced(folder: Path, company: BooksCompany) -> None:
    """Sync a profile whose only invoice is refused, so that there is a warning."""
    write_ledger(folder, {"INV-1": "10.00"})
    with office(folder, company) as desk:
        company.wire.tamper = lambda request, answer: (
            fault("6000", "A business validation error has occurred", "Not today")
            if request.url.path.endswith("/invoice")
            else answer
        )
        await sync_now(desk)
        company.wire.tamper = None
        company.wire.sent.clear()


async def test_the_console_reads_and_says_why_nothing_is_sent(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = BooksCompany("empty-us")
    await synced(tmp_path, company)

    def only_read(profile, *, read_only=False):  # type: ignore[no-untyped-def]
        if not read_only:
            raise ReadOnlyError(f"The cache {WHY}.")
        return open_desk(profile, read_only=True)

    with office(tmp_path, company) as furnished:
        profile = furnished.profile
    monkeypatch.setattr(desks, "open_desk", only_read)
    desk = open_to_look(profile)
    try:
        desk.transport = company.wire
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            banner = text_of(app, "#banner")
            assert "Nothing can be sent or decided" in banner
            assert WHY in banner
            await press(pilot, "r")
            assert toasts(app)[-1] == f"Nothing was sent. The cache {WHY}."
            await press(pilot, "w")
            assert isinstance(app.screen, WarningsScreen)
            await press(pilot, "d")
            await press(pilot, *"no", "enter")
            assert app.screen.query("VirtualTable")
        assert company.wire.sent == []
        with pytest.raises(CacheError, match="may only be read"):
            await sync_now(desk)
        assert company.wire.sent == []
    finally:
        desk.cache.close()


def test_other_trouble_with_a_cache_is_not_taken_for_reading_only(tmp_path: Path) -> None:
    with office(tmp_path, BooksCompany("empty-us")) as furnished:
        profile = furnished.profile
    path = Path(profile.cache_url.removeprefix("sqlite:///"))
    path.write_text("This is a shopping list, not a database. " * 50)
    with pytest.raises(CacheError, match="damaged or is no cache"):
        open_to_look(profile)
