"""Which record a name means, and what is said where it means none or several."""

import pytest

from tests.cli.commands import call, is_one_sentence
from tests.cli.conftest import Shop


@pytest.mark.parametrize(
    ("name", "source_id"),
    [
        ("invoice/INV/7 a", "i1"),
        ("INV/7 a", "i1"),
        ("invoice/i3", "i3"),
        ("invoice/id=i1", "i1"),
        ("customer/C-2", "C-2"),
    ],
)
def test_a_name_finds_its_record(shop: Shop, name: str, source_id: str) -> None:
    assert call("show", name, "--json").data["source_id"] == source_id


def test_several_are_listed_with_party_and_amount(shop: Shop) -> None:
    said = call("show", "invoice/TWIN", "--json")
    assert (said.code, said.out) == (2, b"")
    assert "invoice/i2 (Baobab Café, USD 10.00, 2026-11-02)" in said.err
    assert "USD 20.10" in said.err
    assert is_one_sentence(said.err)


def test_a_number_that_is_anothers_source_id_is_ambiguous_and_can_be_told_apart(shop: Shop) -> None:
    said = call("show", "invoice/i1")
    assert said.code == 2
    assert "invoice/id=i1 (Baobab Café, USD 120.50" in said.err
    assert "invoice/i4 (" in said.err


def test_an_unknown_kind_lists_the_kinds(shop: Shop) -> None:
    said = call("resend", "facture/1")
    assert said.code == 2
    assert "customer, vendor, item" in said.err


def test_an_unknown_number_names_similar_records(shop: Shop) -> None:
    said = call("show", "invoice/TWI")
    assert said.code == 2
    assert "invoice/TWIN" in said.err
    assert "for example" in call("show", "invoice/nothing-like-it").err
