"""Which profile the open cache belongs to; every query asks here."""

from dataclasses import dataclass, replace

from awra_tui.records.errors import CacheError


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileIdentity:
    """One source and one QuickBooks company; ``realm`` is empty before the first connection."""

    id: str
    source: str
    realm: str = ""
    name: str = ""


_bound: list[ProfileIdentity] = []


def bind(identity: ProfileIdentity | None) -> None:
    """Make ``identity`` the profile of this process, or none."""
    _bound[:] = [identity] if identity else []


def bind_realm(realm: str) -> None:
    """Note the company that the profile has just been connected to."""
    bind(replace(_identity(), realm=realm))


def profile() -> str:
    """Return the id of the open cache's profile; raise CacheError when none is open."""
    return _identity().id


def realm() -> str:
    """Return the QuickBooks company of the open cache's profile."""
    return _identity().realm


def profile_name() -> str:
    """Return what people call the profile."""
    return _identity().name or _identity().id


def _identity() -> ProfileIdentity:
    if not _bound:
        raise CacheError("No cache is open. Open the profile first.")
    return _bound[0]
