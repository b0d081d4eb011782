"""Giving a profile the secrets of a company: what the simulator announces, kept where the profile says."""

from datetime import timedelta

import msgspec

from awra_tui.records import clock
from awra_tui.records.errors import ConfigError
from awra_tui.settings.profile import Profile
from awra_tui.settings.stores import store_for

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
