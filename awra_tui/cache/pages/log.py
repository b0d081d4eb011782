"""The log: runs, attempts and exchanges, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.jsontext import from_text
from awra_tui.cache.keys import search_pattern
from awra_tui.cache.pages.times import times_in
from awra_tui.cache.schema import RequestTable, RunTable
from awra_tui.records.clock import now, parse_stamp, stamp
from awra_tui.records.subject import RecordKey

ALIVE_SECONDS = 120
"""A run without a sign of life for so long is not running any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """One run; ``folded`` unchanged runs before it are folded into this row."""

    id: int
    trigger: str
    direction: str
    who: str
    started_at: str
    ended_at: str
    outcome: str
    sentence: str
    counts: dict[str, int]
    changed: bool
    folded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRow:
    """One record in one request; ``duration_ms`` is 0 until there is an answer.

    ``because`` says what had changed in QuickBooks where it was sent for that.
    """

    id: int
    run_id: int
    request_id: int
    kind: str
    source_id: str
    number: str
    party: str
    amount_minor: int
    currency: str
    role: str
    operation: str
    outcome: str
    code: str
    message: str
    http_status: int
    tid: str
    requestid: str
    started_at: str
    ended_at: str
    duration_ms: int
    who: str
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRow:
    """One request with its answer, as text."""

    id: int
    requestid: str
    method: str
    path: str
    body: str
    answer: str
    http_status: int
    tid: str
    created_at: str
    sent_at: str
    answered_at: str
    status: str
    duration_ms: int


_RUN = (
    RunTable.id, RunTable.trigger, RunTable.direction, RunTable.who, RunTable.started_at, RunTable.ended_at,
    RunTable.outcome, RunTable.sentence, RunTable.counts, RunTable.changed,
)  # fmt: skip


def runs(limit: int = 200, before_id: int | None = None, *, fold: bool = True) -> list[RunRow]:
    """Return runs, newest first; runs in a row that changed nothing are one row when folded."""
    query = RunTable.select(*_RUN).where(RunTable.profile == profile()).order_by(RunTable.id.desc())
    if before_id is not None:
        query = query.where(RunTable.id < before_id)
    found = [_run(row) for row in rows.tuples(query.limit(limit))]
    return _folded(found) if fold else found


def run(run_id: int) -> RunRow | None:
    """Return one run, or None."""
    found = rows.tuples(RunTable.select(*_RUN).where(RunTable.profile == profile(), RunTable.id == run_id))
    return _run(found[0]) if found else None


def last_run() -> RunRow | None:
    """Return the last run that has ended, or None."""
    query = RunTable.select(*_RUN).where(RunTable.profile == profile(), RunTable.ended_at != "")
    found = rows.tuples(query.order_by(RunTable.id.desc()).limit(1))
    return _run(found[0]) if found else None


def running() -> RunRow | None:
    """Return the run that is going on, in whatever process, or None."""
    alive = stamp(now() - timedelta(seconds=ALIVE_SECONDS))
    query = RunTable.select(*_RUN).where(
        RunTable.profile == profile(), RunTable.ended_at == "", RunTable.heartbeat_at >= alive
    )
    found = rows.tuples(query.order_by(RunTable.id.desc()).limit(1))
    return _run(found[0]) if found else None


def attempts(  # noqa: PLR0917
    run_id: int | None = None,
    text: str = "",
    kind: str = "",
    source_id: str = "",
    limit: int = 500,
    before_id: int | None = None,
) -> list[AttemptRow]:
    """Return attempts, newest first.

    ``text`` is looked for in number, party, reference, amount, requestid and intuit_tid; a number
    alone, or ``run 12``, finds a run's too, a local day or time of the day what was begun then.
    """
    clauses: list[str] = []
    params: list[object] = []
    for column, value in (
        ("attempt.run_id = ?", run_id),
        ("attempt.kind = ?", kind or None),
        ("attempt.source_id = ?", source_id or None),
        ("attempt.id < ?", before_id),
    ):
        if value is not None:
            clauses.append(column)
            params.append(value)
    rest, times = times_in(text, "attempt.started_at")
    for condition, values in [*times, *map(_matching, _words(rest))]:
        clauses.append(condition)
        params += values
    return _attempts(clauses, params, limit)


def attempts_of_record(key: RecordKey, limit: int = 100) -> list[AttemptRow]:
    """Return the last attempts of a record, newest first."""
    return attempts(kind=key.kind, source_id=key.source_id, limit=limit)


