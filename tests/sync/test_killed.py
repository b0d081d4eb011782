"""A real process killed at any moment of a real sync: each record exactly once, to the cent."""

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path

from tests.office import PROFILE, write_ledger
from tests.simulated import Simulated, simulated
from tests.watch import Watch

KILLS = 10
NUMBERS = range(1, 601)
SEED = 20261123


@contextmanager
def syncing(profile: Path, company: Simulated) -> Iterator[subprocess.Popen[bytes]]:
    """Start a process that syncs; it is gone when the block ends."""
    command = [sys.executable, "-m", "tests.sync.child", str(profile), *company.settings]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as child:
        try:
            yield child
        finally:
            child.kill()


def booked(company: Simulated) -> int:
    counts = company.counts()
    return counts.get("Invoice", 0) + counts.get("Payment", 0)


def wait_for_more(company: Simulated, child: subprocess.Popen[bytes], count: int) -> None:
    """Wait until the books hold so many transactions, or the child has ended."""
    while child.poll() is None and booked(company) < count:
        let_run(child, 0.005)


def let_run(child: subprocess.Popen[bytes], seconds: float) -> None:
    """Let a process go on for so long, unless it ends before."""
    with suppress(subprocess.TimeoutExpired):
        child.wait(seconds)


def test_each_record_arrives_exactly_once_however_often_the_process_is_killed(
    watch: Watch, tmp_path: Path
) -> None:
    amounts = {f"INV-{number}": f"{number}.{number % 100:02d}" for number in NUMBERS}
    write_ledger(tmp_path, amounts, paid=list(amounts)[::2])
    profile = tmp_path / "profile.toml"
    profile.write_text(PROFILE, encoding="utf-8")
    chance = random.Random(SEED)
    with simulated("empty-us") as company:
        company.profile(profile)
        for _ in range(KILLS):
            with syncing(profile, company) as child:
                wait_for_more(company, child, booked(company) + 1)
                let_run(child, chance.uniform(0, 0.06))
                child.send_signal(signal.SIGKILL)
            # The lease of the dead expires, and what was lost on the way can be told by now.
            watch.forward(minutes=3)
        for _ in range(2):
            with syncing(profile, company) as child:
                assert child.stdout is not None
                outcome = child.stdout.read().decode().strip()
            watch.forward(minutes=3)
        assert outcome in {"done", "nothing"}
        sent = {one["DocNumber"]: Decimal(str(one["TotalAmt"])) for one in company.all("Invoice")}
        assert len(company.all("Invoice")) == len(amounts)
        assert sent == {number: Decimal(amount) for number, amount in amounts.items()}
        paid = [Decimal(str(one["TotalAmt"])) for one in company.all("Payment")]
        assert sum(paid) == sum(Decimal(amount) for amount in list(amounts.values())[::2])
        assert len(paid) == len(list(amounts)[::2])
        assert len(company.all("Customer")) == 1
        assert company.books()["total"] == 0


def test_two_processes_at_once_send_everything_once(watch: Watch, tmp_path: Path) -> None:
    amounts = {f"INV-{number}": "10.00" for number in range(1, 61)}
    write_ledger(tmp_path, amounts)
    profile = tmp_path / "profile.toml"
    profile.write_text(PROFILE, encoding="utf-8")
    with simulated("empty-us") as company:
        company.profile(profile)
        with syncing(profile, company) as one, syncing(profile, company) as other:
            outcomes = {child.communicate(timeout=30)[0].decode().strip() for child in (one, other)}
        assert "done" in outcomes
        assert outcomes <= {"done", "busy", "nothing"}
        assert sorted(found["DocNumber"] for found in company.all("Invoice")) == sorted(amounts)
