"""The client of one QuickBooks company: reads that raise, writes whose every outcome is an Answer."""

import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import quote, urlencode

from awra_tui.qbo import exchange as exchanges
from awra_tui.qbo import wire
from awra_tui.qbo.envelopes import expecting, object_in, parse
from awra_tui.qbo.errors import QboError
from awra_tui.qbo.exchange import MINOR_VERSION, Answer, BatchItem, Exchange
from awra_tui.qbo.objects import ENTITIES, company_of
from awra_tui.qbo.query import PAGE_LIMIT, Condition, select
from awra_tui.qbo.throttle import THROTTLED_SECONDS, Pace
from awra_tui.records import clock
from awra_tui.records.errors import SecretError
from awra_tui.records.fault import Fault, FaultMessage
from awra_tui.records.qbo import Company, Json
from awra_tui.settings.http import AsyncClient, Response
from awra_tui.settings.locks import LockError

CHANGE_LIMIT = 1000
"""The most objects a change answer holds; with so many, some may be missing (Intuit: change data)."""

SETTINGS = ("CompanyInfo", "Preferences")
"""The two objects that describe a company. Change data reports them as it does all but JournalCode,
TimeActivity, TaxAgency, TaxCode and TaxRate (Intuit: ChangeDataCapture, business rules)."""

READ_WAITS = (1.0, 3.0)
"""Seconds after which a read whose answer was lost is asked again; one that took too long is not."""

_LONG_STATEMENT = 1000
_JSON, _STATEMENT = "application/json", "application/text"
_EXPIRED = frozenset({"3200", ""})
_THROTTLED = "3001"
_UNKNOWN_ENTITY = "4001"
_UNTRACKED = frozenset({"4000", _UNKNOWN_ENTITY, "500"})
"""How a company may say that it reports no changes of an entity: query syntax, query, unsupported."""
_REMOVED = b"[token removed]"


Leaving = Callable[[], Awaitable[None]]
"""What is done when an exchange is about to leave."""


class Authorization(Protocol):
    """Who knows the access token."""

    async def access(self) -> str:
        """Return a token that should be valid; raise QboError if there is none to be had."""

    async def renew(self, rejected: str) -> str:
        """Return a token other than the rejected one; raise QboError if there is none to be had."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a moment: objects by entity, and ``(entity, id)`` of what was deleted.

    ``complete`` is false when the answer was full, so that a full reading is needed; ``asked`` are the
    entities that it is about.
    """

    objects: dict[str, list[Json]]
    deleted: list[tuple[str, str]]
    complete: bool = True
    asked: tuple[str, ...] = ()


