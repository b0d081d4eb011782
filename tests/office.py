"""A desk with a simulated company in the same process: the whole way without a socket."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions.authorize import Announced, import_secrets
from awra_tui.actions.desk import Desk, open_desk
from awra_tui.cache.store import facts
from awra_tui.settings import http
from awra_tui.settings.profile import load_profile
from awra_tui.simulator import control
from awra_tui.simulator.app import ConnectionDroppedError, Site, site_application
from awra_tui.simulator.company import Company
from awra_tui.simulator.server import announcement
from tests.watch import Watch

BASE = "http://company.test"
ANCHOR = date(2026, 11, 23)
FAST = ("qbo.requests_per_second=100000", "qbo.requests_per_minute=6000000", "qbo.batches_per_minute=6000000")

PROFILE = """
id = "office"
name = "Test Office"
[qbo]
environment = "simulator"
token_store = "file"
[source]
type = "files"
path = "source"
date_formats = ["%Y-%m-%d"]
[sync]
new_customers = "create"
new_vendors = "create"
new_items = "create"
[[mapping.preset]]
kind = "item"
value = "*"
qbo = "Services"
[[source.records]]
kind = "customer"
files = "customers.csv"
fields = { source_id = "id", party_name = "name" }
constants = { currency = "USD" }
[[source.records]]
kind = "invoice"
files = "invoices.csv"
fields = { source_id = "number", number = "number", party_id = "customer", date = "date", amount = "amount" }
constants = { currency = "USD" }
[[source.records.lines]]
fields = { amount = "amount" }
[[source.records]]
kind = "payment"
files = "payments.csv"
fields = { source_id = "number", number = "number", party_id = "customer", date = "date", amount = "amount" }
constants = { currency = "USD" }
[[source.records.applications]]
fields = { source_id = "invoice", amount = "amount" }
"""
"""A small profile: three kinds of records from three files, in dollars, without tax."""


Tamper = Callable[[http.Request, http.Response], http.Response | None]
"""What happens to an answer on the wire: another one in its place, or None for a lost one."""


class Wire(http.ASGITransport):
    """The wire to a company in this process; a rehearsed loss looks like one of a socket.

    ``sent`` are the requests that may change the books. ``before`` is called with each of them before
    it arrives, ``tamper`` with its answer on the way back; ``refusal`` makes the answer of a company
    that none of them reaches.
    """

    def __init__(self, app: Any) -> None:
        super().__init__(app=app)
        self.sent: list[http.Request] = []
        self.before: Callable[[http.Request], Awaitable[None]] | None = None
        self.tamper: Tamper | None = None
        self.refusal: Callable[[], http.Response] | None = None

    async def handle_async_request(self, request: http.Request) -> http.Response:
        """Answer a request, or lose it."""
        if not _writes(request):
            return await self._answered(request)
        self.sent.append(request)
        if self.before is not None:
            await self.before(request)
        if self.refusal is not None:
            return self.refusal()
        answer: http.Response | None = await self._answered(request)
        if self.tamper is not None and answer is not None:
            await answer.aread()
            answer = self.tamper(request, answer)
        if answer is None:
            raise http.ReadError("the connection was closed", request=request)
        return answer

    async def _answered(self, request: http.Request) -> http.Response:
        try:
            return await super().handle_async_request(request)
        except ConnectionDroppedError:
            raise http.ReadError("the connection was closed", request=request) from None


def _writes(request: http.Request) -> bool:
    return request.method == "POST" and "/v3/company/" in request.url.path


class BooksCompany:
    """A simulated company and what a test does to it by hand."""

    def __init__(self, name: str, state: Path | None = None, anchor: date = ANCHOR) -> None:
        self.site = Site(Company(name, state, anchor))
        self.wire = Wire(site_application(self.site))
        self.announced = Announced(**known(announcement(self.site.company, BASE)))

    def switch(self, **switches: Any) -> None:
        """Set switches of rehearsal."""
        control.switch(self.site.company, switches)

    def book(self, entity: str, body: dict[str, Any], operation: str = "") -> dict[str, Any]:
        """Create or change an object by hand, as an accountant would."""
        wanted = {"entity": entity, "body": body, "operation": operation}
        return control.book(self.site.company, wanted)[entity]

    def all(self, entity: str) -> list[dict[str, Any]]:
        """Return every object of an entity that is not deleted."""
        return [record.body for record in self.site.company.store.live(entity)]

    def one(self, entity: str, **fields: Any) -> dict[str, Any]:
        """Return the only object of an entity with these fields."""
        [found] = [
            body for body in self.all(entity) if all(body.get(name) == fields[name] for name in fields)
        ]
        return found

    def change(self, entity: str, body: dict[str, Any], **fields: Any) -> dict[str, Any]:
        """Change an object by hand; what is not named stays."""
        version = {"Id": body["Id"], "SyncToken": self.one(entity, Id=body["Id"])["SyncToken"]}
        return self.book(entity, {**self.one(entity, Id=body["Id"]), **version, **fields}, "update")


@pytest.fixture
def empty_company(watch: Watch) -> BooksCompany:
    """A company in dollars without a customer or a transaction, whose clock the test moves."""
    return BooksCompany("empty-us")


def fault(code: str, message: str, detail: str = "", status: int = 400) -> http.Response:
    """Return an answer that refuses."""
    error = {"Message": message, "Detail": detail, "code": code}
    return http.Response(status, json={"Fault": {"Error": [error], "type": "ValidationFault"}})


def known(found: dict[str, str]) -> dict[str, str]:
    """Return what a profile keeps of a simulator's announcement."""
    return {name: found[name] for name in Announced.__struct_fields__}


