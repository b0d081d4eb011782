"""The public ledger, through the example profile and over real HTTP, into an empty company's books."""

import asyncio
import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from awra_tui.actions.desk import open_desk
from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.overview import overview
from tests.shared import shared_file
from tests.simulated import simulated

PROFILE = Path(__file__).parents[2] / "examples" / "accounts-receivable" / "profile.toml"


def test_the_whole_ledger_arrives_to_the_cent_customer_by_customer() -> None:
    ledger = shared_file("data", "accounts-receivable.csv")
    with ledger.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    expected: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        expected[row["customerID"]] += Decimal(row["InvoiceAmount"])
    with simulated("empty-us") as company:
        desk = open_desk(company.profile(PROFILE, f"source.path={ledger}"))
        try:
            result = asyncio.run(sync_now(desk))
            page = desk.cache.now(overview)
        finally:
            desk.cache.close()
        assert (result.outcome, result.counts["succeeded"]) == ("done", 100 + 2 * len(rows))
        kinds = {kind.kind: kind for kind in page.kinds}
        assert [
            (kinds[name].matched, kinds[name].warnings) for name in ("customer", "invoice", "payment")
        ] == [
            (100, 0),
            (len(rows), 0),
            (len(rows), 0),
        ]
        names = {one["Id"]: one["DisplayName"] for one in company.all("Customer")}
        for entity in ("Invoice", "Payment"):
            booked: dict[str, Decimal] = defaultdict(Decimal)
            for one in company.all(entity):
                booked[names[one["CustomerRef"]["value"]]] += one["TotalAmt"]
            assert booked == expected, entity
        assert {one["Balance"] for one in company.all("Invoice")} == {0}
        books = company.books()
        balances = {account["Name"]: Decimal(str(account["Balance"])) for account in books["accounts"]}
        assert books["total"] == 0
        assert balances["Services"] == -sum(expected.values())
        assert balances.get("Accounts Receivable (A/R)", 0) == 0
