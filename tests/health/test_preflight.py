"""The company's settings beside what a profile sends: what will fail is said before it does."""

from dataclasses import replace
from typing import Any

import pytest

from awra_tui.health.preflight import READ_ONLY, Setting, preflight, refused_kinds, settings
from awra_tui.health.reasons import explain
from awra_tui.records.rules import Rules, Sending
from tests.health.world import NAIROBI, NOV_3, US

ALL = Sending(
    kinds=frozenset({"customer", "invoice", "payment", "bill", "purchase_order"}),
    currencies=frozenset({"KES", "USD"}),
    mappings=frozenset({"class", "department", "tax_code"}),
    closed=0,
)
RULES = Rules(branch_as="department")


def found(sending: Sending = ALL, rules: Rules = RULES, **company: Any) -> list[str]:
    return [each.reason for each in preflight(replace(NAIROBI, **company), rules, sending)]


def setting(name: str, sending: Sending = ALL, rules: Rules = RULES, **company: Any) -> Setting:
    return next(one for one in settings(replace(NAIROBI, **company), rules, sending) if one.name == name)


def test_a_company_that_has_what_is_sent_gives_no_trouble() -> None:
    assert found() == []
    assert [one.note for one in settings(NAIROBI, RULES, ALL) if one.note] == []


@pytest.mark.parametrize(
    ("company", "reason"),
    [
        ({"custom_numbers": False}, "company_numbers_itself"),
        ({"multi_currency": False}, "one_currency_only"),
        ({"charges_tax": False}, "tax_is_off"),
        ({"uses_classes": False}, "classes_are_off"),
        ({"uses_locations": False}, "locations_are_off"),
        ({"auto_apply_credit": True}, "credits_apply_themselves"),
        ({"takes_bills": False}, "bills_are_off"),
        ({"edition": "QuickBooks Online Simple Start"}, "edition_lacks"),
        ({"edition": "QuickBooks Online Essentials"}, "edition_lacks"),
        ({"subscription": "SUSPENDED"}, "subscription_ended"),
    ],
)
def test_each_setting_against_what_is_sent_is_a_reason_in_words(company: Any, reason: str) -> None:
    assert found(**company) == [reason]
    [finding] = preflight(replace(NAIROBI, **company), RULES, ALL)
    told = explain(finding)
    assert told.action
    assert "{" not in told.sentence + told.action + told.cause


@pytest.mark.parametrize(
    ("company", "sending"),
    [
        ({"custom_numbers": False}, replace(ALL, kinds=frozenset({"bill"}))),
        ({"multi_currency": False}, replace(ALL, currencies=frozenset({"KES"}))),
        ({"multi_currency": False, "home_currency": ""}, ALL),
        ({"charges_tax": False}, replace(ALL, mappings=frozenset())),
        ({"uses_classes": False}, replace(ALL, mappings=frozenset({"department"}))),
        ({"uses_locations": False}, replace(ALL, mappings=frozenset({"class"}))),
        ({"takes_bills": False}, replace(ALL, kinds=frozenset({"invoice"}))),
        ({"edition": "QuickBooks Online Simple Start"}, replace(ALL, kinds=frozenset({"invoice"}))),
        ({"edition": "QuickBooks Online Plus"}, ALL),
        ({"edition": "an edition of tomorrow"}, ALL),
        ({"subscription": "PAID"}, ALL),
    ],
)
def test_a_setting_that_nothing_sent_touches_is_no_trouble(company: Any, sending: Sending) -> None:
    assert found(sending, **company) == []


def test_kinds_that_the_profile_leaves_out_do_not_count() -> None:
    only = replace(RULES, kinds=("customer", "invoice"))
    assert found(rules=only, takes_bills=False, auto_apply_credit=True) == []


@pytest.mark.parametrize("state", sorted(READ_ONLY))
def test_a_subscription_that_only_reads_is_told_by_its_state(state: str) -> None:
    [finding] = preflight(replace(NAIROBI, subscription=state), RULES, ALL)
    assert state.lower() in explain(finding).sentence


def test_what_is_only_worth_knowing_is_a_note() -> None:
    assert "trial" in setting("Subscription", subscription="TRIAL").note
    assert "after discount" in setting("Discounts", replace(ALL, discounts=True), allows_discount=False).note
    assert "3 records that wait are" in setting("Books closed", replace(ALL, closed=3)).note
    assert "1 record that waits is" in setting("Books closed", replace(ALL, closed=1)).note
    taxed = next(one for one in settings(US, RULES, ALL) if one.name == "Tax")
    assert "not used" in taxed.note
    assert taxed.finding is None


def test_every_setting_says_what_the_company_has() -> None:
    told = {one.name: one.company for one in settings(NAIROBI, RULES, ALL)}
    assert told["Multicurrency"] == "on, home KES"
    assert told["Tax"] == "tax codes"
    assert told["Books closed"] == "to 31 Oct 2026"
    assert (told.pop("Edition"), told.pop("Subscription")) == ("", "")
    assert setting("Tax", automated_tax=True, us_tax=True).company == "automated sales tax"
    assert setting("Tax", us_tax=True).company == "taxable or not, by line (US)"
    assert setting("Books closed", rules=replace(RULES, start_date=NOV_3)).profile == "starts 03 Nov 2026"
    assert all(told.values())


def test_the_kinds_of_which_a_company_takes_nothing_in_are_named() -> None:
    rules = replace(RULES, kinds=("customer", "invoice", "bill", "purchase_order"))
    plain = refused_kinds(replace(NAIROBI, edition="Plus", subscription="PAID"), rules)
    assert plain == {}
    essentials = refused_kinds(replace(NAIROBI, edition="Essentials", takes_bills=False), rules)
    assert {kind: one.reason for kind, one in essentials.items()} == {
        "purchase_order": "edition_lacks",
        "bill": "bills_are_off",
    }
    ended = refused_kinds(replace(NAIROBI, edition="Essentials", subscription="EXPIRED"), rules)
    assert {kind: one.reason for kind, one in ended.items()} == dict.fromkeys(
        rules.kinds, "subscription_ended"
    )
