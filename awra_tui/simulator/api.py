"""Requests below /v3/company: who may ask, what is asked, and how the answer is wrapped."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from awra_tui.simulator import batch, cdc, clock, faults, jsontext, oauth, operations, search
from awra_tui.simulator.company import Company
from awra_tui.simulator.entities import Entity, entity_named
from awra_tui.simulator.jsontext import Json
from awra_tui.simulator.limits import Limits
from awra_tui.simulator.records import Body

JSON = "application/json;charset=utf-8"
XML = "application/xml"


@dataclass(frozen=True, slots=True)
class Request:
    """What the rules need to know of an HTTP request; path parts follow the realm id."""

    method: str
    realm: str
    parts: tuple[str, ...]
    query: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    authorization: str = ""
    media: str = ""
    path: str = ""

    @property
    def writes(self) -> bool:
        """Whether it may change something."""
        return self.method == "POST" and self.parts[:1] != ("query",)

    @property
    def options(self) -> frozenset[str]:
        """The words of `include`."""
        return frozenset(self.query.get("include", "").lower().split(","))


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer."""

    status: int
    body: bytes
    media: str = JSON


class Api:
    """Answers requests about one company, one after the other."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.limits = Limits()

    def answer(self, request: Request) -> Answer:
        """Answer a request; everything it changed is committed before this returns."""
        refusal = self._gate(request)
        if refusal is not None:
            return refusal
        found = self._once(request) if request.writes else self._booked(request)
        self.company.store.flush()
        return found

    def _gate(self, request: Request) -> Answer | None:
        switches = self.company.switches
        crowded = switches["limits"] and self.limits.exceeded(clock.now(), batch=request.parts == ("batch",))
        if switches["throttle"] or crowded:
            return Answer(429, faults.throttled(), XML)
        problem = oauth.access_problem(self.company, request.authorization)
        if problem:
            message = "message=AuthenticationFailed; errorCode=003200; statusCode=401"
            return Answer(401, faults.gateway("3200", message, problem, "AUTHENTICATION"))
        if request.realm != self.company.realm_id:
            message = "message=AuthorizationFailed; errorCode=003100; statusCode=403"
            return Answer(403, faults.gateway("3100", message, None, "SERVICE"))
        return None

    def _once(self, request: Request) -> Answer:
        """Give the stored answer to a requestid that was answered before."""
        requestid = request.query.get("requestid", "")
        if not requestid or self.company.switches["requestid_ignored"]:
            return self._booked(request)
        kept = self.company.store.answer(requestid)
        if kept is not None:
            status, media, body = kept
            return Answer(status, body, media)
        found = self._booked(request)
        self.company.store.keep_answer(requestid, (found.status, found.media, found.body))
        return found

    def _booked(self, request: Request) -> Answer:
        status = 200
        try:
            body = self._routed(request)
        except faults.FaultError as refusal:
            body, status = refusal.body(), refusal.status
        return Answer(status, jsontext.dumps({**body, "time": clock.stamp_ms(clock.now())}))

    def _routed(self, request: Request) -> Body:
        name, *rest = request.parts or ("",)
        special = _SPECIAL.get((request.method, name)) if not rest else None
        if special is not None:
            return special(self.company, request)
        entity = entity_named(name)
        if entity is None or len(rest) > 1:
            raise _unknown_path(request)
        if request.method == "GET":
            return self._read(entity, rest, request)
        if request.method == "POST" and not rest:
            operation = request.query.get("operation", "").lower()
            body = parsed(request.body)
            found = operations.perform(self.company, entity, operation, body, request.options)
            return found or {"BatchItemResponse": []}
        raise _unknown_path(request)

    def _read(self, entity: Entity, rest: list[str], request: Request) -> Body:
        if entity.name in {"CompanyInfo", "Preferences"}:
            return operations.read(self.company, entity, "1")
        if not rest:
            raise _unknown_path(request)
        return operations.read(self.company, entity, rest[0])


def parsed(body: bytes) -> Json:
    """Read a JSON body. Raises a Fault (2010) when it is none."""
    try:
        return jsontext.loads(body)
    except ValueError as error:
        raise faults.malformed() from error


def _unknown_path(request: Request) -> faults.FaultError:
    return faults.unsupported(
        f"Could not find resource for relative : {request.path} of full path: "
        f"https://simulator{request.path}",
        None,
    )


def _query(company: Company, request: Request) -> Body:
    text = request.query.get("query", "")
    if request.method == "POST":
        text = request.body.decode("utf-8", "replace")
        if "form-urlencoded" in request.media:
            text = parse_qs(text).get("query", [""])[0]
    return {"QueryResponse": search.answer(company, text)}


def _batch(company: Company, request: Request) -> Body:
    return {"BatchItemResponse": batch.performed(company, parsed(request.body))}


def _cdc(company: Company, request: Request) -> Body:
    names = request.query.get("entities", "")
    since = request.query.get("changedSince", request.query.get("changedsince", ""))
    return {"CDCResponse": [{"QueryResponse": cdc.changes(company, names, since)}]}


_SPECIAL: dict[tuple[str, str], Callable[[Company, Request], Body]] = {
    ("GET", "query"): _query,
    ("POST", "query"): _query,
    ("POST", "batch"): _batch,
    ("GET", "cdc"): _cdc,
}
