"""``python -m bench``: measure everything in one run and print it as a table."""

import argparse
import json
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import cachework, pacing, queue, quitting, screens
from bench.place import Place, fill
from bench.report import Measure, as_json, table
from bench.terminal import LateError

SIZE = 100_000


def main(arguments: list[str] | None = None) -> int:
    """Measure what was asked for; return 0 whatever the figures are."""
    parser = argparse.ArgumentParser("bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, shorter idling")
    parser.add_argument("--json", action="store_true", help="write JSON for scripts")
    parser.add_argument("--size", type=int, default=SIZE, help=f"records in the cache ({SIZE:,})")
    parser.add_argument("--only", choices=PARTS, action="append", help="a part; may be given several times")
    chosen = parser.parse_args(arguments)
    # Asked to end, it ends what it started and removes its folder, as on Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="awra-bench-") as folder:
        measures = measured(Path(folder), chosen.size, chosen.only or list(PARTS), quick=chosen.quick)
    sys.stdout.write((json.dumps(as_json(measures), indent=2) if chosen.json else table(measures)) + "\n")
    return 0


def measured(folder: Path, size: int, parts: Sequence[str], *, quick: bool) -> list[Measure]:
    """Measure some parts in a folder; a part that fails says so on standard error and leaves the others."""
    place = Place(folder, size)
    started = time.perf_counter()
    with place.open() as cache:
        fill(cache, size)
    _say(f"A cache of {size:,} records was made in {time.perf_counter() - started:.0f} s.")
    found: list[Measure] = []
    for part in parts:
        _say(f"Measuring: {part}")
        try:
            found += PARTS[part](place, quick)
        except LateError as late:
            _say(f"{part} could not be measured. What was drawn last:\n{late}")
    return found


def _pages(place: Place, quick: bool) -> list[Measure]:
    with place.open() as cache:
        return list(cachework.pages(cache, place.size, 5 if quick else 15))


PARTS: dict[str, Callable[[Place, bool], list[Measure]]] = {
    "start": lambda place, quick: screens.first_screen(place, 3 if quick else 9),
    "use": lambda place, quick: screens.in_use(place, 6 if quick else 15, 3 if quick else 10),
    "import": lambda place, quick: cachework.importing(place.folder, place.size, 1 if quick else 3),
    "pages": _pages,
    "queue": lambda place, quick: list(queue.queue(place.folder, queue.WARNINGS, 3 if quick else 9)),
    "pace": lambda place, quick: pacing.pacing(place.folder / "pace", 1_200 if quick else 10_000),
    # Last, because its syncs change what is cached.
    "quit": lambda place, quick: quitting.quitting(place, 1 if quick else 3),
}
"""What can be measured, by name."""


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
