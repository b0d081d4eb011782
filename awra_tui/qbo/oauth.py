"""Authorization at Intuit: the tokens of one profile, renewed by one process at a time."""

import asyncio
import base64
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from awra_tui.qbo import json, wire
from awra_tui.qbo.envelopes import parse
from awra_tui.qbo.errors import QboError
from awra_tui.records import clock
from awra_tui.records.errors import SecretError
from awra_tui.records.fault import Fault, FaultMessage
from awra_tui.settings.http import AsyncClient, Response
from awra_tui.settings.locks import FileLock
from awra_tui.settings.stores import SecretStore

MARGIN = dt.timedelta(seconds=60)
"""An access token that lives no longer than this is renewed before it is used."""

_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
_DEFAULT_SECONDS = 3600
_LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_UNKNOWN_END = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
_NOT_KEPT = (
    "Intuit had just renewed the authorization of this profile, and it could not be kept: once the token "
    "store works again, run awra-tui connect if QuickBooks refuses the refresh token."
)
_NO_CONNECTION = "This profile is not connected to QuickBooks: run awra-tui connect."


@dataclass(frozen=True, slots=True, repr=False)
class Grant:
    """What the token endpoint gave: two tokens with the moments at which they end.

    ``refresh_expires`` is None where the answer does not say.
    """

    access_token: str
    access_expires: dt.datetime
    refresh_token: str
    refresh_expires: dt.datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class App:
    """The developer's application as Intuit knows it."""

    client_id: str
    client_secret: str


class Tokens:
    """The tokens of one profile in its store.

    ``lock`` names a file that all processes of the profile share. An access token is also kept in
    memory until it ends or is rejected, so that a keyring is not asked for each request.
    """

    def __init__(
        self, *, store: SecretStore, profile_id: str, token_url: str, http: AsyncClient, lock: Path
    ) -> None:
        self._store = store
        self._profile = profile_id
        self._url = token_url
        self._http = http
        self._lock = lock
        self._known = ("", _LONG_AGO)

    async def access(self) -> str:
        """Return a token that should be valid, renewed if need be.

        Raise QboError with code ``invalid_grant`` where only a person can help by connecting again, and
        with ``company_not_connected`` where there is nothing to renew.
        """
        token, ends = self._known
        if token and ends - MARGIN > clock.now():
            return token
        return await self._usable(rejected="") or await self.renew("")

    async def renew(self, rejected: str) -> str:
        """Return a token other than ``rejected``: another process's new one, or a renewed one."""
        self._known = ("", clock.now())
        async with FileLock(self._lock):
            return await self._usable(rejected) or await self._renewed()

    async def _usable(self, rejected: str) -> str:
        token, ends = await self._get("access_token"), _moment(await self._get("access_expires"))
        if not token or token == rejected or ends - MARGIN <= clock.now():
            return ""
        self._known = (token, ends)
        return token

    async def _renewed(self) -> str:
        app, refresh_token = await self._app(), await self._get("refresh_token")
        if not refresh_token:
            raise _not_connected()
        grant = await refresh(self._http, self._url, app, refresh_token)
        try:
            await keep(self._store, self._profile, grant)
        except SecretError as error:
            raise SecretError(f"{error} {_NOT_KEPT}") from None
        self._known = (grant.access_token, grant.access_expires)
        return grant.access_token

    async def _app(self) -> App:
        client_id, secret = await self._get("client_id"), await self._get("client_secret")
        if not client_id or not secret:
            raise _not_connected()
        return App(client_id, secret)

    async def _get(self, name: str) -> str:
        return await asyncio.to_thread(self._store.get, f"{self._profile}/{name}") or ""


async def refresh(http: AsyncClient, token_url: str, app: App, refresh_token: str) -> Grant:
    """Exchange a refresh token; raise QboError. The old one may be dead once this returns."""
    from oauthlib.oauth2 import WebApplicationClient

    body = WebApplicationClient(app.client_id).prepare_refresh_body(refresh_token=refresh_token)
    grant = await _granted(http, token_url, app, body)
    return grant if grant.refresh_token else replace(grant, refresh_token=refresh_token)


