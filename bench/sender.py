"""``python -m bench.sender``: one of two processes that send at once, at the pace their profile shares.

A pass of the console sends alone for its profile; what is measured here is the pace below it, so
this asks the client itself.
"""

import asyncio
import itertools
import json
import sys
from collections.abc import Iterator
from typing import Any

from awra_tui.actions.desk import open_desk
from awra_tui.qbo.client import QboClient
from awra_tui.qbo.exchange import BatchItem
from awra_tui.settings.profile import load_profile
from awra_tui.sync.connection import connected
from awra_tui.sync.office import AT_ONCE
from awra_tui.sync.parcels import BATCH


def main(profile: str, name: str, batches: str, *settings: str) -> None:
    """Send so many batches of invoices; write as JSON how many invoices were booked."""
    desk = open_desk(load_profile(profile, settings))
    try:
        booked = asyncio.run(_send(desk, name, int(batches)))
    finally:
        desk.cache.close()
    sys.stdout.write(json.dumps(booked) + "\n")


async def _send(desk: Any, name: str, batches: int) -> int:
    async with connected(desk, asyncio.sleep) as client:
        customer, item = [await client.query(f"SELECT * FROM {entity}") for entity in ("Customer", "Item")]
        turns = iter(range(batches))
        ready = _Ready(name, customer[0]["Id"], item[0]["Id"])
        return sum(await asyncio.gather(*(_line(client, ready, turns) for _ in range(AT_ONCE))))


async def _line(client: QboClient, ready: "_Ready", turns: Iterator[int]) -> int:
    booked = 0
    for turn in turns:
        answer = await client.send(client.batch(ready.batch(turn), f"{ready.name}-{turn}"))
        booked += answer.body.count(b'"DocNumber"')
    return booked


class _Ready:
    """Batches of invoices, made when they are asked for."""

    def __init__(self, name: str, customer: str, item: str) -> None:
        self.name = name
        self._customer = customer
        self._item = item

    def batch(self, turn: int) -> list[BatchItem]:
        numbers = itertools.count(turn * BATCH)
        return [
            BatchItem(bid=str(place), entity="Invoice", operation="create", body=self._body(next(numbers)))
            for place in range(BATCH)
        ]

    def _body(self, number: int) -> dict[str, Any]:
        return {
            "DocNumber": f"{self.name}-{number}",
            "CustomerRef": {"value": self._customer},
            "Line": [
                {
                    "Amount": 100,
                    "DetailType": "SalesItemLineDetail",
                    "SalesItemLineDetail": {"ItemRef": {"value": self._item}},
                }
            ],
        }


if __name__ == "__main__":
    main(*sys.argv[1:])
