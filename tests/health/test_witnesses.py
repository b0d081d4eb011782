"""What speaks for a name of QuickBooks being a record's, and when nobody has to look."""

from decimal import Decimal

import pytest

from awra_tui.health.witnesses import certain, evidence, rank_names
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import Contact
from tests.health.world import customer, item, vendor

OURS = customer(
    "C-9",
    "Mangrove Lodge Ltd",
    contact=Contact(
        email="stay@mangrove.example",
        phone="+254 700 123 456",
        tax_number="P051 234 567X",
        address=("Beach Road 4", "PO Box 12"),
        city="Kilifi",
    ),
)


def there(name="Somebody Else", entity="Customer", qbo_id="9", **content):
    return QboObject(entity=entity, id=qbo_id, name=name, content=content)


def email(address="STAY@mangrove.example"):
    return {"PrimaryEmailAddr": {"Address": address}}


def another():
    """Another tax number than ours."""
    return {"PrimaryTaxIdentifier": "A000000001Z"}


@pytest.mark.parametrize(
    ("thing", "same", "score"),
    [
        (there(PrimaryTaxIdentifier="p051234567x"), ("tax number",), 95),
        (there(**email()), ("e-mail",), 90),
        (there(**email("billing@x.example, stay@mangrove.example")), ("e-mail",), 90),
        (there(PrimaryPhone={"FreeFormNumber": "0700 123456"}), ("phone",), 82),
        (there(Mobile={"FreeFormNumber": "(700) 123-456"}), ("phone",), 82),
        (there(BillAddr={"Line1": "4 Beach Road", "City": "KILIFI"}), ("address",), 72),
        (there(BillAddr={"City": "Kilifi"}), (), 0),
        (there(PrimaryPhone={"FreeFormNumber": "123456"}), (), 0),
        (there(PrimaryTaxIdentifier="XXXXXX567X"), (), 0),
    ],
)
def test_each_witness_counts_by_itself(thing, same, score):
    found = evidence(OURS, thing)
    assert found.same == same
    assert found.candidate.score == score or (not score and found.candidate.score < 60)


@pytest.mark.parametrize("number", ["N/A", "none", "-", "0", "000-000-000", "P000000000A", "123"])
def test_what_stands_for_no_tax_number_is_none(number):
    ours = customer("C-9", "Zebra Works", contact=Contact(tax_number=number))
    assert evidence(ours, there("Alpha Stores", PrimaryTaxIdentifier=number)).same == ()
    assert evidence(ours, there("Zebra Works", PrimaryTaxIdentifier="P051234567X")).against == ()
    assert evidence(OURS, there("Mangrove Lodge", PrimaryTaxIdentifier=number)).against == ()


def test_a_telephone_number_without_the_code_of_its_town_is_one():
    ours = customer("C-9", "Zebra Works", contact=Contact(phone="123 4567"))
    assert evidence(ours, there(PrimaryPhone={"FreeFormNumber": "1234567"})).same == ("phone",)


def test_no_score_is_less_than_nothing():
    assert evidence(OURS, there("Zzz", **another())).candidate.score == 0


def test_an_open_balance_is_a_weak_witness():
    found = evidence(OURS, there(), same_balance=True)
    assert (found.candidate.score, found.candidate.why) == (66, "the same open balance")


def test_the_reason_names_every_witness():
    thing = there("Mangrove Lodge", PrimaryTaxIdentifier="P051234567X", **email())
    said = evidence(OURS, thing, same_balance=True).candidate
    assert said.why == (
        "the same tax number, e-mail and open balance; the name is the same but for its spelling"
    )
    assert said.score == 99
    other = evidence(OURS, there("Mangrove Lodge Ltd", PrimaryTaxIdentifier="A1234")).candidate
    assert (other.score, other.why) == (75, "the name is the same; but another tax number")


def test_more_witnesses_rank_higher_and_no_score_passes_the_same_name():
    things = [
        there("Mangrove Lodge Ltd", qbo_id="1"),
        there("Quite Different", qbo_id="2", **email()),
        there("Mangrove Hotel", qbo_id="3", PrimaryPhone={"FreeFormNumber": "0700123456"}, **email()),
        there("Nobody", qbo_id="4"),
    ]
    ranked = [one.candidate for one in rank_names(OURS, things)]
    assert [one.qbo_id for one in ranked] == ["1", "3", "2", "4"]
    assert ranked[0].score == 100 > ranked[1].score > ranked[2].score


@pytest.mark.parametrize(
    ("things", "wanted"),
    [
        ([there("Mangrove Lodge Ltd", **email())], "9"),
        ([there("Mangrove Lodge Ltd", PrimaryPhone={"FreeFormNumber": "0700123456"})], "9"),
        ([there("Mangrove Lodge Ltd")], ""),
        ([there("Mangrove Lodge", PrimaryPhone={"FreeFormNumber": "0700123456"})], ""),
        ([there("Old Name", PrimaryTaxIdentifier="P051234567X")], "9"),
        ([there("Mangrove Beach Lodge", **email())], "9"),
        ([there("Zippy Bookkeeping", **email())], ""),
        ([there("Mangrove Lodge Ltd", PrimaryTaxIdentifier="A000000001Z", **email())], ""),
        ([there("Mangrove Lodge Ltd", **email()), there("Mangrove Lodge", qbo_id="8")], ""),
        ([there("Mangrove Lodge Ltd", **email()), there("Other", qbo_id="8", **email())], ""),
        ([there("Mangrove Lodge Ltd", **email()), there("Other", qbo_id="8")], "9"),
        ([there("Mangrove Lodge Ltd", PrimaryTaxIdentifier="XXXXXX567X", **email())], "9"),
        ([there("Mangrove Lodge Ltd", PrimaryTaxIdentifier="*****4567X", **email())], "9"),
        ([there("Mangrove Lodge Ltd", PrimaryPhone={"FreeFormNumber": "0711 999 999"}, **email())], "9"),
        ([there("Mangrove Lodge Ltd", **email()), there("Other", qbo_id="8", **another(), **email())], ""),
        ([there("Mangrove Lodge Ltd", **email()), there("Mangrove Lodge", qbo_id="8", **another())], ""),
        ([], ""),
    ],
)
def test_only_what_leaves_no_question_is_certain(things, wanted):
    found = certain(OURS, rank_names(OURS, things))
    assert (found.candidate.qbo_id if found else "") == wanted


def test_vendors_and_items_have_witnesses_too():
    supplier = vendor(contact=Contact(tax_number="P1-22"))
    found = certain(supplier, rank_names(supplier, [there("X", "Vendor", TaxIdentifier="P122")]))
    assert found is not None
    beans = item(unit_price=Decimal("850.00"))
    cheap, same, coded = (
        there("Espresso beans 1 kg", "Item", UnitPrice=Decimal(20)),
        there("Coffee:Espresso beans 1 kg", "Item", UnitPrice=Decimal("850.0")),
        there("Espresso beans 1 kg", "Item", Sku="P-2", UnitPrice=Decimal(850)),
    )
    assert certain(beans, rank_names(beans, [cheap])) is None
    assert certain(beans, rank_names(beans, [same])) is not None
    assert evidence(beans, coded).against == ("SKU",)
    assert certain(beans, rank_names(beans, [coded])) is None
