"""Commands that only read: their JSON, their text, and what they need not."""

import pytest

from tests.cli.commands import call
from tests.cli.conftest import ROUGH, Shop


def test_status_counts_by_kind_and_dimension(shop: Shop) -> None:
    said = call("status", "--json")
    status = said.data
    assert said.code == 1
    assert status["company"]["realm_id"] == shop.company["realm_id"]
    assert status["connection"]["state"] == "connected"
    assert status["last_sync"]["outcome"] == "done"
    assert status["next_sync"] is None
    invoice = status["kinds"]["invoice"]
    assert [invoice[name] for name in ("source", "qbo", "matched", "warnings", "dismissed")] == [4, 0, 0, 4, 0]
    assert invoice["waiting"] == {"USD": "150.90"}
    assert sum(status["dimensions"].values()) == len(call("warnings", "--json").data)
