"""Dry run of a resend: field by field what QuickBooks has and what would be sent."""

import asyncio
from pathlib import Path

from awra_tui.actions.connect import connect_record
from awra_tui.actions.dry_run import DryRun, Field, dry_run
from awra_tui.actions.outlook import Fate
from awra_tui.actions.sync import sync_now
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.sync.desk import Desk
from tests.actions.test_check import held, kept
from tests.mapped import map_to
from tests.office import BooksCompany, office, write_ledger
from tests.two_months import ASKING, CUSTOMER, in_books, two_months
from tests.watch import Watch

KEY = RecordKey("invoice", "INV-1")


def run(desk: Desk, key: RecordKey = KEY) -> DryRun:
    return asyncio.run(dry_run(desk, key))


def field(found: DryRun, name: str) -> Field:
    return next(one for one in found.fields if one.name == name)


def test_a_change_is_shown_field_by_field_and_nothing_is_written(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "5.00"})
    with office(tmp_path, company) as desk:
        asyncio.run(sync_now(desk))
        assert run(desk).outlook.fate is Fate.NOTHING
        assert not any(one.changes for one in run(desk).fields)
        watch.forward(minutes=10)
        company.switch(closing_date="2026-11-10")
        write_ledger(tmp_path, {"INV-1": "6.00"})
        asyncio.run(sync_now(desk))
        company.switch(closing_date="2026-10-31")
        company.change("Invoice", company.one("Invoice", DocNumber="INV-1"), PrivateNote="Called them")
        company.wire.sent.clear()
        before = kept(desk)
        found = run(desk)
        assert found.outlook.sentence == "It would be changed in QuickBooks."
        assert field(found, "Line 1.Amount") == Field(
            name="Line 1.Amount", now="5.00", sent="6.00", changes=True
        )
        note = field(found, "PrivateNote")
        assert (note.now, note.changes) == ("Called them", False), "what they changed stays theirs"
        assert not field(found, "TxnDate").changes
        assert found.body is not None
        assert found.body["sparse"] is True
        lines = found.lines
        assert lines[lines.index("≠ line 1 amount") + 1 :][:2] == ["    now   5.00", "    then  6.00"]
        assert "= date  2026-11-02" in lines
        assert kept(desk) == before
        assert company.wire.sent == []


def test_what_would_be_created_is_beside_what_is_most_like_it(watch: Watch, tmp_path: Path) -> None:
    with held(tmp_path) as (desk, company):
        company.switch(closing_date="2026-10-31")
        found = run(desk)
        assert found.beside == "QuickBooks has nothing that looks like it."
        assert found.outlook.sentence == "It would be created in QuickBooks."
        assert field(found, "TxnDate") == Field(name="TxnDate", now="", sent="2026-11-02", changes=True)
        customer = company.one("Customer", DisplayName="Baobab Café")["Id"]
        company.book(
            "Invoice",
            {
                "CustomerRef": {"value": customer},
                "DocNumber": "77",
                "TxnDate": "2026-11-02",
                "Line": [
                    {
                        "Amount": 5,
                        "DetailType": "SalesItemLineDetail",
                        "SalesItemLineDetail": {
                            "ItemRef": {"value": company.one("Item", Name="Hours")["Id"]}
                        },
                    }
                ],
            },
        )
        found = run(desk)
        assert found.beside.startswith("Compared with what is most like it in QuickBooks: invoice 77 (id ")
        assert found.outlook.fate is Fate.FAILS, "a person is to compare them first"
        number = field(found, "DocNumber")
        assert (number.now, number.sent, number.changes) == ("77", "INV-1", True)
        assert not field(found, "TxnDate").changes
        assert found.body is None


def test_what_stands_in_the_way_is_said(watch: Watch, tmp_path: Path) -> None:
    with held(tmp_path) as (desk, _):
        found = run(desk)
        assert (found.outlook.fate, found.body) == (Fate.FAILS, None)
        assert any("in a closed period" in line for line in found.lines)


def test_a_wider_search_finds_what_the_judge_would_not_ask_about(watch: Watch, tmp_path: Path) -> None:
    with held(tmp_path) as (desk, company):
        company.switch(closing_date="2026-08-31")
        body = {
            "CustomerRef": {"value": company.one("Customer", DisplayName="Baobab Café")["Id"]},
            "DocNumber": "77",
            "TxnDate": "2026-09-02",
            "Line": [
                {
                    "Amount": 5,
                    "DetailType": "SalesItemLineDetail",
                    "SalesItemLineDetail": {"ItemRef": {"value": company.one("Item", Name="Hours")["Id"]}},
                }
            ],
        }
        company.book("Invoice", body)
        found = run(desk)
        assert found.outlook.fate is Fate.GOES
        assert found.beside.startswith("Compared with what is most like it in QuickBooks: invoice 77 (id ")
        assert field(found, "TxnDate") == Field(
            name="TxnDate", now="2026-09-02", sent="2026-11-02", changes=True
        )


def test_what_is_referred_to_is_called_by_its_name(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "5.00"})
    with office(tmp_path, company) as desk:
        asyncio.run(sync_now(desk))
        watch.forward(minutes=10)
        company.switch(closing_date="2026-11-10")
        write_ledger(tmp_path, {"INV-1": "6.00"})
        asyncio.run(sync_now(desk))
        company.switch(closing_date="2026-10-31")
        hours = company.one("Item", Name="Hours")["Id"]
        asyncio.run(map_to(desk, MappingKey("item", "*"), hours))
        found = run(desk)
        product = field(found, "Line 1.ItemRef")
        assert (product.now, product.sent, product.label) == ("Services", "Hours", "line 1 product/service")
        assert field(found, "CustomerRef").now == "Baobab Café"
        assert [one.label for one in found.fields][:2] == ["line 1 amount", "customer"], "money first"
        assert found.body is not None
        assert found.body["Line"][0]["SalesItemLineDetail"]["ItemRef"] == {"value": hours}


async def test_where_nothing_would_be_sent_nothing_is_said_to_change(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    two_months(tmp_path)
    there = in_books(company, name="Baobab Ltd")
    with office(tmp_path, company, ASKING) as desk:
        await sync_now(desk)
        await connect_record(desk, CUSTOMER, there)
        run = await dry_run(desk, CUSTOMER, offline=True)
        assert run.outlook.fate is Fate.NOTHING
        assert [(one.name, one.now, one.sent) for one in run.fields if one.name == "DisplayName"] == [
            ("DisplayName", "Baobab Ltd", "Baobab Café")
        ]
        assert not any(one.changes for one in run.fields)
        assert "= name  Baobab Ltd" in run.lines
