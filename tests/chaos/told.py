"""What one run of a soak tells the process that started it: one line of JSON on standard output."""

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from tests.chaos.verify import Reckoning
from tests.watch import Watch


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a run came to. ``again`` is the command that repeats it.

    ``twice`` and ``lost`` count records; ``detected`` those that are in the books twice and say so.
    The slowest recovery is in seconds of the settable clock, and in passes. ``troubles`` are sentences.
    """

    again: str
    faults: dict[str, int] = {}
    requests: int = 0
    records: int = 0
    twice: int = 0
    lost: int = 0
    detected: int = 0
    slowest_seconds: float = 0
    slowest_passes: int = 0
    troubles: tuple[str, ...] = ()


@contextmanager
def place() -> Iterator[tuple[Path, Watch]]:
    """Make a temporary folder for a run, with files, time zone and clock of its own."""
    with tempfile.TemporaryDirectory(prefix="awra-tui-") as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        patch.setenv("AWRA_TUI_HOME", str(folder / "home"))
        patch.setenv("TZ", "UTC")
        yield folder, Watch(folder / "now", patch)


def tell(
    again: str,
    found: Reckoning,
    *,
    faults: Mapping[str, int],
    requests: int,
    slowest: tuple[float, int],
    troubles: Sequence[str],
) -> int:
    """Print what a run came to; return 1 where there is trouble. ``slowest`` is in seconds and passes."""
    told = Told(
        again=again,
        faults=dict(faults),
        requests=requests,
        records=found.records,
        twice=len(found.twice),
        lost=len(found.lost) + len(found.unexplained) + len(found.unlinked),
        detected=len(found.detected),
        slowest_seconds=slowest[0],
        slowest_passes=slowest[1],
        troubles=tuple(troubles),
    )
    sys.stdout.write(msgspec.json.encode(told).decode() + "\n")
    return 1 if troubles else 0


def heard(line: bytes) -> Told:
    """Read what a run printed."""
    return msgspec.json.decode(line, type=Told)
