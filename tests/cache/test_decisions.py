from decimal import Decimal

from awra_tui.cache.store import decisions, facts
from awra_tui.records.qbo import Company
from tests.cache.conftest import elsewhere


def test_a_decision_comes_back_as_it_was_noted(cache, clock):
    number = cache.now(decisions.add, "connect", "customer/c1", {"id": ""}, {"id": "9"}, "jo@desk")
    noted = cache.now(decisions.get, number)
    assert (noted.verb, noted.subject, noted.who, noted.at) == (
        "connect",
        "customer/c1",
        "jo@desk",
        clock.stamp,
    )
    assert (noted.before, noted.after, noted.undone_by) == ({"id": ""}, {"id": "9"}, 0)
    assert cache.now(decisions.get, number + 1) is None


def test_each_person_undoes_their_own_last_decision_once(cache):
    first = cache.now(decisions.add, "map", "a", {}, {"n": 1}, "jo@desk")
    second = cache.now(decisions.add, "map", "b", {}, {"n": 2}, "jo@desk")
    cache.now(decisions.add, "map", "c", {}, {}, "amina@desk")
    assert cache.now(decisions.last_undoable, "jo@desk").id == second
    undoing = cache.now(decisions.add, "undo map", "b", {"n": 2}, {}, "jo@desk")
    cache.now(decisions.pair, second, undoing)
    assert cache.now(decisions.get, second).undone_by == undoing
    assert cache.now(decisions.get, undoing).undoes == second
    assert cache.now(decisions.get, undoing).after == {}
    assert cache.now(decisions.last_undoable, "jo@desk").id == first
    assert cache.now(decisions.last_undoable, "nobody@desk") is None


def test_decisions_are_listed_newest_first(cache):
    for subject in ("a", "b", "a"):
        cache.now(decisions.add, "map", subject, {}, {}, "jo@desk")
    assert [one.subject for one in cache.now(decisions.newest)] == ["a", "b", "a"]
    assert [one.id for one in cache.now(decisions.of_subject, "a")] == [3, 1]
    assert [one.id for one in cache.now(decisions.newest, 1)] == [3]


def test_facts_are_replaced(cache):
    assert cache.now(facts.get, "next_sync") == ""
    cache.now(facts.set, "next_sync", "1")
    cache.now(facts.set, "next_sync", "2")
    assert cache.now(facts.get, "next_sync") == "2"


def test_the_company_is_noted_with_exact_numbers(cache):
    assert cache.now(facts.company) is None
    import datetime as dt

    company = Company(
        realm="9341",
        name="Baobab Books",
        closing_date=dt.date(2024, 12, 31),
        us_tax=True,
        preferences={"TaxPrefs": {"Rate": Decimal("8.10")}},
    )
    cache.now(facts.set_company, company)
    assert cache.now(facts.company) == company
    assert str(cache.now(facts.company).preferences["TaxPrefs"]["Rate"]) == "8.10"


def test_what_the_program_decides_is_no_decision_of_people(cache):
    last = cache.now(decisions.last_number)
    cache.now(decisions.add, "find", "invoice/i1", {}, {}, decisions.PROGRAM)
    assert not cache.now(decisions.did_people_decide_since, last)
    made = cache.now(decisions.add, "map", "item/*", {}, {}, "jo@desk")
    assert cache.now(decisions.did_people_decide_since, last)
    assert cache.now(decisions.last_number) == made
    assert not cache.now(decisions.did_people_decide_since, made)


def test_what_was_decided_in_another_profile_of_the_database_is_not_here(cache, url):
    number = cache.now(decisions.add, "map", "a", {}, {}, "jo@desk")
    elsewhere(url, "UPDATE decision SET profile = 'other'")
    assert cache.now(decisions.newest) == cache.now(decisions.of_subject, "a") == []
    assert cache.now(decisions.last_undoable, "jo@desk") is cache.now(decisions.get, number) is None
    assert not cache.now(decisions.did_people_decide_since, 0)
