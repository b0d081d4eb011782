"""A scheduled sync as a real process: SIGTERM ends it in order in whatever phase it is."""

import json
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from awra_tui.actions.desk import Desk, open_desk
from awra_tui.cache.pages import log
from awra_tui.cache.pages.overview import overview, tallies
from awra_tui.cache.schema import RequestTable
from awra_tui.cache.store import facts, outbox
from awra_tui.records.status import Status
from tests.cli.commands import PATIENCE, child, wait_until
from tests.office import PROFILE, write_ledger
from tests.simulated import Simulated, simulated

MANY = {f"INV-{number}": "10.00" for number in range(1, 201)}
SLOW = "qbo.batches_per_minute=60"
"""A batch a second: what is sent takes long enough to be met in the middle."""


@dataclass
class Scheduled:
    """A profile, the company it sends to, and its cache as seen from beside."""

    company: Simulated
    desk: Desk
    folder: Path
    process: "subprocess.Popen[bytes] | None" = None

    def switch(self, **switches: Any) -> None:
        """Set switches of rehearsal."""
        httpx.post(f"{self.company.announced.base_url}/simulator/switches", json=switches, timeout=10)

    def start(self) -> None:
        """Start the schedule."""
        wanted = (*self.company.settings, SLOW)
        settings = [part for each in wanted for part in ("--set", each)]
        command = ["sync", "--every", "1h", "--json", "--profile", str(self.folder / "profile.toml")]
        self.process = child([*command, *settings], self.folder)

    def wait_until(self, reached: Callable[[], Any]) -> None:
        """Wait until something is in the cache; fail where the process has ended."""
        assert self.process is not None
        wait_until(self.process, reached)

    def end(self) -> tuple[int, list[dict[str, Any]], bytes]:
        """Ask the process to end; return its status, the passes it told of, and its complaints."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        out, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, [json.loads(line) for line in out.splitlines()], err

    def is_running(self) -> bool:
        return self.desk.cache.now(overview).running is not None

    def has_read_the_source(self) -> bool:
        return self.is_running() and "invoice" in self.desk.cache.now(tallies)

    def is_sending(self) -> bool:
        return self.desk.cache.now(_sent) > 0

    def is_paused(self) -> bool:
        return bool(self.desk.cache.now(overview).paused_until)


def _sent() -> int:
    return int(RequestTable.select().where(RequestTable.status == "sent").count())


@pytest.fixture
def scheduled(home: Path) -> Iterator[Scheduled]:
    with _scheduled(home) as found:
        yield found


@contextmanager
def _scheduled(folder: Path) -> Iterator[Scheduled]:
    write_ledger(folder, MANY)
    path = folder / "profile.toml"
    path.write_text(PROFILE, encoding="utf-8")
    with simulated("empty-us") as company:
        desk = open_desk(company.profile(path))
        found = Scheduled(company, desk, folder)
        try:
            yield found
        finally:
            desk.cache.close()
            if found.process is not None:
                found.process.kill()
                found.process.communicate()


def in_order(found: Scheduled) -> None:
    """Check that nothing is left open: no run, no request, no schedule."""
    page = found.desk.cache.now(overview)
    assert (page.running, page.next_sync, page.schedule_alive) == (None, "", "")
    assert found.desk.cache.now(outbox.unanswered) == []
    statuses = {status for kind in found.desk.cache.now(tallies).values() for status in kind}
    assert Status.UNKNOWN not in statuses


def test_while_quickbooks_is_read(scheduled: Scheduled) -> None:
    scheduled.switch(latency_ms=60_000)
    scheduled.start()
    scheduled.wait_until(scheduled.has_read_the_source)
    code, passes, err = scheduled.end()
    assert (code, passes, err) == (0, [], b"")
    in_order(scheduled)
    run = scheduled.desk.cache.now(log.last_run)
    assert run is not None
    assert run.outcome == "stopped"


def test_while_a_request_is_under_way_its_answer_is_heard(scheduled: Scheduled) -> None:
    scheduled.switch(latency_ms=150)
    scheduled.start()
    scheduled.wait_until(scheduled.is_sending)
    code, passes, err = scheduled.end()
    assert (code, err) == (0, b"")
    assert [one["outcome"] for one in passes] == ["stopped"]
    assert passes[0]["counts"]["succeeded"] >= 1
    assert passes[0]["next"] is None
    in_order(scheduled)
    booked = scheduled.company.counts()
    assert booked.get("Invoice", 0) < len(MANY)


def test_while_quickbooks_asks_to_wait(scheduled: Scheduled) -> None:
    scheduled.start()
    scheduled.wait_until(scheduled.is_sending)
    scheduled.switch(throttle=True)
    scheduled.wait_until(scheduled.is_paused)
    assert scheduled.desk.cache.now(facts.get, facts.SCHEDULE_ALIVE)
    code, passes, err = scheduled.end()
    assert (code, err) == (0, b"")
    assert len(passes) <= 1
    in_order(scheduled)


def test_while_it_waits_after_trouble(scheduled: Scheduled) -> None:
    scheduled.switch(subscription_ended=True)
    scheduled.start()
    assert scheduled.process is not None
    assert scheduled.process.stdout is not None
    first = json.loads(scheduled.process.stdout.readline())
    assert (first["outcome"], first["counts"].get("succeeded", 0)) == ("stopped", 0)
    assert first["next"] > first["at"]
    assert scheduled.end() == (0, [], b"")
    in_order(scheduled)
