"""Processes that work at one profile at the same moment, over SQLite: everything once, told in words."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from awra_tui.actions.desk import Desk, open_desk
from awra_tui.app import ConsoleApp
from awra_tui.cache.store import leases
from awra_tui.settings.profile import load_profile
from awra_tui.sync import leases as sync_leases
from tests.chaos.rivals import Rivalry, run
from tests.cli.commands import PATIENCE, child, wait_until
from tests.office import PROFILE, write_ledger
from tests.screens.driving import press, settle
from tests.simulated import Simulated, simulated
from tests.watch import Watch


def test_rivals_send_everything_once_though_one_is_killed_now_and_then(watch: Watch, tmp_path: Path) -> None:
    met = run(Rivalry(seed=1, size=120, rounds=6, honoured=False), tmp_path, watch)
    assert met.troubles == []
    assert met.found.detected == []
    assert met.outcomes["busy"] > 0
    assert set(met.outcomes) <= {"done", "nothing", "busy", "killed"}


@dataclass
class Team:
    """A profile, the company it sends to, its cache as seen from beside, and commands at it."""

    company: Simulated
    desk: Desk
    folder: Path

    @contextmanager
    def working(self, *args: str) -> Iterator["subprocess.Popen[bytes]"]:
        """Start a command; it is gone when the block ends."""
        settings = [part for each in self.company.settings for part in ("--set", each)]
        command = [*args, "--profile", str(self.folder / "profile.toml"), *settings]
        process = child(command, self.folder / "home")
        try:
            yield process
        finally:
            process.kill()
            process.communicate()

    def sender(self) -> str:
        """Return who holds the right to send."""
        return self.desk.cache.now(leases.holder_of, sync_leases.SENDING)

    def numbers(self) -> list[str]:
        return sorted(one["DocNumber"] for one in self.company.all("Invoice"))


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    path = tmp_path / "profile.toml"
    path.write_text(PROFILE, encoding="utf-8")
    with simulated("empty-us") as company:
        company.profile(path)
        desk = open_desk(load_profile(str(path), company.settings))
        try:
            yield Team(company, desk, tmp_path)
        finally:
            desk.cache.close()


def ended(process: "subprocess.Popen[bytes]") -> tuple[int, str]:
    """Return how a command ended and all that it said."""
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, (out + err).decode()


def test_a_record_sent_again_twice_at_one_moment_arrives_once_and_says_who_sends(team: Team) -> None:
    write_ledger(team.folder, {"INV-1": "10.00"})
    team.company.switch(closing_date="2026-11-20")
    with team.working("sync", "--quiet") as first:
        assert ended(first)[0] == 1
    # Slow answers: the first is still at it when it is stopped.
    team.company.switch(closing_date=None, latency_ms=200)
    with team.working("resend", "invoice/INV-1", "--yes") as one:
        wait_until(one, team.sender)
        # Away in the middle of its work, as a process of a machine that sleeps.
        os.kill(one.pid, signal.SIGSTOP)
        sender = team.sender()
        with team.working("resend", "invoice/INV-1", "--yes") as other:
            code, said = ended(other)
        os.kill(one.pid, signal.SIGCONT)
        assert ended(one)[0] == 0
    assert code in (1, 2)
    assert f"{sender.partition(' #')[0]} is sending for this profile at the moment" in said
    assert team.numbers() == ["INV-1"]


def test_commands_beside_a_scheduled_sync_send_everything_once(team: Team) -> None:
    wanted: dict[str, str] = {}
    write_ledger(team.folder, {"INV-0": "1.00"})
    with team.working("sync", "--every", "1s", "--json") as scheduled:
        for number in range(4):
            wanted |= {f"INV-{number}{place}": f"{place}.50" for place in range(1, 40)}
            write_ledger(team.folder, {"INV-0": "1.00", **wanted})
            with team.working("sync", "--quiet") as other:
                code, said = ended(other)
            assert code in (0, 1) or "is sending for this profile at the moment" in said, said
        wait_until(scheduled, lambda: len(team.numbers()) > len(wanted))
        scheduled.send_signal(signal.SIGTERM)
        out, err = scheduled.communicate(timeout=PATIENCE)
    assert (scheduled.returncode, err) == (0, b"")
    outcomes = {json.loads(line)["outcome"] for line in out.splitlines()}
    assert outcomes <= {"done", "nothing", "busy"}
    assert team.numbers() == sorted({"INV-0", *wanted})


async def test_a_console_beside_a_scheduled_sync_sends_everything_once(team: Team) -> None:
    wanted: dict[str, str] = {}
    write_ledger(team.folder, {"INV-0": "1.00"})
    with team.working("sync", "--every", "1s", "--json") as scheduled:
        app = ConsoleApp(team.desk, clock_frozen=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            for number in range(4):
                wanted |= {f"INV-{number}{place}": f"{place}.50" for place in range(1, 40)}
                write_ledger(team.folder, {"INV-0": "1.00", **wanted})
                await press(pilot, "r")
                await app.workers.wait_for_complete()
                await settle(pilot)
        wait_until(scheduled, lambda: len(team.numbers()) > len(wanted))
        scheduled.send_signal(signal.SIGTERM)
        assert ended(scheduled)[0] == 0
    assert team.numbers() == sorted({"INV-0", *wanted})