class QboClient:
    """Speaks to one company (``realm``) over ``http``, whose base address is the API's host."""

    def __init__(self, *, http: AsyncClient, realm: str, tokens: Authorization, pace: Pace) -> None:
        self._http = http
        self.realm = realm
        self._tokens = tokens
        self._pace = pace
        self.behind = dt.timedelta()
        """How far QuickBooks' clock is behind ours by its last answer; zero where it is not."""

    async def query(self, statement: str) -> list[Json]:
        """Return the rows of a statement; raise QboError."""
        return _rows(await self._query(statement))

    async def query_all(
        self, entity: str, where: Iterable[Condition] = (), page_size: int = PAGE_LIMIT
    ) -> AsyncIterator[list[Json]]:
        """Yield all objects of an entity in pages, inactive ones too; raise QboError.

        An optional entity that the company does not know has no objects.
        """
        conditions, start = list(where), 1
        while True:
            rows = await self.page(entity, start, conditions, page_size)
            if rows:
                yield rows
            if len(rows) < page_size:
                return
            start += page_size

    async def page(
        self, entity: str, start: int, where: Iterable[Condition] = (), page_size: int = PAGE_LIMIT
    ) -> list[Json]:
        """Return the objects of an entity from the place ``start`` (1 is the first) in order of their ids.

        Inactive ones too; raise QboError. An optional entity that the company does not know has none.
        """
        statement = select(entity, _with_inactive(entity, where), "Id", start, page_size)
        return _rows(await self._of(entity, statement))

    async def count(self, entity: str, where: Iterable[Condition] = ()) -> int:
        """Return how many objects of an entity there are, inactive ones too; raise QboError."""
        answer = await self._of(entity, select(entity, _with_inactive(entity, where), count=True))
        return int(answer.get("totalCount", 0))

    async def read(self, entity: str, qbo_id: str) -> Json:
        """Return one object; raise QboError (an id that does not exist is 610 under HTTP 400)."""
        payload = await self._get(f"{entity.lower()}/{quote(qbo_id, safe='')}", expect=entity)
        return object_in(payload, entity) or {}

    async def company_info(self) -> Json:
        """Return the CompanyInfo object; raise QboError."""
        payload = await self._get(f"companyinfo/{quote(self.realm, safe='')}", expect="CompanyInfo")
        return object_in(payload, "CompanyInfo") or {}

    async def preferences(self) -> Json:
        """Return the Preferences object; raise QboError."""
        return object_in(await self._get("preferences", expect="Preferences"), "Preferences") or {}

    async def company(self) -> Company:
        """Return the company as it is now; raise QboError."""
        return company_of(await self.company_info(), await self.preferences(), self.realm)

    async def cdc(self, entities: Sequence[str], since: dt.datetime) -> Changes:
        """Return what changed since a moment, at most 30 days ago; raise QboError.

        If the company does not report changes of one of the entities, its settings and then the
        optional entities are left out: ``asked`` of the answer says which remained.
        """
        choices = _narrower(entities)
        for given in choices[:-1]:
            try:
                return await self._changes(given, since)
            except QboError as error:
                if error.fault.code not in _UNTRACKED:
                    raise
        return await self._changes(choices[-1], since)

    async def report(self, name: str, params: Mapping[str, str] | None = None) -> Json:
        """Return a report such as ``AgedReceivables``; raise QboError."""
        return await self._get(f"reports/{quote(name, safe='')}", params or {}, expect="Header")

    def single(
        self,
        entity: str,
        operation: str,
        body: Json,
        requestid: str,
        *,
        allow_duplicate_number: bool = False,
    ) -> Exchange:
        """Return the exchange of one operation, not sent; see ``exchange.single``."""
        return exchanges.single(
            self.realm, entity, operation, body, requestid, allow_duplicate_number=allow_duplicate_number
        )

    def batch(self, items: Sequence[BatchItem], requestid: str) -> Exchange:
        """Return the exchange of up to 30 operations, not sent; see ``exchange.batch``."""
        return exchanges.batch(self.realm, items, requestid)

    async def send(self, exchange: Exchange, leaving: Leaving | None = None) -> Answer:
        """Send an exchange and return what came of it; never raises for a refusal or a lost answer.

        ``leaving`` is awaited when its turn has come, right before the first byte: what it raises keeps
        the exchange here. Raise CacheError where the pace cannot be kept: nothing has left then.
        """
        last = exchange.path.rpartition("/")[2]
        return await self._send(exchange, "BatchItemResponse" if last == "batch" else last, _JSON, leaving)

    async def _changes(self, entities: Sequence[str], since: dt.datetime) -> Changes:
        asked = {"entities": ",".join(entities), "changedSince": since.isoformat(timespec="seconds")}
        changes = _changes(await self._get("cdc", asked, expect="CDCResponse"))
        return replace(changes, asked=tuple(entities))

    async def _of(self, entity: str, statement: str) -> Json:
        try:
            return await self._query(statement)
        except QboError as error:
            if error.fault.code == _UNKNOWN_ENTITY and _is_optional(entity):
                return {}
            raise

    async def _query(self, statement: str) -> Json:
        if len(statement) > _LONG_STATEMENT:
            answer = await self._post_statement(statement)
        else:
            answer = await self._get("query", {"query": statement}, expect="QueryResponse")
        return object_in(answer, "QueryResponse") or {}

    async def _post_statement(self, statement: str) -> Json:
        params = {"minorversion": MINOR_VERSION}
        asked = Exchange("POST", self._path("query"), params, statement.encode(), "")
        return await self._read(asked, "QueryResponse", _STATEMENT)

    async def _get(self, path: str, params: Mapping[str, str] | None = None, *, expect: str) -> Json:
        asked = {"minorversion": MINOR_VERSION, **(params or {})}
        return await self._read(Exchange("GET", self._path(path), asked, b"", ""), expect, "")

    async def _read(self, asked: Exchange, expect: str, content_type: str) -> Json:
        """Ask, and ask again where only the way failed: a read changes nothing."""
        answer = await self._send(asked, expect, content_type)
        for wait in READ_WAITS:
            if not _may_pass(answer):
                break
            await self._pace.rest(wait)
            answer = await self._send(asked, expect, content_type)
        return _payload(answer)

    def _path(self, path: str) -> str:
        return exchanges.company_path(self.realm, path)

    async def _send(
        self, exchange: Exchange, expect: str, content_type: str, leaving: Leaving | None = None
    ) -> Answer:
        """Send once, and once more with the same bytes after a renewed token.

        A refusal of the token proves that nothing was booked, so a failed renewal is ``sent=False``.
        Raise CacheError where the pace cannot be kept; nothing has left then.
        """
        try:
            token = await self._tokens.access()
            answer = await self._once(exchange, expect, content_type, token, leaving)
            if _token_refused(answer):
                token = await self._tokens.renew(token)
                answer = await self._once(exchange, expect, content_type, token, leaving)
        except QboError as error:
            return Answer(error.fault.http_status, "", b"", "", replace(error.fault, sent=False))
        except (SecretError, LockError, OSError) as error:
            messages = (FaultMessage("", str(error)),)
            return Answer(
                0, "", b"", "", Fault(http_status=0, messages=messages, transport="store", sent=False)
            )
        return answer

    async def _once(
        self, exchange: Exchange, expect: str, content_type: str, token: str, leaving: Leaving | None
    ) -> Answer:
        read = exchange.method == "GET" or content_type == _STATEMENT
        await self._pace.turn(self.realm, batch=expect == "BatchItemResponse", read=read)
        headers = {"Accept": _JSON, "Authorization": f"Bearer {token}"}
        if content_type:
            headers["Content-Type"] = content_type
        request = self._http.build_request(
            exchange.method,
            f"{exchange.path}?{urlencode(exchange.params, quote_via=quote)}",
            content=exchange.body or None,
            headers=headers,
        )
        if leaving is not None:
            await leaving()
        response = await wire.exchange(self._http, request)
        if isinstance(response, Fault):
            return Answer(0, "", b"", "", response)
        answer = _answer(response, token, expect)
        self.behind = _behind(answer, self.behind)
        if _is_throttled(answer):
            await self._pace.pause(self.realm, THROTTLED_SECONDS)
        return answer


