"""One value mapped as a person maps it: by the draft that is previewed and saved."""

from awra_tui.actions import staging
from awra_tui.records.mapping import MappingChange
from awra_tui.records.subject import MappingKey
from awra_tui.sync.desk import Desk


async def map_to(desk: Desk, key: MappingKey, qbo_id: str, account_id: str = "") -> staging.ChangesSaved:
    """Save what a value is in QuickBooks."""
    return await staging.save_changes(desk, [MappingChange(key, qbo_id, account_id)])


async def seen_mapped(
    desk: Desk, key: MappingKey, qbo_id: str, account_id: str = ""
) -> staging.ChangesPreview:
    """Preview what a value would be in QuickBooks."""
    return await staging.preview_changes(desk, [MappingChange(key, qbo_id, account_id)])
