"""What the keys of the record screen do that changes or leaves something, and when they refuse."""

from collections.abc import Callable, Sequence
from functools import partial

from awra_tui.cache.pages.records import RecordPage
from awra_tui.cache.pages.warnings import WarningRow
from awra_tui.records.errors import AwraError
from awra_tui.records.subject import RecordKey
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.browser import opened
from awra_tui.screens.deciding import NOTHING, is_decidable
from awra_tui.screens.dialogs import ask_yes
from awra_tui.screens.people_keys import Meant, these
from awra_tui.screens.record_chain import (
    NO_CUSTOMER,
    blocker_target,
    connect_target,
    fixed_by,
    has_customer,
    live_links,
    mapping_target,
    open_warnings,
)


def _no_mapping(page: RecordPage) -> str:
    if mapping_target(page) or fixed_by(page, "mapping"):
        return ""
    return "No mapping holds this record up. All mappings: m in the overview."


def _no_connecting(page: RecordPage) -> str:
    return (
        ""
        if connect_target(page)
        else "There is nothing to connect: neither a name nor a look-alike is in question."
    )


def _no_unlinking(page: RecordPage) -> str:
    return "" if live_links(page) else "It is not connected to anything in QuickBooks."


def _no_blocker(page: RecordPage) -> str:
    return "" if blocker_target(page) else "No other record holds this one up."


def _no_resending(page: RecordPage) -> str:
    return "The source does not have this record any more; it cannot be sent." if page.deleted else ""


def _no_deciding(page: RecordPage) -> str:
    return "" if any(is_decidable(warning.reason) for warning in page.warnings) else NOTHING


def _no_dismissing(page: RecordPage) -> str:
    return "" if open_warnings(page) else "This record has no open warning to put aside."


def _no_restoring(page: RecordPage) -> str:
    return "" if len(page.warnings) > len(open_warnings(page)) else "No warning of this record is put aside."


def _no_owning(page: RecordPage) -> str:
    return "" if page.warnings else "This record has no warning to take care of."


def _no_page(page: RecordPage) -> str:
    return "" if live_links(page) else "It is not in QuickBooks yet, so it has no page there."


def _no_customer(page: RecordPage) -> str:
    return "" if has_customer(page.record.kind) else NO_CUSTOMER


REFUSALS: dict[str, Callable[[RecordPage], str]] = {
    "map": _no_mapping,
    "connect": _no_connecting,
    "unlink": _no_unlinking,
    "blocker": _no_blocker,
    "resend": _no_resending,
    "decide": _no_deciding,
    "dismiss": _no_dismissing,
    "snooze": _no_dismissing,
    "restore": _no_restoring,
    "owner_of_record": _no_owning,
    "hand_over": _no_owning,
    "note": _no_owning,
    "browser": _no_page,
    "json": lambda _: "",
    "customer": _no_customer,
}
"""Why an action cannot be done for a record, or nothing; by the action's id."""


def open_mapping(screen: BaseScreen, page: RecordPage) -> None:
    """Open the mapping that holds the record up; all of them where QuickBooks did not say which one."""
    screen.console.open_mapping(mapping_target(page))


def open_connect(screen: BaseScreen, page: RecordPage) -> None:
    """Open Connect for the record, or for the name it waits for."""
    screen.console.open_connect(connect_target(page) or RecordKey(page.record.kind, page.record.source_id))


async def unlink(screen: BaseScreen, page: RecordPage) -> None:
    """Disconnect the record from QuickBooks, after a question that says what that means."""
    from awra_tui.actions import unlink as unlinking

    desk, key = screen.console.desk, RecordKey(page.record.kind, page.record.source_id)
    preview = await unlinking.preview_unlink(desk, key)
    if preview.refused:
        raise AwraError(f"It cannot be disconnected: {preview.refused}.")
    if await ask_yes(screen, f"{preview.sentence} Go on?", [f"→ {one}" for one in preview.follows]):
        done = await unlinking.unlink(desk, key)
        await screen.after(f"{done.sentence} u undoes.")


def open_ones(page: RecordPage) -> Meant:
    """Return the warnings of the record that are not put aside."""
    return _meant(page, open_warnings(page))


def aside(page: RecordPage) -> Meant:
    """Return the warnings of the record that were put aside."""
    return _meant(page, [warning for warning in page.warnings if warning.dismissed])


def every(page: RecordPage) -> Meant:
    """Return all warnings of the record."""
    return _meant(page, page.warnings)


def _meant(page: RecordPage, found: Sequence[WarningRow]) -> Meant:
    what = "the warning" if len(found) == 1 else f"the {len(found)} warnings"
    owner = found[0].owner if found else ""
    return Meant(f"{what} of {page.record.name}", partial(these, [one.id for one in found]), owner)


def facts_line(page: RecordPage) -> str:
    """Return number, party, status and first reason as text to paste."""
    first = next(iter(open_warnings(page)), None)
    said = first.sentence if first else page.status.label
    return " · ".join(part for part in (page.record.name, page.record.party_name, said) if part)


async def open_in_quickbooks(screen: BaseScreen, page: RecordPage) -> None:
    """Open the record's page in a browser; copy its address where there is none to open."""
    from awra_tui.actions import record

    link = live_links(page)[0]
    url = record.record_url(screen.console.desk, link.entity, link.qbo_id)
    if await opened(url):
        screen.toast(f"Opened {url}")
    else:
        screen.copy(url, f"the address, no browser could be opened: {url}")
