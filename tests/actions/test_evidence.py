"""Evidence and explanations: enough for whoever must help, no secrets, no commands in disguise."""

from pathlib import Path

import pytest

from awra_tui.actions.escalate import evidence
from awra_tui.actions.record import differences, open_record, record_url
from awra_tui.actions.sync import sync_now
from awra_tui.records.errors import AwraError, UnknownRecordError
from awra_tui.records.status import Status
from awra_tui.records.subject import MappingKey, RecordKey
from tests.mapped import map_to, seen_mapped
from tests.office import BooksCompany, fault, office, write_ledger
from tests.watch import Watch

FIRST = RecordKey("invoice", "INV-1")


async def test_evidence_has_what_was_sent_said_expected_and_changed(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1234.50"})
    with office(tmp_path, company) as desk:
        company.wire.tamper = lambda request, answer: (
            fault("6000", "Business error", "[red]no[/] *bold*") if "invoice" in request.url.path else answer
        )
        await sync_now(desk)
        services = company.one("Item", Name="Services")["Id"]
        await map_to(desk, MappingKey("item", "*"), services)
        text = (await evidence(desk, FIRST)).markdown
        assert text.startswith("# Invoice INV-1 did not arrive in QuickBooks\n")
        for part in (
            "USD 1,234.50",
            "HTTP 400",
            "requestid",
            "Expected: one invoice",
            "## What changed recently",
        ):
            assert part in text, part
        assert "first seen in the source" in text
        assert f"mapping item/\\* saved by {desk.who}".replace("*", r"\*").replace(r"\\*", r"\*") in text
        assert r"\[red\]no\[/\] \*bold\*" in text
        secrets = [
            desk.secrets.get(f"office/{name}") for name in ("access_token", "refresh_token", "client_secret")
        ]
        assert all(secret and secret not in text for secret in secrets)


async def test_there_is_no_evidence_where_nothing_was_said(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        with pytest.raises(AwraError, match="nothing to escalate"):
            await evidence(desk, FIRST)
        with pytest.raises(UnknownRecordError):
            await evidence(desk, RecordKey("invoice", "INV-2"))


async def test_an_open_record_is_judged_afresh_and_says_where_it_differs(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        page = await open_record(desk, FIRST)
        assert page.status is Status.SUCCEEDED
        assert [verdict.step for verdict in page.verdicts] == [
            "source", "ready", "mapping", "duplicates", "payload", "answer", "connection", "next",
        ]  # fmt: skip
        assert await differences(desk, FIRST) == []
        watch.forward(minutes=5)
        company.change("Invoice", company.one("Invoice"), PrivateNote="by hand")
        await sync_now(desk)
        [found] = await differences(desk, FIRST)
        assert (found.field, found.ours, found.theirs) == ("PrivateNote", "AWRA INV-1", "by hand")
        address = record_url(desk, "Invoice", company.one("Invoice")["Id"])
        assert address.startswith("https://app.sandbox.qbo.intuit.com/app/invoice?txnId=")
        with pytest.raises(UnknownRecordError):
            await open_record(desk, RecordKey("invoice", "INV-2"))


async def test_a_preview_writes_nothing(watch: Watch, tmp_path: Path) -> None:
    from awra_tui.cache.store import decisions, mappings

    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        before = (desk.cache.now(mappings.all), len(desk.cache.now(decisions.newest)))
        await seen_mapped(desk, MappingKey("item", "*"), company.one("Item", Name="Hours")["Id"])
        assert (desk.cache.now(mappings.all), len(desk.cache.now(decisions.newest))) == before
