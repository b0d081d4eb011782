"""Sync runs: when each began, how it ended, and which ones died on the way."""

from datetime import timedelta

from awra_tui.cache.identity import profile
from awra_tui.cache.jsontext import to_text
from awra_tui.cache.schema import RunTable
from awra_tui.records.clock import now, stamp


def begin(trigger: str, direction: str, who: str) -> int:
    """Note that a run begins and return its number."""
    moment = stamp()
    return int(
        RunTable.insert(
            profile=profile(),
            trigger=trigger,
            direction=direction,
            who=who,
            started_at=moment,
            heartbeat_at=moment,
        ).execute()
    )


def heartbeat(run_id: int) -> None:
    """Note that a run is alive."""
    RunTable.update(heartbeat_at=stamp()).where(RunTable.id == run_id).execute()


def end(run_id: int, outcome: str, sentence: str, counts: dict[str, int], *, changed: bool = True) -> None:
    """Note how a run ended; ``changed`` is false for one that found nothing to do."""
    RunTable.update(
        ended_at=stamp(), outcome=outcome, sentence=sentence, counts=to_text(counts), changed=changed
    ).where(RunTable.id == run_id).execute()


def end_dead(seconds: float) -> int:
    """End the runs that have shown no life for so long; return how many there were.

    One whose last sign of life lies as far ahead is of before the clock was set back.
    """
    silent, ahead = (stamp(now() + timedelta(seconds=each)) for each in (-seconds, seconds))
    return int(
        RunTable.update(
            ended_at=stamp(),
            outcome="died",
            changed=True,
            sentence="The program ended before the run did. The next run looks up what became of it.",
        )
        .where(
            RunTable.profile == profile(),
            RunTable.ended_at == "",
            (RunTable.heartbeat_at < silent) | (RunTable.heartbeat_at > ahead),
        )
        .execute()
    )
