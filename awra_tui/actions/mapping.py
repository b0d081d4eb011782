"""What a value of the source could be in QuickBooks, best first."""

from awra_tui.actions.results import Suggestion
from awra_tui.actions.suggesting import Shelf
from awra_tui.records.mapping import MAPPING_KINDS
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
