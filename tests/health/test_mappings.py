from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest

from awra_tui.health.judge import judge
from awra_tui.health.mappings import Pointed, check, doubts_of, refusal
from awra_tui.health.needs import Parent, needs
from awra_tui.health.reasons import explain
from awra_tui.health.suggestions import rank
from awra_tui.records.mapping import Mapping, lookup_order
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import Line
from awra_tui.records.rules import Rules
from awra_tui.records.status import MappingState, Status
from awra_tui.records.subject import MappingKey, RecordKey
from tests.health.world import (
    NAIROBI,
    US,
    account,
    bill,
    customer,
    invoice,
    item,
    journal,
    line,
    nairobi,
    payment,
)

SCOPED = Rules(
    scopes={"tax_code": ("branch", "currency"), "payment_method": ("branch",)}, branch_as="department"
)


def reasons(record, world):
    return [finding.reason for finding in judge(record, world).findings]


def test_needs_of_an_invoice():
    found = needs(invoice(branch="Mombasa", terms="30 days"), SCOPED)
    assert [key.text for key in found.mappings] == [
        "term/30 days",
        "department/Mombasa",
        "tax_code/Standard@branch=Mombasa;currency=KES",
    ]
    assert found.parents == (
        Parent(RecordKey("customer", "C-17"), required=True, role="party"),
        Parent(RecordKey("item", "P-1"), required=True, role="item"),
    )


def test_needs_of_lines_without_items_of_payments_items_and_journals():
    plain = invoice(
        lines=(line("1.00", item_id="", category="Coffee"), line("1.00", item_id="", tax_category=""))
    )
    assert [key.text for key in needs(plain, Rules()).mappings] == [
        "item/Coffee",
        "tax_code/Standard",
        "item/*",
    ]
    paid = needs(payment(), SCOPED)
    assert [key.text for key in paid.mappings] == [
        "payment_method/M-Pesa@branch=Mombasa",
    ]
    assert paid.parents[1] == Parent(RecordKey("invoice", "S-INV-1042"), required=True, role="application")
    bought = needs(item(unit_cost=Decimal(1), category="Coffee"), Rules())
    assert [key.text for key in bought.mappings] == [
        "account/Coffee@side=sale",
        "account/Coffee@side=purchase",
    ]
    assert [key.text for key in needs(journal(), Rules()).mappings] == [
        "class/Retail",
        "account/Depreciation",
        "account/Vans",
    ]


def test_lookup_goes_from_the_exact_key_to_the_default():
    order = [key.text for key in lookup_order(MappingKey("account", "Tea", "branch=Mombasa;side=sale"))]
    assert order == [
        "account/Tea@branch=Mombasa;side=sale",
        "account/Tea@side=sale",
        "account/Tea@branch=Mombasa",
        "account/Tea",
        "account/*@branch=Mombasa;side=sale",
        "account/*@side=sale",
        "account/*@branch=Mombasa",
        "account/*",
    ]


def test_default_without_scope_serves_everything():
    world = nairobi()
    world.rules = Rules(scopes={"tax_code": ("branch",)})
    del world.mappings[MappingKey("tax_code", "Standard")]
    assert reasons(invoice(branch="Mombasa"), world) == ["not_mapped"]
    world.map("tax_code", "*", "5")
    assert reasons(invoice(branch="Mombasa"), world) == []


@pytest.mark.parametrize(
    ("change", "reason", "sentence"),
    [
        ({"active": False}, "mapped_to_inactive", "Tax code 16% VAT is inactive in QuickBooks."),
        ({"deleted": True}, "mapped_to_deleted", "Tax code 16% VAT has been deleted in QuickBooks."),
    ],
)
def test_object_of_a_mapping_must_be_alive(change, reason, sentence):
    world = nairobi()
    world.change("TaxCode", "5", **change)
    (finding,) = judge(invoice(), world).findings
    assert finding.reason == reason
    assert explain(finding).sentence == sentence
    assert finding.mapping == MappingKey("tax_code", "Standard")
    assert explain(finding).cause == "mapping:tax_code/Standard"


def test_object_that_is_not_in_our_copy():
    world = nairobi()
    del world.objects["TaxCode", "5"]
    assert reasons(invoice(), world) == ["mapped_to_nothing"]


def test_a_renamed_object_stops_until_somebody_looked():
    world = nairobi()
    key = MappingKey("tax_code", "Standard")
    world.mappings[key] = replace(world.mappings[key], object_name="16% vat")
    assert reasons(invoice(), world) == []
    world.mappings[key] = replace(world.mappings[key], object_name="Old codes:16% VAT")
    assert reasons(invoice(), world) == []
    world.mappings[key] = replace(world.mappings[key], object_name="16.0% S")
    (finding,) = judge(invoice(), world).findings
    assert explain(finding).sentence == (
        'Tax code 16.0% S is called 16% VAT in QuickBooks since the tax category "Standard" was mapped to it.'
    )


