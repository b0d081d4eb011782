"""The simulator as a process: one line when it is ready, serves until it is told to end."""

import json
import signal
import urllib.request
from pathlib import Path

import pytest

from tests.cli.commands import child, is_one_sentence

NAMES = {
    "base_url", "token_url", "revoke_url", "authorize_url", "discovery_url", "realm_id", "client_id",
    "client_secret", "access_token", "refresh_token",
}  # fmt: skip


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_one_line_then_serves_until_it_is_told_to_end(tmp_path: Path, how: signal.Signals) -> None:
    process = child(["simulator", "--json", "--port", "0", "--state", str(tmp_path / "books")], tmp_path)
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    assert set(told) == NAMES
    with urllib.request.urlopen(told["discovery_url"], timeout=10) as answer:
        assert answer.status == 200
    process.send_signal(how)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, b"", b"")
    assert (tmp_path / "books").exists()


def refused(home: Path, *args: str) -> str:
    """Start a simulator that cannot serve; return what it says."""
    process = child(["simulator", "--json", *args], home)
    try:
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
    assert (process.returncode, out) == (2, b"")
    assert is_one_sentence(err.decode())
    return err.decode()


def test_a_taken_port_is_a_sentence(company: dict[str, str], tmp_path: Path) -> None:
    port = company["base_url"].rpartition(":")[2]
    assert port in refused(tmp_path, "--port", port)


def test_a_state_file_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert str(tmp_path) in refused(tmp_path, "--state", str(tmp_path / "file" / "books"))


def test_no_folder_is_made_for_the_state(tmp_path: Path) -> None:
    missing = tmp_path / "nope" / "deeper"
    assert f"There is no folder {missing}" in refused(tmp_path, "--state", str(missing / "books"))
    assert not missing.parent.exists()


def test_the_state_of_another_company_is_refused(tmp_path: Path) -> None:
    state = str(tmp_path / "books")
    process = child(["simulator", "--json", "--state", state], tmp_path)
    assert process.stdout is not None
    process.stdout.readline()
    process.terminate()
    process.communicate(timeout=20)
    assert "nairobi" in refused(tmp_path, "--company", "nairobi", "--state", state)
