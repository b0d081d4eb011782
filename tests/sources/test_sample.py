"""The sample: one world for one seed and anchor, consistent in itself."""

import datetime as dt
from collections import Counter, defaultdict
from decimal import Decimal

import pytest

from awra_tui.records.kinds import KINDS, ORDER
from awra_tui.records.money import rounded
from awra_tui.records.record import fingerprint
from awra_tui.sources.sample import trouble
from awra_tui.sources.sample.calendar import Calendar
from awra_tui.sources.sample.lines import totals
from awra_tui.sources.sample.source import world
from tests.sources.convert import ANCHOR, opened

WORLDS = [(7, ANCHOR), (8, dt.date(2025, 3, 1)), (99, dt.date(2026, 1, 31))]
TOTALLED = ("invoice", "bill", "purchase_order", "credit_note", "refund")


@pytest.fixture(scope="module", params=WORLDS, ids=str)
def records(request):
    return world(*request.param)


@pytest.fixture(scope="module")
def calendar():
    return Calendar(ANCHOR)


def of(records, kind):
    return [record for record in records if record.kind == kind]


def test_it_has_the_size_of_a_real_company(records):
    assert Counter(record.kind for record in records) == {
        "customer": 60, "vendor": 20, "item": 80, "purchase_order": 30, "invoice": 600, "bill": 60,
        "credit_note": 25, "payment": 450, "bill_payment": 40, "refund": 10, "journal": 12,
    }  # fmt: skip


def test_the_same_seed_and_anchor_make_the_same_world():
    first, second = (b"".join(fingerprint(one).encode() for one in world(7, ANCHOR)) for _ in range(2))
    assert first == second
    other = [fingerprint(one) for one in world(8, ANCHOR)]
    assert "".join(other).encode() != first


def test_a_later_anchor_moves_dates_and_nothing_else():
    now, later = world(7, ANCHOR), world(7, ANCHOR + dt.timedelta(days=365))
    undated = [
        [(one.kind, one.party_id, one.method, [line.amount for line in one.lines]) for one in records]
        for records in (now, later)
    ]
    assert undated[0] == undated[1]
    assert max(one.date for one in later if one.date) <= ANCHOR + dt.timedelta(days=365)


def test_the_source_yields_it_whole_and_in_order_of_work():
    source = opened({"type": "sample", "seed": 7})
    found = list(source.read())
    assert source.complete
    assert found == world(7, ANCHOR)
    assert [ORDER[one.kind] for one in found] == sorted(ORDER[one.kind] for one in found)


def test_kinds_limit_the_source():
    found = list(opened({"type": "sample"}, kinds=("vendor",)).read())
    assert {one.kind for one in found} == {"vendor"}


def test_ids_and_numbers_are_unique_in_their_kind(records):
    assert len({(one.kind, one.source_id) for one in records}) == len(records)
    assert len({(one.kind, one.number) for one in records}) == len(records)


def test_every_reference_leads_to_a_record(records):
    keys = {(one.kind, one.source_id) for one in records}
    for one in records:
        party = KINDS[one.kind].party
        assert not party or (party, one.party_id) in keys
        for line in one.lines:
            assert not line.item_id or ("item", line.item_id) in keys
            assert not line.party_kind or (line.party_kind, line.party_id) in keys
        for applied in one.applications:
            assert (applied.kind, applied.source_id) in keys


def test_lines_are_quantity_times_price_rounded_half_up(records):
    for one in records:
        for line in one.lines:
            if line.quantity is not None:
                assert line.amount == rounded(line.quantity * line.unit_price), one.name


def test_totals_are_lines_and_tax(records):
    for one in records:
        if one.kind in TOTALLED:
            assert (one.amount, one.tax) == totals(one.lines, one.tax_mode), one.name
            assert one.amount > 0


def test_tax_is_the_same_rounded_by_line_or_by_document(records):
    for one in records:
        if one.kind in TOTALLED and one.tax_mode == "exclusive":
            by_line = sum(rounded(line.amount * line.tax_rate / 100) for line in one.lines)
            assert one.tax == by_line, one.name


def test_journals_balance(records):
    for one in of(records, "journal"):
        sides = defaultdict(Decimal)
        for line in one.lines:
            sides[line.side] += line.amount
        assert sides["debit"] == sides["credit"] == one.amount


