import datetime as dt
from decimal import Decimal

import pytest

from awra_tui.cache.pages import mappings as mapping_page
from awra_tui.cache.pages import overview
from awra_tui.cache.pages import records as record_page
from awra_tui.cache.pages.money import Money
from awra_tui.cache.store import aside, facts, links, mappings, objects, records, references, runs, warnings
from awra_tui.cache.store.references import Reference
from awra_tui.records.finding import Verdict
from awra_tui.records.mapping import Mapping
from awra_tui.records.qbo import Company, Link, QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.status import Dimension, MappingState, Mark, Status, Who
from awra_tui.records.subject import MappingKey, RecordKey, Subject, record_subject
from tests.cache.conftest import explained, invoice

VAT = MappingKey("tax_code", "VAT 16")
ZERO = MappingKey("tax_code", "Zero rated")
CASH = MappingKey("payment_method", "Cash", "branch=Mombasa")
CUSTOMER = RecordKey("customer", "c1")


def key(number: int) -> RecordKey:
    return RecordKey("invoice", str(number))


@pytest.fixture
def filled(cache, clock):
    """A customer and four invoices that need mappings, one of them sent, two of them warned of."""
    customer = SourceRecord(kind="customer", source_id="c1", number="C-1", party_name="Acacia Traders")
    several = [invoice(1, "10.00"), invoice(2, "20.00"), invoice(3, "30.00", currency="USD"), invoice(4)]
    cache.now(records.upsert, [customer, *several], "r")
    needs = [Reference(VAT), Reference(CUSTOMER, role="party")]
    cache.now(references.replace_references, {key(n): needs for n in range(1, 5)})
    cache.now(references.replace_references, {key(4): [Reference(ZERO)]})
    cache.now(
        records.set_judgement, key(1), Status.NEEDS_ATTENTION, (Verdict("mapping", Mark.STOP, "No."),), "{}"
    )
    cache.now(records.set_judgement, key(3), Status.NEEDS_ATTENTION)
    cache.now(records.set_judgement, key(4), Status.SUCCEEDED)
    cache.now(warnings.reconcile, record_subject("invoice", "1"), [explained("a"), explained("b")])
    clock.forward(60)
    cache.now(warnings.reconcile, record_subject("invoice", "3"), [explained("a", blocked_by="customer X")])
    cache.now(
        objects.upsert,
        [
            QboObject(entity="TaxRate", id="4", name="16", content={"RateValue": Decimal("16.0")}),
            QboObject(
                entity="TaxCode",
                id="5",
                name="16.0% VAT",
                content={"SalesTaxRateList": {"TaxRateDetail": [{"TaxRateRef": {"value": "4"}}]}},
            ),
            QboObject(entity="Invoice", id="44", number="INV-4", date=dt.date(2025, 3, 1)),
            QboObject(entity="PaymentMethod", id="1", name="Cash"),
            QboObject(entity="Account", id="35", name="Till", number="1010", type="Bank", currency="KES"),
            QboObject(entity="Account", id="36", name="Sales", type="Income", active=False),
        ],
    )
    cache.now(links.add, Link(kind="invoice", source_id="4", entity="Invoice", qbo_id="44"), "jo@desk")
    return cache


def row_of(cache, kind):
    return next(row for row in cache.now(overview.overview).kinds if row.kind == kind)


def test_the_overview_counts_every_kind_in_order_of_work(filled, clock):
    rows = filled.now(overview.overview).kinds
    assert [row.kind for row in rows][:3] == ["customer", "vendor", "item"]
    invoices = row_of(filled, "invoice")
    assert (invoices.source, invoices.qbo, invoices.matched, invoices.pending) == (4, 1, 1, 1)
    assert (invoices.warnings, invoices.blocked, invoices.dismissed) == (3, 1, 0)
    assert invoices.waiting == (
        Money(currency="USD", minor=3000, count=1),
        Money(currency="KES", minor=1000, count=1),
    )
    assert invoices.oldest < clock.stamp
    assert row_of(filled, "bill").source == 0
    assert filled.now(overview.tallies)["invoice"] == {"pending": 1, "succeeded": 1, "needs_attention": 2}


