"""The last steps of a record's way, which only the cache knows: answer, connection, next."""

from collections.abc import Sequence

from awra_tui.cache.store.attempts import LastAttempt
from awra_tui.health import verdicts as health
from awra_tui.records import clock
from awra_tui.records.finding import Finding, Verdict
from awra_tui.records.qbo import Company, Link
from awra_tui.records.status import Status


def with_answers(
    verdicts: Sequence[Verdict],
    status: Status,
    findings: Sequence[Finding],
    *,
    last: LastAttempt | None,
    attempts: int,
    links: Sequence[Link],
    company: Company,
    skipped_because: str = "",
) -> tuple[Verdict, ...]:
    """Return the whole chain: the judge's steps, then what QuickBooks answered, what it is, what is next."""
    when = _moment(last.ended_at or last.started_at) if last else ""
    refused = last is not None and last.outcome == "failed" and status is not Status.SUCCEEDED
    return (
        *verdicts,
        health.answer_verdict(
            status,
            attempts=attempts,
            when=when,
            code=last.code if last and refused else "",
            message=last.message if last and refused else "",
            because=last.because if last and last.outcome == "succeeded" else "",
        ),
        health.connection_verdict(links, company),
        health.next_verdict(status, findings, skipped_because=skipped_because),
    )


def _moment(stamp: str) -> str:
    """Write a stamp as people read it, in local time."""
    return clock.parse_stamp(stamp).astimezone().strftime("%d %b %H:%M")
