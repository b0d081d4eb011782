"""What a running process takes: memory and time of the processor, as the system counts them."""

import os
import subprocess
from pathlib import Path


def rss_mib(pid: int) -> float:
    """Return the resident memory of a process in MiB, mapped files included."""
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(told.stdout) / 1024


def own_mib(pid: int) -> float | None:
    """Return the resident memory that a process shares with no file, None where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    found = [int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon:")]
    return found[0] if found else None


def cpu_seconds(pid: int) -> float | None:
    """Return the processor time that a process has taken, None where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def machine_ticks() -> tuple[int, int] | None:
    """Return how long all cores have worked and how long they have been there, None where it is not told."""
    try:
        first = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0]
    except OSError:
        return None
    ticks = [int(field) for field in first.split()[1:9]]
    return sum(ticks) - sum(ticks[3:5]), sum(ticks)


def machine_share(before: tuple[int, int] | None) -> float:
    """Return the part of all cores that was at work since then; at 100 % the machine is what is measured."""
    now = machine_ticks()
    if before is None or now is None or now[1] == before[1]:
        return 0.0
    return (now[0] - before[0]) / (now[1] - before[1])
