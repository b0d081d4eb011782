"""What the cache shows that is to be handed on, and the evidence for it."""

from pathlib import Path

import pytest

from awra_tui.actions.escalation import evidence_of_all, proposal_for, proposals
from awra_tui.actions.sync import sync_now
from awra_tui.cache import rows
from awra_tui.cache.pages import signals as pages
from awra_tui.cache.pages.signals import signals
from awra_tui.cache.store import decisions
from awra_tui.records.errors import AwraError
from awra_tui.records.subject import RecordKey
from awra_tui.settings import http
from awra_tui.sync import connector
from awra_tui.sync.desk import Desk
from tests.office import PROFILE, BooksCompany, fault, office, write_ledger
from tests.watch import Watch

FIRST = RecordKey("invoice", "INV-1")


async def rules(desk: Desk) -> list[str]:
    return [one.rule for one in await proposals(desk)]


async def test_nothing_is_proposed_where_all_is_well(watch: Watch, tmp_path: Path) -> None:
    write_ledger(tmp_path, {"INV-1": "5.00"})
    with office(tmp_path, BooksCompany("empty-us")) as desk:
        await sync_now(desk)
        assert await rules(desk) == []
        assert await proposal_for(desk, FIRST) is None
        with pytest.raises(AwraError, match="Nothing is to be handed on"):
            await evidence_of_all(desk)


async def test_an_authorization_that_does_not_come_back(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "5.00"})
    with office(tmp_path, company) as desk:
        desk.secrets.set("office/access_token", "ended")
        desk.secrets.set("office/refresh_token", "ended")
        await sync_now(desk)
        assert await rules(desk) == []
        for _ in range(2):
            watch.forward(minutes=10)
            await sync_now(desk)
        assert await rules(desk) == ["authorization"]
        found = await evidence_of_all(desk)
        assert found.because.startswith("Authorization does not come back after 3 tries")
        assert found.connector.says
        desk.cache.now(connector.note, "connect company", desk.realm, "", desk.who)
        assert "though QuickBooks was connected again" in (await proposals(desk))[0].sentence


async def test_a_close_that_others_hold_up(watch: Watch, tmp_path: Path) -> None:
    write_ledger(tmp_path, {"INV-1": "5.00", "INV-2": "6.00"}, day="2026-10-30")
    with office(tmp_path, BooksCompany("empty-us"), PROFILE.replace('value = "*"', 'value = "No"')) as desk:
        await sync_now(desk)
        assert await rules(desk) == ["close"]
        proposal = await proposal_for(desk, FIRST)
        assert proposal is not None
        assert proposal.sentence == "The close of October is held up by 2 records that others must clear."
        found = await evidence_of_all(desk)
        assert {case.number for case in found.cases} == {"INV-1", "INV-2"}
        assert f"Why it is handed on: {proposal.sentence}" in found.markdown


@pytest.mark.parametrize(
    "profile", [PROFILE, PROFILE.replace('constants = { currency = "USD" }\n', "")], ids=["named", "unnamed"]
)
async def test_a_total_that_differs_after_a_retry(watch: Watch, tmp_path: Path, profile: str) -> None:
    company = BooksCompany("empty-us")

    def tamper(request: http.Request, answer: http.Response) -> http.Response:
        body = answer.json()
        return http.Response(200, json={**body, "Invoice": body["Invoice"] | {"TotalAmt": 7.0}})

    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company, profile) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-0": "1.00", "INV-1": "5.00"})
        company.wire.refusal = lambda: fault("6000", "Busy", "Please wait a few minutes")
        await sync_now(desk)
        watch.forward(hours=2)
        company.wire.refusal, company.wire.tamper = None, tamper
        await sync_now(desk)
        assert desk.cache.now(signals).differing.keys == (FIRST,)
        assert await rules(desk) == ["totals"]
        desk.cache.now(decisions.add, "accept", FIRST.text, {}, {}, desk.who)
        assert await rules(desk) == []


async def test_where_one_side_names_no_currency_only_answers_that_may_be_off_are_read(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company, PROFILE.replace('constants = { currency = "USD" }\n', "")) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-0": "1.00", "INV-1": "5.00"})
        company.wire.refusal = lambda: fault("6000", "Busy", "Please wait a few minutes")
        await sync_now(desk)
        watch.forward(hours=2)
        company.wire.refusal = None
        await sync_now(desk)
        read: list[tuple[object, ...]] = []
        monkeypatch.setattr(pages, "_is_off", lambda *row: read.append(row))
        assert desk.cache.now(signals).differing.keys == ()
        assert read == []
        desk.cache.now(rows.execute, "UPDATE qbo_object SET amount_minor = 700 WHERE entity = 'Invoice'", ())
        desk.cache.now(signals)
        assert [row[:3:2] for row in read] == [(500, 700)]
