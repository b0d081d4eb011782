"""The command palette: what it offers, and that its titles read well."""

import re

from awra_tui.app import ConsoleApp
from tests.screens.driving import press, settle
from tests.screens.fakes import FakeDesk, some_warnings


async def titles(desk: FakeDesk, *keys: str) -> list[str]:
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        return [command.title for command in app.get_system_commands(app.screen)]


async def test_titles_are_words_each_once_with_their_key() -> None:
    for keys in ((), ("w",)):
        found = await titles(FakeDesk(some_warnings()), *keys)
        assert len(set(found)) == len(found)
        assert all(re.fullmatch(r"[A-Z][\w ,:/-]+( \(\S+\))?", title) for title in found), found
        places = ("Overview", "Warnings", "Mappings", "Log", "Connections", "Look up")
        assert {f"Go to: {place}" for place in places} <= set(found)


async def test_incidents_are_rehearsed_in_the_demo_only() -> None:
    desk = FakeDesk()
    assert not [title for title in await titles(desk) if "Rehearse" in title]
    desk.can_rehearse = True
    offered = [title for title in await titles(desk) if "Rehearse" in title]
    assert "Rehearse: QuickBooks answers slowly" in offered
    assert "Rehearse: All is well again" in offered
