"""``python -m tests.chaos.soak``: everything that fails, for long, and whether the books are right after it.

Each part is a list of runs, each run a process of its own that prints one line of JSON. The soak ends
by itself, prints a table, and fails where a record is twice or lost or anything else is not in order.
"""

import argparse
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from awra_tui.sync.parcels import BATCH
from tests.chaos.told import Told, heard

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part: its name, the minutes it may take, and its runs as arguments of ``python -m``."""

    name: str
    minutes: float
    runs: tuple[tuple[str, ...], ...]


KILLS, KILL_RUNS, KILL_MINUTES = 200, 8, 18
"""So many processes are killed, in so many runs, which may take so many minutes together."""
RIVAL_RUNS, RIVAL_MINUTES = 4, 5
"""So many times processes meet for twenty rounds, in so many minutes together."""


def parts(seeds: int, size: int, minutes: float) -> tuple[Part, ...]:
    """Return the parts in order; ``minutes`` are for the faults on the wire."""
    wire = [
        ("tests.chaos.wire", "--seed", str(seed), "--size", str(size), "--batch", str(batch(seed)), *ignored)
        for seed in range(1, seeds + 1)
        for ignored in ((), ("--ignored",))
    ]
    kills = tuple(
        ("tests.chaos.kills", "--kills", str(KILLS // KILL_RUNS), *each) for each in _seeds(KILL_RUNS)
    )
    rivals = tuple(("tests.chaos.rivals", *each) for each in _seeds(RIVAL_RUNS))
    return (
        Part(name="wire", minutes=minutes, runs=tuple(wire)),
        Part(name="kills", minutes=KILL_MINUTES, runs=kills),
        Part(name="rivals", minutes=RIVAL_MINUTES, runs=rivals),
    )


def _seeds(runs: int) -> Iterator[tuple[str, ...]]:
    """Yield seeds as arguments, every other one with a QuickBooks that ignores requestid."""
    for seed in range(1, runs + 1):
        yield ("--seed", str(seed), *(() if seed % 2 else ("--ignored",)))


def batch(seed: int) -> int:
    """Return how many records go in one request: with small batches more of them meet a fault."""
    return 6 if seed % 5 == 0 else BATCH


@dataclass(slots=True)
class Done:
    """What became of a part: what its runs told, which of them broke, and how many were not begun."""

    part: Part
    told: list[Told] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    left: int = 0
    seconds: float = 0

    @property
    def is_good(self) -> bool:
        """Whether every run was done and nothing was wrong."""
        wrong = any(one.twice or one.lost or one.troubles for one in self.told)
        return bool(self.told) and not wrong and not self.broken and not self.left


def do(part: Part, processes: int) -> Done:
    """Do the runs of a part, so many at a time, until its time is over."""
    done = Done(part, left=len(part.runs))
    begun = time.monotonic()
    lock = threading.Lock()

    def one(run: tuple[str, ...]) -> None:
        left = part.minutes * 60 - (time.monotonic() - begun)
        if left <= 0:
            return
        found, said = _run(run, left)
        with lock:
            done.left -= 1
            if found:
                done.told.append(found)
            else:
                done.broken.append(said)
        _say(f"{part.name} {len(part.runs) - done.left}/{len(part.runs)}: {said}")

    with ThreadPoolExecutor(processes) as pool:
        try:
            list(pool.map(one, part.runs))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            _end_children()
            raise
    done.seconds = time.monotonic() - begun
    return done


_children: set[subprocess.Popen[bytes]] = set()


def _end_children() -> None:
    """End the runs that are under way; what they started ends with them."""
    for child in list(_children):
        child.kill()


def _run(run: tuple[str, ...], seconds: float) -> tuple[Told | None, str]:
    """Do one run; return what it told, and a line about it."""
    command = [sys.executable, "-m", *run]
    begun = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as child:
        _children.add(child)
        try:
            out, err = child.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            return None, f"python -m {' '.join(run)} was not done in time"
        finally:
            _children.discard(child)
    if not out.strip():
        return None, f"python -m {' '.join(run)} broke: {err.decode(errors='replace')[-2000:]}"
    told = heard(out.splitlines()[-1])
    wrong = f", {len(told.troubles)} TROUBLES" if told.troubles else ""
    return told, f"{told.again}: {time.monotonic() - begun:.0f} s, {told.requests:,} requests{wrong}"


def table(done: Sequence[Done]) -> Iterator[str]:
    """Yield the lines that tell what the soak came to."""
    for one in done:
        faults = sum((Counter(told.faults) for told in one.told), Counter[str]())
        runs = f"{len(one.told)} of {len(one.part.runs)} runs"
        yield f"\n{one.part.name}: {runs} in {one.seconds / 60:.1f} minutes"
        yield from (f"  {count:>8,}  {name}" for name, count in faults.most_common())
        yield f"  {faults.total():>8,}  faults injected in all"
        for name, count in _sums(one.told).items():
            yield f"  {count:>8,}  {name}"
        yield f"  slowest recovery: {_slowest(one.told)}"
        yield from (f"  NOT DONE: {said}" for said in one.broken)
        if one.left:
            yield f"  NOT BEGUN: {one.left} runs, because the time was over"
        for told in one.told:
            yield from (f"  {trouble}\n    again: {told.again}" for trouble in told.troubles[:10])


def _sums(told: Sequence[Told]) -> dict[str, int]:
    return {
        "requests made": sum(one.requests for one in told),
        "records": sum(one.records for one in told),
        "records twice": sum(one.twice for one in told),
        "records lost": sum(one.lost for one in told),
        "duplicates detected": sum(one.detected for one in told),
    }


def _slowest(told: Sequence[Told]) -> str:
    seconds = max((one.slowest_seconds for one in told), default=0)
    passes = max((one.slowest_passes for one in told), default=0)
    return f"{seconds / 60:.0f} minutes of the clock, {passes} passes"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """Do all parts and print the table; return 1 where anything is not in order."""
    parser = argparse.ArgumentParser("soak", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--size", type=int, default=5000, help="records of each run")
    parser.add_argument("--minutes", type=float, default=35, help="the most that faults on the wire may take")
    parser.add_argument("--processes", type=int, default=2, help="runs at the same time")
    parser.add_argument("--only", default="", help="the one part to do: wire or kills")
    given = parser.parse_args()
    # Asked to end, it ends what it started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    chosen = [one for one in parts(given.seeds, given.size, given.minutes) if given.only in {"", one.name}]
    try:
        done = [do(part, given.processes) for part in chosen]
    except KeyboardInterrupt:
        _say("Stopped; what was under way has been ended.")
        return 130
    for line in table(done):
        _say(line)
    return 0 if all(one.is_good for one in done) else 1


if __name__ == "__main__":
    raise SystemExit(main())
