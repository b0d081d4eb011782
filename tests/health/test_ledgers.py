"""The accounts on which customers and vendors stand: named where they are mapped, else left to QuickBooks."""

from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest

from awra_tui.health.judge import judge
from awra_tui.health.payloads import body_of
from awra_tui.health.reasons import explain
from awra_tui.health.withdrawals import reversal, reversal_application
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import Application, SourceRecord
from awra_tui.records.rules import Rules
from awra_tui.records.subject import RecordKey
from tests.health import schema
from tests.health.test_payloads import RECORDS, ready_world
from tests.health.world import World, account, invoice

FIELDS = {
    "invoice": "ARAccountRef",
    "credit_note": "ARAccountRef",
    "payment": "ARAccountRef",
    "bill": "APAccountRef",
    "bill_payment": "APAccountRef",
    "purchase_order": "APAccountRef",
}


def world_with(*mapped: tuple[str, str, str]) -> World:
    """Return a world with debtors in shillings (91) and dollars (92) and creditors (93), and mappings."""
    world = ready_world()
    world.add(
        replace(account("91", "Trade debtors", "Accounts Receivable"), currency="KES"),
        replace(account("92", "Trade debtors USD", "Accounts Receivable"), currency="USD"),
        replace(account("93", "Trade creditors", "Accounts Payable"), currency="KES"),
    )
    for kind, qbo_id, scope in mapped:
        world.map(kind, "*", qbo_id, scope)
    return world


def named(record: SourceRecord, world: World) -> str:
    body = body_of(record, world)
    assert schema.problems(KINDS[record.kind].entity, body) == []
    return str(body.get(FIELDS[record.kind], {}).get("value", ""))


@pytest.mark.parametrize("kind", FIELDS)
def test_a_mapped_account_is_named_and_without_one_quickbooks_takes_its_own(kind: str) -> None:
    record = next(one for one in RECORDS.values() if one.kind == kind)
    unmapped = named(record, ready_world())
    assert unmapped == ("" if kind != "purchase_order" else "33")
    expected = "91" if FIELDS[kind].startswith("AR") else "93"
    assert named(record, world_with(("receivable", "91", ""), ("payable", "93", ""))) == expected


def test_an_account_serves_its_own_currency_only() -> None:
    assert named(invoice(), world_with(("receivable", "92", ""))) == ""
    both = world_with(("receivable", "92", "currency=USD"), ("receivable", "91", "currency=KES"))
    assert named(invoice(), both) == "91"
    assert named(invoice(), world_with(("receivable", "92", "currency=USD"))) == ""


def test_an_account_of_another_currency_does_not_hide_that_of_the_record() -> None:
    scopes = Rules(scopes={"receivable": ("branch", "currency")})
    of_branch, of_currency = ("receivable", "92", "branch=Mombasa"), ("receivable", "91", "currency=KES")
    sold = invoice(branch="Mombasa")
    for mapped, expected in (((of_branch, of_currency), "91"), ((of_branch,), ""), ((of_currency,), "91")):
        world = world_with(*mapped)
        world.rules = scopes
        assert named(sold, world) == expected


def test_an_account_of_a_wrong_type_or_currency_holds_the_record_with_the_reason() -> None:
    (finding,) = judge(invoice("INV-7"), world_with(("receivable", "93", ""))).findings
    assert explain(finding).sentence == (
        "The account Trade creditors is of type Accounts Payable; here QuickBooks takes Accounts Receivable."
    )
    assert explain(finding).cause == "mapping:receivable/*"
    (finding,) = judge(invoice("INV-7"), world_with(("receivable", "92", "currency=KES"))).findings
    assert finding.reason == "wrong_account_currency"


def test_another_account_makes_a_refused_record_worth_sending_again() -> None:
    before = judge(invoice("INV-7"), world_with(("receivable", "91", ""))).inputs
    assert judge(invoice("INV-7"), world_with(("receivable", "91", ""))).inputs == before
    renewed = world_with(("receivable", "91", ""))
    renewed.change("Account", "91", sync_token="7")
    assert judge(invoice("INV-7"), renewed).inputs != before


@pytest.mark.parametrize(
    ("sent", "expected"),
    [('{"ARAccountRef":{"value":"81"}}', "81"), ('{"TotalAmt":1}', ""), ("", "91")],
    ids=["on another account", "on that of QuickBooks", "not known where"],
)
@pytest.mark.parametrize("kind", ["payment", "credit_note"])
def test_what_is_set_against_an_invoice_stands_on_the_account_of_that_invoice(
    kind: str, sent: str, expected: str
) -> None:
    world, sold = world_with(("receivable", "91", "")), invoice()
    world.linked.pop(RecordKey("invoice", sold.source_id), None)
    world.link(sold, "700", sent=sent)
    record = next(one for one in RECORDS.values() if one.kind == kind)
    applied = msgspec.structs.replace(
        record, applications=(Application("invoice", sold.source_id, record.amount),)
    )
    assert named(applied, world) == expected


