"""Requests below /v3/company: who may ask, what is asked, and how the answer is wrapped."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from awra_tui.simulator import (
    batch,
    cdc,
    clock,
    documents,
    exchange,
    faults,
    jsontext,
    oauth,
    operations,
    reports,
    search,
    taxservice,
    uploads,
)
from awra_tui.simulator.company import Company
from awra_tui.simulator.entities import Entity, entity_named
from awra_tui.simulator.jsontext import Json
from awra_tui.simulator.records import Body

JSON = "application/json;charset=utf-8"
XML = "application/xml"
PDF = "application/pdf"


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
    accept: str = ""

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

    def answer(self, request: Request) -> Answer:
        """Answer a request; everything it changed is committed before this returns."""
        refusal = self._gate(request)
        if refusal is not None:
            return refusal
        self.company.reads += not request.writes
        found = self._once(request) if request.writes else self._booked(request)
        self.company.store.flush()
        return found

    def _gate(self, request: Request) -> Answer | None:
        switches = self.company.switches
        limits, batch = self.company.limits, request.parts == ("batch",)
        crowded = switches["limits"] and limits.exceeded(clock.now(), batch=batch)
        if switches["throttle"] or crowded:
            return Answer(429, faults.throttled(), XML)
        problem = oauth.access_problem(self.company, request.authorization)
        if problem:
            return refused(request, 401, "3200", problem)
        if request.realm != self.company.realm_id:
            return refused(request, 403, "3100")
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
        status, timed = 200, True
        try:
            found = self._routed(request)
        except faults.FaultError as refusal:
            found, status, timed = refusal.body(), refusal.status, refusal.timed
        if isinstance(found, Answer):
            return found
        # Reports tell their time in the header.
        if timed and "Columns" not in found:
            found = {**found, "time": clock.stamp_ms(clock.now())}
        return Answer(status, jsontext.dumps(found))

    def _routed(self, request: Request) -> Body | Answer:
        name, *rest = request.parts or ("",)
        special = _SPECIAL.get((request.method, name))
        if special is not None and len(rest) == special.parts:
            return special.answer(self.company, request)
        entity = entity_named(name)
        if entity is None:
            raise _unknown_path(request)
        if len(rest) == 2:
            return self._form(entity, request)
        if request.method == "GET" and len(rest) < 2:
            return self._read(entity, rest, request)
        if request.method == "POST" and not rest:
            operation = request.query.get("operation", "").lower()
            body = parsed(request.body)
            found = operations.perform(self.company, entity, operation, body, request.options)
            return found or {"BatchItemResponse": []}
        raise _unknown_path(request)

    def _form(self, entity: Entity, request: Request) -> Body | Answer:
        _, id_, what = request.parts
        if (request.method, what) == ("GET", "pdf"):
            return Answer(200, documents.pdf(self.company, entity, id_), PDF)
        if (request.method, what) == ("POST", "send"):
            return documents.sent(self.company, entity, id_, request.query.get("sendTo", ""))
        raise _unknown_path(request)

    def _read(self, entity: Entity, rest: list[str], request: Request) -> Body:
        if entity.name in {"CompanyInfo", "Preferences"}:
            return operations.read(self.company, entity, "1")
        if not rest and entity.name == "ExchangeRate":
            asked = {name.lower(): value for name, value in request.query.items()}
            return exchange.read(self.company, asked.get("sourcecurrencycode", ""), asked.get("asofdate", ""))
        if not rest:
            raise _unknown_path(request)
        return operations.read(self.company, entity, rest[0])


def refused(request: Request, status: int, code: str, detail: str | None = None) -> Answer:
    """Refuse in the gateway's words: throttling in XML, the rest in JSON except for whoever prefers XML."""
    if code == "3001" or "xml" in request.accept.partition(",")[0]:
        return Answer(status, faults.gateway_xml(code, status, detail), XML)
    return Answer(status, faults.gateway(code, status, detail))


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


def _upload(company: Company, request: Request) -> Body:
    return {"AttachableResponse": uploads.uploaded(company, request.media, request.body)}


def _download(company: Company, request: Request) -> Answer:
    return Answer(200, uploads.location(company, request.parts[1]).encode(), "text/plain")


def _tax_service(company: Company, request: Request) -> Body:
    if request.parts[1].lower() != "taxcode":
        raise _unknown_path(request)
    return taxservice.created(company, parsed(request.body))


def _report(company: Company, request: Request) -> Body:
    return reports.report(company, request.parts[1], request.query)


@dataclass(frozen=True, slots=True)
class _Special:
    """What answers a path that is no entity, and how many parts follow its first."""

    answer: Callable[[Company, Request], Body | Answer]
    parts: int = 0


_SPECIAL: dict[tuple[str, str], _Special] = {
    ("GET", "query"): _Special(_query),
    ("POST", "query"): _Special(_query),
    ("POST", "batch"): _Special(_batch),
    ("GET", "cdc"): _Special(_cdc),
    ("POST", "upload"): _Special(_upload),
    ("GET", "download"): _Special(_download, 1),
    ("POST", "taxservice"): _Special(_tax_service, 1),
    ("GET", "reports"): _Special(_report, 1),
}
