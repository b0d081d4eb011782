"""Evidence is whole: every field that is asked for, in both renderings, or it does not go."""

import json
from pathlib import Path

import pytest

from awra_tui.actions.escalate import evidence
from awra_tui.actions.escalation import proposal_for, proposals
from awra_tui.actions.resend import resend
from awra_tui.actions.sync import sync_now
from awra_tui.cache.store import records
from awra_tui.records.errors import AwraError
from awra_tui.records.record import SourceRecord
from awra_tui.records.status import Status
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.settings import http
from tests.mapped import map_to
from tests.office import PROFILE, BooksCompany, fault, office, write_ledger, write_source
from tests.watch import Watch

FIRST = RecordKey("invoice", "i1")
SAID = ("A business validation error has occurred", "The colour is  wrong")
OWN = (
    'source_id = "id", number = "number", party_id = "customer", branch = "branch", '
    '"extra.warehouse" = "store", "extra.module" = "module"'
)
KEPT = PROFILE.replace('source_id = "number", number = "number", party_id = "customer"', OWN, 1)
ROW = {
    "id": "i1", "number": "INV-1", "customer": "C-1", "date": "2026-11-02", "amount": "1234.50",
    "branch": "Mombasa", "store": "Changamwe", "module": "Wholesale",
}  # fmt: skip


def refuse(request: http.Request, answer: http.Response) -> http.Response:
    """Refuse an invoice with the name of the exchange that the answer had."""
    if "invoice" not in request.url.path:
        return answer
    told = fault("6000", *SAID)
    told.headers["intuit_tid"] = answer.headers["intuit_tid"]
    return told


async def test_every_field_that_is_asked_for_is_there_in_both_renderings(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"x": "1"})
    write_source(tmp_path, "invoices.csv", [ROW])
    with office(tmp_path, company, KEPT) as desk:
        company.wire.tamper = refuse
        await sync_now(desk)
        for invoice in company.all("Invoice"):
            company.book("Invoice", invoice, "delete")
        watch.forward(minutes=5)
        await map_to(desk, MappingKey("item", "*"), company.one("Item", Name="Hours")["Id"])
        [again] = await resend(desk, [FIRST], anyway=True)
        assert again.status is Status.FAILED
        found = await evidence(desk, FIRST)

    [case] = found.cases
    data = json.loads(found.json)
    [told] = data["cases"]
    last, first = told["tries"]
    message = ": ".join(SAID)
    assert told | {
        "record": "invoice/INV-1", "number": "INV-1", "source_id": "i1", "status": "failed",
        "attempts": 2, "retries": 1, "module": "Wholesale", "branch": "Mombasa", "warehouse": "Changamwe",
    } == told  # fmt: skip
    assert [one["message"] for one in told["why"]] == [message]
    assert {last["message"], first["message"]} == {message}
    assert last["run"] == data["last_run"]["id"] != first["run"]
    assert last["intuit_tid"] != first["intuit_tid"] != ""
    assert (last["user"], data["user"]) == (desk.who, desk.who)
    assert first["started"] <= first["ended"] < last["started"] <= data["written"]
    assert told["last_attempt"] == last["started"] > told["first_seen"] != ""
    assert (data["connector"]["profile"], data["connector"]["source"]) == ("Test Office", "files")
    assert data["connector"]["company_id"] == desk.realm
    assert any("mapping item/* saved by" in one["what"] for one in told["changes"])
    assert case.expected == (
        "one invoice in QuickBooks with the number INV-1 over USD 1,234.50, dated 2026-11-02"
    )

    text = found.markdown.replace("\\", "")
    for each in (
        "invoice/INV-1 (source id i1)", "Module: Wholesale", "Branch: Mombasa", "Warehouse: Changamwe",
        "Status: failed", "Tried: 2 times", "retries 1", f"Sync run: {last['run']}",
        f"Expected: {case.expected}", f"QuickBooks said: {message}",
        f"intuit_tid {last['intuit_tid']}", f"intuit_tid {first['intuit_tid']}",
        f"by {desk.who}", "Profile: Test Office", "Source: files", "mapping item/* saved by",
        last["started"], found.written,
    ):  # fmt: skip
        assert each in text, each


async def test_without_a_number_nothing_goes(watch: Watch, tmp_path: Path) -> None:
    write_ledger(tmp_path, {"INV-1": "5.00"})
    nameless = SourceRecord(kind="invoice", source_id="i9", number="", approved=True)
    with office(tmp_path, BooksCompany("empty-us")) as desk:
        await sync_now(desk)
        desk.cache.now(records.upsert, [nameless], "r")
        with pytest.raises(AwraError, match="invoice/i9 has no number: nobody could look for it"):
            await evidence(desk, RecordKey("invoice", "i9"))


async def test_who_cannot_be_looked_for_is_left_out_and_named_and_the_others_go(
    watch: Watch, tmp_path: Path
) -> None:
    ledger = [f"INV-{place:02}" for place in range(30)]
    write_ledger(tmp_path, {})
    row = {"customer": "nobody", "date": "2026-11-02", "amount": "5.00"}
    write_source(tmp_path, "invoices.csv", [{"number": number, **row} for number in ledger])
    nameless = [SourceRecord(kind="invoice", source_id=one, number="", approved=True) for one in ("i8", "i9")]
    with office(tmp_path, BooksCompany("empty-us")) as desk:
        await sync_now(desk)
        desk.cache.now(records.upsert, nameless, "r")
        numbered = [RecordKey("invoice", one) for one in ledger]
        lost = [RecordKey("invoice", one.source_id) for one in nameless]
        found = await evidence(desk, lost[0], *numbered, RecordKey("invoice", "gone"), lost[1])
        one_of_two = await evidence(desk, lost[0], numbered[0])
        with pytest.raises(AwraError, match=r"(?s)invoice/i8, invoice/i9.*invoice/gone") as refused:
            await evidence(desk, *lost, RecordKey("invoice", "gone"))

    assert [case.number for case in found.cases] == ledger[:20]
    assert found.others == tuple(f"invoice/{number}" for number in ledger[20:])
    assert found.title == "30 records did not arrive in QuickBooks as they should"
    assert found.missing == "3 records are left out; the text says which and why."
    _, _, left = found.markdown.partition("## Left out\n")
    assert left.splitlines()[:2] == [
        "- No number, so nobody could look for it; it needs one in the source: invoice/i8, invoice/i9",
        "- There is no such record in the cache: invoice/gone",
    ]
    assert json.loads(found.json)["left_out"][0]["records"] == ["invoice/i8", "invoice/i9"]
    assert one_of_two.title == "Invoice INV-00 did not arrive in QuickBooks"
    assert one_of_two.missing == "1 record is left out; the text says which and why."
    assert str(refused.value).startswith("There is nothing to hand on of any of these records.")


async def test_many_records_that_the_connection_fails_for_are_proposed_after_an_hour(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-0": "1.00", **{f"INV-{place}": "5.00" for place in range(1, 25)}})
        company.wire.refusal = lambda: fault("6000", "Busy", "Please wait a few minutes")
        await sync_now(desk)
        watch.forward(minutes=59)
        assert await proposals(desk) == ()
        watch.forward(minutes=2)
        [one] = await proposals(desk)
        assert (one.rule, one.sentence) == ("connector", "The same connection fails for 24 records.")
        assert await proposal_for(desk, RecordKey("invoice", "INV-7")) is not None
        assert await proposal_for(desk, RecordKey("invoice", "INV-0")) is None
