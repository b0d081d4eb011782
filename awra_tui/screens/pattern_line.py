"""The banner about many warnings with one thing behind them: what they share, and what to do."""

from datetime import timedelta
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from awra_tui.records.clock import now
from awra_tui.screens.base import BaseScreen
from awra_tui.widgets.cells import brief

if TYPE_CHECKING:
    from awra_tui.health.patterns import Pattern

AFRESH = timedelta(minutes=1)
"""How often what warnings have in common is looked at: it is counted over a week of them."""
SHOWN = 3
"""Patterns that are told at once."""


class PatternLine(Static):
    """Says patterns above a list; there only where there are any."""

    DEFAULT_CSS = "PatternLine { display: none; height: auto; padding: 0 1; margin: 0 0 1 0; }"

    def __init__(self, *, of_connection: bool = False) -> None:
        """Make the line; ``of_connection`` where the screen does not tell by itself that it is lost."""
        super().__init__(id="patterns")
        self._of_connection = of_connection
        self._looked = now() - AFRESH

    async def freshen(self, screen: BaseScreen) -> None:
        """Look for patterns, where the last look is a while ago."""
        from awra_tui.cache.pages.trends import trends
        from awra_tui.health.patterns import patterns

        if now() - self._looked < AFRESH:
            return
        self._looked = now()
        found = patterns(await screen.page(trends), now())
        said = told(tuple(one for one in found if self._of_connection or not one.of_connection))
        self.update(said)
        self.display = bool(said)


def told(found: "tuple[Pattern, ...]") -> Content:
    """Return patterns in a line each, with what to do."""
    lines = [
        Content.assemble(("▲ ", "$warning"), brief(one.sentence), " ", (brief(one.action), "bold"))
        for one in found[:SHOWN]
    ]
    if len(found) > SHOWN:
        lines.append(
            Content.styled(f"  and {len(found) - SHOWN:,} more reasons that came often", "$secondary")
        )
    return Content("\n").join(lines)
