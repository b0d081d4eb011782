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