def attempts_of_exchange(name: str, limit: int = 100) -> list[AttemptRow]:
    """Return the attempts of the requests that have this ``intuit_tid`` or requestid, newest first."""
    found = "SELECT id FROM request WHERE profile = ? AND (tid IN (?, ?) OR requestid IN (?, ?))"
    spelt = (name, name.lower())
    return _attempts([f"attempt.request_id IN ({found})"], [profile(), *spelt, *spelt], limit)


def exchange(request_id: int) -> ExchangeRow | None:
    """Return a request with its answer, or None."""
    found = RequestTable.get_or_none(RequestTable.profile == profile(), RequestTable.id == request_id)
    if found is None:
        return None
    return ExchangeRow(
        id=request_id,
        requestid=found.requestid,
        method=found.method,
        path=found.path,
        body=bytes(found.body).decode("utf-8", "replace"),
        answer=found.answer,
        http_status=found.http_status,
        tid=found.tid,
        created_at=found.created_at,
        sent_at=found.sent_at,
        answered_at=found.answered_at,
        status=found.status,
        duration_ms=_duration(found.sent_at, found.answered_at),
    )


_ATTEMPTS = """
    SELECT attempt.id, attempt.run_id, attempt.request_id, attempt.kind, attempt.source_id, attempt.number,
        attempt.party, attempt.amount_minor, attempt.currency, attempt.role, attempt.operation,
        attempt.outcome, attempt.code, attempt.message, request.http_status, request.tid, request.requestid,
        attempt.started_at, attempt.ended_at, request.sent_at, request.answered_at, attempt.who,
        attempt.because
    FROM attempt JOIN request ON request.id = attempt.request_id
    WHERE attempt.profile = ?{more} ORDER BY attempt.id DESC LIMIT ?"""


def _attempts(clauses: Iterable[str], params: Iterable[object], limit: int) -> list[AttemptRow]:
    statement = _ATTEMPTS.format(more="".join(f" AND {clause}" for clause in clauses))
    return [_attempt(row) for row in rows.select(statement, (profile(), *params, limit))]


def _words(text: str) -> list[str]:
    return [word for word in search_pattern(text).split() if word != "run"]


def _matching(word: str) -> tuple[str, list[object]]:
    found = rows.CONTAINS.format(column="attempt.search")
    by_run = " OR attempt.run_id = ?" if word.isdecimal() and len(word) < 10 else ""
    values: list[object] = [rows.containing(word), rows.containing(word)]
    tid = "attempt.request_id IN (SELECT id FROM request WHERE LOWER(tid) LIKE ? ESCAPE '!')"
    return f"({found} OR {tid}{by_run})", values + ([int(word)] if by_run else [])


def _run(row: tuple[Any, ...]) -> RunRow:
    number, trigger, direction, who, started, ended, outcome, sentence, counts, changed = row
    return RunRow(
        id=number,
        trigger=trigger,
        direction=direction,
        who=who,
        started_at=started,
        ended_at=ended,
        outcome=outcome,
        sentence=sentence,
        counts=from_text(counts),
        changed=bool(changed),
        folded=0,
    )


def _folded(found: Iterable[RunRow]) -> list[RunRow]:
    shown: list[RunRow] = []
    for one in found:
        quiet = one.ended_at and not one.changed
        if quiet and shown and shown[-1].ended_at and not shown[-1].changed:
            shown[-1] = replace(shown[-1], folded=shown[-1].folded + 1)
        else:
            shown.append(one)
    return shown


def _attempt(row: tuple[Any, ...]) -> AttemptRow:
    return AttemptRow(
        id=row[0],
        run_id=row[1],
        request_id=row[2],
        kind=row[3],
        source_id=row[4],
        number=row[5],
        party=row[6],
        amount_minor=row[7],
        currency=row[8],
        role=row[9],
        operation=row[10],
        outcome=row[11],
        code=row[12],
        message=row[13],
        http_status=row[14],
        tid=row[15],
        requestid=row[16],
        started_at=row[17],
        ended_at=row[18],
        duration_ms=_duration(row[19], row[20]),
        who=row[21],
        because=row[22],
    )


def _duration(sent_at: str, answered_at: str) -> int:
    if not sent_at or not answered_at:
        return 0
    return round((parse_stamp(answered_at) - parse_stamp(sent_at)).total_seconds() * 1000)
