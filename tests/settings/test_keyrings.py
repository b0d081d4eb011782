"""Keyrings as they are met: locked, broken, hanging, forgetting, asking; and one of a real desktop."""

import shutil
import subprocess
import sys
from threading import Event

import pytest
from keyring.backends import chainer, fail, null
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordSetError

from awra_tui.records.errors import SecretError
from awra_tui.settings import keyrings
from awra_tui.settings.stores import KeyringStore
from tests.settings.test_stores import Dummy, Locked

LONG = "".join(chr(33 + at % 90) for at in range(4000))


class Broken(Dummy):
    def __init__(self, error):
        super().__init__()
        self.error = error

    def get_password(self, service, username):
        raise self.error

    set_password = delete_password = lambda self, *_: (_ for _ in ()).throw(self.error)


class Hanging(Dummy):
    def __init__(self):
        super().__init__()
        self.never = Event()

    def get_password(self, service, username):
        self.never.wait()
        return ""

    def set_password(self, service, username, password):
        self.never.wait()


class Small(Dummy):
    """A keyring like that of Windows, which may die before it keeps the next secret."""

    left = 1_000_000

    def set_password(self, service, username, password):
        if len(password) > keyrings.LONGEST:
            raise PasswordSetError("too long")
        if not self.left:
            raise RuntimeError("killed")
        self.left -= 1
        super().set_password(service, username, password)


@pytest.fixture
def hanging():
    backend = Hanging()
    yield backend
    backend.never.set()


def probe(monkeypatch, backend, seconds=5.0):
    monkeypatch.setattr("keyring.get_keyring", lambda: backend)
    return keyrings.probe(seconds)


@pytest.mark.parametrize(
    "error", [KeyringLocked("s3cret"), InitError("s3cret"), RuntimeError("s3cret"), NoKeyringError("s3cret")]
)
def test_a_broken_keyring_is_named_by_its_error_alone(monkeypatch, error):
    with pytest.raises(SecretError, match=type(error).__name__) as caught:
        probe(monkeypatch, Broken(error))
    assert "token_store" in str(caught.value)
    assert "s3cret" not in str(caught.value)
    store = KeyringStore(Broken(error))
    for call in (lambda: store.get("a"), lambda: store.set("a", "s3cret"), lambda: store.delete("a")):
        with pytest.raises(SecretError) as caught:
            call()
        assert "s3cret" not in str(caught.value)


def test_three_seconds_are_the_limit(monkeypatch, hanging):
    assert keyrings.PROBE_SECONDS == 3
    with pytest.raises(SecretError, match=r"did not answer within 0\.01 seconds"):
        probe(monkeypatch, hanging, 0.01)


def test_a_keyring_that_hangs_later_is_given_up_too(hanging):
    store = KeyringStore(hanging, seconds=0.01)
    for call in (lambda: store.get("a"), lambda: store.set("a", "s3cret"), lambda: store.delete("a")):
        with pytest.raises(SecretError, match="did not answer"):
            call()


@pytest.mark.parametrize(
    ("module", "name", "said"),
    [
        ("keyrings.alt.file", "PlaintextKeyring", "plain text"),
        ("keyrings.alt.file", "EncryptedKeyring", "asks on the terminal"),
        ("keyrings.cryptfile.cryptfile", "CryptFileKeyring", "asks for a password"),
    ],
)
def test_backends_that_ask_or_hide_nothing_are_not_even_asked(monkeypatch, module, name, said):
    backend = type(name, (Broken,), {"__module__": module})(AssertionError("asked"))
    with pytest.raises(SecretError, match=said):
        probe(monkeypatch, backend)


@pytest.mark.parametrize(
    ("backend", "said"), [(fail.Keyring(), "there is none"), (null.Keyring(), "forgets")]
)
def test_what_keeps_nothing_is_refused(monkeypatch, backend, said):
    with pytest.raises(SecretError, match=said):
        probe(monkeypatch, backend)


