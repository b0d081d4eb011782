"""What an hourly refresh costs, and what it brings: reads are paid for."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions.sync import sync_now
from awra_tui.cache.store import budget, facts, objects
from awra_tui.qbo.errors import QboError
from awra_tui.settings import http
from awra_tui.simulator import booking, cdc, taxservice
from awra_tui.simulator import clock as simulator_clock
from awra_tui.sync import refresh as refreshing
from tests.office import BooksCompany, office, sample_profile, write_ledger
from tests.sync.metered import metered, refreshed
from tests.watch import Watch

CODES = "TaxCode WHERE Active IN (true, false) ORDERBY Id STARTPOSITION 1 MAXRESULTS 1000"
RATES = CODES.replace("TaxCode", "TaxRate")
UNCHANGED = ["cdc", CODES]


def whole(asked: list[str]) -> list[str]:
    """Return the entities of which first pages were asked for, and everything that is no query."""
    return [told.split()[0] for told in asked if "STARTPOSITION 1 " in told or " " not in told]


async def test_an_hour_in_which_nothing_changed_costs_two_reads(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00", "INV-2": "2.00"}, paid=["INV-1"])
    with office(tmp_path, company) as desk:
        meter = metered(desk)
        await sync_now(desk)
        for _ in range(3):
            watch.forward(hours=1)
            with meter.counting() as asked:
                assert (await sync_now(desk)).outcome == "nothing"
            assert asked == UNCHANGED


async def test_the_sample_company_costs_two_reads_too(watch: Watch, tmp_path: Path) -> None:
    with office(tmp_path, BooksCompany("nairobi"), sample_profile()) as desk:
        meter = metered(desk)
        await sync_now(desk)
        watch.forward(hours=1)
        with meter.counting() as asked:
            await sync_now(desk)
        assert set(asked) == set(UNCHANGED)
        assert len(asked) < 12, "what was sent is more than one answer holds, and yet is not read by pages"
        watch.forward(hours=1)
        with meter.counting() as asked:
            await sync_now(desk)
        assert asked == UNCHANGED


async def test_what_changed_comes_with_the_changes(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00", "INV-2": "2.00"})
    with office(tmp_path, company) as desk:
        meter = metered(desk)
        await sync_now(desk)
        watch.forward(hours=1)
        changed, gone = company.one("Invoice", DocNumber="INV-1"), company.one("Invoice", DocNumber="INV-2")
        company.change("Invoice", changed, DueDate="2027-01-31")
        company.book("Invoice", gone, "delete")
        with meter.counting() as asked:
            await refreshed(desk)
        assert asked == UNCHANGED
        ours, theirs = (desk.cache.now(objects.get, "Invoice", one["Id"]) for one in (changed, gone))
        assert ours is not None
        assert (ours.content["DueDate"], ours.sync_token) == ("2027-01-31", "1")
        assert theirs is not None
        assert theirs.deleted


async def test_settings_that_changed_count_at_once(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        meter = metered(desk)
        assert (await refreshed(desk)).closing_date is None
        watch.forward(hours=1)
        company.switch(closing_date="2026-10-31", auto_apply_credit=True)
        company.change("CompanyInfo", company.all("CompanyInfo")[0], CompanyName="Renamed Traders")
        with meter.counting() as asked:
            found = await refreshed(desk)
        assert asked == UNCHANGED
        assert (found.closing_date, found.name) == (date(2026, 10, 31), "Renamed Traders")
        assert found.auto_apply_credit
        assert desk.cache.now(facts.company) == found
        watch.forward(hours=1)
        company.switch(closing_date=None)
        assert (await refreshed(desk)).closing_date is None


async def test_rates_are_read_when_tax_codes_changed(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("nairobi")
    with office(tmp_path, company, sample_profile()) as desk:
        meter = metered(desk)
        await refreshed(desk)
        watch.forward(hours=1)
        made = add_code(company, "14.0% S", "14")
        with meter.counting() as asked:
            await refreshed(desk)
        assert asked == [*UNCHANGED, RATES]
        for entity in ("TaxCode", "TaxRate"):
            assert "14.0% S" in {one.name for one in desk.cache.now(objects.of_entity, entity)}
        alter(company, "TaxCode", made["TaxCodeId"], Active=False)
        with meter.counting() as asked:
            await refreshed(desk)
        assert asked == [*UNCHANGED, RATES]
        code = desk.cache.now(objects.get, "TaxCode", made["TaxCodeId"])
        assert code is not None
        assert not code.active
        with meter.counting() as asked:
            await refreshed(desk)
        assert asked == UNCHANGED


async def test_rates_that_were_not_read_are_read_next_time(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("nairobi")
    with office(tmp_path, company, sample_profile()) as desk:
        meter = metered(desk)
        made = add_code(company, "14.0% S", "14")
        rate = made["TaxRateDetails"][0]["TaxRateId"]
        await refreshed(desk)
        alter(company, "TaxCode", made["TaxCodeId"], Description="Fifteen percent")
        alter(company, "TaxRate", rate, RateValue=15)

        def lost(number: int) -> None:
            if number == 3:
                raise http.ConnectError("refused")

        with meter.counting(lost) as asked, pytest.raises(QboError):
            await refreshed(desk)
        assert asked[-1] == RATES
        await refreshed(desk)
        ours = desk.cache.now(objects.get, "TaxRate", rate)
        assert ours is not None
        assert ours.content["RateValue"] == 15


async def test_a_rate_that_quickbooks_does_not_tell_is_asked_for_once(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("nairobi")
    with office(tmp_path, company, sample_profile()) as desk:
        meter = metered(desk)
        await refreshed(desk)
        made = add_code(company, "14.0% S", "14")
        remove(company, "TaxRate", made["TaxRateDetails"][0]["TaxRateId"])
        for asks in ([*UNCHANGED, RATES], UNCHANGED):
            with meter.counting() as asked:
                await refreshed(desk)
            assert asked == asks


async def test_a_rate_that_changed_shows_in_what_it_taxes(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("nairobi")
    with office(tmp_path, company, sample_profile()) as desk:
        meter = metered(desk)
        await refreshed(desk)
        code = company.one("TaxCode", Name="16.0% S")
        [rate] = [one["TaxRateRef"]["value"] for one in code["SalesTaxRateList"]["TaxRateDetail"]]
        sell(company, code["Id"])
        for asks in (UNCHANGED, [*UNCHANGED, RATES], UNCHANGED):
            with meter.counting() as asked:
                await refreshed(desk)
            assert asked == asks
            if asks == UNCHANGED:
                alter(company, "TaxRate", rate, RateValue=18)
                sell(company, code["Id"])
        ours = desk.cache.now(objects.get, "TaxRate", rate)
        assert ours is not None
        assert ours.content["RateValue"] == 18


async def test_a_tax_code_that_is_gone_is_asked_for_by_its_id(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        meter = metered(desk)
        await refreshed(desk)
        remove(company, "TaxCode", "NON")
        with meter.counting() as asked:
            await refreshed(desk)
        by_id = "TaxCode WHERE Id IN ('NON') AND Active IN (true, false)"
        assert asked == [*UNCHANGED, f"{by_id} ORDERBY Id STARTPOSITION 1 MAXRESULTS 1000", RATES]
        assert desk.cache.now(objects.ids, "TaxCode") == {"TAX"}


async def test_all_is_read_anew_where_changes_do_not_reach_back(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        meter = metered(desk)
        await refreshed(desk)
        people(company, 3)
        company.switch(closing_date="2026-10-31")
        watch.forward(days=31)
        with meter.counting() as asked:
            found = await refreshed(desk)
        assert whole(asked) == ["companyinfo", "preferences", *refreshing.ENTITIES]
        assert desk.cache.now(objects.count, "Customer") == 3
        assert found.closing_date == date(2026, 10, 31)
        with meter.counting() as asked:
            await refreshed(desk)
        assert asked == UNCHANGED


async def test_an_entity_with_too_many_changes_is_read_by_pages(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        meter = metered(desk)
        await sync_now(desk)
        watch.forward(hours=1)
        people(company, 1001)
        company.book("Invoice", company.one("Invoice", DocNumber="INV-1"), "delete")
        company.switch(closing_date="2026-10-31")
        watch.forward(hours=1)
        with meter.counting() as asked:
            found = await refreshed(desk)
        pages = [CODES.replace("TaxCode", "Customer").replace(" 1 ", f" {place} ") for place in (1, 991)]
        assert [told for told in asked if told != "cdc"] == [CODES, *pages]
        assert len(asked) < 15
        assert desk.cache.now(objects.count, "Customer") == 1002
        assert desk.cache.now(objects.count, "Invoice") == 0
        assert found.closing_date == date(2026, 10, 31)
        watch.forward(hours=1)
        with meter.counting() as asked:
            await refreshed(desk)
        assert asked == UNCHANGED


async def test_a_company_that_does_not_report_its_settings_is_read_for_them(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    monkeypatch.setattr(cdc, "_EXCLUDED", frozenset({"CompanyInfo", "Preferences", "TaxCode", "TaxRate"}))
    with office(tmp_path, company) as desk:
        meter = metered(desk)
        await refreshed(desk)
        settings = ["companyinfo", "preferences", CODES]
        for asks in (["cdc", "cdc", *settings], ["cdc", *settings]):
            company.switch(closing_date="2026-10-31" if len(asks) == 5 else "2026-09-30")
            with meter.counting() as asked:
                found = await refreshed(desk)
            assert asked == asks
            assert str(found.closing_date) == company.site.company.closing_date


async def test_changes_are_not_missed_when_quickbooks_clock_is_behind(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = simulator_clock.now
    monkeypatch.setattr(simulator_clock, "now", lambda: exact() - timedelta(minutes=10))
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        for count in (1, 2, 3):
            await refreshed(desk)
            watch.forward(minutes=1)
            booking.create(company.site.company, "Customer", {"DisplayName": f"Person {count}"})
            watch.forward(minutes=1)
            await refreshed(desk)
            assert desk.cache.now(objects.count, "Customer") == count


async def test_every_read_is_counted(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        meter = metered(desk)
        with meter.counting() as asked:
            await sync_now(desk)
        reads = len(asked) - len(company.wire.sent)
        assert desk.cache.now(budget.reads_today, desk.realm) == reads
        watch.forward(days=1)
        await sync_now(desk)
        assert desk.cache.now(budget.reads_today, desk.realm) == 2
        assert desk.cache.now(budget.reads_this_month, desk.realm) == reads + 2


def people(company: BooksCompany, count: int) -> None:
    """Add customers by hand."""
    for number in range(count):
        booking.create(company.site.company, "Customer", {"DisplayName": f"Person {number}"})


def add_code(company: BooksCompany, name: str, percent: str) -> dict[str, Any]:
    """Add a tax code with a rate of its own, as an accountant does on the page for taxes."""
    books = company.site.company
    agency = company.book("TaxAgency", {"DisplayName": f"Agency for {name}"})["Id"]
    detail = {"TaxRateName": name, "RateValue": percent, "TaxAgencyId": agency}
    made: dict[str, Any] = taxservice.created(books, {"TaxCode": name, "TaxRateDetails": [detail]})
    return made


def sell(company: BooksCompany, code: str) -> None:
    """Book an invoice of one line under a tax code."""
    item, customer = (company.all(entity)[0]["Id"] for entity in ("Item", "Customer"))
    detail = {"ItemRef": {"value": item}, "TaxCodeRef": {"value": code}}
    line = {"Amount": 100, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": detail}
    party = {"CustomerRef": {"value": customer}, "CurrencyRef": {"value": "KES"}}
    company.book("Invoice", {**party, "Line": [line], "GlobalTaxCalculation": "TaxExcluded"})


def alter(company: BooksCompany, entity: str, qbo_id: str, **fields: Any) -> None:
    """Change an object that the API cannot change."""
    store = company.site.company.store
    record = store.get(entity, qbo_id)
    assert record is not None
    with store.change():
        store.put(replace(record, body={**record.body, **fields}))


def remove(company: BooksCompany, entity: str, qbo_id: str) -> None:
    """Take away an object that the API cannot delete."""
    store = company.site.company.store
    record = store.get(entity, qbo_id)
    assert record is not None
    with store.change():
        store.put(replace(record, deleted=True))
