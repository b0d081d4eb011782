"""A team with one cache on a server: two processes at once, one that dies, and a server that goes away."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages import log
from awra_tui.cache.store import leases, outbox, records
from awra_tui.cache.stored import StoredRecord
from awra_tui.records.errors import CacheError
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.settings import http
from awra_tui.sync import leases as sync_leases
from awra_tui.sync.desk import Desk
from tests.office import PROFILE, BooksCompany, office, write_ledger
from tests.postgres import Server
from tests.simulated import Simulated, simulated
from tests.sync.test_interruptions import Beating
from tests.watch import Watch

SYNC = "tests.sync.child"
RESEND = "tests.sync.resender"
MANY = {f"INV-{number}": f"{number}.25" for number in range(1, 121)}


@pytest.fixture
def shared(postgres: Server) -> str:
    """The setting that names an empty cache on a server."""
    return f"cache.url={postgres.database()}"


@contextmanager
def working(module: str, profile: Path, company: Simulated, shared: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start a process of the team; it is gone when the block ends."""
    command = [sys.executable, "-m", module, str(profile), shared, *company.settings]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as child:
        try:
            yield child
        finally:
            child.kill()


@contextmanager
def connected(folder: Path, ledger: dict[str, str]) -> Iterator[tuple[Path, Simulated]]:
    """Write a profile and its source; yield it with the company it may speak to."""
    write_ledger(folder, ledger)
    profile = folder / "profile.toml"
    profile.write_text(PROFILE, encoding="utf-8")
    with simulated("empty-us") as company:
        company.profile(profile)
        yield profile, company


def switch(company: Simulated, **switches: object) -> None:
    """Set switches of a simulated company."""
    httpx.post(
        f"{company.announced.base_url}/simulator/switches", json=switches, timeout=10
    ).raise_for_status()


def said(child: subprocess.Popen[bytes]) -> str:
    return child.communicate(timeout=60)[0].decode().strip()


def test_two_processes_at_once_send_everything_once(watch: Watch, tmp_path: Path, shared: str) -> None:
    with connected(tmp_path, MANY) as (profile, company):
        with (
            working(SYNC, profile, company, shared) as one,
            working(SYNC, profile, company, shared) as other,
        ):
            outcomes = {said(one), said(other)}
        assert "done" in outcomes
        assert outcomes <= {"done", "busy", "nothing"}
        assert sorted(found["DocNumber"] for found in company.all("Invoice")) == sorted(MANY)


def test_a_record_sent_again_by_two_at_once_arrives_once(watch: Watch, tmp_path: Path, shared: str) -> None:
    with connected(tmp_path, {"INV-1": "10.00"}) as (profile, company):
        switch(company, closing_date="2026-11-20")
        with working(SYNC, profile, company, shared) as first:
            assert said(first) == "done"
        assert company.all("Invoice") == []
        switch(company, closing_date=None, latency_ms=50)
        with (
            working(RESEND, profile, company, shared) as one,
            working(RESEND, profile, company, shared) as other,
        ):
            sentences = {said(one), said(other)}
        assert "It is in QuickBooks." in sentences
        assert len(sentences) == 1 or "is sending for this profile at the moment" in "".join(sentences)
        assert [found["DocNumber"] for found in company.all("Invoice")] == ["INV-1"]


def test_the_lease_of_a_killed_process_ends_and_another_goes_on(
    watch: Watch, tmp_path: Path, shared: str
) -> None:
    with connected(tmp_path, MANY) as (profile, company):
        with working(SYNC, profile, company, shared) as child:
            while child.poll() is None and company.counts().get("Invoice", 0) < 1:
                pass
            child.send_signal(signal.SIGKILL)
        with working(SYNC, profile, company, shared) as early:
            assert said(early) == "busy"
        watch.forward(minutes=3)
        with working(SYNC, profile, company, shared) as late:
            assert said(late) == "done"
        assert sorted(found["DocNumber"] for found in company.all("Invoice")) == sorted(MANY)


@pytest.mark.parametrize("when", ["before it arrives", "after it was booked"])
async def test_without_its_server_nothing_more_is_sent_and_the_next_pass_heals(
    watch: Watch, tmp_path: Path, postgres: Server, shared: str, when: str
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, MANY)
    with office(tmp_path, company, overrides=[shared]) as desk:

        async def lose_the_server(request: http.Request) -> None:
            if len(company.wire.sent) == 2:
                if when == "after it was booked":
                    await http.ASGITransport.handle_async_request(company.wire, request)
                shut(postgres, shared)

        company.wire.before = lose_the_server
        with pytest.raises(CacheError, match="does not answer"):
            await sync_now(desk)
        reopen(postgres, shared)
        company.wire.before = None
        recorded = {one.requestid: one.status for one in desk.cache.now(outbox.unanswered)}
        sent = [request.url.params["requestid"] for request in company.wire.sent]
        assert set(sent) <= {*recorded, *_answered(desk)}
        watch.forward(minutes=3)
        assert (await sync_now(desk)).outcome == "done"
        watch.forward(minutes=3)
        await sync_now(desk)
        assert sorted(one["DocNumber"] for one in company.all("Invoice")) == sorted(MANY)
        assert len(company.all("Customer")) == 1
        assert {one.status for one in _invoices(desk)} == {Status.SUCCEEDED}


async def test_a_server_that_comes_back_finds_the_lease_held_still(
    watch: Watch, tmp_path: Path, postgres: Server, shared: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "10.00"})
    beaten = asyncio.Event()

    async def beat_at_once(_: float) -> None:
        beaten.set()
        await asyncio.tasks.sleep(0)

    async def beats() -> None:
        for _ in range(3):
            beaten.clear()
            await asyncio.wait_for(beaten.wait(), 20)

    with office(tmp_path, company, overrides=[shared]) as desk:

        async def away_for_a_while(request: http.Request) -> None:
            shut(postgres, shared)
            await beats()
            reopen(postgres, shared)
            for _ in range(2):
                watch.forward(seconds=50)
                await beats()
            assert desk.cache.now(leases.holder_of, sync_leases.SENDING).startswith(desk.who)

        monkeypatch.setattr(sync_leases, "asyncio", Beating(beat_at_once))
        company.wire.before = away_for_a_while
        assert (await sync_now(desk)).outcome == "done"


def _name(shared: str) -> str:
    return urlsplit(shared.partition("=")[2]).path[1:]


def shut(postgres: Server, shared: str) -> None:
    """Let nobody into a cache any more, and turn out who is there."""
    name = _name(shared)
    postgres.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    postgres.execute(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'")


def reopen(postgres: Server, shared: str) -> None:
    """Let everybody into a cache again."""
    postgres.execute(f'ALTER DATABASE "{_name(shared)}" ALLOW_CONNECTIONS true')


def _answered(desk: Desk) -> set[str]:
    return {row.requestid for row in desk.cache.now(log.attempts)}


def _invoices(desk: Desk) -> list[StoredRecord]:
    return list(desk.cache.now(records.many, [RecordKey("invoice", number) for number in MANY]).values())
