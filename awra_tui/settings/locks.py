"""A lock between processes, held as a lock of the operating system on an open file.

The system lets go of it when its holder dies, so nothing stale ever has to be cleaned up: that is
why it is not a file whose mere existence means "locked".
"""

import asyncio
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from awra_tui.records.errors import AwraError

_FIRST_WAIT, _LONGEST_WAIT = 0.01, 0.25


class LockError(AwraError):
    """Another process holds the lock for too long."""


class FileLock:
    """An exclusive lock on ``path`` for ``async with``; waits at most ``patience`` seconds.

    Each object is used by one task at a time; several objects on one path exclude each other, in
    this process as between processes. Raises LockError when the patience is at its end.
    """

    def __init__(self, path: Path, *, patience: float = 60) -> None:
        self._path = path
        self._patience = patience
        self._descriptor = -1

    async def __aenter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            await self._wait(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        _unlock(descriptor)
        os.close(descriptor)

    async def _wait(self, descriptor: int) -> None:
        deadline, pause = time.monotonic() + self._patience, _FIRST_WAIT
        while not _try_lock(descriptor):
            if time.monotonic() >= deadline:
                raise LockError(
                    f"Another awra-tui has held {self._path} for {self._patience:.0f} seconds; "
                    "wait until it has finished, or end it."
                )
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_WAIT)


@contextmanager
def held(path: Path, otherwise: str) -> Iterator[None]:
    """Hold the lock on ``path`` while the block runs; raise LockError with a sentence if it is taken."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _try_lock(descriptor):
            raise LockError(otherwise)
        yield
        _unlock(descriptor)
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
