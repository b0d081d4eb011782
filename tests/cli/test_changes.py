"""Commands that decide about what changed after it was sent, against a company of their own."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.commands import call, child, is_one_sentence
from tests.cli.conftest import INVOICES, Shop, furnish
from tests.cli.test_contract import agree, examples, shape

GONE = "invoice/INV/7 a"


@pytest.fixture
def sent(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """A profile whose invoices are in a company that no other test sends to."""
    process = child(["simulator", "--json"], tmp_path)
    assert process.stdout is not None
    try:
        company = json.loads(process.stdout.readline())
        furnish(home, company)
        monkeypatch.setenv("AWRA_TUI_PROFILE", "shop")
        assert call("connect", "--import", "-", stdin=json.dumps(company).encode()).code == 0
        call("sync")
        for customer in ("C-1", "C-2"):
            assert call("connect-customer", customer, "--new").code == 0
        call("sync")
        yield Shop(home, company)
    finally:
        process.terminate()
        process.communicate(timeout=20)


def withdraw(shop: Shop) -> None:
    """Take the first invoice out of the source, and sync."""
    path = shop.source / "invoices.json"
    path.write_text(json.dumps([one | {"date": "2026-11-02"} for one in INVOICES[1:]]))
    assert call("sync").code == 1


def test_void_says_what_it_does_and_sends_only_after_a_yes(sent: Shop) -> None:
    withdraw(sent)
    refused = call("void", GONE)
    assert (refused.code, refused.out) == (2, b"")
    assert "amounts become zero" in refused.err
    assert "Nothing was sent; say --yes" in refused.err
    before = call("show", GONE, "--json").data
    assert before["attempts"] == 1
    said = call("void", GONE, "--yes", "--json")
    assert (said.code, said.data[0]["status"]) == (0, "succeeded")
    assert "void in QuickBooks by" in said.data[0]["sentence"]
    assert agree(shape(examples("void")[0]), shape(said.data))
    again = call("void", GONE, "--yes")
    assert again.code == 2
    assert is_one_sentence(again.err)
    assert [one["number"] for one in call("warnings", "--json").data] == ["TWIN"]


def test_a_credit_note_instead(sent: Shop) -> None:
    withdraw(sent)
    said = call("void", GONE, "--credit-note", "--yes", "--json")
    assert (said.code, said.data[0]["status"]) == (0, "succeeded")
    assert "taken back by credit note" in said.data[0]["sentence"]
    links = {one["role"]: one["entity"] for one in call("show", GONE, "--json").data["links"]}
    assert links["reversal"] == "CreditMemo"


def test_what_nobody_changed_is_not_decided(sent: Shop) -> None:
    for args in (("accept", GONE), ("void", GONE, "--yes"), ("resend", GONE, "--ours", "--yes")):
        said = call(*args)
        assert (said.code, is_one_sentence(said.err)) == (2, True), said.err
        assert "neither side changed it" in said.err