def test_dismissed_warnings_are_in_no_other_number(filled):
    from awra_tui.cache.pages.warnings import WarningQuery, warning_ids

    filled.now(aside.dismiss, list(filled.now(warning_ids, WarningQuery())), "known", "jo@desk")
    invoices = row_of(filled, "invoice")
    assert (invoices.warnings, invoices.dismissed, invoices.waiting, invoices.oldest) == (0, 3, (), "")
    assert filled.now(overview.overview).dimensions == ()


def test_the_overview_says_what_holds_up_everything(filled, clock):
    filled.now(
        warnings.reconcile,
        Subject("connector", "qbo", "9341"),
        [explained("signed_out", dimension=Dimension.AUTHORIZATION, sentence="Signed out.", who=Who.ADMIN)],
    )
    filled.now(warnings.reconcile, Subject("row", "invoice", "a.csv:3"), [explained("not_a_number")])
    filled.now(records.release, [key(1)])
    filled.now(facts.set, "next_sync", clock.stamp)
    filled.now(facts.set_company, Company(realm="9341", name="Baobab"))
    run = filled.now(runs.begin, "person", "send", "jo@desk")
    shown = filled.now(overview.overview)
    assert [(one.sentence, one.who) for one in shown.connectors] == [("Signed out.", Who.ADMIN)]
    assert (shown.rows_bad, shown.released, shown.profile_name) == (1, 1, "Baobab Books")
    assert (shown.company.name, shown.next_sync, shown.running.id, shown.last_run) == (
        "Baobab",
        clock.stamp,
        run,
        None,
    )
    assert dict(shown.dimensions) == {Dimension.AUTHORIZATION: 1, Dimension.MAPPING: 4}


def test_an_empty_cache_has_an_overview(cache):
    shown = cache.now(overview.overview)
    assert all(row.source == row.warnings == 0 for row in shown.kinds)
    assert (shown.mappings, shown.company, shown.running) == ((), None, None)


def test_the_overview_says_which_mappings_hold_up_how_much(filled):
    filled.now(mappings.save, Mapping(VAT, "", "", MappingState.REVIEW, "The rate differs."), "jo@desk")
    filled.now(mappings.save, Mapping(CASH, "1", "35", MappingState.READY), "jo@desk")
    tax, cash = filled.now(overview.overview).mappings
    assert (tax.kind, tax.state, tax.unready, tax.total) == ("tax_code", MappingState.BLOCKED, 2, 2)
    assert (tax.sentence, tax.waiting_records) == ("The rate differs.", 3)
    assert tax.waiting == (
        Money(currency="KES", minor=3000, count=2),
        Money(currency="USD", minor=3000, count=1),
    )
    assert (cash.state, cash.waiting_records, cash.sentence) == (MappingState.READY, 0, "")


def test_mappings_are_listed_by_urgency_with_what_they_point_to(filled):
    filled.now(mappings.save, Mapping(ZERO, "5", "", MappingState.READY), "jo@desk")
    filled.now(mappings.save, Mapping(CASH, "1", "35", MappingState.REVIEW, "Another currency."), "jo@desk")
    vat, cash, zero, *its_own = filled.now(mapping_page.mapping_rows)
    assert {row.mapping.key.text for row in its_own} == {"receivable/*", "payable/*"}
    assert {row.mapping.state for row in its_own} == {MappingState.READY}
    assert (vat.mapping.key, vat.mapping.state, vat.records, vat.waiting_records) == (
        VAT,
        MappingState.BLOCKED,
        3,
        3,
    )
    assert "Nobody has chosen" in vat.mapping.sentence
    assert (cash.object_name, cash.account_name, cash.changed_by) == ("Cash", "Till", "jo@desk")
    assert (zero.object_name, zero.rate, zero.records, zero.waiting_records) == ("16.0% VAT", "16%", 1, 0)
    assert [row.mapping.key for row in filled.now(mapping_page.mapping_rows, "payment_method")] == [CASH]
    assert filled.now(mapping_page.mapping_row, VAT) == vat
    assert filled.now(mapping_page.mapping_row, MappingKey("term", "x")) is None


