"""What mappings can be told apart by, as the records have it."""

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.schema import NeedTable


def needed_currencies() -> list[str]:
    """Return the currencies of the records that need mappings."""
    query = NeedTable.select(NeedTable.currency).where(
        NeedTable.profile == profile(), NeedTable.records > 0, NeedTable.currency != ""
    )
    return [currency for (currency,) in rows.tuples(query.distinct().order_by(NeedTable.currency))]
