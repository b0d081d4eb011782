"""Where secrets live: the system's keyring, a file that only its owner can read, or memory."""

import contextlib
import json
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from awra_tui.records.errors import SecretError
from awra_tui.settings import keyrings, paths
from awra_tui.settings.profile import Profile

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend


def store_for(profile: Profile) -> "SecretStore":
    """Return the store that the profile chooses; raise SecretError if it cannot be used."""
    if profile.qbo.token_store == "file":
        return FileStore(paths.data_dir() / "secrets" / f"{profile.id}.json")
    return KeyringStore()


class SecretStore(Protocol):
    """A place for secrets, asked by name. Each call raises SecretError if the place cannot be used.

    Names are ``PROFILE_ID/NAME`` with client_id, client_secret, access_token, access_expires,
    refresh_token, refresh_expires and realm_id; the moments are stamps of our clock.
    """

    def get(self, name: str) -> str | None:
        """Return a secret, or None if there is none of this name."""

    def set(self, name: str, value: str) -> None:
        """Store a secret for good before returning."""

    def delete(self, name: str) -> None:
        """Remove a secret; one that is not there is no error."""


class MemoryStore:
    """Secrets of this process alone, forgotten at its end."""

    def __init__(self, secrets: dict[str, str] | None = None) -> None:
        self._secrets = dict(secrets or {})

    def get(self, name: str) -> str | None:
        """Return a secret, or None."""
        return self._secrets.get(name)

    def set(self, name: str, value: str) -> None:
        """Store a secret."""
        self._secrets[name] = value

    def delete(self, name: str) -> None:
        """Remove a secret."""
        self._secrets.pop(name, None)


class FileStore:
    """Secrets in one JSON file, readable by its owner only, replaced as a whole at each change."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, name: str) -> str | None:
        """Return a secret, or None; raise SecretError if others can read the file."""
        return self._read().get(name)

    def set(self, name: str, value: str) -> None:
        """Store a secret: on the disk, whole, before this returns."""
        self._write(self._read() | {name: value})

    def delete(self, name: str) -> None:
        """Remove a secret."""
        secrets = self._read()
        if secrets.pop(name, None) is not None:
            self._write(secrets)

    def _read(self) -> dict[str, str]:
        try:
            with self._path.open(encoding="utf-8") as file:
                self._refuse_open_to_others(os.fstat(file.fileno()))
                content = json.load(file)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise self._unusable("cannot be read", error) from None
        except ValueError:
            content = None
        if not isinstance(content, dict) or not all(isinstance(value, str) for value in content.values()):
            raise SecretError(f"{self._path} is damaged: remove it and connect QuickBooks again.")
        return content

    def _write(self, secrets: dict[str, str]) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._refuse_open_to_others(self._path.parent.stat())
            _replace(self._path, json.dumps(secrets, indent=1).encode())
        except OSError as error:
            raise self._unusable("cannot be written", error) from None

    def _refuse_open_to_others(self, found: os.stat_result) -> None:
        if os.name != "posix":
            return
        place = self._path.parent if stat.S_ISDIR(found.st_mode) else self._path
        if found.st_uid != os.geteuid():
            raise SecretError(f"{place} belongs to another user, so no secret is read from it or put there.")
        if found.st_mode & 0o077:
            right = "700" if stat.S_ISDIR(found.st_mode) else "600"
            raise SecretError(f"Others can read {place}: run chmod {right} on it, then try again.")

    def _unusable(self, what: str, error: OSError) -> SecretError:
        return SecretError(f"{self._path} {what} ({error.strerror}): see to its rights and its disk.")


class KeyringStore:
    """Secrets in the keyring of the system; raises SecretError at once where there is none to trust."""

    def __init__(self, backend: "KeyringBackend | None" = None) -> None:
        self._keyring = backend if backend is not None else keyrings.probe()

    def get(self, name: str) -> str | None:
        """Return a secret, or None."""
        with _keyring_errors():
            return self._keyring.get_password(keyrings.SERVICE, name)

    def set(self, name: str, value: str) -> None:
        """Store a secret."""
        with _keyring_errors():
            self._keyring.set_password(keyrings.SERVICE, name, value)

    def delete(self, name: str) -> None:
        """Remove a secret."""
        with _keyring_errors():
            if self._keyring.get_password(keyrings.SERVICE, name) is not None:
                self._keyring.delete_password(keyrings.SERVICE, name)


@contextlib.contextmanager
def _keyring_errors() -> Iterator[None]:
    from keyring.errors import KeyringError

    try:
        yield
    except KeyringError as error:
        # The text of a backend's error may quote what it was given.
        raise keyrings.unusable(f"it answered with {type(error).__name__}") from None


def _replace(path: Path, content: bytes) -> None:
    """Put content in the place of a file, so that a crash leaves the old or the new one, whole."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
        _sync_folder(path.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Make a replacement last through a power failure, where the system lets folders be synced."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