def test_no_invoice_is_settled_beyond_its_total(records):
    settled = defaultdict(Decimal)
    for one in of(records, "payment") + of(records, "credit_note"):
        for applied in one.applications:
            settled[applied.source_id] += applied.amount
    invoices = {one.source_id: one for one in of(records, "invoice")}
    assert settled
    for source_id, amount in settled.items():
        assert amount <= invoices[source_id].amount


def test_what_settles_has_the_party_and_currency_of_what_it_settles_and_is_not_earlier(records):
    known = {(one.kind, one.source_id): one for one in records}
    for one in records:
        for applied in one.applications:
            target = known[applied.kind, applied.source_id]
            assert (one.party_id, one.currency) == (target.party_id, target.currency)
            assert one.date >= target.date


def test_nobody_is_billed_in_another_currency_than_his_own(records):
    currency = {one.source_id: one.currency for one in of(records, "customer")}
    for one in of(records, "invoice") + of(records, "payment"):
        assert one.currency == currency[one.party_id]
        assert (one.exchange_rate is None) is (one.currency == "KES")


def test_only_the_named_invoices_are_in_the_closed_period():
    calendar = Calendar(ANCHOR)
    dated = [one for one in world(7, ANCHOR) if one.date is not None]
    early = {one.number for one in dated if one.date <= calendar.closing}
    assert early == {one.number for one in trouble.closed_period(calendar)}
    assert max(one.date for one in dated) <= ANCHOR


def test_payments_come_in_every_way(records):
    paid = of(records, "payment")
    methods = Counter(one.method for one in paid)
    assert set(methods) == {"M-Pesa", "Paystack", "Card", "Bank transfer", "Bank transfer USD", "Cash"}
    assert {len(one.applications) for one in paid} == {0, 1, 2, 3}
    assert sum(one.method == "M-Pesa" and one.branch == "Mombasa" for one in paid) == 22
    assert sum(not one.approved for one in paid) == 2
    whole = {one.source_id: one.amount for one in of(records, "invoice")}
    parts = [one for one in paid if any(part.amount < whole[part.source_id] for part in one.applications)]
    over = [one for one in paid if one.applications and one.amount > sum(a.amount for a in one.applications)]
    assert (len(parts), len(over)) == (12, 2)


def test_mpesa_receipts_are_unique_and_fit_quickbooks(records):
    codes = [one.reference for one in of(records, "payment") if one.method == "M-Pesa"]
    assert len(set(codes)) == len(codes) > 50
    assert {len(code) for code in codes} == {10}
    assert any(len(one.reference) > 21 for one in of(records, "payment") if one.method == "Paystack")


def test_the_special_invoices_are_in_the_world(calendar):
    numbers = {one.number: one for one in world(7, ANCHOR) if one.kind == "invoice"}
    counts = {}
    for make in (*trouble.TROUBLED_SALES, *trouble.SOUND_EXCEPTIONS):
        made = make(calendar)
        counts[make.__name__] = len(made)
        assert all(numbers[one.number] == one for one in made), make.__name__
    assert counts == {
        "closed_period": 4, "made_by_hand_before": 1, "of_unconnected_customers": 11,
        "with_inactive_item": 4, "with_unknown_item": 2, "zero_rated_in_mombasa": 14,
        "number_too_long": 1, "drafts": 4, "half_cents": 2,
    }  # fmt: skip


def test_zero_rated_sales_of_mombasa_are_only_the_named_ones(records):
    found = [
        one
        for one in of(records, "invoice")
        if one.branch == "Mombasa" and any(line.tax_category == "Zero-rated" for line in one.lines)
    ]
    assert len(found) == 14


def test_half_a_cent_is_rounded_up(calendar):
    lines = [line for one in trouble.half_cents(calendar) for line in one.lines]
    assert [(line.quantity, line.unit_price, line.amount) for line in lines] == [
        (3, Decimal("33.335"), Decimal("100.01")),
        (5, Decimal("0.205"), Decimal("1.03")),
    ]


def test_the_long_number_has_thirty_characters(calendar):
    (one,) = trouble.number_too_long(calendar)
    assert len(one.number) == 30


def test_drafts_are_not_approved(calendar):
    assert {(one.state, one.approved) for one in trouble.drafts(calendar)} == {("Draft", False)}
