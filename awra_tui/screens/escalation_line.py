"""The line that proposes to hand something on: why, and the key that makes the evidence."""

from collections.abc import Sequence
from datetime import timedelta

from textual.content import Content
from textual.widgets import Static

from awra_tui.health.escalation import Proposal
from awra_tui.records.clock import now
from awra_tui.records.subject import RecordKey
from awra_tui.screens.base import BaseScreen
from awra_tui.widgets.cells import brief

AFRESH = timedelta(minutes=1)
"""How often it is looked whether something is to be handed on."""
SHOWN = 2
"""Proposals that are told at once."""


class Proposals:
    """What is to be handed on, looked at from time to time."""

    def __init__(self) -> None:
        self._looked = now() - AFRESH
        self.found: Sequence[Proposal] = ()

    async def freshen(self, screen: BaseScreen) -> bool:
        """Look whether something is to be handed on; return false where the last look is not long ago."""
        from awra_tui.actions.escalation import proposals

        if now() - self._looked < AFRESH:
            return False
        self._looked = now()
        self.found = await proposals(screen.console.desk)
        return True

    def about(self, key: RecordKey) -> Sequence[Proposal]:
        """Return why a record is to be handed on."""
        return [one for one in self.found if key in one.keys][:1]


class EscalationLine(Static):
    """Says proposals; there only where there are any."""

    DEFAULT_CSS = "EscalationLine { display: none; height: auto; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__(id="escalation", markup=False)
        self._looks = Proposals()
        self.proposals: Sequence[Proposal] = ()

    async def freshen(self, screen: BaseScreen) -> None:
        """Look whether something is to be handed on, where the last look is a while ago."""
        if await self._looks.freshen(screen):
            self.tell(self._looks.found)

    def tell(self, proposals: Sequence[Proposal]) -> None:
        """Show proposals in a line each."""
        self.proposals = proposals
        self.update(told(proposals))
        self.display = bool(proposals)


def told(proposals: Sequence[Proposal]) -> Content:
    """Return proposals in a line each; the key makes the evidence for the first."""
    lines = [
        Content.assemble(("▲ ", "$warning"), brief(one.sentence), " ", ("Hand it on (e).", "bold"))
        for one in proposals[:1]
    ]
    lines += [Content.assemble(("▲ ", "$warning"), brief(one.sentence)) for one in proposals[1:SHOWN]]
    return Content("\n").join(lines)
