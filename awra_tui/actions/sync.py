"""Sync now: one pass over the profile, or over chosen records."""

from collections.abc import Sequence

from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk
from awra_tui.sync.progress import Progress, Report, RunResult, silent
from awra_tui.sync.run import sync

__all__ = ["Progress", "Report", "RunResult", "sync_now"]


async def sync_now(
    desk: Desk,
    *,
    keys: Sequence[RecordKey] | None = None,
    trigger: str = "person",
    progress: Report | None = None,
    accept_deletions: bool = False,
) -> RunResult:
    """Do one pass; cancel it by cancelling the task, and everything sent stays recorded.

    ``accept_deletions`` says that records missing from the source are deleted, however many they are.
    """
    return await sync(
        desk, keys=keys, trigger=trigger, report=progress or silent, accept_deletions=accept_deletions
    )
