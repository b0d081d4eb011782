import dataclasses

from awra_tui.cache.pages.mappings import mapping_row
from awra_tui.cache.store import decisions, mappings
from awra_tui.records.mapping import Mapping
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey

CASH = MappingKey("payment_method", "Cash", "branch=Mombasa;currency=USD")
CHOSEN = Mapping(CASH, "3", "35", MappingState.READY, "")


def test_a_mapping_comes_back_as_it_was_saved(cache):
    cache.now(mappings.save, CHOSEN, "jo@desk")
    assert cache.now(mappings.get, CASH) == CHOSEN
    assert cache.now(mappings.all) == [CHOSEN]
    assert cache.now(mappings.get, MappingKey("payment_method", "Cash")) is None


def test_saving_again_replaces_and_every_choice_is_noted(cache):
    cache.now(mappings.save, CHOSEN, "jo@desk")
    other = dataclasses.replace(CHOSEN, account_id="36")
    number = cache.now(mappings.save, other, "jo@desk")
    assert cache.now(mappings.all) == [other]
    noted = cache.now(decisions.get, number)
    assert (noted.verb, noted.subject, noted.who) == ("map", CASH.text, "jo@desk")
    assert (noted.before["account_id"], noted.after["account_id"]) == ("35", "36")


def test_the_first_choice_has_nothing_before_it(cache):
    number = cache.now(mappings.save, CHOSEN, "jo@desk")
    assert cache.now(decisions.get, number).before == {}


def test_needed_mappings_are_made_once_and_blocked(cache):
    cache.now(mappings.save, CHOSEN, "jo@desk")
    vat = MappingKey("tax_code", "VAT 16")
    assert cache.now(mappings.ensure, [vat, CASH, vat]) == 1
    assert cache.now(mappings.ensure, [vat, CASH]) == 0
    assert cache.now(mappings.get, vat).state is MappingState.BLOCKED
    assert cache.now(mappings.get, CASH) == CHOSEN


def test_a_check_restates_without_touching_the_choice(cache):
    cache.now(mappings.save, CHOSEN, "jo@desk")
    checked = dataclasses.replace(
        CHOSEN, qbo_id="", state=MappingState.REVIEW, sentence="It is inactive now."
    )
    cache.now(mappings.restate, [checked])
    stored = cache.now(mappings.get, CASH)
    assert (stored.qbo_id, stored.state, stored.sentence) == ("3", MappingState.REVIEW, "It is inactive now.")


def test_a_page_names_the_nearest_wider_mapping_that_serves_a_value(cache):
    everywhere = dataclasses.replace(CHOSEN, key=MappingKey("payment_method", "Cash"), qbo_id="4")
    default = dataclasses.replace(CHOSEN, key=MappingKey("payment_method", "*"), qbo_id="5")
    cache.now(mappings.ensure, [CASH])
    assert cache.now(mapping_row, CASH).served_by is None
    cache.now(mappings.save, default, "jo@desk")
    assert cache.now(mapping_row, CASH).served_by == default.key
    cache.now(mappings.save, everywhere, "jo@desk")
    assert cache.now(mapping_row, CASH).served_by == everywhere.key
    cache.now(mappings.save, CHOSEN, "jo@desk")
    assert cache.now(mapping_row, CASH).served_by is None
