"""What people are told about their connections: how long they last, and whether they work."""

import datetime as dt
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from awra_tui.actions.connections import Connector, History, connections, connectors
from awra_tui.cache.pages.overview import ConnectorWarning
from awra_tui.records import clock
from awra_tui.records.errors import SecretError
from awra_tui.records.qbo import Company
from awra_tui.records.status import Who
from awra_tui.settings.stores import MemoryStore, NoStore
from tests.connect.person import Connecting, consent
from tests.office import BooksCompany, office, write_ledger
from tests.settings.profiles import load
from tests.watch import START, Watch

DAY = dt.timedelta(days=1)
GOOD = History(
    company=Company(realm="9130", name="Kilima Traders Ltd"),
    last_success="2026-11-23T08:00:00.000000Z",
    last_reading="2026-11-23T07:00:00.000000Z",
)


@pytest.fixture(autouse=True)
def _now(watch: Watch) -> None:
    """The time stands still."""


def store(refresh_days: float = 100, connected_at: dt.datetime = START, **more: str) -> MemoryStore:
    kept = {
        "client_id": "c",
        "refresh_token": "R1",
        "refresh_expires": clock.stamp(START + refresh_days * DAY),
        "access_expires": clock.stamp(START + dt.timedelta(hours=1)),
        "connected_at": clock.stamp(connected_at),
        **more,
    }
    return MemoryStore({f"nairobi/{name}": value for name, value in kept.items()})


def qbo(tmp_path: Any, secrets: Any, history: History = GOOD, *overrides: str) -> Connector:
    return connectors(load(tmp_path, *overrides), secrets, history)[0]


def test_a_connection_that_works_says_for_how_long(tmp_path) -> None:
    one = qbo(tmp_path, store())
    assert (one.connected, one.healthy, one.troubles, one.notices) == (True, True, (), ())
    assert (one.company, one.realm_id, one.environment) == ("Kilima Traders Ltd", "9130", "simulator")
    assert (one.refresh_days, one.cap_ends) == (100, "2031-11-23T08:06:00.000000Z")
    assert one.cap_days == 365 * 5 + 1


@pytest.mark.parametrize(("days", "warned"), [(14, False), (13.99, True), (1, True), (0.5, True)])
def test_people_are_warned_two_weeks_ahead(tmp_path, days: float, warned: bool) -> None:
    one = qbo(tmp_path, store(days))
    assert one.healthy
    assert bool(one.notices) is warned
    assert all(f"{int(days)} days" in notice for notice in one.notices)


def test_the_five_years_end_too(tmp_path) -> None:
    begun = dt.datetime(2021, 12, 1, 8, 6, tzinfo=dt.UTC)
    [notice] = qbo(tmp_path, store(connected_at=begun)).notices
    assert "8 days" in notice
    assert "awra-tui connect" in notice
    leap = qbo(tmp_path, store(connected_at=dt.datetime(2024, 2, 29, tzinfo=dt.UTC)))
    assert leap.cap_ends == "2029-02-28T00:00:00.000000Z"


def test_a_connection_that_has_ended_is_connected_no_longer_healthy(tmp_path) -> None:
    one = qbo(tmp_path, store(-1))
    assert (one.connected, one.healthy, one.notices) == (True, False, ())
    assert "has ended" in one.troubles[0]


def test_what_is_not_known_is_said_to_be_so(tmp_path) -> None:
    secrets = store()
    for name in ("refresh_expires", "connected_at"):
        secrets.delete(f"nairobi/{name}")
    one = qbo(tmp_path, secrets)
    assert (one.refresh_days, one.cap_days, one.cap_ends, one.reads_today) == (None, None, "", None)
    assert one.healthy


@pytest.mark.parametrize("missing", ["client_id", "refresh_token"])
def test_without_tokens_there_is_no_connection(tmp_path, missing: str) -> None:
    secrets = store()
    secrets.delete(f"nairobi/{missing}")
    one = qbo(tmp_path, secrets)
    assert (one.connected, one.healthy) == (False, False)
    assert "awra-tui connect" in one.troubles[0]


