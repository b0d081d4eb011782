from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.health.suggestions import certain, rank
from awra_tui.health.tax_words import code_rate, fit, meaning, other_meaning
from awra_tui.records.qbo import QboObject
from awra_tui.records.subject import MappingKey
from tests.health.world import NAIROBI as COMPANY

RATES = {"1": Decimal(16), "2": Decimal(0), "3": Decimal(0), "4": Decimal(8)}


def code(qbo_id: str, name: str, description: str = "", rate: str = "") -> QboObject:
    listed = {"TaxRateDetail": [{"TaxRateRef": {"value": rate}}]} if rate else {}
    content = {"Description": description, "SalesTaxRateList": listed}
    return QboObject(entity="TaxCode", id=qbo_id, name=name, content=content)


NAIROBI = (
    code("S", "16.0% S", "Standard rate", "1"),
    code("Z", "0.0% Z", "Zero-rated", "2"),
    code("E", "Exempt", "Exempt from VAT", "3"),
    code("O", "Out of scope", "Outside the scope of VAT"),
    code("R", "8.0% R", "Reduced rate", "4"),
)


@pytest.mark.parametrize(
    ("value", "best", "why"),
    [
        ("Zero-rated", "Z", "rate 0%, the name says zero"),
        ("zero", "Z", "rate 0%, the name says zero"),
        ("0%", "Z", "rate 0%, the name says zero"),
        ("VAT exempt", "E", "rate 0%, the name says exempt"),
        ("Standard", "S", "rate 16%, the name says standard"),
        ("VAT 16%", "S", "rate 16%, the name says standard"),
        ("VAT 8%", "R", "rate 8%, the name says reduced"),
        ("Outside the scope", "O", "the name says out of scope"),
        ("No VAT", "O", "the name says out of scope"),
        ("Exempt", "E", "the same name"),
    ],
)
def test_tax_codes_go_by_what_the_words_mean(value: str, best: str, why: str) -> None:
    ranked = rank(MappingKey("tax_code", value), NAIROBI, COMPANY, RATES)
    assert (ranked[0].qbo_id, ranked[0].why) == (best, why)
    assert ranked[0].score > ranked[1].score


def test_only_words_for_it_suggest_out_of_scope() -> None:
    for value in ("Zero-rated", "Exempt", "Standard", "Scope", "Category A"):
        ranked = rank(MappingKey("tax_code", value), NAIROBI, COMPANY, RATES)
        assert {one.qbo_id: one.score for one in ranked}["O"] <= 5


def test_another_rate_contradicts_equal_words() -> None:
    old = code("9", "14.0% S", "Standard rate", "1")
    found = fit("Standard 14%", old, {"1": Decimal(16)})
    assert found is not None
    assert found.score <= 5


@pytest.mark.parametrize(("stated", "sure"), [("16", "S"), ("0", "")])
def test_no_tax_at_all_does_not_say_which_of_the_three_codes_is_meant(stated: str, sure: str) -> None:
    key, there = MappingKey("tax_code", "Category E"), (NAIROBI[0], NAIROBI[2])
    ranked = rank(key, there, COMPANY, RATES, frozenset({Decimal(stated)}))
    assert ranked[0].qbo_id == {"16": "S", "0": "E"}[stated]
    assert certain(ranked) == sure


def test_without_rates_the_percentage_in_the_name_counts() -> None:
    assert rank(MappingKey("tax_code", "Zero-rated"), NAIROBI, COMPANY)[0].qbo_id == "Z"
    assert rank(MappingKey("tax_code", "VAT 8%"), NAIROBI, COMPANY)[0].qbo_id == "R"


def test_rate_of_a_side() -> None:
    one = code("1", "Both", rate="1")
    assert code_rate(one, RATES) == 16
    assert code_rate(one, {}) is None
    assert code_rate(code("2", "Nothing"), RATES, "purchase") is None


@given(text=st.text(max_size=30))
def test_any_text_has_a_meaning_and_any_category_an_order(text: str) -> None:
    assert meaning(text).kind in {"", "zero", "exempt", "standard", "reduced", "out of scope"}
    ranked = rank(MappingKey("tax_code", text), NAIROBI, COMPANY, RATES)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    assert all(one.why or one.score < 60 for one in ranked)


NO_VAT = code("N", "No VAT")
NON_TAXABLE = code("T", "Non-taxable", "Not taxable")
BOTH = code("B", "0%", "Zero-rated or exempt")


@pytest.mark.parametrize(
    ("value", "chosen", "said"),
    [
        ("Zero-rated", NAIROBI[2], ("zero-rated", "exempt")),
        ("zero rated", NAIROBI[3], ("zero-rated", "out of scope")),
        ("VAT exempt", NAIROBI[1], ("exempt", "zero-rated")),
        ("Exempt", code("Z", "0.0% Z"), ("exempt", "zero-rated")),
        ("Exempt", NO_VAT, ("exempt", "out of scope")),
        ("Outside the scope", NAIROBI[2], ("out of scope", "exempt")),
        ("Zero-rated", NAIROBI[1], None),
        ("Exempt", NAIROBI[2], None),
        ("Out of scope", NO_VAT, None),
        ("0%", NAIROBI[2], None),
        ("Nil", NAIROBI[2], None),
        ("Category A", NAIROBI[2], None),
        ("Zero-rated", NAIROBI[0], None),
        ("Exempt", NON_TAXABLE, None),
        ("Not exempt", NAIROBI[1], None),
        ("Exempt", BOTH, None),
    ],
)
def test_three_codes_without_tax_are_told_apart_where_the_words_are_clear(
    value: str, chosen: QboObject, said: tuple[str, str] | None
) -> None:
    assert other_meaning(value, chosen) == said
