"""Rehearsing incidents in the demo: the simulated company is made to misbehave for a while."""

from typing import Any

from awra_tui.actions.results import Done
from awra_tui.records.errors import AwraError
from awra_tui.settings.http import HTTPError, client
from awra_tui.sync.desk import Desk

INCIDENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "slow": ("QuickBooks answers slowly", {"latency_ms": 2000}),
    "throttle": ("QuickBooks asks to wait (429)", {"throttle": True}),
    "outage": (
        "The next ten things sent fail (503)",
        {"fail_next": {"count": 10, "http_status": 503, "writes": True}},
    ),
    "refusal": (
        "The next thing sent is refused (6000)",
        {"fail_next": {"count": 1, "http_status": 400, "code": "6000", "writes": True}},
    ),
    "lost": (
        "The next answer is lost after QuickBooks has booked",
        {"drop_next": {"count": 1, "when": "after", "writes": True}},
    ),
    "expired": ("The access token expires", {"token_expired": True}),
    "subscription": ("The subscription has ended", {"subscription_ended": True}),
    "well": (
        "All is well again",
        {
            "latency_ms": 0,
            "throttle": False,
            "fail_next": None,
            "drop_next": None,
            "subscription_ended": False,
            "requestid_ignored": False,
        },
    ),
}
"""What can be rehearsed: its name, what it is, and the switches of the simulator that make it."""


async def rehearse(desk: Desk, incident: str) -> Done:
    """Make the simulated company misbehave; raise AwraError where this is not the demo."""
    if not desk.can_rehearse:
        raise AwraError("Incidents are rehearsed in the demo only: awra-tui demo.")
    label, switches = INCIDENTS[incident]
    try:
        async with client(desk.rehearsal_url, 5) as http:
            answer = await http.post("/simulator/switches", json=switches)
            answer.raise_for_status()
    except HTTPError:
        raise AwraError("The simulated company does not answer; start the demo again.") from None
    return Done(sentence=f"Rehearsing: {label}.")
