"""Opening the desk of a profile: its cache, its secrets, its clock."""

from contextlib import suppress

from awra_tui.cache.bridge import Cache
from awra_tui.cache.identity import ProfileIdentity
from awra_tui.cache.store import aside
from awra_tui.records.errors import CacheError, ReadOnlyError
from awra_tui.settings.profile import Profile
from awra_tui.settings.stores import store_for
from awra_tui.sync.desk import Desk, whoami

__all__ = ["Desk", "open_desk", "open_to_look", "whoami"]


def open_desk(profile: Profile, *, read_only: bool = False) -> Desk:
    """Open the cache of a profile; raise CacheError or SecretError with a sentence.

    What was snoozed until a day that has come is brought back first.
    """
    identity = ProfileIdentity(
        id=profile.id,
        source=str(profile.source.get("type", "")),
        realm=profile.qbo.realm_id,
        name=profile.name,
    )
    cache = Cache.open(profile.cache_url, profile=identity, read_only=read_only)
    if not read_only:
        cache.now(aside.wake)
    return Desk(profile=profile, cache=cache, secrets=store_for(profile))


def open_to_look(profile: Profile) -> Desk:
    """Open the cache of a profile, for reading only where that is all that may be done.

    Raise CacheError or SecretError with a sentence.
    """
    try:
        return open_desk(profile)
    except ReadOnlyError as refused:
        with suppress(CacheError):
            desk = open_desk(profile, read_only=True)
            desk.reading_only = str(refused)
            return desk
        raise
