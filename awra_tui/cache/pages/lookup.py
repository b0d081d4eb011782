"""Looking for things in our copy of QuickBooks."""

from collections.abc import Sequence

from awra_tui.cache.store import objects
from awra_tui.records.qbo import QboObject


def objects_like(text: str, entities: Sequence[str], limit: int = 50) -> list[QboObject]:
    """Return the objects whose name or number contains a text, or whose id it is, by name."""
    return objects.search(text, entities, limit)
