"""A program on a terminal of its own: what it draws, frame by frame, and how long that took."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

_SYNC_ASKED = b"\x1b[?2026$p"
_SYNC_GRANTED = b"\x1b[?2026;2$y"
_BEGIN, _END = b"\x1b[?2026h", b"\x1b[?2026l"
_MOVE = re.compile(r"\x1b\[[0-9;]*[Hf]")
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")

Seen = Callable[[str], bool]
"""Says of a frame's text whether it shows what was waited for."""


class LateError(Exception):
    """A program did not draw in time what was waited for; the text is what it drew last."""


class Terminal:
    """One program on a pseudo-terminal.

    It answers, as terminals do today, that frames may be marked (mode 2026), and so knows exactly
    when each one is complete. Moments are seconds of ``time.perf_counter``.
    """

    def __init__(
        self, command: Sequence[str], env: Mapping[str, str], cwd: Path, *, columns: int = 120, rows: int = 40
    ) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.set_blocking(self._master, False)
        self._unread = b""
        self.last = ""
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=dict(env), cwd=cwd, start_new_session=True
        )
        os.close(slave)

    def press(self, keys: str) -> float:
        """Type ``keys`` and return the moment."""
        moment = time.perf_counter()
        os.write(self._master, keys.encode())
        return moment

    def wait(self, seen: Seen, within: float = 30.0) -> float:
        """Return the moment at which a frame was complete that shows what is waited for."""
        end = time.perf_counter() + within
        while (left := end - time.perf_counter()) > 0:
            for moment, text in self._frames(left):
                self.last = text
                if seen(text):
                    return moment
            if self.process.poll() is not None:
                break
        raise LateError(self.last[-3000:] or self._unread[-3000:].decode(errors="replace"))

    def settle(self, quiet: float = 0.25, within: float = 10.0) -> None:
        """Read on until nothing has been drawn for a while."""
        end = time.perf_counter() + within
        while time.perf_counter() < end and self._read(quiet):
            self._cut()

    def idle(self, seconds: float) -> None:
        """Let the program be for some seconds, reading what it draws."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)
            self._cut()

    def wait_for_end(self, within: float = 30.0) -> float:
        """Return the moment at which the program ended."""
        end = time.perf_counter() + within
        while time.perf_counter() < end:
            self._read(0.001)
            if self.process.poll() is not None:
                return time.perf_counter()
        raise LateError(f"it did not end in {within} s")

    def close(self) -> None:
        """End the program if it has not ended, and release the terminal."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.wait_for_end(3)
            except LateError:
                self.process.kill()
        self.process.wait()
        os.close(self._master)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _frames(self, patience: float) -> list[tuple[float, str]]:
        self._read(patience)
        moment = time.perf_counter()
        return [(moment, plain(frame)) for frame in self._cut()]

    def _read(self, patience: float) -> bool:
        if not select.select([self._master], [], [], patience)[0]:
            return False
        try:
            found = os.read(self._master, 1 << 20)
        except OSError:  # the program has closed its side
            time.sleep(0.001)
            return False
        if _SYNC_ASKED in found:
            os.write(self._master, _SYNC_GRANTED)
        self._unread += found
        return True

    def _cut(self) -> list[bytes]:
        """Take the complete frames out of what was read."""
        *done, rest = self._unread.split(_END)
        self._unread = rest
        return [part.rpartition(_BEGIN)[2] for part in done]


def plain(frame: bytes) -> str:
    """Return the text of a frame: a line for each place it writes to, without styles."""
    return _ESCAPE.sub("", _MOVE.sub("\n", frame.decode(errors="replace")))
