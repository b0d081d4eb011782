"""Commands that send, decide and take back, against a company of their own."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.cli.commands import call, child, is_one_sentence
from tests.cli.conftest import Shop, furnish
from tests.cli.test_contract import agree, examples, shape


@pytest.fixture
def own(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """A profile with a company that no other test sends to, synced once."""
    process = child(["simulator", "--json"], tmp_path)
    assert process.stdout is not None
    try:
        company = json.loads(process.stdout.readline())
        furnish(home, company)
        monkeypatch.setenv("AWRA_TUI_PROFILE", "shop")
        assert call("connect", "--import", "-", stdin=json.dumps(company).encode()).code == 0
        assert call("sync").code == 1
        yield Shop(home, company)
    finally:
        process.terminate()
        process.communicate(timeout=20)


def test_what_is_created_here_goes_with_the_next_sync_and_is_in_the_log(own: Shop) -> None:
    for customer in ("C-1", "C-2"):
        assert call("connect-customer", customer, "--new").code == 0
    said = call("sync", "--json")
    assert (said.code, said.data["counts"]["succeeded"], said.data["warnings"]) == (1, 5, 1)
    [twin] = call("warnings", "--json").data
    assert (twin["number"], twin["dimension"]) == ("TWIN", "duplicate risk")
    attempts = call("log", str(said.data["run"]), "--json").data
    assert len(attempts) in {5, 6}
    assert agree(shape(examples("log")[1]), shape(attempts))
    exchange = call("log", "--request", str(attempts[0]["request"]), "--json").data
    assert agree(shape(examples("log")[2]), shape(exchange))
    assert not any(own.company[name] in json.dumps(exchange) for name in ("access_token", "refresh_token"))
    shown = call("show", "invoice/INV/7 a", "--json").data
    assert agree(shape(examples("show")[0]), shape(shown))
    assert shown["links"][0]["sent"]["DocNumber"] == "INV/7 a"
    assert call("log", "--record", "invoice/INV/7 a", "--json").data[0]["source_id"] == "i1"
    refused = call("resend", "invoice/INV/7 a")
    assert refused.code == 2
    assert "in QuickBooks already" in refused.err


def test_resending_sends_the_chosen_record_alone(own: Shop) -> None:
    assert call("connect-customer", "customer/C-1", "--new").code == 0
    said = call("resend", "customer/C-1", "--json")
    assert said.code == 0
    assert said.data[0]["status"] == "succeeded"
    assert agree(shape(examples("resend")[0]), shape(said.data))
    said = call("resend", "invoice/INV/7 a", "invoice/i3")
    assert said.code == 1, "one of the two still waits for its customer"
    assert "waits for" in said.err


def test_an_unchanged_record_is_sent_again_only_when_somebody_says_yes(own: Shop) -> None:
    call("connect-customer", "C-1", "--new")
    refusing = {"fail_next": {"count": 3, "http_status": 400, "code": "6000", "writes": True}}
    httpx.post(f"{own.company['base_url']}/simulator/switches", json=refusing).raise_for_status()
    call("sync")
    [refused] = [one for one in call("warnings", "--json").data if one["message"]]
    name = "customer/C-1"
    asked = call("resend", name, "--json")
    assert (asked.code, asked.out) == (2, b"")
    assert f'QuickBooks said: "{refused["message"]}"' in asked.err
    assert "--yes" in asked.err
    assert call("show", name, "--json").data["attempts"] == 1, "nothing was sent"
    said = call("resend", name, "--yes", "--json")
    assert (said.code, said.data[0]["status"], said.data[0]["escalate"]) == (1, "failed", "")
    assert call("show", name, "--json").data["attempts"] == 2
    again = call("resend", name, "--yes", "--json")
    assert "was resent twice and refused for the same reason each time" in again.data[0]["escalate"]
    assert f'awra-tui escalate "{name}"' in again.err


def test_a_number_that_a_connected_transaction_bears_is_compared_before_it_is_sent(own: Shop) -> None:
    for customer in ("C-1", "C-2"):
        call("connect-customer", customer, "--new")
    call("sync")
    [twin] = call("warnings", "--json").data
    [waiting] = call("warnings", "--waiting", "--json").data
    assert (waiting["id"], waiting["awaits"]) == (twin["id"], "its number is free")
    assert "goes by itself when its number is free" in call("warnings", "--waiting").text
    name, title = f"invoice/{twin['source_id']}", f"invoice/{twin['number']}"
    refused = call("resend", name, "--yes", "--json")
    assert (refused.code, refused.out) == (2, b"")
    assert "QuickBooks has invoice TWIN already, and invoice" in refused.err
    assert f"Compare {title} with what QuickBooks has" in refused.err
    assert f'The same: awra-tui connect-customer "{title}"' in refused.err
    assert call("show", name, "--json").data["attempts"] == 1, "nothing was sent"


def test_dismissed_warnings_leave_the_list_and_come_back(own: Shop) -> None:
    number = call("warnings", "--json").data[0]["id"]
    said = call("dismiss", "--warning", str(number), "invoice/i3", "--why", "by hand", "--json")
    assert (said.code, len(said.data["warnings"])) == (0, 2)
    assert len(call("warnings", "--json").data) == 4
    [first, _] = call("warnings", "--dismissed", "--json").data
    assert first["dismissed"]["why"] == "by hand"
    assert call("undo").code == 0
    assert len(call("warnings", "--json").data) == 6


def test_syncing_every_so_often_ends_cleanly_and_tells_the_next_time(own: Shop) -> None:
    process = child(["sync", "--every", "--json"], own.home)
    assert process.stdout is not None
    first = json.loads(process.stdout.readline())
    assert first["outcome"] == "nothing"
    beside = call("status", "--json").data
    assert beside["next_sync"] == first["next"]
    assert first["next"] > first["at"]
    assert call("warnings").code == 1, "lists are read beside a sync that runs on"
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, b"", b"")
    assert call("status", "--json").data["next_sync"] is None


def test_two_that_send_take_turns(own: Shop) -> None:
    from awra_tui.actions.desk import open_desk
    from awra_tui.cache.store import leases
    from awra_tui.settings.profile import load_profile

    desk = open_desk(load_profile("shop"))
    try:
        desk.cache.now(leases.acquire, "sending", "amina@office #1", 60)
    finally:
        desk.cache.close()
    said = call("sync", "--json")
    assert (said.code, said.data["outcome"]) == (2, "busy")
    assert "amina@office" in said.err
    assert is_one_sentence(said.err)
    assert call("status").code == 1, "reading takes no turn"


def test_many_deletions_are_a_question_that_a_person_answers(own: Shop) -> None:
    def write(count: int) -> None:
        rows = [{"id": f"N-{one}", "number": f"N-{one}", "name": f"Kiosk {one}"} for one in range(count)]
        (own.source / "customers.json").write_text(json.dumps(rows))

    write(20)
    assert call("sync", "--json").data["counts"]["new"] == 20
    write(2)
    asked = call("sync", "--json")
    assert (asked.code, asked.data["counts"]["gone"]) == (1, 0)
    assert call("status", "--json").data["kinds"]["customer"]["source"] == 20
    said = call("sync", "--json", "--accept-deletions")
    assert said.data["counts"]["gone"] == 18
    assert call("status", "--json").data["kinds"]["customer"]["source"] == 2
