"""Giving a profile the secrets of a company: announced by a simulator, or asked for on Intuit's page."""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import msgspec

from awra_tui.actions.callback import Consent
from awra_tui.records import clock
from awra_tui.records.errors import ConfigError
from awra_tui.settings.profile import Profile
from awra_tui.settings.stores import SecretStore, store_for

ACCESS_SECONDS = 3600
"""How long an access token lives (Intuit: OAuth 2.0)."""


class Announced(msgspec.Struct, frozen=True, kw_only=True):
    """The line that a simulator announces; addresses in it belong into the profile, not into the store."""

    realm_id: str
    client_id: str
    client_secret: str
    access_token: str
    refresh_token: str
    base_url: str = ""
    token_url: str = ""
    revoke_url: str = ""
    authorize_url: str = ""

    def __repr__(self) -> str:
        """Name the company, never its secrets."""
        return f"Announced(realm_id={self.realm_id!r})"


def import_secrets(profile: Profile, announced: Announced) -> None:
    """Keep the secrets of a company; raise SecretError where the store cannot be used.

    Raise ConfigError where the profile belongs to another company.
    """
    wanted = profile.qbo.realm_id
    if wanted and wanted != announced.realm_id:
        raise ConfigError(
            f"These are the secrets of company {announced.realm_id}, but the profile {profile.id} belongs to "
            f"company {wanted}. Correct realm_id in {profile.path}, or take the other company's file."
        )
    store = store_for(profile)
    secrets = {
        "client_id": announced.client_id,
        "client_secret": announced.client_secret,
        "refresh_token": announced.refresh_token,
        "access_token": announced.access_token,
        "access_expires": clock.stamp(clock.now() + timedelta(seconds=ACCESS_SECONDS)),
        "realm_id": announced.realm_id,
    }
    for name, value in secrets.items():
        store.set(f"{profile.id}/{name}", value)
    for name in ("refresh_expires", "connected_at"):
        # They were those of an earlier connection; of this one they are not known.
        store.delete(f"{profile.id}/{name}")


@dataclass(frozen=True, slots=True, repr=False)
class AppKeys:
    """Client id and secret of the developer's app at Intuit."""

    client_id: str
    client_secret: str


def kept_keys(profile: Profile, store: SecretStore) -> AppKeys | None:
    """Return the app's keys that an earlier connection used, or None; raise SecretError."""
    client_id = store.get(f"{profile.id}/client_id")
    client_secret = store.get(f"{profile.id}/client_secret")
    return AppKeys(client_id, client_secret) if client_id and client_secret else None


def consent_of(profile: Profile, keys: AppKeys) -> Consent:
    """Return the question for Intuit's page; raise ConfigError where Intuit would not take its addresses."""
    qbo = profile.qbo
    if not qbo.authorize_url:
        raise profile.refuse(
            ("qbo", "environment"),
            '[qbo] needs the key "authorize_url" to connect in a browser: '
            "awra-tui simulator --json prints it.",
        )
    if problem := _problem(qbo.environment, qbo.redirect_url):
        raise profile.refuse(("qbo", "redirect_url"), problem)
    return Consent(authorize_url=qbo.authorize_url, client_id=keys.client_id, redirect_url=qbo.redirect_url)


def comes_back_here(redirect_url: str) -> bool:
    """Whether a browser on this machine comes back to this machine, where it can be listened for."""
    place = urlsplit(redirect_url)
    return place.scheme == "http" and _is_loopback(place.hostname or "")


def _problem(environment: str, redirect_url: str) -> str:
    """Say why Intuit does not take a redirect address (Intuit: OAuth 2.0), or nothing."""
    place = urlsplit(redirect_url)
    host = place.hostname or ""
    registered = "as it is registered for the app at Intuit"
    if environment == "production" and (place.scheme != "https" or _is_ip(host) or host == "localhost"):
        return (
            "Production needs redirect_url in [qbo]: an https address of your own with a name, not an IP "
            f'address, {registered}, such as "https://books.example.com/callback".'
        )
    if environment == "sandbox" and place.scheme != "https" and host != "localhost":
        return (
            "For sandbox keys Intuit takes http addresses of localhost only: set redirect_url in [qbo] to "
            f"one, {registered}, or to an https address."
        )
    return ""


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_ip(host) and ip_address(host).is_loopback)


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
