"""The cache: everything the program knows, on this machine or on a team's server."""

from awra_tui.cache.bridge import Cache, connect_realm
from awra_tui.cache.identity import ProfileIdentity

__all__ = ["Cache", "ProfileIdentity", "connect_realm"]
