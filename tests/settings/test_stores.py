import os
import stat

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringLocked

from awra_tui.records.errors import SecretError
from awra_tui.settings import keyrings
from awra_tui.settings.stores import FileStore, KeyringStore, MemoryStore, store_for
from tests.settings.profiles import load

posix = pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")


class Dummy(KeyringBackend):
    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


class Locked(Dummy):
    def get_password(self, service, username):
        raise KeyringLocked(f"cannot unlock for {username}")

    def set_password(self, service, username, password):
        raise KeyringLocked(f"cannot store {password}")


@pytest.fixture(params=["memory", "file", "keyring"])
def store(request, tmp_path):
    if request.param == "memory":
        return MemoryStore()
    return FileStore(tmp_path / "secrets" / "a.json") if request.param == "file" else KeyringStore(Dummy())


def test_a_store_keeps_replaces_and_forgets(store):
    assert store.get("a/token") is None
    store.set("a/token", "s3cret")
    store.set("a/other", "x")
    store.set("a/token", "s3cret-ü")
    assert store.get("a/token") == "s3cret-ü"
    store.delete("a/token")
    store.delete("a/token")
    assert store.get("a/token") is None
    assert store.get("a/other") == "x"
    assert "s3cret" not in repr(store)


def test_a_file_outlives_the_store(tmp_path):
    path = tmp_path / "secrets" / "a.json"
    FileStore(path).set("a/token", "s3cret")
    assert FileStore(path).get("a/token") == "s3cret"
    assert [file.name for file in path.parent.iterdir()] == ["a.json"]


@posix
def test_a_file_is_its_owners_alone(tmp_path):
    path = tmp_path / "secrets" / "a.json"
    FileStore(path).set("a/token", "s3cret")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_that_others_can_touch_is_refused(tmp_path, mode):
    path = tmp_path / "secrets" / "a.json"
    FileStore(path).set("a/token", "s3cret")
    path.chmod(mode)
    with pytest.raises(SecretError, match="chmod 600"):
        FileStore(path).get("a/token")
    path.chmod(0o600)
    path.parent.chmod(0o750)
    with pytest.raises(SecretError, match="chmod 700"):
        FileStore(path).set("a/token", "new")


@posix
def test_a_file_of_another_user_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "secrets" / "a.json"
    FileStore(path).set("a/token", "s3cret")
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(SecretError, match="belongs to another user"):
        FileStore(path).get("a/token")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"a": 1}', '"s3cret"'])
def test_a_damaged_file_is_a_sentence_without_its_content(tmp_path, content):
    folder = tmp_path / "secrets"
    folder.mkdir(mode=0o700)
    path = folder / "a.json"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(SecretError, match="is damaged") as caught:
        FileStore(path).get("a")
    assert "s3cret" not in str(caught.value)


def test_a_failed_write_leaves_the_old_secrets(tmp_path, monkeypatch):
    path = tmp_path / "secrets" / "a.json"
    store = FileStore(path)
    store.set("a/token", "old")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SecretError, match="No space left") as caught:
        store.set("a/token", "s3cret")
    assert "s3cret" not in str(caught.value)
    assert store.get("a/token") == "old"
    assert [file.name for file in path.parent.iterdir()] == ["a.json"]


def test_a_locked_keyring_is_a_sentence_without_the_secret():
    store = KeyringStore(Locked())
    for call in (lambda: store.get("a"), lambda: store.set("a", "s3cret"), lambda: store.delete("a")):
        with pytest.raises(SecretError, match=r"KeyringLocked.*token_store") as caught:
            call()
        assert "s3cret" not in str(caught.value)
        assert caught.value.__cause__ is None


def test_backends_that_keep_nothing_or_hide_nothing_are_refused(monkeypatch):
    assert keyrings.reason_against(fail.Keyring()) == "there is none"
    assert "forgets" in keyrings.reason_against(null.Keyring())
    assert keyrings.reason_against(Dummy()) == ""
    plain = type("PlaintextKeyring", (Dummy,), {"__module__": "keyrings.alt.file"})()
    assert "plain text" in keyrings.reason_against(plain)
    chain = chainer.ChainerBackend()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [plain, Dummy()])
    assert "plain text" in keyrings.reason_against(chain)


@pytest.mark.parametrize(
    ("backend", "said"), [(fail.Keyring(), "there is none"), (Locked(), "answered with KeyringLocked")]
)
def test_the_probe_says_why_a_keyring_cannot_be_used(monkeypatch, backend, said):
    monkeypatch.setattr("keyring.get_keyring", lambda: backend)
    with pytest.raises(SecretError, match=said):
        KeyringStore()


def test_the_probe_does_not_wait_for_a_keyring_that_hangs(monkeypatch):
    from threading import Event

    never = Event()
    monkeypatch.setattr("keyring.get_keyring", never.wait)
    try:
        with pytest.raises(SecretError, match="did not answer within"):
            keyrings.probe(0.01)
    finally:
        never.set()


def test_the_probe_returns_a_keyring_that_works(monkeypatch):
    dummy = Dummy()
    monkeypatch.setattr("keyring.get_keyring", lambda: dummy)
    KeyringStore().set("a/token", "s3cret")
    assert dummy.kept == {("awra-tui", "a/token"): "s3cret"}


def test_the_profile_chooses(tmp_path, monkeypatch):
    monkeypatch.setenv("AWRA_TUI_HOME", str(tmp_path / "home"))
    store_for(load(tmp_path)).set("nairobi/token", "x")
    assert (tmp_path / "home" / "data" / "secrets" / "nairobi.json").exists()
    monkeypatch.setattr("keyring.get_keyring", Dummy)
    assert isinstance(store_for(load(tmp_path, "qbo.token_store=keyring")), KeyringStore)