def test_a_store_that_cannot_be_used_is_told(tmp_path) -> None:
    one = qbo(tmp_path, NoStore(SecretError("The keyring is locked.")))
    assert one.troubles == ("The keyring is locked.",)
    assert not one.connected


def test_connected_is_not_healthy(tmp_path) -> None:
    warning = ConnectorWarning(sentence="No permission.", action="Ask an administrator.", who=Who.ADMIN)
    one = qbo(tmp_path, store(), replace(GOOD, warnings=(warning,)))
    assert (one.connected, one.healthy) == (True, False)
    assert one.troubles == ("No permission. Ask an administrator.",)
    company = Company(realm="9130", name="K", auto_apply_credit=True)
    text = "qbo.realm_id=9130", 'sync.kinds=["payment"]'
    preferences = qbo(tmp_path, store(), replace(GOOD, company=company), *text)
    assert (preferences.connected, preferences.healthy) == (True, False)
    assert "credits" in preferences.troubles[0]


def test_the_source_is_a_connector_too(tmp_path) -> None:
    profile = load(tmp_path)
    source = connectors(profile, store(), GOOD)[1]
    assert (source.kind, source.name, source.healthy) == ("source", "files", True)
    assert source.last_success == GOOD.last_success
    bad = connectors(profile, store(), replace(GOOD, rows_bad=3))[1]
    assert (bad.connected, bad.healthy) == (True, False)
    gone = connectors(profile, store(), replace(GOOD, source_trouble="There is no folder in."))[1]
    assert (gone.connected, gone.healthy, gone.last_refusal) == (False, False, "There is no folder in.")


async def test_the_cache_knows_what_went_wrong(tmp_path) -> None:
    from awra_tui.actions.sync import sync_now

    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "10.00"})
    with office(tmp_path, company) as desk:
        before, source = await connections(desk)
        assert (before.connected, before.healthy) == (True, False)
        assert (source.connected, source.healthy) == (False, False)
        assert (await sync_now(desk)).outcome == "done"
        works, source = await connections(desk)
        assert (works.healthy, source.healthy) == (True, True), (works, source)
        assert works.company
        assert works.last_success
        assert works.reads_today
        assert works.reads_this_month == works.reads_today
        company.switch(fail_next={"http_status": 403, "code": "3100", "count": 50})
        write_ledger(tmp_path, {"INV-1": "10.00", "INV-2": "12.00"})
        await sync_now(desk)
        refused, source = await connections(desk)
        assert (refused.connected, refused.healthy) == (True, False)
        assert refused.last_refusal
        assert refused.last_success == works.last_success
        assert source.healthy


def test_the_command_says_it_for_people_and_scripts(connecting: Connecting) -> None:
    before = connecting.run("connections")
    assert before.code == 1
    assert "not connected" in before.text
    assert connecting.connect(consent).code == 0
    assert connecting.run("sync").code == 0
    said = connecting.run("connections", "--json")
    assert said.code == 0, said
    one, source = said.data
    assert (one["connected"], one["healthy"], one["refresh_days"]) == (True, True, one["refresh_days"])
    assert one["cap_days"] >= 365 * 5 - 1
    assert (source["kind"], source["connected_at"]) == ("source", None)
    assert 99 <= one["refresh_days"] <= 101
    assert one["reads_today"] > 0
    assert {each["state"] for each in one["settings"]} <= {"ok", "unknown"}
    assert source["settings"] == []
    text = connecting.run("connections").text
    assert "Multicurrency" in text
    assert "reads this month" in text
    assert "QuickBooks: healthy" in text
    assert f"({one['refresh_days']} days)" in text


def test_an_import_does_not_inherit_the_ends_of_another_connection(connecting: Connecting) -> None:
    assert connecting.connect(consent).code == 0
    line = msgspec.json.encode(connecting.company).decode()
    assert connecting.run("connect", "--import", "-", stdin=line).code == 0
    one = connecting.run("connections", "--json").data[0]
    assert (one["connected"], one["refresh_expires"], one["cap_ends"]) == (True, None, None)