@contextmanager
def office(
    folder: Path, company: BooksCompany, profile: str = PROFILE, overrides: Sequence[str] = ()
) -> Iterator[Desk]:
    """Open the desk of a profile written into a folder, connected to a company in this process."""
    path = folder / "profile.toml"
    path.write_text(profile, encoding="utf-8")
    told = company.announced
    addresses = (
        f"qbo.realm_id={told.realm_id}",
        f"qbo.api_base_url={BASE}",
        f"qbo.token_url={told.token_url}",
        f"qbo.revoke_url={told.revoke_url}",
    )
    loaded = load_profile(str(path), [*addresses, *FAST, *overrides])
    import_secrets(loaded, told)
    desk = open_desk(loaded)
    desk.transport = company.wire
    try:
        desk.cache.now(facts.set, "anchor", ANCHOR.isoformat())
        yield desk
    finally:
        desk.cache.close()


def write_source(folder: Path, name: str, rows: Sequence[dict[str, Any]]) -> None:
    """Write one CSV file of the source."""
    path = folder / "source" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = list(rows[0])
    lines = [",".join(columns), *(",".join(str(row[column]) for column in columns) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_ledger(
    folder: Path, invoices: dict[str, str], paid: Sequence[str] = (), day: str = "2026-11-02"
) -> None:
    """Write the source of PROFILE: one customer, invoices by number and amount, payments of some of them."""
    write_source(folder, "customers.csv", [{"id": "C-1", "name": "Baobab Café"}])
    rows = [{"number": n, "customer": "C-1", "date": day, "amount": a} for n, a in invoices.items()]
    write_source(
        folder, "invoices.csv", rows or [dict.fromkeys(("number", "customer", "date", "amount"), "")]
    )
    names = ("number", "customer", "date", "amount", "invoice")
    payments = [(f"PAY-{n}", "C-1", "2026-11-05", invoices[n], n) for n in paid]
    path = folder / "source" / "payments.csv"
    path.write_text("\n".join(",".join(row) for row in (names, *payments)) + "\n", encoding="utf-8")


def sample_profile() -> str:
    """Return the demo's profile: the sample company against the simulated company nairobi."""
    text = resources.files("awra_tui.demo").joinpath("savanna.toml").read_text(encoding="utf-8")
    return text + '\n[cache]\nurl = "sqlite:///cache.db"\n'
