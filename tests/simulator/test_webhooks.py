"""Notifications of changes: what is told, in which shape, with which signature, and again where it fails."""

import base64
import hashlib
import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from awra_tui.simulator import jsontext, webhooks
from awra_tui.simulator.app import Site, site_application
from awra_tui.simulator.company import Company
from awra_tui.simulator.records import Record
from tests.simulator.qbo import ANCHOR, Qbo, Watch, sale

TOKEN = "verifier"
RECEIVER = {"url": "http://127.0.0.1:9/hook", "verifier_token": TOKEN}


class Receiver:
    """Keeps what is delivered; refuses as often as it is told to."""

    def __init__(self, qbo: Qbo, refusals: int = 0) -> None:
        self.bodies: list[Any] = []
        self.refusals = refusals
        self.site = qbo.app.state.site
        self.site.courier = webhooks.Courier(self._take, (0, 0, 0))

    def _take(self, _: str, body: bytes, headers: dict[str, str]) -> bool:
        digest = hmac.new(TOKEN.encode(), body, hashlib.sha256).digest()
        assert base64.b64decode(headers["intuit-signature"]) == digest
        self.bodies.append(jsontext.loads(body))
        self.refusals -= 1
        return self.refusals < 0

    async def told(self) -> list[tuple[str, str, str]]:
        """Return what was told of in the older shape, and forget it."""
        await self.site.courier.delivered()
        events = [event for body in self.bodies for event in body["eventNotifications"]]
        entities = [one for event in events for one in event["dataChangeEvent"]["entities"]]
        self.bodies = []
        return [(one["name"], one["id"], one["operation"]) for one in entities]


async def test_what_happens_to_an_invoice_is_told(qbo: Qbo) -> None:
    customer = await qbo.customer()
    receiver = Receiver(qbo)
    await qbo.switch(webhooks=RECEIVER)
    made = await qbo.invoice(customer)
    assert await receiver.told() == [("Invoice", made["Id"], "Create"), ("Customer", customer, "Update")]
    await qbo.make("Invoice", {"Id": made["Id"], "SyncToken": "0"}, operation="void")
    assert ("Invoice", made["Id"], "Void") in await receiver.told()
    await qbo.make("Invoice", {"Id": made["Id"], "SyncToken": "1"}, operation="delete")
    assert ("Invoice", made["Id"], "Delete") in await receiver.told()
    await qbo.get("preferences")
    assert await receiver.told() == []


async def test_what_was_refused_is_not_told(qbo: Qbo) -> None:
    receiver = Receiver(qbo)
    await qbo.switch(webhooks=RECEIVER)
    items = [
        {"bId": "1", "operation": "create", "Customer": {"DisplayName": name}} for name in ("One", "One")
    ]
    await qbo.post("batch", {"BatchItemRequest": items})
    assert len(await receiver.told()) == 1
    await qbo.refused("Invoice", sale("1", 5) | {"CustomerRef": {"value": "99"}})
    assert await receiver.told() == []


async def test_what_was_undone_is_not_told(qbo: Qbo) -> None:
    receiver = Receiver(qbo)
    await qbo.switch(webhooks=RECEIVER)
    store = qbo.company.store
    item = next(store.live("Item"))

    def change_and_fail() -> None:
        with store.change():
            store.put(Record(item.key, item.body | {"Name": "Undone"}))
            raise LookupError

    with pytest.raises(LookupError):
        change_and_fail()
    store.flush()
    receiver.site.courier.tell(qbo.company)
    assert await receiver.told() == []


async def test_an_accountants_hand_is_told_too(qbo: Qbo) -> None:
    receiver = Receiver(qbo)
    await qbo.switch(webhooks=RECEIVER)
    await qbo.http.post("/simulator/objects", json={"Vendor": {"DisplayName": "Baraka"}})
    assert [one[0] for one in await receiver.told()] == ["Vendor"]


async def test_the_newer_shape_is_one_event_each(qbo: Qbo) -> None:
    receiver = Receiver(qbo)
    await qbo.switch(webhooks=RECEIVER | {"shape": "cloudevents"})
    made = await qbo.make("Customer", {"DisplayName": "Amani"})
    await receiver.site.courier.delivered()
    ((event,),) = receiver.bodies
    assert (event["specversion"], event["type"]) == ("1.0", "qbo.customer.created.v1")
    assert (event["intuitentityid"], event["intuitaccountid"]) == (made["Id"], qbo.access["realm_id"])


@pytest.mark.parametrize(("refusals", "deliveries"), [(0, 1), (2, 3), (9, 3)])
async def test_what_is_not_taken_comes_again(qbo: Qbo, refusals: int, deliveries: int) -> None:
    receiver = Receiver(qbo, refusals)
    await qbo.switch(webhooks=RECEIVER)
    await qbo.customer()
    assert len(await receiver.told()) == deliveries


async def test_one_delivery_tells_of_several_companies(watch: Watch) -> None:
    companies = [Company(name, None, ANCHOR) for name in ("empty-us", "nairobi")]
    site = Site(*companies)
    receiver = Receiver(Qbo.over(site_application(site)))
    for company in companies:
        company.switch("webhooks", RECEIVER)
        company.store.flushed = {next(company.store.live("Item")).key: False}
        site.courier.tell(company)
    await site.courier.delivered()
    ((body),) = receiver.bodies
    assert {one["realmId"] for one in body["eventNotifications"]} == {one.realm_id for one in companies}


@pytest.mark.parametrize(
    "wanted",
    [{"url": "file:///etc/passwd", "verifier_token": "x"}, {"url": "http://x"}, RECEIVER | {"shape": "xml"}],
)
async def test_a_receiver_that_is_none_is_refused(qbo: Qbo, wanted: dict[str, str]) -> None:
    answer = await qbo.http.post("/simulator/switches", json={"webhooks": wanted})
    assert answer.status_code == 400


@contextmanager
def listening(status: int) -> Iterator[tuple[str, list[bytes]]]:
    """Listen on loopback, and answer every post with a status."""
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Write nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", bodies
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(("status", "taken"), [(200, True), (204, False), (500, False)])
def test_only_200_counts(status: int, taken: bool) -> None:
    with listening(status) as (address, bodies):
        assert webhooks.post(address, b"{}", {}) is taken
    assert bodies == [b"{}"]


def test_nobody_there_is_no_failure_of_ours() -> None:
    assert webhooks.post("http://127.0.0.1:1/", b"{}", {}) is False
