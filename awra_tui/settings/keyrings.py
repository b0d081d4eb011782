"""Which keyrings can be trusted: one that answers, keeps what it is given, and hides it."""

from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from awra_tui.records.errors import SecretError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "awra-tui"
"""The name under which a keyring shows what is ours."""

PROBE_SECONDS = 3.0
CALL_SECONDS = 15.0
"""A keyring that answered the probe may be locked later; then each call is given up after so long."""

LONGEST = 1280
"""The most characters that every system's keyring holds in one secret (Windows: 2,560 bytes of UTF-16)."""

_REFUSED = {
    "keyring.backends.fail": "there is none",
    "keyring.backends.null": "it forgets everything (null backend)",
    "keyrings.alt": "it keeps plain text or asks on the terminal (keyrings.alt)",
    "keyrings.cryptfile": "it asks for a password on the terminal (keyrings.cryptfile)",
}


def probe(seconds: float = PROBE_SECONDS) -> "KeyringBackend":
    """Return the system's keyring if it answers in time and can be trusted; raise SecretError if not."""
    return within(seconds, _asked)


def within(seconds: float, call: Callable[[], T]) -> T:
    """Return what a call to a keyring returns; raise SecretError where it fails or takes too long.

    It is made in a thread that may be left behind: a keyring on a desktop bus can hang for ever.
    """
    outcome: list[tuple[T] | SecretError] = []
    thread = Thread(target=lambda: outcome.append(_outcome(call)), daemon=True, name="keyring")
    thread.start()
    thread.join(seconds)
    found = outcome[0] if outcome else unusable(f"it did not answer within {seconds:g} seconds")
    if isinstance(found, SecretError):
        raise found
    return found[0]


def unusable(reason: str) -> SecretError:
    """Return the error that says why the keyring cannot be used, and what to do."""
    return SecretError(
        f"The keyring of this system cannot be used: {reason}. Unlock or install one, "
        'or choose token_store = "file" in [qbo] of the profile.'
    )


def reason_against(backend: "KeyringBackend") -> str:
    """Say why a backend is not to be trusted, or nothing."""
    module = type(_first(backend)).__module__
    return next(
        (why for name, why in _REFUSED.items() if module == name or module.startswith(name + ".")), ""
    )


def _outcome(call: Callable[[], T]) -> tuple[T] | SecretError:
    try:
        return (call(),)
    except SecretError as refused:
        return refused
    except Exception as error:  # noqa: BLE001 - backends raise whatever their system does
        # The text of a backend's error may quote what it was given.
        return unusable(f"it answered with {type(error).__name__}")


def _asked() -> "KeyringBackend":
    import keyring

    backend = keyring.get_keyring()
    reason = reason_against(backend)
    if reason:
        raise unusable(reason)
    first = _first(backend)
    first.get_password(SERVICE, "probe")
    return first


def _first(backend: "KeyringBackend") -> "KeyringBackend":
    """Return the first member of a chain: the others may ask on the terminal, or keep plain text."""
    chained: list[KeyringBackend] = list(getattr(backend, "backends", ()))
    return chained[0] if chained else backend
