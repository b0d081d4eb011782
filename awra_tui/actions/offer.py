"""What Intuit offers after consent: tokens of one company, kept only once a person has said that it is it."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import msgspec

from awra_tui.actions.authorize import AppKeys
from awra_tui.actions.callback import Callback
from awra_tui.cache import identity
from awra_tui.cache.bridge import connect_realm
from awra_tui.cache.store import facts
from awra_tui.health import reasons
from awra_tui.qbo import oauth
from awra_tui.qbo.errors import QboError
from awra_tui.records import clock
from awra_tui.records.errors import AwraError, ConfigError, SecretError
from awra_tui.records.qbo import Company
from awra_tui.records.rules import Rules
from awra_tui.settings.http import client
from awra_tui.settings.locks import FileLock
from awra_tui.settings.stores import MemoryStore, SecretStore
from awra_tui.sync import connector
from awra_tui.sync.connection import connected
from awra_tui.sync.desk import Desk

# The refresh token comes first: it is the one that cannot be had again.
_NAMES = (
    "refresh_token", "refresh_expires", "access_token", "access_expires", "client_id", "client_secret",
    "realm_id", "connected_at",
)  # fmt: skip
_REFUSALS = {
    "invalid_grant": (
        "Intuit did not accept the code: it was used already, is too old, or redirect_url is not exactly the "
        "one of the app. Nothing was connected; run awra-tui connect again."
    ),
    "invalid_client": (
        "Intuit does not accept this client id and secret, so nothing was connected: run awra-tui connect "
        "--app and enter those of the profile's environment."
    ),
}


@dataclass(frozen=True, slots=True, repr=False)
class Offer:
    """A company with tokens that work, not yet kept; ``secrets`` holds them in memory."""

    company: Company
    secrets: MemoryStore


async def offered(desk: Desk, keys: AppKeys, callback: Callback) -> Offer:
    """Exchange a callback's code and read the company; raise AwraError with what to do.

    Raise ConfigError, naming both, where it is another company than the profile's. Nothing is kept yet,
    so whatever connection there was remains.
    """
    secrets = MemoryStore()
    app = oauth.App(keys.client_id, keys.client_secret)
    qbo = desk.profile.qbo
    try:
        async with client(timeout=qbo.timeout_seconds, transport=desk.transport) as http:
            grant = await oauth.exchange_code(http, qbo.token_url, app, callback.code, qbo.redirect_url)
    except QboError as error:
        raise _refused(error) from None
    await oauth.keep(secrets, desk.profile.id, grant)
    _note(desk, secrets, client_id=keys.client_id, client_secret=keys.client_secret, realm_id=callback.realm)
    wanted = qbo.realm_id or identity.realm()
    if wanted and wanted != callback.realm:
        raise await _other_company(desk, wanted, callback.realm, secrets)
    try:
        return Offer(await _company(desk, callback.realm, secrets), secrets)
    except QboError as error:
        raise _refused(error) from None


async def accept(desk: Desk, offer: Offer) -> None:
    """Keep an offer's tokens for good and bind the cache to its company; raise SecretError or CacheError."""
    _note(desk, offer.secrets, connected_at=clock.stamp())
    # The cache comes first: it refuses where it belongs to another company.
    await desk.write(_bind, offer.company, desk.profile.rules)
    async with FileLock(desk.profile.lock_path):
        await asyncio.to_thread(_copy, offer.secrets, desk.secrets, desk.profile.id)
    await desk.write(connector.note, "connect company", offer.company.realm, offer.company.name, desk.who)


def profile_line(desk: Desk, offer: Offer) -> str:
    """Return the sentence that says where the company ID belongs; nothing where the profile has it."""
    if desk.profile.qbo.realm_id:
        return ""
    return f'Write realm_id = "{offer.company.realm}" below [qbo] in {desk.profile.path}.'


def _bind(company: Company, rules: Rules) -> None:
    connect_realm(company.realm)
    facts.set_company(company)
    connector.works(company, rules)


def _copy(secrets: SecretStore, store: SecretStore, profile_id: str) -> None:
    for name in (f"{profile_id}/{one}" for one in _NAMES):
        value = secrets.get(name)
        if value is None:
            store.delete(name)
        else:
            store.set(name, value)
    _check(secrets, store, [f"{profile_id}/refresh_token", f"{profile_id}/client_secret"])


def _check(secrets: SecretStore, store: SecretStore, names: Sequence[str]) -> None:
    """Raise SecretError where a store forgets what it was given."""
    if any(store.get(name) != secrets.get(name) for name in names):
        raise SecretError(
            "The token store did not keep what it was given: choose another with token_store in [qbo], and "
            "run awra-tui connect again."
        )


def _note(desk: Desk, secrets: MemoryStore, **values: str) -> None:
    for name, value in values.items():
        secrets.set(f"{desk.profile.id}/{name}", value)


async def _company(desk: Desk, realm: str, secrets: MemoryStore) -> Company:
    """Read a company with tokens that nobody else has."""
    settings = msgspec.structs.replace(desk.profile.qbo, realm_id=realm)
    there = replace(desk, profile=replace(desk.profile, qbo=settings), secrets=secrets)
    async with connected(there, desk.sleep) as qbo:
        return await qbo.company()


async def _other_company(desk: Desk, wanted: str, realm: str, secrets: MemoryStore) -> ConfigError:
    name = ""
    with suppress(QboError):
        name = (await _company(desk, realm, secrets)).name
    known = await desk.page(facts.company)
    ours = known.name if known and known.realm == wanted else ""
    return ConfigError(
        f"On Intuit's page company {_named(name, realm)} was chosen, but the profile {desk.profile.id} "
        f"belongs to company {_named(ours, wanted)}. Nothing was kept: run awra-tui connect again and choose "
        "that one, or make another profile for the other company."
    )


def _named(name: str, realm: str) -> str:
    return f'"{name}" ({realm})' if name else realm


def _refused(error: QboError) -> AwraError:
    if said := _REFUSALS.get(error.fault.code):
        return AwraError(said)
    told = reasons.explain(reasons.findings_of(error.fault)[0])
    return AwraError(f"{told.sentence} Nothing was connected. {told.action} Then run awra-tui connect again.")
