"""At a terminal: the secret is not shown, the company is asked for, a browser never holds anything up."""

import os
import select
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest

from awra_tui.cli import connect
from tests.cli.commands import PROGRAM
from tests.connect.person import Connecting, consent

pytestmark = pytest.mark.skipif(os.name != "posix", reason="terminals are those of POSIX")

AT_A_TERMINAL = """
import os, sys
terminal = os.open(sys.argv[1], os.O_RDWR)
for at in range(3):
    os.dup2(terminal, at)
os.execv(sys.argv[2], sys.argv[2:])
"""


class Terminal:
    """What stands on a terminal, and whoever types at it."""

    def __init__(self, end: int) -> None:
        self._end = end
        self.shown = ""

    def type(self, text: str) -> None:
        os.write(self._end, text.encode() + b"\n")

    def wait_for(self, text: str) -> str:
        """Wait until a text is shown; return everything after the last one that was waited for."""
        seen = ""
        while text not in seen:
            assert select.select([self._end], [], [], 20)[0], self.shown
            more = os.read(self._end, 4096).decode()
            seen += more
            self.shown += more
        return seen


@contextmanager
def at_a_terminal(connecting: Connecting, *args: str) -> Iterator[Terminal]:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", AT_A_TERMINAL, os.ttyname(theirs), *PROGRAM, *args, "--profile", "shop"]
    environment = os.environ | {"AWRA_TUI_HOME": str(connecting.home), "COLUMNS": "500"}
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        environment.pop(name, None)
    with subprocess.Popen(command, env=environment, start_new_session=True) as process:
        try:
            yield Terminal(ours)
        finally:
            process.kill()
            os.close(ours)
            os.close(theirs)


def answered(terminal: Terminal, connecting: Connecting) -> str:
    """Type the app's keys, consent, and return the question about the company."""
    terminal.wait_for("Client id")
    terminal.type(connecting.company.client_id)
    terminal.wait_for("Client secret")
    terminal.type(connecting.company.client_secret)
    shown = terminal.wait_for("Ctrl+C ends it.")
    consent(next(line for line in shown.splitlines() if line.startswith("http")))
    return terminal.wait_for("[y/N]")


def test_the_secret_is_not_shown_and_the_company_is_asked_for(connecting: Connecting) -> None:
    with at_a_terminal(connecting, "connect") as terminal:
        question = answered(terminal, connecting)
        assert connecting.company.realm_id in question
        assert connecting.secret("refresh_token") is None
        terminal.type("y")
        terminal.wait_for("is connected to")
    assert connecting.secret("refresh_token")
    assert connecting.company.client_secret not in terminal.shown
    assert str(connecting.secret("access_token")) not in terminal.shown


def test_a_no_keeps_nothing(connecting: Connecting) -> None:
    with at_a_terminal(connecting, "connect") as terminal:
        answered(terminal, connecting)
        terminal.type("n")
        terminal.wait_for("Nothing was kept.")
    assert connecting.secrets == {}


def test_disconnecting_is_asked_for_too(connecting: Connecting) -> None:
    assert connecting.connect(consent).code == 0
    with at_a_terminal(connecting, "disconnect") as terminal:
        terminal.wait_for("[y/N]")
        terminal.type("n")
        terminal.wait_for("Nothing was changed.")
    assert connecting.secret("refresh_token")


def test_a_browser_that_never_returns_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    opened, never = Event(), Event()

    def hang(address: str) -> bool:
        opened.set()
        return never.wait()

    monkeypatch.setattr(webbrowser, "open", hang)
    monkeypatch.setenv("DISPLAY", ":9")
    try:
        connect._show("http://x.test", browser=True)
        assert opened.wait(10)
    finally:
        never.set()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there a browser is always beside a terminal")
def test_a_browser_inside_the_terminal_is_never_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(webbrowser, "open", lambda address: pytest.fail("opened"))
    assert not connect.has_browser()
    connect._show("http://x.test", browser=True)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert connect.has_browser()
