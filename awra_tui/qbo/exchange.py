"""HTTP exchanges that may change QuickBooks: built once, kept, and sent again byte by byte."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from awra_tui.qbo import json
from awra_tui.records.fault import Fault
from awra_tui.records.qbo import Json

BATCH_ITEMS = 30
REQUEST_ID_LENGTH = 36
BATCH_ID_LENGTH = 10
MINOR_VERSION = "75"

_VOID_BY_UPDATE = frozenset({"Payment", "SalesReceipt", "BillPayment", "RefundReceipt"})
_PARAMS: dict[str, dict[str, str]] = {
    "create": {},
    "update": {},
    "sparse_update": {},
    "delete": {"operation": "delete"},
    "void": {"operation": "void"},
}
_ITEM: dict[str, dict[str, str]] = {
    "create": {"operation": "create"},
    "update": {"operation": "update"},
    "sparse_update": {"operation": "update"},
    "delete": {"operation": "delete"},
    "void": {"operation": "void"},
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request as it leaves: everything needed to send the identical bytes once more.

    ``path`` begins at the host; ``params`` has everything of the query but authorization.
    """

    method: str
    path: str
    params: dict[str, str]
    body: bytes
    requestid: str


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One item of a batch; ``bid`` has at most 10 characters."""

    bid: str
    entity: str
    operation: str
    body: Json


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``payload`` is a Fault unless it is the success that was asked for.

    ``body`` carries no access token, whatever the other side put into it.
    """

    http_status: int
    content_type: str
    body: bytes = field(repr=False)
    tid: str
    payload: Json | Fault


def single(
    realm: str,
    entity: str,
    operation: str,
    body: Json,
    requestid: str,
    *,
    allow_duplicate_number: bool = False,
) -> Exchange:
    """Return the exchange of one operation: create, update, sparse_update, delete or void.

    Raise ValueError for an operation that does not exist or an id that is too long.
    """
    params = {"minorversion": MINOR_VERSION, "requestid": _requestid(requestid)}
    includes = ["allowduplicatedocnum"] if allow_duplicate_number else []
    if operation == "void" and entity in _VOID_BY_UPDATE:
        params["operation"] = "update"
        includes.append("void")
    else:
        params |= _row(_PARAMS, operation)
    if includes:
        params["include"] = ",".join(includes)
    return Exchange(
        "POST", company_path(realm, entity.lower()), params, json.encode(_sparse(operation, body)), requestid
    )


def batch(realm: str, items: Sequence[BatchItem], requestid: str) -> Exchange:
    """Return the exchange of up to 30 operations; raise ValueError for what no batch can hold."""
    bids = [item.bid for item in items]
    if not 0 < len(items) <= BATCH_ITEMS:
        raise ValueError(f"a batch holds 1 to {BATCH_ITEMS} items, not {len(items)}")
    if len(set(bids)) != len(bids) or not all(0 < len(bid) <= BATCH_ID_LENGTH for bid in bids):
        raise ValueError(f"each item of a batch needs a bId of its own, {BATCH_ID_LENGTH} characters at most")
    params = {"minorversion": MINOR_VERSION, "requestid": _requestid(requestid)}
    body = json.encode({"BatchItemRequest": [_item(item) for item in items]})
    return Exchange("POST", company_path(realm, "batch"), params, body, requestid)


def company_path(realm: str, rest: str) -> str:
    """Return a path below one company."""
    return f"/v3/company/{quote(realm, safe='')}/{rest}"


def _item(item: BatchItem) -> Json:
    if item.operation == "void" and item.entity in _VOID_BY_UPDATE:
        head = {"operation": "update", "optionsData": "void"}
    else:
        head = _row(_ITEM, item.operation)
    return {"bId": item.bid, **head, item.entity: _sparse(item.operation, item.body)}


def _sparse(operation: str, body: Json) -> Json:
    return {**body, "sparse": True} if operation == "sparse_update" else body


def _row(table: dict[str, dict[str, str]], operation: str) -> dict[str, str]:
    if operation not in table:
        raise ValueError(f"{operation!r} is no operation; there are {', '.join(table)}")
    return table[operation]


def _requestid(requestid: str) -> str:
    if not 0 < len(requestid) <= REQUEST_ID_LENGTH:
        raise ValueError(f"a requestid has 1 to {REQUEST_ID_LENGTH} characters, not {len(requestid)}")
    return requestid
