"""Running commands as scripts do: in this process with its streams replaced, or as a child."""

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from awra_tui.cli.errors import told
from awra_tui.cli.main import cli

PROGRAM = [sys.executable, "-m", "awra_tui"]
PATIENCE = 60.0
"""So many seconds a command may take to get somewhere before a test gives up."""


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def data(self) -> Any:
        return json.loads(self.out)


def call(*args: str, stdin: bytes = b"") -> Said:
    """Run a command in this process."""
    out, err = io.BytesIO(), io.BytesIO()
    with (
        mock.patch.object(sys, "argv", ["awra-tui", *args]),
        mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin))),
        mock.patch.object(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8")),
        mock.patch.object(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8")),
    ):
        code = told(cli)
        sys.stdout.flush()
        sys.stderr.flush()
        return Said(code, out.getvalue(), err.getvalue().decode())


def child(args: Sequence[str], home: Path, **more: Any) -> "subprocess.Popen[bytes]":
    """Start a command as a process of its own, its files below ``home``."""
    environment = os.environ | {"AWRA_TUI_HOME": str(home)} | more.pop("env", {})
    piped = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen([*PROGRAM, *args], env=environment, **(piped | more))


def wait_until(process: "subprocess.Popen[bytes]", reached: Callable[[], object]) -> None:
    """Wait until something is so while a command works; fail where it ends before, or never gets there."""
    end = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < end, reached
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.01)
            raise AssertionError(process.communicate())


def is_one_sentence(text: str) -> bool:
    """Whether standard error holds one line that is no traceback."""
    return text.endswith((".\n", "?\n")) and text.count("\n") == 1 and "Traceback" not in text
