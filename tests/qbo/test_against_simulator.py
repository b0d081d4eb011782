"""The client against the simulated company: in this process, and over a socket where wires break."""

import asyncio
import json
import subprocess
import sys
from contextlib import asynccontextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest

from awra_tui.qbo.client import QboClient
from awra_tui.qbo.envelopes import object_in, parse_batch
from awra_tui.qbo.errors import QboError
from awra_tui.qbo.exchange import BatchItem
from awra_tui.qbo.oauth import Tokens
from awra_tui.qbo.objects import ENTITIES, to_object
from awra_tui.qbo.throttle import Pace
from awra_tui.records import clock
from awra_tui.records.fault import Fault
from awra_tui.settings import http
from awra_tui.settings.profile import load_profile
from awra_tui.settings.stores import MemoryStore
from awra_tui.simulator.server import announcement, application
from tests.qbo.company import at_once

PROFILE = """\
id = "sim"
source = {{ type = "sample" }}
[qbo]
environment = "simulator"
realm_id = "{realm_id}"
api_base_url = "{base_url}"
token_url = "{token_url}"
revoke_url = "{revoke_url}"
"""


class Free:
    """A budget without limits."""

    def reserve(self, realm, batch, read=False):
        return 0.0

    def late(self, realm, batch, seconds):
        """Move nothing."""

    def pause(self, realm, seconds):
        """Hold nothing."""

    def paused(self, realm):
        return 0.0


@asynccontextmanager
async def opened(access, folder, transport=None):
    """Give a client and its store for what a simulator announced."""
    path = folder / "sim.toml"
    path.write_text(PROFILE.format(**access))
    profile = load_profile(str(path))
    names = ("client_id", "client_secret", "access_token", "refresh_token")
    store = MemoryStore({f"sim/{name}": access[name] for name in names})
    async with http.client(profile.qbo.api_base_url, transport=transport) as connection:
        tokens = Tokens(
            store=store,
            profile_id=profile.id,
            token_url=profile.qbo.token_url,
            http=connection,
            lock=profile.lock_path,
        )
        pace = Pace(Free(), at_once)
        yield QboClient(http=connection, realm=profile.qbo.realm_id, tokens=tokens, pace=pace), store


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("AWRA_TUI_HOME", str(tmp_path / "home"))


@pytest.fixture
def app():
    return application("empty-us", None, date(2026, 11, 2))


@pytest.fixture
def site(app):
    return app.state.site.company


@pytest.fixture
async def qbo(app, site, tmp_path):
    transport = http.ASGITransport(app=app)
    async with opened(announcement(site, "http://qbo.test"), tmp_path, transport) as (client, _):
        yield client


async def made(qbo, entity, body, requestid):
    answer = await qbo.send(qbo.single(entity, "create", body, requestid))
    assert not isinstance(answer.payload, Fault), answer.payload
    return object_in(answer.payload, entity)


def invoice(customer, amount="10.10", **more):
    detail = {"ItemRef": {"value": "1"}, "Qty": 1, "UnitPrice": Decimal(amount)}
    line = {"Amount": Decimal(amount), "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": detail}
    return {"CustomerRef": {"value": customer}, "Line": [line], **more}


async def test_the_company_is_read(qbo):
    company = await qbo.company()
    assert company.realm == qbo.realm
    assert (company.country, company.home_currency, company.us_tax) == ("US", "USD", True)


