"""Ending a profile's connection: at Intuit first, then here; what is connected to what stays."""

import asyncio
from dataclasses import dataclass

from awra_tui.actions.authorize import AppKeys, kept_keys
from awra_tui.health import reasons
from awra_tui.qbo import oauth
from awra_tui.qbo.errors import QboError
from awra_tui.records.errors import AwraError
from awra_tui.settings.http import client
from awra_tui.settings.locks import FileLock
from awra_tui.settings.stores import SecretStore
from awra_tui.sync import connector
from awra_tui.sync.desk import Desk

_TOKENS = ("access_token", "access_expires", "refresh_token", "refresh_expires", "realm_id", "connected_at")
_KEYS = ("client_id", "client_secret")
_UNKNOWN = frozenset({"invalid_request", "invalid_grant"})
"""What Intuit answers about a token that it does not know any more."""


class NotRevokedError(AwraError):
    """Intuit could not end a connection, so its tokens are still here; ``why`` says it in words."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"{why} The tokens are still here: try again later, or say --force to remove them here only."
        )
        self.why = why


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a connection: whether Intuit ended it, whether tokens were removed here, in words."""

    revoked: bool
    removed: bool
    sentence: str


async def disconnect(desk: Desk, *, force: bool = False, forget_keys: bool = False) -> Ended:
    """Revoke the profile's connection at Intuit and remove its tokens; connections of records stay.

    Where Intuit cannot do it the tokens are kept and NotRevokedError says why, unless ``force`` is given.
    ``forget_keys`` removes client id and secret too.
    """
    async with FileLock(desk.profile.lock_path):
        token = await asyncio.to_thread(desk.secrets.get, f"{desk.profile.id}/refresh_token") or ""
        why = await _revoked(desk, token) if token else ""
        if why and not force:
            raise NotRevokedError(why)
        names = _TOKENS + (_KEYS if forget_keys else ())
        await asyncio.to_thread(_remove, desk.secrets, desk.profile.id, names)
    if desk.realm:
        await desk.write(connector.ended, desk.realm)
        if token:
            await desk.write(connector.note, "disconnect company", desk.realm, why, desk.who)
    return _ended(token, why)


async def _revoked(desk: Desk, token: str) -> str:
    """Ask Intuit to end the connection; return in words why it did not, or nothing."""
    keys = await asyncio.to_thread(kept_keys, desk.profile, desk.secrets)
    if keys is None:
        return "Intuit ends a connection only for its app, and client id and secret are not in the store."
    if not desk.profile.qbo.revoke_url:
        return "[qbo] of the profile has no revoke_url."
    return await _asked(desk, keys, token)


async def _asked(desk: Desk, keys: AppKeys, token: str) -> str:
    qbo, app = desk.profile.qbo, oauth.App(keys.client_id, keys.client_secret)
    try:
        async with client(timeout=qbo.timeout_seconds, transport=desk.transport) as http:
            await oauth.revoke(http, qbo.revoke_url, app, token)
    except QboError as error:
        if error.fault.code in _UNKNOWN:
            return ""
        told = reasons.explain(reasons.findings_of(error.fault)[0])
        return f"Intuit did not end the connection. {told.sentence}"
    return ""


def _remove(store: SecretStore, profile_id: str, names: tuple[str, ...]) -> None:
    for name in names:
        store.delete(f"{profile_id}/{name}")


def _ended(token: str, why: str) -> Ended:
    stays = "Connections of records stay."
    if not token:
        return Ended(revoked=False, removed=False, sentence="There was no connection to end.")
    if why:
        here = "The tokens were removed here only: disconnect the app in QuickBooks too."
        return Ended(revoked=False, removed=True, sentence=f"{why} {here} {stays}")
    done = "Intuit ended the connection, and the tokens were removed."
    return Ended(revoked=True, removed=True, sentence=f"{done} {stays}")
