"""One mapping: suggest what a value of the source could be in QuickBooks, preview, save, release."""

from awra_tui.actions import staging
from awra_tui.actions.results import MappingPreview, MappingSaved, Suggestion
from awra_tui.actions.suggesting import Shelf
from awra_tui.records.mapping import MAPPING_KINDS, MappingChange
from awra_tui.records.subject import MappingKey
from awra_tui.sync.desk import Desk


async def suggestions(desk: Desk, key: MappingKey, text: str = "") -> list[Suggestion]:
    """Return objects this value could be mapped to, best first; narrowed by what was typed."""
    return await desk.page(_suggested, key, text, MAPPING_KINDS[key.kind].entity)


async def account_suggestions(desk: Desk, key: MappingKey, text: str = "") -> list[Suggestion]:
    """Return deposit accounts for a payment method, best first."""
    return await desk.page(_suggested, key, text, MAPPING_KINDS[key.kind].account_entity)


def _suggested(key: MappingKey, text: str, entity: str) -> list[Suggestion]:
    return Shelf().suggested(key, text, entity)


async def preview_mapping(desk: Desk, key: MappingKey, qbo_id: str, account_id: str = "") -> MappingPreview:
    """Say what saving would mean: the mapping's state, and the records and money it releases."""
    found = await staging.preview_changes(desk, [MappingChange(key, qbo_id, account_id)])
    (line,) = found.lines
    return MappingPreview(
        state=line.state, sentence=found.refused or found.sentence, releases=found.releases, money=found.money
    )


async def save_mapping(desk: Desk, key: MappingKey, qbo_id: str, account_id: str = "") -> MappingSaved:
    """Save a mapping, judge what it serves again, and return what can be sent now.

    Raise AwraError for an object that it cannot point to.
    """
    saved = await staging.save_changes(desk, [MappingChange(key, qbo_id, account_id)])
    (state,) = saved.states
    return MappingSaved(
        sentence=saved.sentence, state=state, released=saved.released, decision_id=saved.decision_id
    )