async def test_a_record_is_created_read_changed_voided_and_deleted(qbo):
    customer = await made(qbo, "Customer", {"DisplayName": "O'Neil & Söhne \\ Co"}, "r-1")
    created = await made(qbo, "Invoice", invoice(customer["Id"], PrivateNote="AWRA INV-1"), "r-2")
    found = to_object("Invoice", await qbo.read("Invoice", created["Id"]))
    assert (found.amount, found.balance, found.mark) == (Decimal("10.10"), Decimal("10.10"), "INV-1")
    body = {"Id": found.id, "SyncToken": found.sync_token}
    changed = await qbo.send(qbo.single("Invoice", "sparse_update", {**body, "DocNumber": "A-9"}, "r-3"))
    assert object_in(changed.payload, "Invoice")["DocNumber"] == "A-9"
    stale = await qbo.send(qbo.single("Invoice", "void", body, "r-4"))
    assert (stale.payload.code, bool(stale.tid)) == ("5010", True)
    voided = await qbo.send(qbo.single("Invoice", "void", {**body, "SyncToken": "1"}, "r-5"))
    assert object_in(voided.payload, "Invoice")["TotalAmt"] == 0
    gone = await qbo.send(qbo.single("Invoice", "delete", {**body, "SyncToken": "2"}, "r-6"))
    assert object_in(gone.payload, "Invoice")["status"] == "Deleted"
    with pytest.raises(QboError) as caught:
        await qbo.read("Invoice", found.id)
    assert caught.value.fault.code == "610"


@pytest.mark.parametrize("name", ["O'Neil", "back\\slash", "it's \\' both", "100%", "A & B + C?=#", "日本 é"])
async def test_any_name_is_found_again(qbo, name):
    await made(qbo, "Customer", {"DisplayName": name}, "r-1")
    await made(qbo, "Customer", {"DisplayName": "Somebody else"}, "r-2")
    [pages] = [page async for page in qbo.query_all("Customer", [("DisplayName", "=", name)])]
    assert [row["DisplayName"] for row in pages] == [name]
    assert await qbo.count("Customer", [("DisplayName", "IN", [name, "x" * 1200])]) == 1


async def test_every_page_is_read_once(qbo):
    items = [BatchItem(f"b{n}", "Customer", "create", {"DisplayName": f"Name {n}"}) for n in range(25)]
    await qbo.send(qbo.batch(items, "r-1"))
    pages = [page async for page in qbo.query_all("Customer", page_size=10)]
    names = [row["DisplayName"] for page in pages for row in page]
    assert sorted(names) == sorted(f"Name {n}" for n in range(25))


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=lambda entity: entity.name)
async def test_every_entity_of_our_copy_can_be_read(qbo, entity):
    rows = [row async for page in qbo.query_all(entity.name) for row in page]
    objects = [to_object(entity.name, row) for row in rows]
    assert all(found.id for found in objects)
    assert all(found.name for found in objects if entity.is_name)
    assert await qbo.count(entity.name) == len(objects)


async def test_a_batch_keeps_its_items_apart(qbo):
    items = [
        BatchItem("1", "Customer", "create", {"DisplayName": "Acacia"}),
        BatchItem("2", "Customer", "create", {"DisplayName": "Acacia"}),
        BatchItem("3", "Invoice", "create", {"Line": []}),
    ]
    answer = await qbo.send(qbo.batch(items, "r-1"))
    outcome = parse_batch(answer.payload, answer.tid)
    assert object_in(outcome["1"], "Customer")["DisplayName"] == "Acacia"
    assert outcome["2"].code == "6240"
    assert isinstance(outcome["3"], Fault)
    assert outcome["2"].tid == answer.tid


async def test_changes_since_a_moment(qbo):
    since = clock.now() - timedelta(minutes=1)
    customer = await made(qbo, "Customer", {"DisplayName": "Acacia"}, "r-1")
    created = await made(qbo, "Invoice", invoice(customer["Id"]), "r-2")
    body = {"Id": created["Id"], "SyncToken": created["SyncToken"]}
    await qbo.send(qbo.single("Invoice", "delete", body, "r-3"))
    names = [entity.name for entity in ENTITIES.values() if entity.changes]
    changes = await qbo.cdc(names, since)
    assert [row["Id"] for row in changes.objects["Customer"]] == [customer["Id"]]
    assert changes.deleted == [("Invoice", created["Id"])]


async def test_the_same_requestid_books_once(qbo):
    exchange = qbo.single("Customer", "create", {"DisplayName": "Acacia"}, "r-1")
    first, second = await qbo.send(exchange), await qbo.send(exchange)
    assert object_in(first.payload, "Customer")["Id"] == object_in(second.payload, "Customer")["Id"]
    assert await qbo.count("Customer") == 1


