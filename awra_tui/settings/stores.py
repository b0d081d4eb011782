"""Where secrets live: the system's keyring, a file that only its owner can read, or memory."""

import json
import os
import re
import stat
import tempfile
from collections.abc import Sequence
from pathlib import Path
from secrets import token_hex
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


class NoStore:
    """A store that cannot be used: every call raises the error that says why."""

    def __init__(self, error: SecretError) -> None:
        self._why = str(error)

    def get(self, name: str) -> str | None:  # noqa: ARG002 - one answer for all
        """Raise SecretError."""
        raise SecretError(self._why)

    def set(self, name: str, value: str) -> None:  # noqa: ARG002 - one answer for all
        """Raise SecretError."""
        raise SecretError(self._why)

    def delete(self, name: str) -> None:  # noqa: ARG002 - one answer for all
        """Raise SecretError."""
        raise SecretError(self._why)


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
    """Secrets in the keyring of the system; raises SecretError at once where there is none to trust.

    A secret too long for some keyring is kept in parts, which its own entry names: it is written last,
    so that a crash leaves the old secret or the new one, whole.
    """

    def __init__(
        self, backend: "KeyringBackend | None" = None, *, seconds: float = keyrings.CALL_SECONDS
    ) -> None:
        self._keyring = backend if backend is not None else keyrings.probe()
        self._seconds = seconds

    def get(self, name: str) -> str | None:
        """Return a secret, or None."""
        return keyrings.within(self._seconds, lambda: self._whole(name))

    def set(self, name: str, value: str) -> None:
        """Store a secret."""
        keyrings.within(self._seconds, lambda: self._keep(name, value))

    def delete(self, name: str) -> None:
        """Remove a secret."""
        keyrings.within(self._seconds, lambda: self._forget(name))

    def _whole(self, name: str) -> str | None:
        entry = self._entry(name)
        parts = [self._entry(part) for part in _parts(name, entry)]
        if not parts:
            return entry
        return "".join(part or "" for part in parts) if all(parts) else None

    def _keep(self, name: str, value: str) -> None:
        before = self._entry(name)
        entry = _entry_for(value)
        for place, part in zip(_parts(name, entry), _cut(value), strict=False):
            self._keyring.set_password(keyrings.SERVICE, place, part)
        self._keyring.set_password(keyrings.SERVICE, name, entry)
        self._remove(_parts(name, before))

    def _forget(self, name: str) -> None:
        self._remove([name, *_parts(name, self._entry(name))])

    def _remove(self, names: Sequence[str]) -> None:
        for name in names:
            if self._entry(name) is not None:
                self._keyring.delete_password(keyrings.SERVICE, name)

    def _entry(self, name: str) -> str | None:
        return self._keyring.get_password(keyrings.SERVICE, name)


_PARTED = re.compile(r"awra-tui parts ([0-9a-f]{8}) ([0-9]{1,3})")


def _entry_for(value: str) -> str:
    """Return what a secret's own entry holds: the secret, or which parts hold it."""
    if len(value) <= keyrings.LONGEST and not _PARTED.fullmatch(value):
        return value
    return f"awra-tui parts {token_hex(4)} {len(_cut(value))}"


def _parts(name: str, entry: str | None) -> list[str]:
    """Return the names of a secret's parts; none for one that is in its own entry."""
    found = _PARTED.fullmatch(entry or "")
    return [f"{name}/{found[1]}/{at}" for at in range(int(found[2]))] if found else []


def _cut(value: str) -> list[str]:
    return [value[at : at + keyrings.LONGEST] for at in range(0, len(value), keyrings.LONGEST)]


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
