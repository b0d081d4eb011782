"""Several mappings changed together: previewed, saved by one decision, taken back, and their history."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from awra_tui.actions.audit import entry
from awra_tui.actions.staging import certain_suggestions, history, preview_changes, save_changes
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last
from awra_tui.cache.pages.mappings import mapping_row
from awra_tui.cache.pages.overview import overview
from awra_tui.cache.store import decisions, mappings, objects
from awra_tui.records.errors import AwraError
from awra_tui.records.mapping import MAPPING_KINDS, Mapping, MappingChange, confirmed
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey
from awra_tui.sync.desk import Desk
from tests.actions.till import SHOP, sell
from tests.office import BooksCompany, office
from tests.watch import Watch

STANDARD, ZERO_RATED = MappingKey("tax_code", "Standard"), MappingKey("tax_code", "Zero-rated")
CASH, CARD = MappingKey("payment_method", "Cash"), MappingKey("payment_method", "Card")
OWN = MappingKey("tax_code", "Category B")
SALES = (
    ("A", "Standard", "16", 100, "2026-11-02"),
    ("B", "Zero-rated", "0", 50, "2026-11-03"),
    ("C", "Category B", "16", 30, "2026-11-04"),
)


@pytest.fixture
def company() -> BooksCompany:
    return BooksCompany("nairobi")


@pytest.fixture
async def desk(watch: Watch, tmp_path: Path, company: BooksCompany) -> AsyncIterator[Desk]:
    """A shop whose tax categories and payment methods nobody has mapped yet."""
    sell(tmp_path, SALES, {"A": "Card", "B": "Cash"})
    with office(tmp_path, company, SHOP) as desk:
        await sync_now(desk)
        yield desk


def stored(desk: Desk, key: MappingKey) -> Mapping:
    found = desk.cache.now(mappings.get, key)
    assert found is not None
    return found


def row_of(desk: Desk, key: MappingKey) -> tuple[MappingState, str, str]:
    found = desk.cache.now(mapping_row, key)
    assert found is not None
    return found.mapping.state, found.object_name, found.account_name


def kept(desk: Desk) -> tuple[list[Mapping], int]:
    """Return all that saving would change: the mappings, and how many decisions there are."""
    return desk.cache.now(mappings.all), len(desk.cache.now(decisions.newest))


async def test_what_is_certain_is_previewed_saved_and_taken_back_together(desk: Desk) -> None:
    wanted = [STANDARD, ZERO_RATED, CASH, CARD, OWN, MappingKey("class", "Retail trade")]
    found = await certain_suggestions(desk, wanted)
    assert set(found) == {STANDARD, ZERO_RATED, CASH, CARD, OWN}
    changes = list(found.values())
    before = kept(desk)
    alone = [(await preview_changes(desk, [change])).releases for change in changes]
    said = await preview_changes(desk, changes)
    assert (alone, said.releases, said.refused) == ([1, 1, 0, 0, 1], 3, "")
    assert said.sentence == "Releases 3 invoices, KES 200.80; 2 payments wait for them and follow."
    assert [(one.currency, one.minor, one.count) for one in said.money] == [("KES", 20080, 3)]
    assert {one.key: (one.before, one.after) for one in said.lines} == {
        STANDARD: ("", "16.0% S"),
        ZERO_RATED: ("", "0.0% Z"),
        CASH: ("", "Cash and Undeposited Funds"),
        CARD: ("", "Card and Card Clearing"),
        OWN: ("", "16.0% S"),
    }
    assert {one.state for one in said.lines} == {MappingState.READY}
    assert kept(desk) == before

    saved = await save_changes(desk, changes)
    assert saved.sentence == "Saved 5 mappings. 3 records can be sent now."
    assert (len(saved.released), desk.cache.now(overview).released) == (3, 3)
    made = [one for one in desk.cache.now(decisions.newest) if one.verb == "map" and one.who == desk.who]
    assert [(one.id, one.subject) for one in made] == [(saved.decision_id, "5 mappings")]
    told = dict((await entry(desk, saved.decision_id)).after)["mappings"]
    assert "payment_method/Cash is Cash and Undeposited Funds; " in told

    undone = await undo_last(desk)
    assert undone.sentence == "Took back 5 mappings; what was sent with them stays as it is."
    assert {row_of(desk, key)[0] for key in found} == {MappingState.BLOCKED}
    assert desk.cache.now(overview).released == 0
    assert (await undo_last(desk)).sentence == "There is nothing of yours to undo."


async def test_the_history_says_who_from_what_to_what_and_how(desk: Desk, company: BooksCompany) -> None:
    assert await history(desk, CASH) == []
    found = await certain_suggestions(desk, [CASH, CARD])
    await save_changes(desk, list(found.values()))
    me, desk.who = desk.who, "amina@desk"
    safe = company.one("Account", Name="Petty Cash")["Id"]
    await save_changes(desk, [MappingChange(CASH, found[CASH].qbo_id, safe)])
    await undo_last(desk)
    (item,) = await history(desk, MappingKey("item", "*"))
    assert (item.who, item.before, item.after, item.how) == (
        "profile",
        "",
        "House Blend Beans 1 kg",
        "by the profile",
    )
    both = ("Cash and Undeposited Funds", "Cash and Petty Cash")
    events = await history(desk, CASH)
    assert [(one.who, one.before, one.after, one.how) for one in events] == [
        ("amina@desk", both[1], both[0], "taken back"),
        ("amina@desk", both[0], both[1], "by a person (taken back later)"),
        (me, "", both[0], "by a person, with 1 other"),
    ]
    assert [one.at for one in events] == sorted((one.at for one in events), reverse=True)


REFUSED = (
    ("payment_method/Cash", "Cash", "Services", "is of type Income; here QuickBooks takes Bank or"),
    ("account/Tea@side=sale", "KCB Current Account", "", "is of type Bank; here QuickBooks takes Income"),
    ("receivable/*", "Services", "", "is of type Income; here QuickBooks takes Accounts Receivable"),
    ("payable/*", "Accounts Receivable (A/R)", "", "here QuickBooks takes Accounts Payable"),
    ("receivable/*@currency=USD", "Accounts Receivable (A/R)", "", "is kept in KES, not in USD"),
    ("tax_code/Exempt", "Exempt", "Services", "only payment methods have one"),
    ("class/Retail", "", "", "QuickBooks has no Class with the id 4711"),
)


@pytest.mark.parametrize("case", REFUSED, ids=[case[0] for case in REFUSED])
async def test_one_of_a_wrong_kind_holds_all_back_with_the_reason(
    desk: Desk, company: BooksCompany, case: tuple[str, str, str, str]
) -> None:
    name, target, account, why = case
    kind, _, value = name.partition("/")
    key = MappingKey(kind, *value.split("@"))
    qbo_id = company.one(MAPPING_KINDS[kind].entity, Name=target)["Id"] if target else "4711"
    account_id = company.one("Account", Name=account)["Id"] if account else ""
    good = (await certain_suggestions(desk, [ZERO_RATED]))[ZERO_RATED]
    changes = [good, MappingChange(key, qbo_id, account_id)]
    before = kept(desk)
    said = await preview_changes(desk, changes)
    assert why in said.refused
    assert said.sentence == said.refused == said.lines[1].sentence
    assert [one.state for one in said.lines] == [MappingState.READY, MappingState.BLOCKED]
    with pytest.raises(AwraError, match=r"Nothing was saved\.") as refused:
        await save_changes(desk, changes)
    assert why in str(refused.value)
    assert kept(desk) == before


async def test_a_mapping_changed_twice_or_not_at_all_is_refused(desk: Desk) -> None:
    good = (await certain_suggestions(desk, [ZERO_RATED]))[ZERO_RATED]
    assert "changed twice" in (await preview_changes(desk, [good, good])).refused
    with pytest.raises(AwraError, match="changed twice"):
        await save_changes(desk, [good, good])
    assert (await preview_changes(desk, [])).sentence == "Nothing is changed."
    with pytest.raises(AwraError, match="No mapping is to be changed"):
        await save_changes(desk, [])


async def test_cash_waits_in_undeposited_funds_unless_somebody_chose(
    desk: Desk, company: BooksCompany
) -> None:
    method = company.one("PaymentMethod", Name="Cash")["Id"]
    drawer, wallet = MappingKey("payment_method", "Petty cash"), MappingKey("payment_method", "Airtel")
    await save_changes(desk, [MappingChange(drawer, method)])
    assert row_of(desk, drawer) == (MappingState.READY, "Cash", "Undeposited Funds")
    safe = company.one("Account", Name="Petty Cash")["Id"]
    await save_changes(desk, [MappingChange(drawer, method, safe)])
    assert row_of(desk, drawer)[2] == "Petty Cash"
    saved = await save_changes(desk, [MappingChange(wallet, method)])
    assert saved.sentence == 'Saved, not usable yet: The payment method "Airtel" has no deposit account.'


async def test_a_tax_code_with_another_rate_is_for_review_with_both_rates(
    desk: Desk, company: BooksCompany
) -> None:
    zero, full = (company.one("TaxCode", Name=name)["Id"] for name in ("0.0% Z", "16.0% S"))
    said = await preview_changes(desk, [MappingChange(STANDARD, zero)])
    sentence = 'The tax category "Standard" is 16% in the source, but 0.0% Z is 0% in QuickBooks.'
    assert [(one.state, one.sentence) for one in said.lines] == [(MappingState.REVIEW, sentence)]
    assert (said.releases, said.sentence) == (
        0,
        f"{sentence} Releases nothing by itself; 1 invoice and 1 payment need something else too.",
    )
    saved = await save_changes(desk, [MappingChange(STANDARD, zero)])
    assert (saved.states, saved.released) == ((MappingState.REVIEW,), ())
    assert saved.sentence == f"Saved, to be looked at: {sentence}"
    await save_changes(desk, [MappingChange(STANDARD, full)])
    assert stored(desk, STANDARD).state is MappingState.READY

    default = MappingKey("tax_code", "*")
    said = await preview_changes(desk, [MappingChange(default, full)])
    saved = await save_changes(desk, [MappingChange(default, full)])
    assert stored(desk, default).sentence.startswith(
        "A line without a tax category is 0% in the source, but "
    )
    assert stored(desk, OWN).sentence.startswith("As a wider one: ")
    assert said.releases == len(saved.released) == 1
    assert row_of(desk, OWN)[0] is MappingState.REVIEW


async def test_who_found_it_meant_so_stands_in_history_and_audit_and_is_taken_back(
    desk: Desk, company: BooksCompany
) -> None:
    zero = company.one("TaxCode", Name="0.0% Z")["Id"]
    await save_changes(desk, [MappingChange(STANDARD, zero)])
    change = confirmed(stored(desk, STANDARD))
    said = await preview_changes(desk, [change])
    meant = ("0.0% Z", "0.0% Z (reviewed: it is meant so)")
    assert [(one.before, one.after, one.state) for one in said.lines] == [(*meant, MappingState.READY)]
    saved = await save_changes(desk, [change])
    assert saved.states == (MappingState.READY,)
    row = desk.cache.now(mapping_row, STANDARD)
    assert row is not None
    assert (row.mapping.state, row.changed_by) == (MappingState.READY, desk.who)
    newest = (await history(desk, STANDARD))[0]
    assert (newest.before, newest.after, newest.who) == (*meant, desk.who)
    audited = await entry(desk, saved.decision_id)
    assert dict(audited.after)["reviewed"] == (
        "it is meant so (tax code 2 · 0.0% z · zero-rated: 0% on purchases, 0% on sales; "
        "16% on sales in the source)"
    )
    await undo_last(desk)
    assert stored(desk, STANDARD).state is MappingState.REVIEW
    assert stored(desk, STANDARD).qbo_id == zero


async def test_taking_a_mapping_away_leaves_its_values_to_the_wider_one(
    desk: Desk, company: BooksCompany
) -> None:
    away = MappingChange(MappingKey("item", "*"), "")
    said = await preview_changes(desk, [away])
    assert [(one.before, one.after) for one in said.lines] == [("House Blend Beans 1 kg", "")]
    assert said.lines[0].sentence.endswith("is not mapped to a QuickBooks item.")
    assert said.sentence.endswith("3 records not in QuickBooks yet would have to wait.")
    saved = await save_changes(desk, [away])
    assert saved.sentence == "Took away 1 mapping. No record was waiting for it alone."
    await sync_now(desk)
    assert row_of(desk, away.key)[0] is MappingState.BLOCKED, "the profile must not map it again"

    found = await certain_suggestions(desk, [CASH])
    default = MappingKey("payment_method", "*")
    await save_changes(
        desk, [found[CASH], MappingChange(default, found[CASH].qbo_id, found[CASH].account_id)]
    )
    (line,) = (await preview_changes(desk, [MappingChange(CASH, "")])).lines
    assert (line.state, line.sentence) == (
        MappingState.READY,
        "As a wider one: A payment without a method → Cash and Undeposited Funds.",
    )


async def test_what_was_changed_again_since_is_not_taken_back_blindly(desk: Desk) -> None:
    found = await certain_suggestions(desk, [ZERO_RATED, STANDARD])
    await save_changes(desk, [found[ZERO_RATED]])
    me, desk.who = desk.who, "amina@desk"
    await save_changes(desk, [MappingChange(ZERO_RATED, "3")])
    desk.who = me
    with pytest.raises(AwraError, match="was changed again since"):
        await undo_last(desk)
    assert stored(desk, ZERO_RATED).qbo_id == "3"


async def test_future_records_only_leaves_what_is_dated_before(
    desk: Desk, company: BooksCompany, watch: Watch, tmp_path: Path
) -> None:
    found = await certain_suggestions(desk, [STANDARD, ZERO_RATED, OWN])
    day, key = dt.date(2026, 11, 3), MappingKey("item", "*")
    old = stored(desk, key).qbo_id
    other = company.one("Item", Name="Basmati Rice 2 kg")["Id"]
    change = MappingChange(key, other, valid_from=day)
    said = await preview_changes(desk, [change])
    assert said.lines[0].after == "Basmati Rice 2 kg from 03 Nov 2026 on, before that House Blend Beans 1 kg"
    saved = await save_changes(desk, [change, *found.values()])
    assert set(saved.states) == {MappingState.READY}
    assert stored(desk, key).sentence.endswith("From 03 Nov 2026 on; before that House Blend Beans 1 kg.")
    watch.forward(hours=1)
    await sync_now(desk)
    sent = {one["DocNumber"]: one["Line"][0]["SalesItemLineDetail"] for one in company.all("Invoice")}
    assert {number: sent[number]["ItemRef"]["value"] for number in "ABC"} == {
        "A": old,
        "B": other,
        "C": other,
    }

    assert (await history(desk, key))[0].after.startswith("Basmati Rice 2 kg from 03 Nov 2026 on, before")
    await undo_last(desk)
    assert [(span.qbo_id, span.valid_from) for span in stored(desk, key).spans] == [(old, None)]


async def test_without_an_earlier_one_what_is_dated_before_waits(desk: Desk) -> None:
    found = (await certain_suggestions(desk, [ZERO_RATED]))[ZERO_RATED]
    later = MappingChange(ZERO_RATED, found.qbo_id, valid_from=dt.date(2026, 11, 4))
    saved = await save_changes(desk, [later])
    assert (saved.released, saved.states) == ((), (MappingState.REVIEW,))
    assert stored(desk, ZERO_RATED).sentence == (
        'The tax category "Zero-rated" is mapped for what is dated 04 Nov 2026 or later; '
        "1 record that waits is dated before."
    )
    just = MappingChange(ZERO_RATED, found.qbo_id, valid_from=dt.date(2026, 11, 3))
    previewed = await preview_changes(desk, [just])
    assert (previewed.releases, previewed.lines[0].state) == (1, MappingState.READY)


async def test_a_certain_object_for_a_mapping_from_a_day_on_leaves_what_held_before(
    desk: Desk, company: BooksCompany
) -> None:
    good = (await certain_suggestions(desk, [ZERO_RATED]))[ZERO_RATED]
    exempt = next(one["Id"] for one in company.all("TaxCode") if one["Name"] == "Exempt")
    since = dt.date(2026, 11, 10)
    await save_changes(desk, [MappingChange(ZERO_RATED, str(exempt))])
    await save_changes(desk, [MappingChange(ZERO_RATED, "", valid_from=since)])
    again = (await certain_suggestions(desk, [ZERO_RATED]))[ZERO_RATED]
    assert again == MappingChange(ZERO_RATED, good.qbo_id, valid_from=since)
    await save_changes(desk, [again])
    assert [one.qbo_id for one in stored(desk, ZERO_RATED).spans] == [good.qbo_id, str(exempt)]


async def test_what_somebody_else_chose_meanwhile_is_not_saved_over_unseen(desk: Desk) -> None:
    mine = [MappingChange(ZERO_RATED, "3")]
    shown = (await preview_changes(desk, mine)).lines
    await save_changes(desk, [MappingChange(ZERO_RATED, "2")])
    before = kept(desk)
    with pytest.raises(AwraError, match=r"Zero-rated was changed meanwhile, to 0\.0% Z\. Nothing was saved"):
        await save_changes(desk, mine, shown=shown)
    assert kept(desk) == before

    seen = (await preview_changes(desk, mine)).lines
    assert [one.before for one in seen] == ["0.0% Z"]
    await save_changes(desk, mine, shown=seen)
    assert row_of(desk, ZERO_RATED)[1] == "Exempt"


async def test_what_somebody_else_took_away_meanwhile_is_not_saved_over_unseen(desk: Desk) -> None:
    found = await certain_suggestions(desk, [CASH])
    await save_changes(desk, [found[CASH]])
    mine = [MappingChange(CASH, found[CASH].qbo_id, found[CASH].account_id)]
    shown = (await preview_changes(desk, mine)).lines
    await save_changes(desk, [MappingChange(CASH, "")])
    with pytest.raises(AwraError, match="was changed meanwhile, to nothing"):
        await save_changes(desk, mine, shown=shown)
    assert not stored(desk, CASH).is_chosen


async def test_of_two_accounts_for_undeposited_cash_none_is_taken_by_itself(
    desk: Desk, company: BooksCompany
) -> None:
    funds = company.one("Account", Name="Undeposited Funds")
    other = desk.cache.now(objects.get, "Account", funds["Id"])
    assert other is not None
    desk.cache.now(objects.upsert, [replace(other, id="9001", name="Undeposited Too")])
    method = company.one("PaymentMethod", Name="Cash")["Id"]
    await save_changes(desk, [MappingChange(CASH, method)])
    assert stored(desk, CASH).account_id == ""
