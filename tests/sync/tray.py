"""A record that waits for something in QuickBooks: where it stands, what it awaits, who comes in between."""

from collections.abc import Awaitable, Callable
from typing import Any

from awra_tui.actions.sync import RunResult, sync_now
from awra_tui.cache.pages.warnings import WarningQuery, WarningRow, warnings_all
from awra_tui.cache.store import records
from awra_tui.cache.stored import StoredRecord
from awra_tui.records.subject import RecordKey
from awra_tui.settings import http
from awra_tui.sync.desk import Desk
from tests.watch import Watch

KEY = RecordKey("invoice", "INV-1")
PAYMENT = RecordKey("payment", "PAY-INV-0")


def record(desk: Desk, key: RecordKey = KEY) -> StoredRecord:
    return desk.cache.now(records.many, [key])[key]


def awaiting(desk: Desk, **query: Any) -> list[WarningRow]:
    return desk.cache.now(warnings_all, WarningQuery(waiting=True, **query))


async def later(desk: Desk, watch: Watch) -> RunResult:
    """Sync a while later."""
    watch.forward(minutes=10)
    return await sync_now(desk)


def once(deed: Callable[[], object]) -> Callable[[http.Request], Awaitable[None]]:
    """Return what does something before the first request arrives, and nothing before the others."""
    left = [deed]

    async def before(_request: http.Request) -> None:
        if left:
            left.pop()()

    return before


def by_hand_invoice(customer: dict[str, Any]) -> dict[str, Any]:
    line = {
        "Amount": 8,
        "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": {"ItemRef": {"value": "1"}},
    }
    return {"DocNumber": "INV-1", "CustomerRef": {"value": customer["Id"]}, "Line": [line]}