def test_choices_are_of_the_types_asked_for_and_active_first(filled):
    assert [(one.id, one.active) for one in filled.now(mapping_page.choices, "Account")] == [
        ("35", True),
        ("36", False),
    ]
    (till,) = filled.now(mapping_page.choices, "Account", account_types=("Bank",))
    assert (till.name, till.number, till.type, till.currency) == ("Till", "1010", "Bank", "KES")
    assert filled.now(mapping_page.choices, "Account", "sal til") == []
    assert [one.rate for one in filled.now(mapping_page.choices, "TaxCode", "vat")] == ["16%"]


def test_a_record_page_has_everything_about_it(filled):
    shown = filled.now(record_page.record_page, "invoice", "1")
    assert shown.record == invoice(1, "10.00")
    assert (shown.status, shown.verdicts) == (Status.NEEDS_ATTENTION, (Verdict("mapping", Mark.STOP, "No."),))
    assert [row.reason for row in shown.warnings] == ["a", "b"]
    assert [(row.kind, row.how) for row in shown.related] == [("customer", "parent")]
    assert (shown.shipment, shown.deleted, shown.links, shown.attempt_rows) == ("{}", False, (), ())


def test_a_parents_page_lists_its_children(filled):
    shown = filled.now(record_page.record_page, "customer", "c1")
    assert [(row.source_id, row.how) for row in shown.related] == [
        ("1", "child"),
        ("2", "child"),
        ("3", "child"),
    ]


def test_a_record_page_shows_closed_links_too(filled, clock):
    filled.now(links.close, key(4), "main", "jo@desk")
    (link,) = filled.now(record_page.record_page, "invoice", "4").links
    assert (link.qbo_id, link.closed_at, link.object.number) == ("44", clock.stamp, "INV-4")


def test_there_is_no_page_of_what_is_not_there(filled):
    assert filled.now(record_page.record_page, "invoice", "99") is None


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("INV-1", [("invoice", "1")]),
        ("invoice/INV-1", [("invoice", "1")]),
        ("invoice/1", [("invoice", "1")]),
        ("bill/INV-1", []),
        ("inv-1", []),
        ("INV-%", []),
        ("", []),
    ],
)
def test_a_name_finds_exactly(filled, name, found):
    assert filled.now(record_page.find_records, name) == [RecordKey(*one) for one in found]


def test_one_number_in_two_kinds_finds_both_in_order_of_work(cache):
    same = SourceRecord(kind="customer", source_id="x", number="7")
    cache.now(records.upsert, [invoice(1, number="7"), same], "r")
    assert cache.now(record_page.find_records, "7") == [RecordKey("customer", "x"), key(1)]


def test_search_as_you_type(filled):
    def found(text):
        return [row.source_id for row in filled.now(record_page.search_records, text)]

    assert found("inv-3") == ["3"]
    assert found("ACACIA") == ["c1", "1", "2", "3", "4"]
    assert found("30.0") == ["3"]
    assert found("acacia 20.00") == ["2"]
    assert found("") == found("%") == found("zzz") == []
    filled.now(records.mark_deleted, [key(3)])
    assert found("inv-3") == []


def test_objects_are_looked_up_by_name_number_or_id(filled):
    def found(text):
        return [one.id for one in filled.now(objects.search, text, ["Account", "Invoice"])]

    assert found("till") == ["35"]
    assert found("1010") == ["35"]
    assert found("44") == ["44"]
    assert found("inv-4") == ["44"]


def test_tax_codes_are_found_by_their_rate(filled):
    assert [one.rate for one in filled.now(mapping_page.choices, "TaxCode", "16%")] == ["16%"]
    assert filled.now(mapping_page.choices, "TaxCode", "zero") == []
    none = QboObject(entity="TaxRate", id="4", name="0", content={"RateValue": Decimal("0.0")})
    filled.now(objects.upsert, [none])
    assert [one.rate for one in filled.now(mapping_page.choices, "TaxCode", "zero")] == ["0%"]


def test_a_receivable_account_that_cannot_be_used_counts_though_nothing_needs_it(filled):
    key = MappingKey("receivable", "*")
    assert key.kind not in {one.kind for one in filled.now(mapping_page.summaries)}
    filled.now(mappings.save, Mapping(key, "4", "", MappingState.BLOCKED, "It is inactive."), "jo@desk")
    (found,) = (one for one in filled.now(mapping_page.summaries) if one.kind == key.kind)
    assert (found.state, found.sentence, found.unready) == (MappingState.BLOCKED, "It is inactive.", 1)
