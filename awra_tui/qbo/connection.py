"""From a profile to a client of its company, with everything that such a client needs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from awra_tui.qbo.client import QboClient
from awra_tui.qbo.oauth import Tokens
from awra_tui.qbo.throttle import Budget, Limits, LocalBudget, Pace
from awra_tui.records.errors import ConfigError
from awra_tui.settings import http
from awra_tui.settings.profile import Profile
from awra_tui.settings.stores import SecretStore


@asynccontextmanager
async def connected(
    profile: Profile,
    store: SecretStore,
    *,
    budget: Budget | None = None,
    transport: http.AsyncBaseTransport | None = None,
) -> AsyncIterator[QboClient]:
    """Give a client of the profile's company and close it at the end; raise ConfigError without a realm.

    ``budget`` shares the pace between processes; without one it is kept in this process.
    """
    realm = realm_of(profile, store)
    async with http.client(profile.qbo.api_base_url, profile.qbo.timeout_seconds, transport) as connection:
        tokens = Tokens(
            store=store,
            profile_id=profile.id,
            token_url=profile.qbo.token_url,
            http=connection,
            lock=profile.lock_path,
        )
        pace = Pace(budget if budget is not None else LocalBudget(limits_of(profile)))
        yield QboClient(http=connection, realm=realm, tokens=tokens, pace=pace)


def limits_of(profile: Profile) -> Limits:
    """Return the limits that the profile sets for its company."""
    qbo = profile.qbo
    return Limits(qbo.requests_per_minute, qbo.requests_per_second, qbo.batches_per_minute)


def realm_of(profile: Profile, store: SecretStore) -> str:
    """Return the company's id; raise ConfigError if there is none, or two that differ."""
    written, stored = profile.qbo.realm_id, store.get(f"{profile.id}/realm_id") or ""
    if written and stored and written != stored:
        raise profile.refuse(
            ("qbo", "realm_id"),
            f"the profile names company {written}, but QuickBooks was connected to company {stored}; "
            "connect the company of the profile, or make another profile.",
        )
    if not written and not stored:
        raise ConfigError(f"Profile {profile.id} names no company: connect it with awra-tui connect.")
    return written or stored
