"""Trouble of the connection: said once, never counted against records, over when it is over."""

from pathlib import Path

import pytest

from awra_tui.actions.sync import Progress, sync_now
from awra_tui.cache.pages.overview import overview, tallies
from awra_tui.cache.store import records, warnings
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.settings import http
from awra_tui.sync.desk import Desk
from awra_tui.sync.office import AT_ONCE
from awra_tui.sync.outbox import LOST_LIMIT
from awra_tui.sync.parcels import BATCH
from awra_tui.sync.progress import STEP
from tests.office import BooksCompany, fault, office, write_ledger
from tests.watch import Watch

FIRST = RecordKey("invoice", "INV-1")
MANY = {f"INV-{number}": "10.00" for number in range(1, 301)}


def said(desk: Desk) -> list[str]:
    return [one.sentence for one in desk.cache.now(overview).connectors]


async def test_an_ended_subscription_is_said_once_and_holds_nothing_back_later(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        company.switch(subscription_ended=True)
        for _ in range(2):
            result = await sync_now(desk)
            assert result.outcome == "stopped"
            [sentence] = said(desk)
            assert sentence == result.sentence
            assert "subscription" in sentence
        stored = desk.cache.now(records.many, [RecordKey("customer", "C-1")])
        assert [(one.status, one.attempts) for one in stored.values()] == [(Status.PENDING, 0)]
        assert ("record", "customer") not in {
            (one.type, one.kind) for one in desk.cache.now(warnings.open_subjects, "record")
        }
        company.switch(subscription_ended=False)
        assert (await sync_now(desk)).counts["succeeded"] == 2
        assert said(desk) == []


async def test_a_lost_authorization_stops_at_the_first_refusal(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, MANY)
    with office(tmp_path, company) as desk:
        company.wire.tamper = lambda request, answer: fault("3100", "AuthorizationFailed", status=403)
        result = await sync_now(desk)
        assert (result.outcome, len(company.wire.sent), len(said(desk))) == ("stopped", 1, 1)
        assert "company" in result.sentence


async def test_an_authorization_lost_while_batches_are_under_way_is_said_once(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-0": "1.00", **MANY})
        company.wire.sent.clear()

        async def lose(request: http.Request) -> None:
            company.switch(subscription_ended=len(company.wire.sent) > 1)

        company.wire.before = lose
        result = await sync_now(desk)
        assert (result.outcome, len(said(desk))) == ("stopped", 1)
        assert len(company.wire.sent) <= 1 + AT_ONCE
        assert desk.cache.now(warnings.open_subjects, "record") == []
        left = desk.cache.now(tallies)["invoice"]
        assert set(left) <= {Status.PENDING, Status.SUCCEEDED}
        assert left[Status.PENDING] > len(MANY) / 2


async def test_an_expired_token_is_renewed_without_a_word(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        company.switch(token_expired=True)
        assert (await sync_now(desk)).outcome == "done"
        assert said(desk) == []


async def test_a_dead_refresh_token_asks_to_authorise_again(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        desk.secrets.set("office/refresh_token", "nobody-knows-this-one")
        company.switch(token_expired=True)
        result = await sync_now(desk)
        assert result.outcome == "stopped"
        assert said(desk) == [result.sentence]
        assert "refresh token" in result.sentence
        assert "nobody-knows" not in result.sentence


async def test_a_throttle_is_waited_out_and_is_nobodys_failure(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"}, paid=["INV-1"])
    told: list[Progress] = []
    with office(tmp_path, company) as desk:

        async def wait(seconds: float) -> None:
            assert seconds <= STEP
            watch.forward(seconds=seconds)
            company.switch(throttle=False)

        async def throttle(request: http.Request) -> None:
            company.switch(throttle=len(company.wire.sent) == 2)

        desk.sleep = wait
        company.wire.before = throttle
        result = await sync_now(desk, progress=told.append)
        assert (result.outcome, result.sentence) == ("done", "3 sent.")
        assert [round(one.pause_seconds) for one in told if one.pause_seconds] == list(range(60, 0, -1))
        assert told[-1].pause_seconds == 0
        assert desk.cache.now(records.many, [FIRST])[FIRST].attempts == 1
        assert said(desk) == []


async def test_a_throttle_that_does_not_end_stops_the_pass(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:

        async def wait(seconds: float) -> None:
            watch.forward(seconds=seconds)

        desk.sleep = wait
        company.wire.tamper = lambda request, answer: fault("3001", "ThrottleExceeded", status=429)
        result = await sync_now(desk)
        assert result.outcome == "stopped"
        assert "asking to wait" in result.sentence
        key = RecordKey("customer", "C-1")
        assert desk.cache.now(records.many, [key])[key].status is Status.PENDING


async def test_an_outage_stops_the_pass_instead_of_using_up_every_record(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-0": "1.00", **MANY})
        company.wire.sent.clear()
        company.wire.tamper = lambda request, answer: http.Response(503, text="Service Unavailable")
        result = await sync_now(desk)
        assert result.outcome == "stopped"
        assert LOST_LIMIT <= len(company.wire.sent) < LOST_LIMIT + AT_ONCE
        stored = desk.cache.now(records.many, [RecordKey("invoice", number) for number in MANY]).values()
        untouched = [one for one in stored if one.status is Status.PENDING]
        assert len(untouched) == len(MANY) - 30 * len(company.wire.sent)
        assert {one.attempts for one in untouched} == {0}
        company.wire.tamper = None
        await sync_now(desk)
        assert len(company.all("Invoice")) == 301


async def test_a_network_that_is_away_sends_nothing_and_says_so(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:

        async def away(request: http.Request) -> None:
            raise http.ConnectError("no route to host", request=request)

        company.wire.before = away
        result = await sync_now(desk)
        assert result.outcome == "stopped"
        assert said(desk) == [result.sentence]
        assert desk.cache.now(warnings.open_subjects, "record") == []
        assert desk.cache.now(records.many, [FIRST])[FIRST].status is Status.PENDING
        company.wire.before = None
        assert (await sync_now(desk)).counts["succeeded"] == 2


async def test_a_setting_that_will_hurt_is_said_beforehand(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    company.switch(auto_apply_credit=True)
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        [sentence] = said(desk)
        assert "applies credits" in sentence
        company.switch(auto_apply_credit=False)
        await sync_now(desk)
        assert said(desk) == []


async def test_a_profile_without_a_company_uses_the_one_its_cache_was_connected_to(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        assert (await sync_now(desk)).counts["succeeded"] == 2
    with office(tmp_path, company, overrides=['qbo.realm_id=""']) as desk:
        assert (desk.profile.qbo.realm_id, desk.realm) == ("", company.announced.realm_id)
        assert (await sync_now(desk)).outcome == "nothing"


async def test_answers_lost_here_and_there_do_not_end_the_pass(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("awra_tui.sync.office.AT_ONCE", 1)
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, MANY)
    with office(tmp_path, company) as desk:

        def lose_every_second(request: http.Request, answer: http.Response) -> http.Response | None:
            return None if len(company.wire.sent) % 2 == 0 else answer

        company.wire.tamper = lose_every_second
        result = await sync_now(desk)
        batches = len(MANY) // BATCH
        assert batches // 2 > LOST_LIMIT
        assert (result.outcome, result.counts["unknown"]) == ("done", batches // 2 * BATCH)
        assert len(company.wire.sent) == 1 + batches