async def test_an_expired_token_is_renewed_on_the_way(app, site, tmp_path):
    access = announcement(site, "http://qbo.test")
    async with opened(access, tmp_path, http.ASGITransport(app=app)) as (qbo, store):
        await qbo.company_info()
        async with http.client("http://qbo.test", transport=http.ASGITransport(app=app)) as side:
            await side.post("/simulator/switches", json={"token_expired": True})
        created = await made(qbo, "Customer", {"DisplayName": "Acacia"}, "r-1")
        assert created["Id"]
        assert store.get("sim/refresh_token") != access["refresh_token"]
        assert await qbo.count("Customer") == 1


async def test_many_at_once_renew_once(app, site, tmp_path):
    access = announcement(site, "http://qbo.test")
    async with opened(access, tmp_path, http.ASGITransport(app=app)) as (qbo, store):
        store.set("sim/access_expires", "2020-01-01T00:00:00.000000Z")
        await asyncio.gather(*(qbo.company_info() for _ in range(8)))
        assert store.get("sim/access_token") != access["access_token"]


async def test_a_dead_connection_says_that_it_is_one(app, site, tmp_path):
    access = {**announcement(site, "http://qbo.test"), "refresh_token": "wrong", "access_token": ""}
    async with opened(access, tmp_path, http.ASGITransport(app=app)) as (qbo, _):
        answer = await qbo.send(qbo.single("Customer", "create", {"DisplayName": "A"}, "r-1"))
        assert (answer.payload.code, answer.payload.sent) == ("invalid_grant", False)


@pytest.fixture(scope="module")
def served():
    """A simulator in a process of its own, on a free port."""
    command = [sys.executable, "-m", "awra_tui.simulator", "--json", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield json.loads(process.stdout.readline())
        process.terminate()


async def switch(access, **switches):
    async with http.client(access["base_url"]) as side:
        answer = await side.post("/simulator/switches", json=switches)
        assert answer.status_code == 200


@pytest.mark.parametrize(("when", "booked"), [("before", 0), ("after", 1)])
async def test_a_lost_connection_is_unknown_and_the_same_bytes_settle_it(served, tmp_path, when, booked):
    name = f"Dropped {when}"
    async with opened(served, tmp_path) as (qbo, _):
        exchange = qbo.single("Customer", "create", {"DisplayName": name}, f"drop-{when}")
        await qbo.company_info()
        await switch(served, drop_next={"count": 1, "when": when})
        lost = await qbo.send(exchange)
        assert isinstance(lost.payload, Fault)
        assert (lost.http_status, lost.payload.transport, lost.payload.sent) == (0, "cut", True)
        assert await qbo.count("Customer", [("DisplayName", "=", name)]) == booked
        settled = await qbo.send(exchange)
        assert object_in(settled.payload, "Customer")["DisplayName"] == name
        assert await qbo.count("Customer", [("DisplayName", "=", name)]) == 1


async def test_nobody_there_means_nothing_was_sent(served, tmp_path):
    nobody = {**served, "base_url": "http://127.0.0.1:9"}
    async with opened(nobody, tmp_path) as (qbo, store):
        store.set("sim/access_expires", clock.stamp(clock.now() + timedelta(hours=1)))
        answer = await qbo.send(qbo.single("Customer", "create", {"DisplayName": "A"}, "r-1"))
        assert (answer.payload.transport, answer.payload.sent) == ("connect", False)
        with pytest.raises(QboError, match="could not be reached"):
            await qbo.company_info()


async def test_html_and_5xx_of_a_gateway_are_faults(served, tmp_path):
    async with opened(served, tmp_path) as (qbo, _):
        await qbo.company_info()
        page = "<html><title>502 Bad Gateway</title></html>"
        await switch(served, fail_next={"count": 3, "http_status": 502, "body": page})
        with pytest.raises(QboError, match="502 Bad Gateway") as caught:
            await qbo.company_info()
        assert caught.value.fault.http_status == 502
