"""``python -m bench.one_by_one``: python-quickbooks creating invoices one after the other.

It has no pace of its own, so this one waits between two requests as long as the limits ask, which is
the best that one by one can do.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

from intuitlib.client import AuthClient
from quickbooks import QuickBooks
from quickbooks.exceptions import QuickbooksException
from quickbooks.objects import Customer, Invoice, Item, SalesItemLine
from quickbooks.objects.detailline import SalesItemLineDetail

from awra_tui.qbo.throttle import Limits


def main(number: str, times: str) -> None:
    """Create so many invoices in the company announced on standard input; write what came of it as JSON."""
    qb = _client(json.loads(sys.stdin.readline()))
    turns = _turns(Limits().request_interval / float(times))
    next(turns)
    customer = Customer.all(max_results=1, qb=qb)[0]
    next(turns)
    item = Item.all(max_results=1, qb=qb)[0]
    next(turns)
    begun, booked = time.perf_counter(), 0
    for place in range(int(number)):
        with suppress(QuickbooksException):
            _invoice(customer, item, place).save(qb=qb)
            booked += 1
        next(turns)
    seconds = time.perf_counter() - begun
    sys.stdout.write(json.dumps({"booked": booked, "seconds": seconds}) + "\n")


def _turns(interval: float) -> Iterator[None]:
    """Yield when the next request may leave."""
    turn = time.perf_counter()
    while True:
        time.sleep(max(0.0, turn - time.perf_counter()))
        yield
        turn = max(turn, time.perf_counter() - interval) + interval


def _client(told: dict[str, str]) -> QuickBooks:
    QuickBooks.api_url_v3 = f"{told['base_url']}/v3"
    tokens = AuthClient(
        told["client_id"],
        told["client_secret"],
        "http://localhost:8000/callback",
        environment=told["discovery_url"],
        access_token=told["access_token"],
    )
    return QuickBooks(
        auth_client=tokens, refresh_token=told["refresh_token"], company_id=told["realm_id"], minorversion=75
    )


def _invoice(customer: Customer, item: Item, place: int) -> Invoice:
    detail = SalesItemLineDetail()
    detail.ItemRef = item.to_ref()
    line = SalesItemLine()
    line.Amount, line.SalesItemLineDetail = 100, detail
    made = Invoice()
    made.DocNumber, made.CustomerRef, made.Line = f"PQ-{place}", customer.to_ref(), [line]
    return made


if __name__ == "__main__":
    main(*sys.argv[1:])
