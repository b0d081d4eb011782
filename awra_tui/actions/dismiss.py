"""Dismiss warnings with a reason, and bring them back."""

from collections.abc import Sequence

from awra_tui.actions.known import counted
from awra_tui.actions.results import Done
from awra_tui.cache.store import aside
from awra_tui.records.errors import AwraError
from awra_tui.sync.desk import Desk


async def dismiss(desk: Desk, warning_ids: Sequence[int], why: str) -> Done:
    """Dismiss warnings; they come back by themselves when record, reason or amount change."""
    if not why.strip():
        raise AwraError("A dismissal needs a reason: it is read by whoever asks later why nobody acted.")
    decision = await desk.write(aside.dismiss, list(warning_ids), why.strip(), desk.who)
    return Done(sentence=f"Dismissed {counted(len(warning_ids), 'warning')}.", decision_id=decision)


async def restore(desk: Desk, warning_ids: Sequence[int]) -> Done:
    """Bring dismissed warnings back."""
    decision = await desk.write(aside.restore, list(warning_ids), desk.who)
    return Done(sentence=f"Brought back {counted(len(warning_ids), 'warning')}.", decision_id=decision)
