"""Notifications of changes, posted to an address that a rehearsal names, signed as Intuit signs them."""

import asyncio
import base64
import hashlib
import hmac
import http.client
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from awra_tui.simulator import jsontext
from awra_tui.simulator.company import Company
from awra_tui.simulator.fields import words
from awra_tui.simulator.jsontext import Json
from awra_tui.simulator.records import Body, Key, Record

SHAPES = ("notifications", "cloudevents")
SECONDS = 3.0
"""A receiver that does not answer 200 so soon is told again."""

_TOLD = frozenset(
    words(
        "Account Bill BillPayment Budget Class CreditMemo CompanyCurrency Customer Department Deposit "
        "Employee Estimate Invoice Item JournalEntry Payment PaymentMethod Preferences Purchase "
        "PurchaseOrder RefundReceipt SalesReceipt TaxAgency Term TimeActivity Transfer Vendor VendorCredit"
    )
)
_NAMES = {"CompanyCurrency": "Currency"}
_PAST = {"Create": "created", "Update": "updated", "Delete": "deleted", "Void": "voided"}
# Loopback is not reached through a proxy.
_OPENER = build_opener(ProxyHandler({}))


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one object of a company."""

    realm: str
    entity: str
    id: str
    operation: str
    at: str


def check(wanted: Json) -> None:
    """Refuse a switch that names no receiver. Raises KeyError."""
    if wanted is None:
        return
    address, token, shape = (wanted.get(name) for name in ("url", "verifier_token", "shape"))
    if not str(address).startswith(("http://", "https://")) or not isinstance(token, str):
        raise KeyError("The switch webhooks needs url (http or https) and verifier_token.")
    if shape not in {None, *SHAPES}:
        raise KeyError(f"The shape of webhooks is one of {', '.join(SHAPES)}.")


def changes(company: Company, keys: Mapping[Key, bool]) -> list[Change]:
    """Return what is told of changed objects, new or not; some kinds are never told of."""
    found = ((company.store.last(key), is_new) for key, is_new in keys.items() if key.entity in _TOLD)
    return [_change(company, record, is_new=is_new) for record, is_new in found if record is not None]


def _change(company: Company, record: Record, *, is_new: bool) -> Change:
    name = _NAMES.get(record.key.entity, record.key.entity)
    operation = "Create" if is_new and not record.deleted else _operation(record)
    return Change(company.realm_id, name, record.key.id, operation, record.updated)


def _operation(record: Record) -> str:
    if record.deleted:
        return "Delete"
    voided = str(record.body.get("PrivateNote", "")).startswith("Voided") and not record.body.get("TotalAmt")
    return "Void" if voided else "Update"


def notifications(found: Iterable[Change]) -> Body:
    """Write changes in the older shape: by company."""
    realms: dict[str, list[Body]] = {}
    for one in found:
        told = {"name": one.entity, "id": one.id, "operation": one.operation, "lastUpdated": one.at}
        realms.setdefault(one.realm, []).append(told)
    events = [
        {"realmId": realm, "dataChangeEvent": {"entities": entities}} for realm, entities in realms.items()
    ]
    return {"eventNotifications": events}


def cloud_events(found: Iterable[Change]) -> list[Body]:
    """Write changes in the shape of 2026: one CloudEvent each."""
    return [
        {
            "specversion": "1.0",
            "id": str(uuid.uuid4()),
            "source": "intuit.simulator",
            "type": f"qbo.{one.entity.lower()}.{_PAST[one.operation]}.v1",
            "datacontenttype": "application/json",
            "time": one.at,
            "intuitentityid": one.id,
            "intuitaccountid": one.realm,
            "data": {},
        }
        for one in found
    ]


def signature(body: bytes, verifier_token: str) -> str:
    """Return the value of intuit-signature: base64 of the HMAC-SHA256 of the body."""
    digest = hmac.new(verifier_token.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


Post = Callable[[str, bytes, dict[str, str]], bool]


def post(address: str, body: bytes, headers: dict[str, str]) -> bool:
    """Post a body and say whether 200 came in time."""
    request = Request(address, body, headers, method="POST")  # noqa: S310 - checked when it was set
    try:
        with _OPENER.open(request, timeout=SECONDS) as answer:
            return bool(answer.status == 200)
    except (OSError, HTTPError, http.client.HTTPException):
        return False


class Courier:
    """Brings notifications in the background, one delivery after the other, and again where they fail.

    Changes that come while one is under way go together in the next, of several companies too.
    """

    def __init__(self, deliver: Post = post, pauses: tuple[float, ...] = (0, 1, 5, 20)) -> None:
        self._deliver = deliver
        self._pauses = pauses
        self._waiting: list[tuple[tuple[str, str, str], Change]] = []
        self._task: asyncio.Task[None] | None = None

    def tell(self, company: Company) -> None:
        """Note what the last answer changed in a company that has a receiver."""
        receiver = company.switches["webhooks"]
        if not receiver:
            return
        place = (receiver["url"], receiver["verifier_token"], receiver.get("shape") or SHAPES[0])
        self._waiting += [(place, one) for one in changes(company, company.store.flushed)]
        if self._waiting and (self._task is None or self._task.done()):
            self._task = asyncio.get_running_loop().create_task(self._bring())

    async def delivered(self) -> None:
        """Wait until nothing is under way."""
        if self._task is not None:
            await self._task

    async def _bring(self) -> None:
        while self._waiting:
            place = self._waiting[0][0]
            taken = [change for receiver, change in self._waiting if receiver == place]
            self._waiting = [one for one in self._waiting if one[0] != place]
            await self._sent(*place, taken)

    async def _sent(self, address: str, token: str, shape: str, found: list[Change]) -> None:
        body = jsontext.dumps(notifications(found) if shape == SHAPES[0] else cloud_events(found))
        headers = {"Content-Type": "application/json", "intuit-signature": signature(body, token)}
        for pause in self._pauses:
            await asyncio.sleep(pause)
            if await asyncio.to_thread(self._deliver, address, body, headers):
                return
