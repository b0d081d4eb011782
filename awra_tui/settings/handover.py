"""Secrets handed over as one line of JSON, as the simulator prints it, into a profile's store."""

import json

from awra_tui.records.errors import ConfigError
from awra_tui.settings.profile import Profile
from awra_tui.settings.stores import SECRETS, SecretStore

_NEEDED = ("client_id", "client_secret", "refresh_token")


def take_over(profile: Profile, store: SecretStore, line: str) -> str:
    """Store the secrets in a line of JSON and return the company's id; raise ConfigError.

    Nothing is stored of a line that is not whole, or that is of another company than the profile's.
    """
    given = _read(line)
    realm = given.get("realm_id") or profile.qbo.realm_id
    missing = [name for name in _NEEDED if not given.get(name)] + ([] if realm else ["realm_id"])
    if missing:
        raise ConfigError(f"The line to import lacks {', '.join(missing)}; nothing was stored.")
    if profile.qbo.realm_id and realm != profile.qbo.realm_id:
        raise ConfigError(
            f"The line to import is of company {realm}, the profile {profile.id} of company "
            f"{profile.qbo.realm_id}; nothing was stored."
        )
    for name in SECRETS:
        if given.get(name):
            store.set(f"{profile.id}/{name}", given[name])
        else:
            store.delete(f"{profile.id}/{name}")
    return realm


def _read(line: str) -> dict[str, str]:
    try:
        given = json.loads(line)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise ConfigError("The import is not a line of JSON such as awra-tui simulator --json prints.")
    return {name: value for name, value in given.items() if isinstance(value, str)}
