"""A headless Chromium, driven over its debugging pipe: JSON messages that end with a zero byte."""

import itertools
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium")
SECONDS = 30.0
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)

KEYS = {"Tab": 9, "Enter": 13, "ArrowDown": 40}

START = """
import os, sys

# Through high numbers, so that neither end is overwritten before it has been moved.
reading, writing = (os.dup(int(end)) for end in sys.argv[1:3])
high = [os.dup2(end, 60 + at) for at, end in enumerate((reading, writing))]
os.dup2(high[0], 3)
os.dup2(high[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Gives Chromium its ends of the pipes as the numbers 3 and 4."""


class Page:
    """One page of the browser; nothing takes longer than ``SECONDS`` from its opening."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing = reading, writing
        self._numbers = itertools.count(1)
        self._buffer = b""
        self._until = time.monotonic() + SECONDS
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    _session = ""

    def open(self, address: str) -> None:
        self._ask("Page.navigate", url=address)

    def evaluate(self, script: str) -> Any:
        """Return what a script in the page evaluates to, or None while the page changes."""
        found = self._ask("Runtime.evaluate", expression=script, returnByValue=True)
        return found.get("result", {}).get("value")

    def press(self, *names: str) -> None:
        """Press keys of the keyboard, one after the other."""
        for name in names:
            key = {"key": name, "code": name, "windowsVirtualKeyCode": KEYS[name]}
            text = {"text": "\r"} if name == "Enter" else {}
            self._ask("Input.dispatchKeyEvent", type="keyDown", **key, **text)
            self._ask("Input.dispatchKeyEvent", type="keyUp", **key)

    def until(self, script: str) -> Any:
        """Evaluate a script again and again until it is something; the browser itself does the waiting."""
        while not (found := self.evaluate(script)):
            assert time.monotonic() < self._until, self.evaluate("document.documentElement.outerHTML")
            select.select([], [], [], 0.05)
        return found

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._writing, json.dumps(message).encode() + b"\0")
        while True:
            answer = json.loads(self._message())
            if answer.get("id") == number:
                return answer.get("result", {})

    def _message(self) -> bytes:
        while b"\0" not in self._buffer:
            left = max(0.0, self._until - time.monotonic())
            assert select.select([self._reading], [], [], left)[0], "the browser does not answer"
            more = os.read(self._reading, 65536)
            assert more, "the browser has ended"
            self._buffer += more
        message, _, self._buffer = self._buffer.partition(b"\0")
        return message


@contextmanager
def browser(folder: Path) -> Iterator[Page]:
    """Start Chromium with a profile of its own in ``folder``, and yield a page."""
    assert CHROMIUM is not None
    commands, theirs_in = os.pipe(), os.pipe()
    pipes = (str(commands[0]), str(theirs_in[1]))
    process = subprocess.Popen(
        [sys.executable, "-c", START, *pipes, CHROMIUM, *FLAGS, f"--user-data-dir={folder}"],
        pass_fds=(commands[0], theirs_in[1]),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"HOME": str(folder)},
    )
    os.close(commands[0])
    os.close(theirs_in[1])
    try:
        yield Page(theirs_in[0], commands[1])
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        os.close(theirs_in[0])
        os.close(commands[1])