def test_rate_that_differs_shows_both_rates():
    world = nairobi()
    world.rates["5", "sale"] = Decimal(8)
    (finding,) = judge(invoice(), world).findings
    assert explain(finding).sentence == (
        'The tax category "Standard" is 16% in the source, but 16% VAT is 8% in QuickBooks.'
    )


def test_line_without_a_category_needs_the_default_code_outside_the_us():
    world = nairobi()
    bare = invoice(
        lines=(line("10000.00", tax_category="", tax_rate=None),), amount=Decimal(10000), tax=Decimal(0)
    )
    assert [finding.mapping for finding in judge(bare, world).findings] == [MappingKey("tax_code", "*")]
    assert reasons(invoice(tax_mode="none", amount=Decimal(10000), lines=bare.lines), world) == []
    world.company = replace(US, home_currency="KES")
    assert reasons(bare, world) == []


def test_inclusive_price_without_a_known_rate():
    world = nairobi()
    world.rates.clear()
    record = invoice(tax_mode="inclusive", lines=(line("11600.00", tax_rate=None),))
    assert reasons(record, world) == ["tax_rate_unknown"]


def test_classes_and_locations_count_only_where_the_company_uses_them():
    world = nairobi()
    world.rules = SCOPED
    record = invoice(branch="Kisumu", lines=(line("10000.00", klass="Wholesale"),))
    assert reasons(record, world) == ["not_mapped", "not_mapped"]
    world.company = replace(NAIROBI, uses_classes=False, uses_locations=False)
    assert reasons(record, world) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"type": "Income"}, "wrong_deposit_account"),
        ({"active": False}, "deposit_account_inactive"),
        ({"currency": "USD"}, "wrong_account_currency"),
    ],
)
def test_deposit_account_must_fit(changes, reason):
    world = nairobi()
    world.link(invoice(), "900")
    world.change("Account", "80", **changes)
    assert reasons(payment(), world) == [reason]


def test_payment_method_of_one_branch_without_a_deposit_account():
    world = nairobi()
    world.rules = Rules(scopes={"payment_method": ("branch",)})
    world.link(invoice(), "900")
    world.map("payment_method", "M-Pesa", "2", "branch=Mombasa")
    (finding,) = judge(payment(), world).findings
    assert (
        explain(finding).sentence == 'The payment method "M-Pesa" of branch Mombasa has no deposit account.'
    )
    world.map("payment_method", "M-Pesa", "2", "branch=Mombasa", account_id="80")
    assert reasons(payment(), world) == []


def test_account_types_of_an_item():
    world = nairobi()
    world.rules = Rules(new_names={"item": "create"})
    world.map("account", "*", "80", "side=sale")
    assert reasons(item("P-2", "Filter papers"), world) == ["wrong_account_type"]
    world.map("account", "*", "85", "side=sale")
    assert reasons(item("P-2", "Filter papers"), world) == []


def test_journal_line_on_receivables_needs_a_customer():
    world = nairobi()
    world.map("account", "Receivables", "34")
    lines = (
        Line(amount=Decimal(5), account="Depreciation", side="debit"),
        Line(amount=Decimal(5), account="Receivables", side="credit"),
    )
    assert reasons(journal(lines=lines), world) == ["line_names_nobody"]


def test_check_says_what_a_mapping_is():
    world = nairobi()
    key = MappingKey("payment_method", "M-Pesa")
    method, till = world.objects["PaymentMethod", "2"], world.objects["Account", "80"]
    mapping = Mapping(key, "2", "80")
    pointed = Pointed(obj=method, account=till)
    assert check(key, mapping, pointed, NAIROBI) == (
        MappingState.READY,
        'The payment method "M-Pesa" → M-Pesa and M-Pesa Mombasa.',
    )
    foreign = replace(pointed, account=replace(till, currency="USD"))
    assert check(key, mapping, foreign, NAIROBI)[1].endswith("for USD only.")
    assert check(key, Mapping(key), Pointed(), NAIROBI) == (
        MappingState.BLOCKED,
        'The payment method "M-Pesa" is not mapped to a QuickBooks payment method.',
    )
    assert check(key, Mapping(key, "2"), Pointed(obj=method), NAIROBI)[0] is MappingState.BLOCKED


def test_a_code_of_another_meaning_with_the_same_rate_is_for_review():
    key, exempt = MappingKey("tax_code", "Zero-rated"), QboObject(entity="TaxCode", id="9", name="Exempt")
    assert check(key, Mapping(key, "9"), Pointed(obj=exempt, too_early=2), NAIROBI) == (
        MappingState.REVIEW,
        (
            'The tax category "Zero-rated" says zero-rated, its tax code Exempt says exempt: tax returns '
            "list these apart. Choose another code, or say that it is meant so."
        ),
    )
    zero = replace(exempt, name="0.0% Z")
    assert check(key, Mapping(key, "9"), Pointed(obj=zero), NAIROBI)[0] is MappingState.READY