def test_of_a_chain_only_the_first_is_used(monkeypatch):
    first, second = Dummy(), Broken(AssertionError("asked"))
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [first, second])
    assert probe(monkeypatch, chainer.ChainerBackend()) is first
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [Locked(), first])
    with pytest.raises(SecretError, match="KeyringLocked"):
        probe(monkeypatch, chainer.ChainerBackend())


@pytest.mark.parametrize("length", [0, 1, 1279, 1280, 1281, 2560, 2561, 4000])
def test_secrets_of_any_length_are_kept_and_removed_whole(length):
    backend = Small()
    store = KeyringStore(backend)
    store.set("p/token", LONG[:length])
    store.set("p/tokens", "another")
    assert store.get("p/token") == LONG[:length]
    store.delete("p/token")
    assert store.get("p/token") is None
    assert list(backend.kept) == [("awra-tui", "p/tokens")]


def test_a_long_secret_is_replaced_whole_or_not_at_all():
    backend = Small()
    store = KeyringStore(backend)
    store.set("p/token", LONG)
    entries = len(backend.kept)
    for left in range(4):
        backend.left = left
        with pytest.raises(SecretError):
            store.set("p/token", LONG[::-1])
        assert store.get("p/token") == LONG
    backend.left = 1000
    store.set("p/token", "short")
    assert store.get("p/token") == "short"
    store.set("p/token", LONG[::-1])
    assert store.get("p/token") == LONG[::-1]
    assert entries == 5


def test_a_secret_that_looks_like_parts_is_a_secret():
    store = KeyringStore(Small())
    store.set("p/token", "awra-tui parts 00000000 3")
    assert store.get("p/token") == "awra-tui parts 00000000 3"


def test_a_lost_part_is_no_secret():
    backend = Small()
    store = KeyringStore(backend)
    store.set("p/token", LONG)
    part = next(name for name in backend.kept if name[1].endswith("/1"))
    del backend.kept[part]
    assert store.get("p/token") is None


REAL = """
import sys
from awra_tui.settings.stores import KeyringStore
store = KeyringStore()
long = "x" * 3000
assert store.get("p/token") is None
store.set("p/token", "s3cret-ü")
store.set("p/long", long)
again = KeyringStore()
assert again.get("p/token") == "s3cret-ü"
assert again.get("p/long") == long
again.delete("p/token")
again.delete("p/long")
assert store.get("p/token") is None and store.get("p/long") is None
print("kept and forgotten")
"""


REFUSED = """
import time
from awra_tui.records.errors import SecretError
from awra_tui.settings.stores import KeyringStore
began = time.monotonic()
try:
    KeyringStore()
except SecretError as error:
    print(error)
assert time.monotonic() - began < 6
"""

needs_a_desktop = pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="dbus-run-session (package dbus) and gnome-keyring are not installed",
)


def on_a_desktop(tmp_path, monkeypatch, before, script):
    """Run a script in a session of its own, with an empty home and gnome-keyring as it is started."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME"):
        folder = tmp_path / name
        folder.mkdir(mode=0o700)
        monkeypatch.setenv(name, str(folder))
    for name in ("PYTHON_KEYRING_BACKEND", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    shell = f'{before} >/dev/null 2>&1; exec "$0" -c "$1"'
    command = ["dbus-run-session", "--", "sh", "-c", shell, sys.executable, script]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@needs_a_desktop
def test_a_real_keyring_keeps_and_forgets(tmp_path, monkeypatch):
    unlocked = "printf pw | gnome-keyring-daemon --unlock --components=secrets"
    done = on_a_desktop(tmp_path, monkeypatch, unlocked, REAL)
    assert done.stdout == "kept and forgotten\n", done.stderr


@needs_a_desktop
def test_a_real_keyring_that_nobody_unlocked_is_a_sentence(tmp_path, monkeypatch):
    locked = "gnome-keyring-daemon --start --components=secrets"
    done = on_a_desktop(tmp_path, monkeypatch, locked, REFUSED)
    assert "keyring of this system cannot be used" in done.stdout, done.stderr
