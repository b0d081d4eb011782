"""The web application: routes, rehearsed incidents, and the headers of every answer."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request as HttpRequest
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from awra_tui.simulator import api, attachments, clock, consent, control, faults, jsontext, oauth, webhooks
from awra_tui.simulator.company import Company
from awra_tui.simulator.jsontext import Json
from awra_tui.simulator.limits import Limits

Hangup = Callable[[tuple[str, int]], None]


class ConnectionDroppedError(ConnectionError):
    """A rehearsed loss of connection, where there is no socket that could be closed."""


class Site:
    """The handlers of all routes for the companies that one application may be granted.

    `company` is the first. A token or code opens the company that it was granted for and no other.
    `hangup` closes a client's connection without an answer; without it a ConnectionDroppedError is
    raised.
    """

    def __init__(self, company: Company, *others: Company) -> None:
        self.company = company
        self.companies = (company, *others)
        self._apis = {one.name: api.Api(one) for one in self.companies}
        for one in others:
            one.limits = Limits(company.limits.application)
        self.courier = webhooks.Courier()
        self.hangup: Hangup | None = None

    async def company_request(self, request: HttpRequest) -> Response:
        """Answer below /v3/company, after the incidents that are being rehearsed."""
        asked = await _asked(request)
        company = oauth.holder(self.companies, oauth.bearer(asked.authorization))
        company.base = str(request.base_url).rstrip("/")
        await asyncio.sleep(float(company.switches["latency_ms"]) / 1000)
        drop = _due(company, "drop_next", asked)
        if drop and drop.get("when") != "after":
            return await self._dropped(request)
        failure = _due(company, "fail_next", asked)
        found = _failure(asked, failure) if failure else self._answered(company, asked)
        if drop:
            return await self._dropped(request)
        return _response(found)

    def _answered(self, company: Company, asked: api.Request) -> api.Answer:
        found = self._apis[company.name].answer(asked)
        if asked.writes:
            self.courier.tell(company)
        return found

    async def _dropped(self, request: HttpRequest) -> Response:
        if self.hangup is None or request.client is None:
            raise ConnectionDroppedError
        self.hangup((request.client.host, request.client.port))
        # Let the loss of the connection be noticed, so that nothing is written after it.
        await asyncio.sleep(0.01)
        return Response(status_code=500)

    async def token(self, request: HttpRequest) -> Response:
        """Answer the token endpoint."""
        fields = oauth.form(await request.body())
        header = request.headers.get("authorization", "")
        company = oauth.holder(self.companies, fields.get("refresh_token", ""), fields.get("code", ""))
        status, body = oauth.exchange(company, header, fields)
        return _json(status, body, {"Cache-Control": "no-cache, no-store"})

    async def revoke(self, request: HttpRequest) -> Response:
        """Answer the revoke endpoint."""
        fields = oauth.form(await request.body())
        header = request.headers.get("authorization", "")
        company = oauth.holder(self.companies, fields.get("token", ""))
        return _json(*oauth.revoke(company, header, fields))

    async def authorize(self, request: HttpRequest) -> Response:
        """Ask which company to connect, and go back to the application with the answer."""
        query = dict(request.query_params)
        if request.method == "POST":
            chosen = oauth.form(await request.body())
            address = consent.way_back(self.companies, query, chosen)
            if address:
                return RedirectResponse(address, 302, consent.HEADERS)
        status, page = consent.page(self.companies, query)
        return Response(page, status, consent.HEADERS, "text/html")

    async def discovery(self, request: HttpRequest) -> Response:
        """Answer the discovery document."""
        return _json(200, oauth.discovery(str(request.base_url).rstrip("/")))

    async def user_info(self, request: HttpRequest) -> Response:
        """Answer who consented."""
        header = request.headers.get("authorization", "")
        return _json(*oauth.user_info(oauth.holder(self.companies, oauth.bearer(header)), header))

    async def keys(self, _: HttpRequest) -> Response:
        """Answer the keys of identity tokens: none are given out."""
        return _json(200, {"keys": []})

    async def attachment(self, request: HttpRequest) -> Response:
        """Answer with the content of a file: its address is all that is needed."""
        asked = request.path_params["id"], request.path_params["token"]
        for company in self.companies:
            found = attachments.content(company, *asked)
            if found is not None:
                body, media = found
                return Response(body, 200, {"Content-Disposition": "attachment"}, media)
        return _json(404, {"error": "There is no such file."})

    async def look(self, request: HttpRequest) -> Response:
        """Answer a GET on the side path."""
        handler = control.GETS.get(request.path_params["name"])
        company = self._named(request)
        if handler is None or company is None:
            return _json(404, {"error": "There is no such path or company."})
        return _json(200, handler(company))

    async def act(self, request: HttpRequest) -> Response:
        """Answer a POST on the side path."""
        handler = control.POSTS.get(request.path_params["name"])
        company = self._named(request)
        if handler is None or company is None:
            return _json(404, {"error": "There is no such path or company."})
        try:
            body = api.parsed(await request.body() or b"{}")
            answer = _json(200, handler(company, body))
        except faults.FaultError as refusal:
            return _json(refusal.status, refusal.body())
        except KeyError as error:
            return _json(400, {"error": str(error.args[0])})
        if handler is control.book:
            self.courier.tell(company)
        return answer

    def _named(self, request: HttpRequest) -> Company | None:
        """Return the company that a request on the side path names; the first where it names none."""
        name = request.query_params.get("company", self.company.name)
        return next((one for one in self.companies if one.name == name), None)


async def _asked(request: HttpRequest) -> api.Request:
    return api.Request(
        method=request.method,
        realm=request.path_params["realm"],
        parts=tuple(part for part in request.path_params["rest"].split("/") if part),
        query=dict(request.query_params),
        body=await request.body(),
        authorization=request.headers.get("authorization", ""),
        media=request.headers.get("content-type", ""),
        path=request.url.path,
        accept=request.headers.get("accept", ""),
    )


def _due(company: Company, name: str, asked: api.Request) -> dict[str, Json] | None:
    """Return the incident that this answer shall have and count it; ``writes`` spares what only reads."""
    plan = company.switches[name]
    if not plan or int(plan.get("count", 1)) < 1 or (plan.get("writes") and not asked.writes):
        return None
    left = int(plan.get("count", 1)) - 1
    company.switch(name, {**plan, "count": left} if left else None)
    company.store.flush()
    return dict(plan)


def _failure(asked: api.Request, plan: dict[str, Json]) -> api.Answer:
    """Make the answer of a rehearsed failure: its body as given, or a fault of its code in its envelope."""
    status = int(plan.get("http_status", 500))
    body = plan.get("body")
    if isinstance(body, str):
        return api.Answer(status, body.encode(), "text/html")
    code = str(plan.get("code", "10000"))
    if body is None and code in faults.GATEWAY:
        return api.refused(asked, status, code)
    if body is None:
        body = faults.fault(code, "Simulated failure", "A failure that was asked for.").body()
        body["time"] = clock.stamp_ms(clock.now())
    return api.Answer(status, jsontext.dumps(body))


class Traced:
    """Puts the header that support asks for on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with a new trace for its answer."""

        async def traced(message: Message) -> None:
            if message["type"] == "http.response.start":
                trace = f"1-{int(clock.now().timestamp()):08x}-{secrets.token_hex(12)}"
                message["headers"] = [*message["headers"], (b"intuit_tid", trace.encode())]
            await send(message)

        await self._app(scope, receive, traced)


def _response(found: api.Answer) -> Response:
    headers = {}
    if found.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="Intuit", error="invalid_token"'
    return Response(found.body, found.status, headers, found.media)


def _json(status: int, body: Json, headers: dict[str, str] | None = None) -> Response:
    return Response(jsontext.dumps(body), status, headers, "application/json")


Handler = Callable[[HttpRequest], Awaitable[Response]]


def application(
    company: str = "empty-us", state: Path | None = None, anchor: date | None = None
) -> Starlette:
    """Make the application of a company; its `state.site` holds the company.

    Raises KeyError for a company that is not known and ValueError for another one's state file.
    """
    return site_application(Site(Company(company, state, anchor)))


def site_application(site: Site) -> Starlette:
    """Make the application around a site."""
    everything = ["GET", "POST", "PUT", "DELETE", "PATCH"]
    app = Starlette(
        routes=[
            Route("/v3/company/{realm}/{rest:path}", site.company_request, methods=everything),
            Route("/oauth2/v1/tokens/bearer", site.token, methods=["POST"]),
            Route("/v2/oauth2/tokens/revoke", site.revoke, methods=["POST"]),
            Route("/connect/oauth2", site.authorize, methods=["GET", "POST"]),
            Route("/.well-known/{name}", site.discovery),
            Route("/.well-known/{name}/", site.discovery),
            Route("/v1/openid_connect/userinfo", site.user_info),
            Route("/op/v1/jwks", site.keys),
            Route("/attachments/{id}/{token}/{name}", site.attachment),
            Route("/simulator/{name}", site.look),
            Route("/simulator/{name}", site.act, methods=["POST"]),
        ],
        middleware=[Middleware(Traced)],
    )
    app.state.site = site
    return app
