"""Each fault of the proxy is what its name says."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from tests.chaos.proxy import FAULTS, Proxy
from tests.simulated import Simulated, simulated

BEFORE, AFTER = "closed before it arrived", "closed after it was booked"


@asynccontextmanager
async def through(company: Simulated, *faults: str) -> AsyncIterator[tuple[Proxy, httpx.AsyncClient]]:
    """Yield a proxy on which every request goes wrong in these ways, and a client that uses it."""
    told = company.announced
    proxy = Proxy(told.base_url, random.Random(1), share=1, names=faults)
    headers = {"Authorization": f"Bearer {told.access_token}", "Accept": "application/json"}
    async with proxy.listening(), httpx.AsyncClient(transport=proxy.transport(), headers=headers) as client:
        yield proxy, client


async def create(company: Simulated, proxy: Proxy, client: httpx.AsyncClient) -> httpx.Response:
    path = f"{proxy.url}/v3/company/{company.announced.realm_id}/payment"
    customer = company.all("Customer")[0]["Id"]
    return await client.post(path, json={"CustomerRef": {"value": customer}, "TotalAmt": 5})


@pytest.fixture(scope="module")
def company() -> object:
    with simulated("sandbox-us") as found:
        found.switch(requestid_ignored=True)
        yield found


BOOKED = {BEFORE: 0, AFTER: 1, "answer cut off": 1, "answer after the client gave up": 1}


@pytest.mark.parametrize("name", BOOKED)
async def test_answers_that_never_come_whole(company: Simulated, name: str) -> None:
    before = len(company.all("Payment"))
    async with through(company, name) as (proxy, client):
        with pytest.raises(httpx.TransportError):
            await create(company, proxy, client)
        assert proxy.counts == {name: 1}
    assert len(company.all("Payment")) == before + BOOKED[name]


async def test_what_is_booked_late_is_booked_when_it_is_let_through(company: Simulated) -> None:
    before = len(company.all("Payment"))
    async with through(company, "booked after the client gave up") as (proxy, client):
        with pytest.raises(httpx.ReadTimeout):
            await create(company, proxy, client)
        assert len(company.all("Payment")) == before
        await proxy.deliver_late()
    assert len(company.all("Payment")) == before + 1


STATUSES = {"429": {429}, "burst of 500 and 503": {500, 503}, "HTML with 200": {200}, "token refused": {401}}


@pytest.mark.parametrize("name", STATUSES)
async def test_answers_that_are_none_of_quickbooks(company: Simulated, name: str) -> None:
    async with through(company, name) as (proxy, client):
        answer = await create(company, proxy, client)
    assert answer.status_code in STATUSES[name]
    assert "Payment" not in answer.text


async def test_delivered_twice_is_booked_twice_where_requestid_is_ignored(company: Simulated) -> None:
    before = len(company.all("Payment"))
    async with through(company, "delivered twice") as (proxy, client):
        assert (await create(company, proxy, client)).is_success
    assert len(company.all("Payment")) == before + 2


async def test_one_request_in_five_goes_wrong_and_none_while_it_is_quiet(company: Simulated) -> None:
    async with through(company, BEFORE) as (proxy, client):
        proxy.share = 0.2
        address = f"{proxy.url}/v3/company/{company.announced.realm_id}/preferences"
        lost = 0
        for _ in range(20):
            try:
                await client.get(address)
            except httpx.TransportError:
                lost += 1
        assert (lost, proxy.asked["read"]) == (4, 20)
        proxy.quiet = True
        assert all([(await client.get(address)).is_success for _ in range(10)])


def test_every_fault_is_tested() -> None:
    tested = {*BOOKED, *STATUSES, "booked after the client gave up", "delivered twice"}
    assert tested == set(FAULTS)
