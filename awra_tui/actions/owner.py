"""Who takes the next step on a warning."""

from collections.abc import Sequence

from awra_tui.actions.known import counted
from awra_tui.actions.results import Done
from awra_tui.cache.store import owners
from awra_tui.sync.desk import Desk


async def set_owner(desk: Desk, warning_ids: Sequence[int], owner: str) -> Done:
    """Give warnings to a person; an empty name takes them back."""
    name = owner.strip()
    decision = await desk.write(owners.set_owner, list(warning_ids), name, desk.who)
    told = f"{name or 'Nobody'} has {counted(len(warning_ids), 'warning')} now."
    return Done(sentence=told, decision_id=decision)
