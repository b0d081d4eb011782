"""Which keyrings can be trusted: one that answers, keeps what it is given, and hides it."""

from threading import Thread
from typing import TYPE_CHECKING

from awra_tui.records.errors import SecretError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "awra-tui"
"""The name under which a keyring shows what is ours."""

PROBE_SECONDS = 3.0
_REFUSED = {
    "keyring.backends.fail": "there is none",
    "keyring.backends.null": "it forgets everything (null backend)",
    "keyrings.alt": "it keeps plain text or asks on the terminal (keyrings.alt)",
    "keyrings.cryptfile": "it asks for a password on the terminal (keyrings.cryptfile)",
}


def probe(seconds: float = PROBE_SECONDS) -> "KeyringBackend":
    """Return the system's keyring if it answers in time and can be trusted; raise SecretError if not.

    It is asked in a thread that may be left behind: a keyring on a desktop bus can hang for ever.
    """
    outcome: list[KeyringBackend | str] = []
    thread = Thread(target=lambda: outcome.append(_asked()), daemon=True, name="keyring probe")
    thread.start()
    thread.join(seconds)
    found = outcome[0] if outcome else f"it did not answer within {seconds:g} seconds"
    if isinstance(found, str):
        raise unusable(found)
    return found


def unusable(reason: str) -> SecretError:
    """Return the error that says why the keyring cannot be used, and what to do."""
    return SecretError(
        f"The keyring of this system cannot be used: {reason}. Unlock or install one, "
        'or choose token_store = "file" in [qbo] of the profile.'
    )


def reason_against(backend: "KeyringBackend") -> str:
    """Say why a backend is not to be trusted, or nothing; a chain is as good as its first member."""
    chained = list(getattr(backend, "backends", ()))
    module = type(chained[0] if chained else backend).__module__
    return next(
        (why for name, why in _REFUSED.items() if module == name or module.startswith(name + ".")), ""
    )


def _asked() -> "KeyringBackend | str":
    try:
        import keyring

        backend = keyring.get_keyring()
        reason = reason_against(backend)
        if not reason:
            backend.get_password(SERVICE, "probe")
    except Exception as error:  # noqa: BLE001 - backends raise whatever their system does
        return f"it answered with {type(error).__name__}"
    return reason or backend