def _answer(response: Response, token: str, expect: str) -> Answer:
    status, tid = response.status_code, wire.tid_of(response)
    content_type = str(response.headers.get("content-type", ""))
    body = response.content.replace(token.encode(), _REMOVED) if token else response.content
    payload = parse(status, content_type, body, tid)
    if not isinstance(payload, Fault):
        payload = expecting(payload, expect, http_status=status, tid=tid)
    return Answer(status, content_type, body, tid, payload)


def _behind(answer: Answer, known: dt.timedelta) -> dt.timedelta:
    """Return how far the time that stands in an answer is behind ours; what was known where none does."""
    try:
        told = dt.datetime.fromisoformat(str(_told(answer).get("time"))).astimezone(dt.UTC)
    except ValueError:
        return known
    return max(dt.timedelta(), clock.now() - told)


def _told(answer: Answer) -> Json:
    return {} if isinstance(answer.payload, Fault) else answer.payload


def _payload(answer: Answer) -> Json:
    if isinstance(answer.payload, Fault):
        raise QboError(answer.payload)
    return answer.payload


def _token_refused(answer: Answer) -> bool:
    """Whether a new token may help: not where the user or company itself was refused (100, 120, 130)."""
    return answer.http_status == 401 and isinstance(answer.payload, Fault) and answer.payload.code in _EXPIRED


def _may_pass(answer: Answer) -> bool:
    """Whether the same question may be answered in a moment: broken off, no answer of QuickBooks, busy."""
    fault = answer.payload
    if not isinstance(fault, Fault) or not fault.sent:
        return False
    lost = answer.http_status in {0, 200} and fault.transport in {"cut", "not_json", "empty"}
    return lost or answer.http_status >= 500 or _is_throttled(answer)


def _is_throttled(answer: Answer) -> bool:
    return answer.http_status == 429 or (
        isinstance(answer.payload, Fault) and answer.payload.code == _THROTTLED
    )


def _is_optional(entity: str) -> bool:
    return entity in ENTITIES and ENTITIES[entity].optional


def _narrower(entities: Sequence[str]) -> list[Sequence[str]]:
    """Return the entities, and what is left of them without settings, then without optional ones."""
    tracked = [name for name in entities if name not in SETTINGS]
    known = [name for name in tracked if not _is_optional(name)]
    choices: list[Sequence[str]] = [entities]
    choices += [
        less for less, more in ((tracked, entities), (known, tracked)) if less and len(less) < len(more)
    ]
    return choices


def _with_inactive(entity: str, where: Iterable[Condition]) -> list[Condition]:
    conditions = list(where)
    place = ENTITIES.get(entity)
    if place and place.is_name and not any(field == "Active" for field, _, _ in conditions):
        conditions.append(("Active", "IN", [True, False]))
    return conditions


def _rows(response: Json) -> list[Json]:
    lists = [value for value in response.values() if isinstance(value, list)]
    return [row for rows in lists for row in rows if isinstance(row, dict)]


def _changes(payload: Json) -> Changes:
    changes, total = Changes({}, []), 0
    for entity, row in _changed_rows(payload):
        total += 1
        if row.get("status") == "Deleted":
            changes.deleted.append((entity, str(row.get("Id", ""))))
        else:
            changes.objects.setdefault(entity, []).append(row)
    return replace(changes, complete=total < CHANGE_LIMIT)


def _changed_rows(payload: Json) -> Iterable[tuple[str, Json]]:
    for part in _dicts(payload.get("CDCResponse")):
        for response in _dicts(part.get("QueryResponse")):
            for entity, rows in response.items():
                yield from ((entity, row) for row in _dicts(rows))


def _dicts(value: object) -> list[Json]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
