"""The state file: what was answered is kept, whatever happens to the process."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from awra_tui.simulator.company import Company
from tests.simulator.qbo import ANCHOR, payment, sale


@contextmanager
def simulator(state: Path) -> Iterator[tuple[subprocess.Popen[str], httpx.Client, dict[str, Any]]]:
    command = [sys.executable, "-m", "awra_tui.simulator", "--json", "--state", str(state)]
    with subprocess.Popen(
        [*command, "--anchor", ANCHOR.isoformat()], stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            assert child.stdout is not None
            found = json.loads(child.stdout.readline())
            headers = {"Authorization": f"Bearer {found['access_token']}"}
            base = f"{found['base_url']}/v3/company/{found['realm_id']}/"
            with httpx.Client(base_url=base, headers=headers, timeout=20) as client:
                yield child, client, found
        finally:
            child.kill()


def test_a_killed_simulator_forgets_nothing_it_answered(tmp_path: Path) -> None:
    state = tmp_path / "books.db"
    with simulator(state) as (child, client, first):
        customer = client.post("customer", json={"DisplayName": "Kept"}).json()["Customer"]["Id"]
        made = client.post("invoice", json=sale(customer, 100), params={"requestid": "r1"})
        invoice = made.json()["Invoice"]["Id"]
        client.post("payment", json=payment(customer, 40, ("Invoice", invoice, 40)))
        form = {
            "grant_type": "refresh_token",
            "refresh_token": first["refresh_token"],
            "client_id": first["client_id"],
            "client_secret": first["client_secret"],
        }
        tokens = httpx.post(first["token_url"], data=form).json()
        books = httpx.get(f"{first['base_url']}/simulator/books").json()
        httpx.post(f"{first['base_url']}/simulator/switches", json={"closing_date": "2026-01-31"})
        child.kill()
        child.wait()
    with simulator(state) as (child, client, second):
        assert client.get(f"invoice/{invoice}").json()["Invoice"]["Balance"] == 60
        again = client.post("invoice", json=sale(customer, 100), params={"requestid": "r1"})
        assert again.content == made.content
        assert second["refresh_token"] == tokens["refresh_token"]
        assert second["realm_id"] == first["realm_id"]
        assert httpx.get(f"{second['base_url']}/simulator/books").json() == books
        assert (
            client.get("preferences").json()["Preferences"]["AccountingInfoPrefs"]["BookCloseDate"]
            == "2026-01-31"
        )
        child.send_signal(signal.SIGTERM)
        assert child.wait(20) == 0


def test_a_dropped_connection_gets_no_byte_of_an_answer(tmp_path: Path) -> None:
    with simulator(tmp_path / "books.db") as (_, client, found):
        drop = {"drop_next": {"count": 1, "when": "after"}}
        httpx.post(f"{found['base_url']}/simulator/switches", json=drop)
        with pytest.raises(httpx.RemoteProtocolError):
            client.post("customer", json={"DisplayName": "Lost"}, params={"requestid": "r9"})
        again = client.post("customer", json={"DisplayName": "Lost"}, params={"requestid": "r9"})
        assert again.json()["Customer"]["SyncToken"] == "0"


def test_a_state_file_belongs_to_one_company(tmp_path: Path) -> None:
    state = tmp_path / "books.db"
    Company("empty-us", state, ANCHOR).store.close()
    with pytest.raises(ValueError, match="The state file holds the company empty-us, not nairobi"):
        Company("nairobi", state, ANCHOR)


def test_deletions_and_undone_changes_reach_the_file(tmp_path: Path) -> None:
    from awra_tui.simulator import booking, faults

    state = tmp_path / "books.db"
    company = Company("empty-us", state, ANCHOR)
    customer = booking.create(company, "Customer", {"DisplayName": "One"})["Id"]
    gone = booking.create(company, "Invoice", sale(customer))
    booking.delete(company, "Invoice", gone)
    with pytest.raises(faults.FaultError):
        booking.create(company, "Payment", payment(customer, 5, ("Invoice", gone["Id"], 5)))
    company.store.close()
    found = Company("empty-us", state, ANCHOR)
    assert found.store.get("Invoice", gone["Id"]) is None
    assert [one.deleted for one in found.store.everything("Invoice")] == [True]
    assert found.store.counts()["Customer"] == 1
    assert found.store.ledger.trial_balance() == {}
    booking.create(found, "Invoice", sale(customer))
    assert found.store.get("Invoice", "2") is not None
    found.store.close()


def test_two_simulators_do_not_share_a_file(tmp_path: Path) -> None:
    state = tmp_path / "books.db"
    first = Company("empty-us", state, ANCHOR)
    with pytest.raises(OSError, match="in use by another simulator"):
        Company("empty-us", state, ANCHOR)
    first.close()
    Company("empty-us", state, ANCHOR).close()


def test_another_file_is_not_taken_for_the_state(tmp_path: Path) -> None:
    state = tmp_path / "books.db"
    state.write_text("Dear diary, today nothing happened. " * 100, encoding="utf-8")
    with pytest.raises(ValueError, match="is not a state file"):
        Company("empty-us", state, ANCHOR)


def test_a_reset_empties_the_file(tmp_path: Path) -> None:
    state = tmp_path / "books.db"
    company = Company("empty-us", state, ANCHOR)
    company.switch("throttle", value=True)
    company.store.keep_answer("r1", (200, "application/json", b"{}"))
    company.store.flush()
    company.reset()
    company.close()
    found = Company("empty-us", state, ANCHOR)
    assert (found.switches["throttle"], found.store.answer("r1")) == (False, None)
    found.close()


def test_people_read_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from awra_tui.simulator.__main__ import announce_text, main

    announce_text({"base_url": "http://127.0.0.1:1", "realm_id": "9"})
    assert capsys.readouterr().out == "base url: http://127.0.0.1:1\nrealm id: 9\n"
    (tmp_path / "books.db").write_text("x" * 5000, encoding="utf-8")
    assert main(["--state", str(tmp_path / "books.db")]) == 2
    assert "cannot start" in capsys.readouterr().err
