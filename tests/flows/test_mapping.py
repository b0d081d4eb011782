"""Mapping in the sample company by keyboard: both open values at once, from a day on, taken back together."""

from typing import Any

from awra_tui.app import ConsoleApp
from awra_tui.cache.pages.scopes import needed_currencies
from awra_tui.cache.store import mappings
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey
from tests.flows.screen import screen_text, walk
from tests.sample import OpenSample

TAX = MappingKey("tax_code", "Zero-rated", "branch=Mombasa")
METHOD = MappingKey("payment_method", "M-Pesa", "branch=Mombasa")


def state(desk: Any, key: MappingKey) -> MappingState | None:
    """Return the state of a mapping."""
    found = desk.cache.now(mappings.get, key)
    return found.state if found else None


async def test_all_that_is_certain_is_saved_together_and_taken_back_together(sample_desk: OpenSample) -> None:
    with sample_desk() as (desk, _):
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=(100, 30)) as pilot:
            await walk(pilot, "m", "c")
            assert "2 changes not saved: Releases 14 invoices and 22 payments, KES 683,271.80" in screen_text(
                app
            )
            assert state(desk, TAX) is MappingState.BLOCKED, "a draft changes nothing"
            await walk(pilot, "s", "y")
            assert "36 records can be sent: r sends them." in screen_text(app)
            assert (state(desk, TAX), state(desk, METHOD)) == (MappingState.READY, MappingState.READY)
            await walk(pilot, "u")
            assert (state(desk, TAX), state(desk, METHOD)) == (MappingState.BLOCKED, MappingState.BLOCKED)
            assert "2 not ready" in screen_text(app)


async def test_a_mapping_holds_from_a_day_on_and_its_history_says_so(sample_desk: OpenSample) -> None:
    with sample_desk() as (desk, _):
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=(120, 30)) as pilot:
            await walk(pilot, "m", "down", "enter", "ctrl+t", "ctrl+u", *"2026-11-01", "enter", "enter")
            assert "→ 0.0% Z from 01 Nov 2026 on" in screen_text(app)
            await walk(pilot, "s", "y", "/", *"zero", "enter")
            assert "→ 0.0% Z · from 01 Nov" in screen_text(app)
            assert "From 01 Nov 2026 on; before that nothing" in screen_text(app)
            await walk(pilot, "h")
            assert "by a person: nothing → 0.0% Z from" in screen_text(app)


async def test_the_account_on_which_customers_owe_dollars_is_added_and_chosen(
    sample_desk: OpenSample,
) -> None:
    with sample_desk() as (desk, _):
        assert desk.cache.now(needed_currencies) == ["KES", "USD"]
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=(120, 30)) as pilot:
            await walk(pilot, "m", "/", *"receivable", "enter", "down", "n", "b")
            assert "✕" in screen_text(app), "accounts of another type or currency say why they cannot be"
            await walk(pilot, *"usd", "enter", "s", "y")
            dollars = desk.cache.now(mappings.get, MappingKey("receivable", "*", "currency=USD"))
            assert dollars is not None
            assert dollars.state is MappingState.READY
            assert "(A/R) - USD" in dollars.object_name