def test_a_code_of_another_meaning_is_meant_so_until_it_is_another():
    key, exempt = MappingKey("tax_code", "Zero-rated"), QboObject(entity="TaxCode", id="9", name="Exempt")
    rates = frozenset({("sale", Decimal(0))})
    pointed = Pointed(obj=exempt, rates=rates)
    meant = Mapping(key, "9", reviewed="\n".join(doubts_of(key, pointed)))
    assert meant.reviewed == (
        "tax code 9 · exempt: 0% on sales\nzero-rated in the source, exempt in QuickBooks"
    )
    assert check(key, meant, pointed, NAIROBI) == (
        MappingState.READY,
        'The tax category "Zero-rated" → Exempt. Reviewed: it is meant so.',
    )
    for other in (
        replace(pointed, obj=replace(exempt, name="Exempt supplies")),
        replace(pointed, obj=replace(exempt, id="10")),
        replace(pointed, rates=frozenset({("sale", Decimal(1))})),
        replace(pointed, too_early=2),
    ):
        assert check(key, meant, other, NAIROBI)[0] is MappingState.REVIEW
    assert check(key, meant, replace(pointed, obj=replace(exempt, name="EXEMPT")), NAIROBI)[0] is (
        MappingState.READY
    )
    assert check(key, meant, replace(pointed, obj=replace(exempt, active=False)), NAIROBI)[0] is (
        MappingState.BLOCKED
    )


def test_a_code_of_another_meaning_holds_no_record():
    world = nairobi()
    world.add(replace(world.objects["TaxCode", "6"], name="Exempt"))
    world.map("tax_code", "Zero-rated", "6")
    plain = line("10000.00", tax_category="Zero-rated", tax_rate=Decimal(0))
    assert not reasons(invoice(lines=(plain,), amount=Decimal(10000), tax=Decimal(0)), world)


def test_rank_puts_the_likeliest_first_and_the_unusable_last():
    key = MappingKey("account", "Coffee sales", "side=sale")
    accounts = [
        account("1", "Coffee sales", "Income", active=False),
        account("2", "Rent", "Income"),
        account("3", "Sales of coffee", "Income"),
        account("4", "Coffee sales bank", "Bank"),
    ]
    ranked = rank(key, accounts, NAIROBI)
    assert [each.qbo_id for each in ranked][:2] == ["3", "2"]
    assert {each.qbo_id: each.score for each in ranked}["1"] == 0
    assert ranked[-1].why.endswith(".")


def test_refusal_of_a_choice_is_a_sentence():
    world = nairobi()
    key = MappingKey("payment_method", "M-Pesa")
    assert refusal(key, world.objects["Account", "80"], NAIROBI) == ""
    assert "is of type Income" in refusal(key, world.objects["Account", "81"], NAIROBI)
    scoped = MappingKey("payment_method", "M-Pesa", "currency=USD")
    euro = account("9", "Euro bank", "Bank")
    assert "kept in EUR" in refusal(scoped, replace(euro, currency="EUR"), NAIROBI)
    category = QboObject(entity="Item", id="41", name="Coffee", type="Category")
    assert "is a category" in refusal(MappingKey("item", "Coffee"), category, NAIROBI)


def test_party_of_another_currency():
    world = nairobi()
    assert reasons(invoice(currency="USD"), world) == ["other_currency"]


def test_parents_that_are_missing_or_left_out():
    world = nairobi()
    assert reasons(invoice(party_id="C-404"), world) == ["refers_to_missing"]
    world.has(invoice(), Status.SKIPPED)
    assert reasons(payment(), world) == ["refers_to_unsent"]
    world.has(invoice(approved=False), Status.SKIPPED)
    assert reasons(payment(), world) == ["waits_for_another"]


def test_bill_does_not_wait_for_its_purchase_order():
    assert reasons(bill(parent_id="S-PO-1"), nairobi()) == []


def test_inactive_customer_is_named_and_blocks():
    world = nairobi()
    world.change("Customer", "70", active=False)
    (finding,) = judge(invoice(), world).findings
    said = explain(finding)
    assert said.sentence == "Customer Baobab Café is inactive in QuickBooks."
    assert (said.cause, said.blocked_by) == ("record:customer/C-17", "customer C-17")
    assert reasons(customer(currency="KES"), world) == ["inactive_in_quickbooks"]


def test_a_product_stands_under_a_category_in_use_only():
    world = nairobi()
    world.rules = Rules(new_names={"item": "create"})
    key, coffee = MappingKey("category", "Coffee"), item("P-9", "Long berry", category="Coffee")
    assert judge(coffee, world).shipments[0].body["ParentRef"] == {"value": "41"}
    assert judge(msgspec.structs.replace(coffee, category="Tea"), world).findings == ()
    world.change("Item", "41", active=False)
    assert [one.reason for one in judge(coffee, world).findings] == ["mapped_to_inactive"]
    assert refusal(key, world.objects["Item", "40"], NAIROBI) == (
        "Espresso beans 1 kg is a product or service; products stand under categories only."
    )
    world.map("category", "Coffee", "40")
    (finding,) = judge(coffee, world).findings
    assert (finding.reason, explain(finding).action) == (
        "mapped_to_no_category",
        'Map the product category "Coffee" to a category.',
    )
