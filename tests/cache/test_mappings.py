import dataclasses
import datetime as dt

from awra_tui.cache.pages.mappings import mapping_row
from awra_tui.cache.store import decisions, mappings
from awra_tui.records.mapping import Mapping, chained
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


def test_a_page_is_made_though_a_mapping_comes_while_it_is_read(cache, monkeypatch):
    read = mappings.all

    def meanwhile():
        mappings.save(CHOSEN, "jo@desk")
        return read()

    monkeypatch.setattr(mappings, "all", meanwhile)
    row = cache.now(mapping_row, CASH)
    assert (row.mapping, row.changed_by) == (CHOSEN, "")


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


def test_what_held_before_a_day_is_kept_with_who_chose_it(cache):
    first = dataclasses.replace(CHOSEN, object_name="Cash", account_name="Till")
    later = dataclasses.replace(first, account_id="36", valid_from=dt.date(2026, 12, 1))
    cache.now(mappings.save, first, "jo@desk")
    both = chained([first, later])
    number = cache.now(mappings.save, both, "amina@desk")
    assert cache.now(mappings.get, CASH) == both
    assert cache.now(mappings.all) == [both]
    assert cache.now(mapping_row, CASH).changed_by == "amina@desk"
    noted = cache.now(decisions.get, number)
    told = cache.now(mappings.of_state, noted.after)
    assert [(one.account_id, one.valid_from) for one in told.spans] == [
        ("36", later.valid_from),
        ("35", None),
    ]
    cache.now(mappings.save, cache.now(mappings.of_state, noted.before), "amina@desk")
    assert [span.account_id for span in cache.now(mappings.get, CASH).spans] == ["35"]


def test_a_check_restates_every_span(cache):
    later = dataclasses.replace(CHOSEN, account_id="36", valid_from=dt.date(2026, 12, 1))
    both = chained([CHOSEN, later])
    cache.now(mappings.save, both, "jo@desk")
    earlier = dataclasses.replace(both.earlier, sentence="Inactive.", state=MappingState.BLOCKED)
    restated = dataclasses.replace(both, sentence="Fine.", earlier=earlier)
    cache.now(mappings.restate, [restated])
    assert cache.now(mappings.get, CASH) == restated


def test_several_are_one_decision_and_all_or_none(cache):
    vat = Mapping(MappingKey("tax_code", "VAT 16"), "5")
    number = cache.now(mappings.save_all, [CHOSEN, vat], "jo@desk")
    noted = cache.now(decisions.get, number)
    assert (noted.subject, noted.before) == ("2 mappings", {"mappings": {}})
    assert set(cache.now(mappings.states_of, noted.after)) == {CASH.text, vat.key.text}
    assert [one.id for one in cache.now(decisions.of_verb, "map", 10)] == [number]


def test_taken_away_by_a_person_is_not_what_nobody_chose_yet(cache):
    cache.now(mappings.ensure, [CASH])
    assert not cache.now(mappings.is_taken_away, CASH, "profile")
    cache.now(mappings.save, CHOSEN, "jo@desk")
    assert not cache.now(mappings.is_taken_away, CASH, "profile")
    cache.now(mappings.save, Mapping(CASH), "jo@desk")
    assert cache.now(mappings.is_taken_away, CASH, "profile")
    assert not cache.now(mappings.is_taken_away, CASH, "jo@desk")
