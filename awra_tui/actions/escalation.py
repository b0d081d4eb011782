"""What the program proposes to hand on, and the evidence for it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from awra_tui.cache.pages.signals import signals
from awra_tui.cache.store import resends
from awra_tui.health.escalation import Proposal, due
from awra_tui.records.errors import AwraError
from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk

if TYPE_CHECKING:
    from awra_tui.actions.evidence import Evidence

ENOUGH = 2
"""So many resends of a record in vain for one reason are enough."""


async def proposals(desk: Desk) -> tuple[Proposal, ...]:
    """Return what is to be handed on now, the weightiest first."""
    return due(await desk.page(signals))


async def proposal_for(desk: Desk, key: RecordKey) -> Proposal | None:
    """Return why a record is to be handed on, or None."""
    times = (await desk.page(resends.refused_again, [key])).get(key, 0)
    if times >= ENOUGH:
        sentence = f"It was resent {times} times and refused for the same reason each time."
        return Proposal(rule="resent", sentence=sentence, keys=(key,))
    found = next((one for one in await proposals(desk) if key in one.keys), None)
    return replace(found, keys=(key,)) if found else None


async def evidence_of_proposal(desk: Desk, proposal: Proposal) -> "Evidence":
    """Return the evidence for what is proposed to be handed on."""
    from awra_tui.actions import escalate  # the console looks for proposals as soon as it stands

    if proposal.keys:
        return await escalate.evidence(desk, *proposal.keys, because=proposal.sentence)
    return await escalate.evidence_of_connection(desk, proposal.sentence)


async def evidence_of_all(desk: Desk) -> "Evidence":
    """Return the evidence for the weightiest proposal; raise AwraError where there is none."""
    found = await proposals(desk)
    if not found:
        raise AwraError("Nothing is to be handed on now. e on a warning makes the evidence for that one.")
    return await evidence_of_proposal(desk, found[0])
