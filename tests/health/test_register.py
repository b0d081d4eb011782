"""Many records compared with many objects: the same verdicts as one by one, and no object for two."""

from awra_tui.health.register import Register, pairs
from awra_tui.health.witnesses import rank_names
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import Contact
from tests.health.world import customer


def there(qbo_id, name, email="", **fields):
    content = {"PrimaryEmailAddr": {"Address": email}} if email else {}
    return QboObject(entity="Customer", id=qbo_id, name=name, content=content, **fields)


def ours(source_id, name, email="", **fields):
    return customer(source_id, name, contact=Contact(email=email), **fields)


THINGS = [
    there("1", "Mangrove Lodge", "stay@lodge.example"),
    there("2", "Quite Different", "other@x.example"),
    there("3", "Mangrove Loge"),
    *(there(str(number), f"Filler Number{number}") for number in range(10, 60)),
]


def best(records, things=THINGS):
    register = Register("customer", things)
    found = pairs(records, register, [frozenset()] * len(records))
    return [(ranked[0].candidate.qbo_id if ranked else "", sure) for ranked, sure in found]


def test_what_shares_anything_is_found_as_one_by_one():
    records = [
        ours("C-1", "Mangrove Lodge"),
        ours("C-2", "New Name", "other@x.example"),
        ours("C-3", "Zzyzx"),
    ]
    assert best(records) == [("1", False), ("2", False), ("", False)]
    one_by_one = [one.candidate for one in rank_names(records[0], THINGS) if one.candidate.score >= 75]
    together = [one.candidate for one in Register("customer", THINGS).ranked(records[0])]
    assert together == one_by_one


def test_an_object_that_two_lay_claim_to_is_certain_for_neither():
    first, second = ours("C-1", "Acacia", "a@x.example"), ours("C-2", "Acacia Ltd", "a@x.example")
    things = [there("1", "Acacia", "a@x.example")]
    assert best([first], things) == [("1", True)]
    assert best([first, second], things) == [("1", False), ("1", False)]


def test_who_buys_in_two_currencies_is_two_customers():
    things = [
        there("1", "Acacia", "a@x.example", currency="KES"),
        there("2", "Acacia", "a@x.example", currency="USD"),
    ]
    assert best([ours("C-1", "Acacia", "a@x.example", currency="USD")], things) == [("2", True)]
    assert best([ours("C-1", "Acacia", "a@x.example")], things) == [("1", False)]