async def exchange_code(http: AsyncClient, token_url: str, app: App, code: str, redirect_url: str) -> Grant:
    """Exchange the code of an authorization callback for the first tokens; raise QboError."""
    from oauthlib.oauth2 import WebApplicationClient

    body = WebApplicationClient(app.client_id).prepare_request_body(
        code=code, redirect_uri=redirect_url, include_client_id=False
    )
    return await _granted(http, token_url, app, body)


async def revoke(http: AsyncClient, revoke_url: str, app: App, token: str) -> None:
    """End a connection at Intuit, by either of its tokens; raise QboError."""
    request = http.build_request(
        "POST",
        revoke_url,
        content=json.encode({"token": token}),
        headers={"Content-Type": "application/json", "Accept": "application/json", **_basic(app)},
    )
    response = await wire.exchange(http, request)
    if isinstance(response, Fault):
        raise QboError(response)
    fault = _refusal(response)
    if fault and not (response.is_success and fault.transport in {"empty", "no_op"}):
        raise QboError(fault)


async def keep(store: SecretStore, profile_id: str, grant: Grant) -> None:
    """Store a grant, the refresh token first: it is the one that cannot be had again."""
    values = {"refresh_token": grant.refresh_token}
    if grant.refresh_expires:
        values["refresh_expires"] = clock.stamp(grant.refresh_expires)
    values |= {"access_token": grant.access_token, "access_expires": clock.stamp(grant.access_expires)}
    for name, value in values.items():
        await asyncio.to_thread(store.set, f"{profile_id}/{name}", value)


async def _granted(http: AsyncClient, token_url: str, app: App, body: str) -> Grant:
    request = http.build_request("POST", token_url, content=body, headers={**_FORM, **_basic(app)})
    response = await wire.exchange(http, request)
    if isinstance(response, Fault):
        raise QboError(response)
    if fault := _refusal(response):
        raise QboError(fault)
    return _grant(app, response.text, response.status_code)


def _refusal(response: Response) -> Fault | None:
    content_type = response.headers.get("content-type", "")
    answer = parse(response.status_code, content_type, response.content, wire.tid_of(response))
    return answer if isinstance(answer, Fault) else None


def _grant(app: App, body: str, http_status: int) -> Grant:
    from oauthlib.oauth2 import OAuth2Error, WebApplicationClient

    try:
        token = WebApplicationClient(app.client_id).parse_request_body_response(body)
    except (OAuth2Error, ValueError, TypeError, Warning) as error:
        # The text of the answer may hold tokens, so only the kind of trouble is told.
        message = FaultMessage("", f"the token endpoint's answer cannot be used ({type(error).__name__})")
        raise QboError(Fault(http_status=http_status, messages=(message,), transport="no_op")) from None
    return _read_grant(token)


def _read_grant(token: Mapping[str, object]) -> Grant:
    now = clock.now()
    refresh_seconds = _seconds(token.get("x_refresh_token_expires_in"))
    return Grant(
        access_token=str(token.get("access_token") or ""),
        access_expires=now + dt.timedelta(seconds=_seconds(token.get("expires_in")) or _DEFAULT_SECONDS),
        refresh_token=str(token.get("refresh_token") or ""),
        refresh_expires=now + dt.timedelta(seconds=refresh_seconds) if refresh_seconds else None,
    )


def _seconds(value: object) -> int:
    return int(value) if isinstance(value, int | str) and str(value).isdigit() else 0


def _basic(app: App) -> dict[str, str]:
    pair = f"{app.client_id}:{app.client_secret}".encode()
    return {"Authorization": "Basic " + base64.b64encode(pair).decode()}


def _moment(text: str) -> dt.datetime:
    """Read when a token ends; one whose end is not known is tried, and renewed if it is rejected."""
    try:
        return clock.parse_stamp(text)
    except ValueError:
        return _UNKNOWN_END


def _not_connected() -> QboError:
    message = FaultMessage("company_not_connected", _NO_CONNECTION)
    return QboError(Fault(http_status=0, messages=(message,), type="OAuth", sent=False))