def test_a_credit_that_takes_an_invoice_back_stands_where_the_invoice_stands() -> None:
    world = world_with(("receivable", "91", ""))
    content = body_of(invoice(), world) | {"Id": "700", "SyncToken": "0"}
    now = QboObject(entity="Invoice", id="700", content=content, balance=Decimal(5))
    credit = reversal(invoice(), now, world.company, world.rules)
    assert credit.body["ARAccountRef"] == {"value": "91"}
    memo = QboObject(entity="CreditMemo", id="701", balance=Decimal(5))
    applied = reversal_application(invoice(), now, memo, world.company, world.rules)
    assert applied is not None
    assert applied.body["ARAccountRef"] == {"value": "91"}


def two_paid(world: World, first: str, second: str, kind: str = "invoice") -> SourceRecord:
    """Return a payment of two documents that QuickBooks has on these accounts, empty for its own."""
    payers = {"invoice": "payment", "bill": "bill_payment"}
    payer: SourceRecord = next(one for one in RECORDS.values() if one.kind == payers[kind])
    field = FIELDS[kind]
    for number, account_id in (("A", first), ("B", second)):
        paid = msgspec.structs.replace(
            next(one for one in RECORDS.values() if one.kind == kind), source_id=f"S-{number}", number=number
        )
        sent = f'{{"{field}":{{"value":"{account_id}"}}}}' if account_id else '{"TotalAmt":1}'
        world.has(paid)
        world.linked.pop(RecordKey(kind, paid.source_id), None)
        world.link(paid, f"70{number}", sent=sent)
    half = payer.amount / 2
    return msgspec.structs.replace(
        payer, applications=(Application(kind, "S-A", half), Application(kind, "S-B", half))
    )


@pytest.mark.parametrize("kind", ["invoice", "bill"])
def test_what_stands_on_two_accounts_is_not_settled_by_one_payment(kind: str) -> None:
    world = world_with()
    world.add(replace(account("94", "Creditors abroad", "Accounts Payable"), currency="KES"))
    accounts = {"invoice": ("91", "92"), "bill": ("93", "94")}[kind]
    names = {
        "invoice": ("Trade debtors", "Trade debtors USD"),
        "bill": ("Trade creditors", "Creditors abroad"),
    }
    paid = two_paid(world, *accounts, kind)
    (finding,) = [one for one in judge(paid, world).findings if one.reason == "settles_two_accounts"]
    told = explain(finding).sentence
    first, other = names[kind]
    assert f"{kind} A on {first} and {kind} B on {other}; QuickBooks takes one" in told
    together = two_paid(world, accounts[1], accounts[1], kind)
    assert "settles_two_accounts" not in {one.reason for one in judge(together, world).findings}


def test_an_account_that_quickbooks_does_not_name_is_told_and_holds_nothing() -> None:
    world = world_with()
    judged = judge(two_paid(world, "", "91"), world)
    assert judged.findings == ()
    [payload] = [one for one in judged.verdicts if one.step == "payload"]
    assert payload.sentence.endswith(
        "Invoice A stands on QuickBooks' own receivable account, invoice B on Trade debtors; "
        "this goes to the first of them"
    )
    [plain] = [one for one in judge(two_paid(world, "", ""), world).verdicts if one.step == "payload"]
    assert "stands on" not in plain.sentence


@pytest.mark.parametrize(
    "gone", [{"active": False}, {"deleted": True}, None], ids=["merged", "deleted", "not known"]
)
def test_an_account_that_may_be_part_of_the_other_by_now_holds_nothing(
    gone: dict[str, bool] | None,
) -> None:
    world = world_with()
    paid = two_paid(world, "91", "92")
    if gone is None:
        del world.objects["Account", "92"]
    else:
        world.change("Account", "92", **gone)
    judged = judge(paid, world)
    assert judged.findings == ()
    [payload] = [one for one in judged.verdicts if one.step == "payload"]
    assert "this goes to the first of them" in payload.sentence


def test_a_credit_note_is_not_applied_to_what_stands_on_two_accounts() -> None:
    world = world_with()
    note = next(one for one in RECORDS.values() if one.kind == "credit_note")
    applied = msgspec.structs.replace(note, applications=two_paid(world, "91", "92").applications)
    world.has(applied)
    world.linked.pop(RecordKey("credit_note", note.source_id), None)
    assert "settles_two_accounts" not in {one.reason for one in judge(applied, world).findings}
    world.link(applied, "800")
    assert "settles_two_accounts" in {one.reason for one in judge(applied, world).findings}
