"""What every refresh says of mappings whose objects changed in QuickBooks meanwhile."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from awra_tui.actions.staging import certain_suggestions, preview_changes, save_changes
from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.warnings import WarningQuery, warnings_all
from awra_tui.cache.store import facts, mappings, objects
from awra_tui.records.mapping import Mapping, MappingChange, confirmed
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey
from awra_tui.sync.desk import Desk
from awra_tui.sync.mapping_states import recheck
from tests.actions.till import SHOP, sell
from tests.office import BooksCompany, office
from tests.watch import Watch

STANDARD, CARD, ITEM = (
    MappingKey("tax_code", "Standard"),
    MappingKey("payment_method", "Card"),
    MappingKey("item", "*"),
)
FIRST = ("A", "Standard", "16", 100, "2026-11-02")
BLOCKED, REVIEW, READY = MappingState.BLOCKED, MappingState.REVIEW, MappingState.READY


@pytest.fixture
def company() -> BooksCompany:
    return BooksCompany("nairobi")


@pytest.fixture
async def desk(watch: Watch, tmp_path: Path, company: BooksCompany) -> AsyncIterator[Desk]:
    """A shop whose first invoice and payment are in QuickBooks; the next ones come with the next sync."""
    sell(tmp_path, [FIRST], {"A": "Card"})
    with office(tmp_path, company, SHOP) as desk:
        await sync_now(desk)
        found = await certain_suggestions(desk, [STANDARD, CARD])
        await save_changes(desk, list(found.values()))
        await sync_now(desk)
        assert company.one("Invoice", DocNumber="A")["CustomerRef"]
        sell(tmp_path, [FIRST, ("B", "Standard", "16", 50, "2026-11-03")], {"A": "Card", "B": "Card"})
        watch.forward(hours=1)
        yield desk


def stored(desk: Desk, key: MappingKey) -> Mapping:
    found = desk.cache.now(mappings.get, key)
    assert found is not None
    return found


def told(desk: Desk, key: MappingKey) -> tuple[MappingState, str]:
    found = stored(desk, key)
    return found.state, found.sentence


def warned(desk: Desk) -> dict[str, str]:
    """Return the sentences of open warnings that lie in a mapping, by their reasons."""
    found = desk.cache.now(warnings_all, WarningQuery())
    return {one.reason: one.sentence for one in found if one.cause.startswith("mapping:")}


async def test_a_new_name_is_for_review_until_it_is_saved_again(desk: Desk, company: BooksCompany) -> None:
    there = company.one("Item", Name="House Blend Beans 1 kg")
    company.change("Item", there, Name="HOUSE blend beans 1 KG")
    await sync_now(desk)
    assert told(desk, ITEM)[0] is READY, "case alone is no new name"
    company.change("Item", there, Name="Robusta 1 kg")
    sentence = (
        "Item House Blend Beans 1 kg is called Robusta 1 kg in QuickBooks since a line without a "
        "product/service of its own was mapped to it."
    )
    await sync_now(desk)
    assert told(desk, ITEM) == (REVIEW, sentence)
    assert stored(desk, ITEM).object_name == "House Blend Beans 1 kg"
    await save_changes(desk, [MappingChange(ITEM, there["Id"])])
    assert told(desk, ITEM)[0] is READY
    assert stored(desk, ITEM).object_name == "Robusta 1 kg"


async def test_records_wait_for_a_renamed_object_and_go_once_it_is_saved_again(
    desk: Desk, company: BooksCompany
) -> None:
    there = company.one("Account", Name="Card Clearing")
    company.change("Account", there, Name="Visa Clearing")
    await sync_now(desk)
    assert warned(desk) == {
        "mapped_to_renamed": (
            'Account Card Clearing is called Visa Clearing in QuickBooks since the payment method "Card" '
            "was mapped to it."
        )
    }
    saved = await save_changes(
        desk, [MappingChange(CARD, stored(desk, CARD).qbo_id, stored(desk, CARD).account_id)]
    )
    assert len(saved.released) == 1
    await sync_now(desk)
    assert warned(desk) == {}
    assert [one["DepositToAccountRef"]["value"] for one in company.all("Payment")[-2:]] == [there["Id"]] * 2


async def test_an_inactive_object_blocks_and_holds_what_comes(desk: Desk, company: BooksCompany) -> None:
    there = company.one("Account", Name="Card Clearing")
    company.change("Account", there, Active=False)
    await sync_now(desk)
    sentence = 'The deposit account Card Clearing (deleted) of the payment method "Card" is inactive or gone'
    assert told(desk, CARD)[0] is BLOCKED
    assert told(desk, CARD)[1].startswith(sentence)
    assert list(warned(desk)) == ["deposit_account_inactive"]
    item = company.one("Item", Name="House Blend Beans 1 kg")
    company.change("Item", item, Active=False)
    await sync_now(desk)
    assert told(desk, ITEM) == (BLOCKED, "Item House Blend Beans 1 kg (deleted) is inactive in QuickBooks.")


async def test_what_was_merged_names_the_one_that_has_its_name_now(desk: Desk, company: BooksCompany) -> None:
    there = company.one("Item", Name="House Blend Beans 1 kg")
    company.change("Item", there, Active=False)
    parts = {name: there[name] for name in ("Type", "IncomeAccountRef", "ExpenseAccountRef")}
    other = company.book("Item", {"Name": "House Blend Beans 1 kg", **parts})
    await sync_now(desk)
    state, sentence = told(desk, ITEM)
    assert state is BLOCKED
    assert sentence == (
        "Item House Blend Beans 1 kg is no longer in use in QuickBooks, but another of that name is: "
        "it was merged into that one, or made anew."
    )
    assert list(warned(desk)) == ["mapped_to_merged"]
    saved = await save_changes(desk, [MappingChange(ITEM, other["Id"])])
    assert (saved.states, len(saved.released)) == ((READY,), 1)


async def test_a_deleted_object_blocks(desk: Desk, company: BooksCompany) -> None:
    code = company.one("TaxCode", Name="16.0% S")["Id"]
    desk.cache.now(objects.mark_deleted, [("TaxCode", code)])
    checked(desk)
    assert told(desk, STANDARD) == (BLOCKED, "Tax code 16.0% S has been deleted in QuickBooks.")


async def test_a_rate_that_changes_in_quickbooks_is_for_review_with_both_rates(
    desk: Desk, company: BooksCompany
) -> None:
    code = company.one("TaxCode", Name="16.0% S")
    for side, percent, state in (("Purchase", 14, READY), ("Sales", 14, REVIEW), ("Sales", 16, READY)):
        listed = code[f"{side}TaxRateList"]["TaxRateDetail"]
        rate = desk.cache.now(objects.get, "TaxRate", listed[0]["TaxRateRef"]["value"])
        assert rate is not None
        desk.cache.now(objects.upsert, [replace(rate, content=rate.content | {"RateValue": percent})])
        checked(desk)
        assert told(desk, STANDARD)[0] is state, (side, percent)
        if state is REVIEW:
            assert told(desk, STANDARD)[1] == (
                'The tax category "Standard" is 16% in the source, but 16.0% S is 14% in QuickBooks.'
            )


async def test_only_records_that_state_another_rate_wait_for_a_code_under_review(
    desk: Desk, company: BooksCompany, tmp_path: Path
) -> None:
    sales = [FIRST, ("B", "Standard", "16", 50, "2026-11-03"), ("C", "Standard", "14", 50, "2026-11-03")]
    sell(tmp_path, sales, {"A": "Card"})
    await sync_now(desk)
    assert told(desk, STANDARD)[0] is REVIEW
    assert told(desk, STANDARD)[1].startswith('The tax category "Standard" is 14% in the source, but 16.0% S')
    assert {one["DocNumber"] for one in company.all("Invoice")} >= {"A", "B"}
    assert list(warned(desk)) == ["tax_rate_differs"]


async def test_a_rate_that_changes_on_a_day_is_a_mapping_from_that_day_on(
    desk: Desk, company: BooksCompany, tmp_path: Path
) -> None:
    zero = company.one("TaxCode", Name="0.0% Z")["Id"]
    await save_changes(desk, [MappingChange(STANDARD, zero, valid_from=dt.date(2026, 11, 10))])
    sales = [FIRST, ("B", "Standard", "16", 50, "2026-11-09"), ("C", "Standard", "0", 50, "2026-11-10")]
    sell(tmp_path, sales, {"A": "Card"})
    await sync_now(desk)
    assert told(desk, STANDARD)[0] is READY
    codes = {
        one["DocNumber"]: one["Line"][0]["SalesItemLineDetail"]["TaxCodeRef"]["value"]
        for one in company.all("Invoice")
    }
    full = company.one("TaxCode", Name="16.0% S")["Id"]
    assert {number: codes[number] for number in "ABC"} == {"A": full, "B": full, "C": zero}


async def test_a_mapping_from_a_day_on_is_for_review_while_something_earlier_waits_for_it(
    desk: Desk, company: BooksCompany, tmp_path: Path
) -> None:
    lunar, branch = MappingKey("tax_code", "Lunar"), MappingKey("tax_code", "Lunar", "branch=Mombasa")
    days = {"B": "2026-11-03", "C": "2026-11-08", "D": "2026-11-12"}
    sell(tmp_path, [FIRST, *((number, "Lunar", "16", 50, day) for number, day in days.items())], {})
    await sync_now(desk)
    full = company.one("TaxCode", Name="16.0% S")["Id"]
    late = MappingChange(lunar, full, valid_from=dt.date(2026, 11, 10))
    sentence = (
        'The tax category "Lunar" is mapped for what is dated 10 Nov 2026 or later; '
        "2 records that wait are dated before."
    )
    previewed = await preview_changes(desk, [late])
    assert previewed.sentence.startswith(f"{sentence} Releases 1 invoice")
    saved = await save_changes(desk, [late])
    assert saved.states == (REVIEW,)
    assert told(desk, lunar) == (REVIEW, sentence)
    await save_changes(desk, [MappingChange(lunar, full, valid_from=dt.date(2026, 11, 5))])
    assert told(desk, lunar)[1].endswith("05 Nov 2026 or later; 1 record that waits is dated before.")
    await save_changes(desk, [MappingChange(branch, full)])
    assert told(desk, branch)[0] is READY
    await save_changes(desk, [MappingChange(lunar, full)])
    assert told(desk, lunar)[0] is READY


async def test_mapped_receivables_stand_in_what_is_sent_and_others_are_left_to_quickbooks(
    desk: Desk, company: BooksCompany
) -> None:
    kind = {"AccountType": "Accounts Receivable", "CurrencyRef": {"value": "KES"}}
    ours = company.book("Account", {"Name": "Trade debtors", **kind})["Id"]
    await sync_now(desk)
    dollars = company.one("Account", Name="Accounts Receivable (A/R) - USD")["Id"]
    await save_changes(desk, [MappingChange(MappingKey("receivable", "*"), dollars)])
    sell_more(desk, "C")
    await sync_now(desk)
    await save_changes(desk, [MappingChange(MappingKey("receivable", "*"), ours)])
    sell_more(desk, "D")
    await sync_now(desk)
    named = {one["DocNumber"]: one.get("ARAccountRef", {}).get("value", "") for one in company.all("Invoice")}
    assert {number: named[number] for number in "BCD"} == {"B": "", "C": "", "D": ours}
    account = company.one("Account", Id=ours)
    company.change("Account", account, Active=False)
    sell_more(desk, "E")
    await sync_now(desk)
    assert told(desk, MappingKey("receivable", "*"))[0] is BLOCKED
    assert list(warned(desk)) == ["mapped_to_inactive"]
    saved = await save_changes(desk, [MappingChange(MappingKey("receivable", "*"), "")])
    assert (len(saved.released), warned(desk)) == (1, {})


async def test_what_a_wider_account_holds_up_is_released_by_a_nearer_one(
    desk: Desk, company: BooksCompany
) -> None:
    kind = {"AccountType": "Accounts Receivable", "CurrencyRef": {"value": "KES"}}
    former, other = (company.book("Account", {"Name": name, **kind}) for name in ("Debtors", "Debtors two"))
    await sync_now(desk)
    await save_changes(desk, [MappingChange(MappingKey("receivable", "*"), former["Id"])])
    company.change("Account", former, Active=False)
    sell_more(desk, "C")
    await sync_now(desk)
    assert list(warned(desk)) == ["mapped_to_inactive"]
    nearer = MappingChange(MappingKey("receivable", "*", "currency=KES"), other["Id"])
    assert (await preview_changes(desk, [nearer])).releases == 1
    assert len((await save_changes(desk, [nearer])).released) == 1
    assert warned(desk) == {}


async def test_what_is_meant_so_is_ready_until_another_doubt_comes(
    desk: Desk, company: BooksCompany, tmp_path: Path
) -> None:
    sell(tmp_path, [FIRST, ("B", "Standard", "14", 50, "2026-11-03")], {"A": "Card"})
    await sync_now(desk)
    assert told(desk, STANDARD)[0] is REVIEW
    await save_changes(desk, [confirmed(stored(desk, STANDARD))])
    checked(desk)
    assert told(desk, STANDARD)[0] is READY
    assert told(desk, STANDARD)[1].endswith("→ 16.0% S. Reviewed: it is meant so.")
    assert list(warned(desk)) == ["tax_rate_differs"], "what states another rate waits all the same"
    code = desk.cache.now(objects.get, "TaxCode", stored(desk, STANDARD).qbo_id)
    assert code is not None
    details = {"Description": "VAT of another kind"}
    for changed in (replace(code, content=code.content | details), replace(code, name="16.0% Standard")):
        desk.cache.now(objects.upsert, [changed])
        checked(desk)
        assert told(desk, STANDARD)[0] is REVIEW
        desk.cache.now(objects.upsert, [code])
        checked(desk)
        assert told(desk, STANDARD)[0] is READY
    listed = code.content["SalesTaxRateList"]["TaxRateDetail"]
    rate = desk.cache.now(objects.get, "TaxRate", listed[0]["TaxRateRef"]["value"])
    assert rate is not None
    desk.cache.now(objects.upsert, [replace(rate, content=rate.content | {"RateValue": 18})])
    checked(desk)
    assert told(desk, STANDARD)[0] is REVIEW
    desk.cache.now(objects.upsert, [rate])
    checked(desk)
    assert told(desk, STANDARD)[0] is READY
    other = [(name, "Standard", rate, 50, "2026-11-03") for name, rate in (("B", "14"), ("C", "8"))]
    sell(tmp_path, [FIRST, *other], {"A": "Card"})
    await sync_now(desk)
    assert told(desk, STANDARD)[0] is REVIEW, "the source states one more rate"


async def test_another_mapping_is_not_meant_so_because_the_one_before_was(
    desk: Desk, company: BooksCompany
) -> None:
    zero, full = (company.one("TaxCode", Name=name)["Id"] for name in ("0.0% Z", "16.0% S"))
    await save_changes(desk, [MappingChange(STANDARD, zero)])
    await save_changes(desk, [confirmed(stored(desk, STANDARD))])
    await save_changes(desk, [MappingChange(STANDARD, zero)])
    assert told(desk, STANDARD)[0] is READY, "saved again as it is"
    await save_changes(desk, [MappingChange(STANDARD, full)])
    await save_changes(desk, [MappingChange(STANDARD, zero)])
    assert told(desk, STANDARD)[0] is REVIEW


async def test_a_mapping_from_a_day_on_is_meant_so_though_something_earlier_waits(
    desk: Desk, company: BooksCompany, tmp_path: Path
) -> None:
    lunar = MappingKey("tax_code", "Lunar")
    sell(tmp_path, [FIRST, ("B", "Lunar", "16", 50, "2026-11-03")], {})
    await sync_now(desk)
    full = company.one("TaxCode", Name="16.0% S")["Id"]
    await save_changes(desk, [MappingChange(lunar, full, valid_from=dt.date(2026, 11, 10))])
    assert told(desk, lunar)[0] is REVIEW
    await save_changes(desk, [confirmed(stored(desk, lunar))])
    assert told(desk, lunar)[0] is READY


def sell_more(desk: Desk, number: str) -> None:
    """Add an invoice to the source, and let an hour go by."""
    path = desk.profile.folder / "source" / "invoices.csv"
    last = path.read_text(encoding="utf-8").splitlines()[-1].split(",")
    with path.open("a", encoding="utf-8") as written:
        written.write(",".join([number, *last[1:]]) + "\n")


def checked(desk: Desk) -> None:
    """State anew what mappings mean, as every refresh does."""
    company = desk.cache.now(facts.company)
    assert company is not None
    desk.cache.now(recheck, company)
