"""The outbox: every request is here before it leaves, and until it is known what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile, realm
from awra_tui.cache.jsontext import from_text, to_text
from awra_tui.cache.keys import search_text
from awra_tui.cache.schema import AttemptTable, RecordTable, RequestTable, db
from awra_tui.cache.store import intake
from awra_tui.records.clock import stamp
from awra_tui.records.subject import RecordKey

UNANSWERED = ("created", "sent", "unknown")
"""Statuses of requests whose outcome is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request to be sent, byte for byte; ``requestid`` has at most 36 characters."""

    requestid: str
    method: str
    path: str
    params: Mapping[str, str]
    body: bytes
    batch: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One record in a request; ``bid`` names it in a batch, ``fingerprint`` is that of its body.

    ``because`` says what had changed in QuickBooks where nobody asked for it.
    """

    key: RecordKey
    role: str = "main"
    bid: str = ""
    operation: str
    entity: str
    fingerprint: str = ""
    inputs: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an attempt: ``succeeded``, ``failed``, ``unknown`` or ``not_sent``."""

    attempt_id: int
    outcome: str
    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRequest:
    """A request as the cache holds it, for finding out later what became of it."""

    id: int
    requestid: str
    method: str
    path: str
    params: dict[str, str]
    body: bytes
    batch: bool
    status: str
    created_at: str
    sent_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAttempt:
    """An attempt as the cache holds it."""

    id: int
    request_id: int
    run_id: int
    key: RecordKey
    role: str
    bid: str
    operation: str
    entity: str
    fingerprint: str
    inputs: str
    outcome: str
    code: str
    message: str
    started_at: str
    ended_at: str
    who: str


def prepare(request: Request, attempts: Sequence[Attempt], *, run_id: int, who: str) -> int:
    """Commit a request with its attempts before it leaves; return its number.

    Raise peewee.IntegrityError when the requestid was used before: it belongs to other bytes.
    """
    moment = stamp()
    with db.atomic():
        number = int(
            RequestTable.insert(
                profile=profile(),
                realm=realm(),
                requestid=request.requestid,
                method=request.method,
                path=request.path,
                params=to_text(dict(request.params)),
                body=request.body,
                batch=request.batch,
                status="created",
                created_at=moment,
            ).execute()
        )
        common = (request.requestid.casefold(), run_id, who, moment)
        rows.insert_many(AttemptTable, _ATTEMPT, _attempts(number, attempts, common))
    return number


def mark_sent(request_id: int) -> None:
    """Note that a request is leaving now; from here on its outcome is unknown until it is answered."""
    RequestTable.update(status="sent", sent_at=stamp()).where(RequestTable.id == request_id).execute()


def mark_answered(
    request_id: int, http_status: int, tid: str, answer: str, outcomes: Sequence[Outcome]
) -> None:
    """Note the answer to a request and what became of each attempt, together."""
    with db.atomic():
        RequestTable.update(
            status="answered", answered_at=stamp(), http_status=http_status, tid=tid, answer=answer
        ).where(RequestTable.id == request_id).execute()
        settle(outcomes)


def mark_unknown(request_id: int, message: str = "") -> None:
    """Note that no answer came, and that it is not known whether QuickBooks did it.

    What was said of its attempts before stays where ``message`` says nothing.
    """
    _close(request_id, "unknown", "unknown", message)


def mark_looked_up(request_id: int, *, found: bool) -> None:
    """Note that it was looked up what became of a request: ``found``, or nothing of it was booked."""
    _close(request_id, "found" if found else "abandoned", "not_sent", "looked up")


def settle(outcomes: Sequence[Outcome]) -> None:
    """Note what became of attempts, as an answer or a later look-up told."""
    moment = stamp()
    changed = [(one.outcome, one.code, one.message, moment, one.attempt_id) for one in outcomes]
    with db.atomic():
        rows.update_many(AttemptTable, ("outcome", "code", "message", "ended_at"), changed)


def unanswered() -> list[StoredRequest]:
    """Return the requests whose outcome is not known, oldest first: after a crash, what to look up."""
    query = (
        RequestTable.select(*_REQUEST_FIELDS)
        .where(RequestTable.profile == profile(), RequestTable.status.in_(UNANSWERED))
        .order_by(RequestTable.id)
    )
    return [_request(row) for row in rows.tuples(query)]


def note_clock_set_back() -> None:
    """Let requests without an answer that left later than now have left now: the clock was set back.

    When they left is not known then; it was not later than this.
    """
    moment = stamp()
    RequestTable.update(sent_at=moment).where(
        RequestTable.profile == profile(),
        RequestTable.status.in_(UNANSWERED),
        (RequestTable.sent_at > moment) | ((RequestTable.sent_at == "") & (RequestTable.created_at > moment)),
    ).execute()


def attempts_of(request_id: int) -> list[StoredAttempt]:
    """Return the attempts of a request, in the order they were prepared."""
    return _found(AttemptTable.request_id == request_id)


def last_attempt(key: RecordKey) -> StoredAttempt | None:
    """Return the last attempt of a record, or None."""
    query = AttemptTable.select(*_ATTEMPT_FIELDS).where(
        AttemptTable.profile == profile(),
        AttemptTable.kind == key.kind,
        AttemptTable.source_id == key.source_id,
    )
    found = rows.tuples(query.order_by(AttemptTable.id.desc()).limit(1))
    return _attempt(found[0]) if found else None


def forget_answers(before: str) -> int:
    """Empty the stored answers and bodies of requests answered before a stamp; return how many.

    Requests whose outcome is unknown keep their bytes: they may have to be sent again.
    """
    return int(
        RequestTable.update(answer="", body=b"")
        .where(
            RequestTable.profile == profile(),
            RequestTable.status.not_in(UNANSWERED),
            RequestTable.created_at < before,
            (RequestTable.answer != "") | (RequestTable.body != b""),
        )
        .execute()
    )


_ATTEMPT = (
    "profile", "request_id", "run_id", "kind", "source_id", "role", "bid", "operation", "entity", "outcome",
    "started_at", "who", "number", "party", "amount_minor", "currency", "search", "fingerprint", "inputs",
    "because",
)  # fmt: skip
_REQUEST_FIELDS = (
    RequestTable.id, RequestTable.requestid, RequestTable.method, RequestTable.path, RequestTable.params,
    RequestTable.body, RequestTable.batch, RequestTable.status, RequestTable.created_at,
    RequestTable.sent_at,
)  # fmt: skip
_ATTEMPT_FIELDS = (
    AttemptTable.id, AttemptTable.request_id, AttemptTable.run_id, AttemptTable.kind, AttemptTable.source_id,
    AttemptTable.role, AttemptTable.bid, AttemptTable.operation, AttemptTable.entity,
    AttemptTable.fingerprint, AttemptTable.inputs, AttemptTable.outcome, AttemptTable.code,
    AttemptTable.message, AttemptTable.started_at, AttemptTable.ended_at, AttemptTable.who,
)  # fmt: skip
_RECORD_FIELDS = (
    RecordTable.kind, RecordTable.source_id, RecordTable.number, RecordTable.party,
    RecordTable.amount_minor, RecordTable.currency, RecordTable.reference,
)  # fmt: skip


def _attempts(
    number: int, attempts: Sequence[Attempt], common: tuple[str, int, str, str]
) -> list[tuple[object, ...]]:
    requestid, run_id, who, moment = common
    found = intake.by_keys([attempt.key for attempt in attempts], _RECORD_FIELDS)
    known = {RecordKey(row[0], row[1]): row[2:] for row in found}
    made: list[tuple[object, ...]] = []
    for one in attempts:
        name, party, minor, currency, reference = known.get(one.key, (one.key.source_id, "", 0, "", ""))
        search = f"{search_text(name, party, reference, minor, currency)} {requestid}"
        made.append(
            (
                profile(), number, run_id, one.key.kind, one.key.source_id, one.role, one.bid, one.operation,
                one.entity, "pending", moment, who, name, party, minor, currency, search, one.fingerprint,
                one.inputs, one.because,
            )
        )  # fmt: skip
    return made


def _close(request_id: int, status: str, outcome: str, message: str) -> None:
    said = {"message": message} if message else {}
    with db.atomic():
        RequestTable.update(status=status).where(RequestTable.id == request_id).execute()
        AttemptTable.update(outcome=outcome, ended_at=stamp(), **said).where(
            AttemptTable.request_id == request_id, AttemptTable.outcome.in_(("pending", "unknown"))
        ).execute()


def _found(condition: object) -> list[StoredAttempt]:
    query = AttemptTable.select(*_ATTEMPT_FIELDS).where(condition).order_by(AttemptTable.id)
    return [_attempt(row) for row in rows.tuples(query)]


def _request(row: tuple[Any, ...]) -> StoredRequest:
    number, requestid, method, path, params, body, batch, status, created_at, sent_at = row
    return StoredRequest(
        id=number,
        requestid=requestid,
        method=method,
        path=path,
        params=from_text(params),
        body=bytes(body),
        batch=bool(batch),
        status=status,
        created_at=created_at,
        sent_at=sent_at,
    )


def _attempt(row: tuple[Any, ...]) -> StoredAttempt:
    number, request_id, run_id, kind, source_id, *rest = row
    role, bid, operation, entity, fingerprint, inputs, outcome, code, message, started, ended, who = rest
    return StoredAttempt(
        id=number,
        request_id=request_id,
        run_id=run_id,
        key=RecordKey(kind, source_id),
        role=role,
        bid=bid,
        operation=operation,
        entity=entity,
        fingerprint=fingerprint,
        inputs=inputs,
        outcome=outcome,
        code=code,
        message=message,
        started_at=started,
        ended_at=ended,
        who=who,
    )
