"""Mappings that hold from a day on, what becomes of them by a change, and scopes that are looked up."""

import datetime as dt

import pytest

from awra_tui.health.judge import judge
from awra_tui.health.reasons import explain
from awra_tui.records.mapping import Mapping, MappingChange, chained, changed
from awra_tui.records.rules import Rules
from awra_tui.records.subject import MappingKey
from tests.health.world import NAIROBI, bill, invoice, line, nairobi

KEY = MappingKey("tax_code", "Standard")
FIRST, SECOND = dt.date(2026, 11, 5), dt.date(2026, 12, 1)


def span(qbo_id: str, since: dt.date | None = None) -> Mapping:
    return Mapping(KEY, qbo_id, valid_from=since)


def points(mapping: Mapping | None) -> list[tuple[str, dt.date | None]]:
    return [(one.qbo_id, one.valid_from) for one in mapping.spans] if mapping else []


@pytest.mark.parametrize(
    ("known", "change", "expected"),
    [
        ([], MappingChange(KEY, "1"), [("1", None)]),
        ([], MappingChange(KEY, "1", valid_from=FIRST), [("1", FIRST)]),
        ([span("")], MappingChange(KEY, "1", valid_from=FIRST), [("1", FIRST)]),
        ([span("1")], MappingChange(KEY, "2", valid_from=FIRST), [("2", FIRST), ("1", None)]),
        ([span("1"), span("2", FIRST)], MappingChange(KEY, "3"), [("3", None)]),
        (
            [span("1"), span("2", FIRST)],
            MappingChange(KEY, "3", valid_from=SECOND),
            [("3", SECOND), ("2", FIRST), ("1", None)],
        ),
        (
            [span("1"), span("2", SECOND)],
            MappingChange(KEY, "3", valid_from=FIRST),
            [("3", FIRST), ("1", None)],
        ),
        (
            [span("1"), span("2", FIRST)],
            MappingChange(KEY, "3", valid_from=FIRST),
            [("3", FIRST), ("1", None)],
        ),
        ([span("1")], MappingChange(KEY, "", valid_from=FIRST), [("", FIRST), ("1", None)]),
    ],
)
def test_a_change_keeps_what_held_before_its_day(
    known: list[Mapping], change: MappingChange, expected: list[tuple[str, dt.date | None]]
) -> None:
    assert points(changed(chained(known), change)) == expected


def test_the_date_of_a_record_says_which_mapping_holds() -> None:
    world = nairobi()
    world.mappings[KEY] = chained([span("5"), span("99", FIRST)]) or span("")
    for date, code in ((dt.date(2026, 11, 4), "5"), (FIRST, "99")):
        mapping = world.mappings[KEY].on(date)
        assert mapping is not None
        assert mapping.qbo_id == code
    (shipment,) = judge(invoice(date=dt.date(2026, 11, 4)), world).shipments
    assert shipment.body["Line"][0]["SalesItemLineDetail"]["TaxCodeRef"] == {"value": "5"}
    assert [one.reason for one in judge(invoice(date=FIRST), world).findings] == ["mapped_to_nothing"]


def test_what_is_dated_before_the_first_day_says_from_when_it_is_mapped() -> None:
    world = nairobi()
    world.mappings[KEY] = span("5", SECOND)
    (finding,) = judge(invoice(date=FIRST), world).findings
    said = explain(finding)
    assert said.sentence == (
        'The tax category "Standard" is mapped for what is dated 01 Dec 2026 or later; this is dated before.'
    )
    assert said.cause == "mapping:tax_code/Standard"
    world.map("tax_code", "*", "5")
    assert judge(invoice(date=FIRST), world).findings == ()


@pytest.mark.parametrize(
    ("spans", "sentence"),
    [
        ([span("5"), span("", FIRST)], 'The tax category "Standard" is not mapped to a QuickBooks tax code.'),
        (
            [span("5", dt.date(2026, 1, 1)), span("", FIRST)],
            'The tax category "Standard" is not mapped to a QuickBooks tax code.',
        ),
        (
            [span("5"), span("", FIRST), span("5", SECOND)],
            (
                'The tax category "Standard" is mapped for what is dated 01 Dec 2026 or later; '
                "this is dated before."
            ),
        ),
    ],
)
def test_what_is_dated_after_a_mapping_was_taken_away_is_not_said_to_be_too_early(
    spans: list[Mapping], sentence: str
) -> None:
    world = nairobi()
    world.mappings[KEY] = chained(spans) or span("")
    (finding,) = judge(invoice(date=FIRST), world).findings
    assert explain(finding).sentence == sentence
    assert judge(invoice(date=dt.date(2026, 11, 4)), world).findings == ()


def test_branch_currency_and_side_each_have_a_mapping_of_their_own() -> None:
    world = nairobi()
    world.rules = Rules(scopes={"tax_code": ("branch", "currency", "side")})
    del world.mappings[KEY]
    wrong = {"branch": "Nairobi", "currency": "USD", "side": "sale"}
    right = {"branch": "Mombasa", "currency": "KES", "side": "purchase"}
    record = bill(branch="Mombasa", lines=(line("10000.00", item_id="", account="Rent"),))
    for part, value in wrong.items():
        world.map("tax_code", "Standard", "5", f"{part}={value}")
    found = [one for one in judge(record, world).findings if one.mapping and one.mapping.kind == "tax_code"]
    assert [one.reason for one in found] == ["not_mapped"]
    for part, value in right.items():
        key = world.map("tax_code", "Standard", "5", f"{part}={value}")
        found = [
            one for one in judge(record, world).findings if one.mapping and one.mapping.kind == "tax_code"
        ]
        assert found == []
        del world.mappings[key]
    assert NAIROBI.home_currency == "KES"
