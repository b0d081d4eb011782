"""The query language."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.simulator import booking, search
from awra_tui.simulator.company import Company
from awra_tui.simulator.faults import FaultError
from awra_tui.simulator.query import Condition, Query, parse
from awra_tui.simulator.records import Body
from tests.simulator.qbo import ANCHOR, Qbo, error, sale


def names(answer: Body, entity: str = "Customer") -> list[str]:
    return [one["DisplayName"] for one in answer.get(entity, [])]


@pytest.fixture(scope="module")
def company() -> Company:
    found = Company("empty-us", None, ANCHOR)
    for name in ("beta", "Alpha", "O'Neil & Söhne", "100% Cotton", "[red]Gamma[/]"):
        booking.create(found, "Customer", {"DisplayName": name})
    for day, amount in ((1, "10.00"), (3, "9.50"), (2, "100.00")):
        body = sale("1", amount, TxnDate=f"2026-10-0{day}", DocNumber=f"N{day}")
        booking.create(found, "Invoice", body)
    gone = booking.create(found, "Customer", {"DisplayName": "Gone"})
    booking.update(found, "Customer", {**gone, "Active": False})
    return found


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("WHERE DisplayName = 'alpha'", ["Alpha"]),
        (r"where displayname = 'O\'Neil & Söhne'", ["O'Neil & Söhne"]),
        ("WHERE DisplayName LIKE '%a'", ["Alpha", "beta"]),
        ("WHERE DisplayName LIKE '[red]%'", ["[red]Gamma[/]"]),
        ("WHERE Id IN ('1', '2', '99')", ["Alpha", "beta"]),
        ("WHERE Active = false", ["Gone (deleted)"]),
        ("WHERE Active IN (true, false) AND DisplayName > 'c'", ["Gone (deleted)", "O'Neil & Söhne"]),
        ("WHERE Balance > '0'", ["beta"]),
        ("WHERE Metadata.LastUpdatedTime < '2000-01-01'", []),
        ("ORDERBY DisplayName DESC MAXRESULTS 2", ["O'Neil & Söhne", "beta"]),
        ("order by Id desc STARTPOSITION 2 MAXRESULTS 1", ["100% Cotton"]),
        ("MAXRESULTS 1 STARTPOSITION 2", ["Alpha"]),
        ("", ["100% Cotton", "Alpha", "O'Neil & Söhne", "[red]Gamma[/]", "beta"]),
    ],
)
def test_conditions_order_and_pages(company: Company, where: str, expected: list[str]) -> None:
    assert names(search.answer(company, f"select * from Customer {where}")) == expected


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("", ["N2", "N3", "N1"]),
        ("ORDER BY TotalAmt", ["N3", "N1", "N2"]),
        ("WHERE TotalAmt >= '10' ORDERBY TxnDate ASC", ["N1", "N2"]),
        ("WHERE TxnDate > '2026-10-01' AND TxnDate <= '2026-10-02'", ["N2"]),
        ("WHERE CustomerRef = '1' AND DocNumber != 'N1' ORDERBY DocNumber", ["N2", "N3"]),
        ("WHERE DocNumber IN ('n3')", ["N3"]),
    ],
)
def test_transactions_are_compared_by_what_they_are(
    company: Company, where: str, expected: list[str]
) -> None:
    found = search.answer(company, f"SELECT * FROM invoice {where}")
    assert [one["DocNumber"] for one in found.get("Invoice", [])] == expected


def test_counts_pages_and_chosen_fields(company: Company) -> None:
    assert search.answer(company, "SELECT COUNT(*) FROM Customer") == {"totalCount": 5}
    assert search.answer(company, "select * from Customer where Id = '77'") == {}
    page = search.answer(company, "select * from Invoice startposition 3 maxresults 5")
    assert (page["startPosition"], page["maxResults"]) == (3, 1)
    found = search.answer(company, "select Id, DocNumber from Invoice where DocNumber = 'N1'")
    assert found["Invoice"] == [{"Id": "1", "DocNumber": "N1", "domain": "QBO", "sparse": True}]
    assert "TotalAmt" in search.answer(company, "select *, DocNumber from Invoice")["Invoice"][0]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("", "4000", "The query provided was empty"),
        ("select * from NULL", "4000", "Encountered"),
        ("select * from Customer where DisplayName = %27", "4000", "Lexical error at line 1, column 44"),
        ("select * from Customer where", "4000", "Encountered"),
        ("select * from Customer where A = '1' OR B = '2'", "4000", "Encountered"),
        ("select * from Custmoer", "4001", "invalid context declaration: Custmoer"),
        ("select * from Customer STARTPOSITION 0", "4001", "value 0 is too small. Min allowed value is 1"),
        ("select * from Invoice where PrivateNote = 'x'", "4001", "property 'PrivateNote' is not queryable"),
        ("select * from Invoice where Colour = 'x'", "4001", "Colour"),
        ("select Colour from Invoice", "4001", "Colour"),
    ],
)
def test_refused_queries(company: Company, text: str, code: str, words: str) -> None:
    with pytest.raises(FaultError) as refusal:
        search.answer(company, text)
    (problem,) = refusal.value.problems
    assert problem.code == code
    assert words in problem.detail


async def test_queries_come_by_get_and_by_post(qbo: Qbo) -> None:
    await qbo.customer("Amani")
    text = "select * from Customer"
    posted = await qbo.http.post(
        f"{qbo.base}/query", content=text, headers={"Content-Type": "application/text"}
    )
    assert names(posted.json()["QueryResponse"]) == names(await qbo.query(text)) == ["Amani"]
    assert error(await qbo.get("query", query="select")).get("element") is None


def test_a_page_holds_at_most_a_thousand() -> None:
    assert parse("select * from Item maxresults 5000").limit == 1000
    assert parse("select * from Item").limit == 100


WORD = st.from_regex(r"[A-Z][A-Za-z]{0,10}", fullmatch=True).filter(lambda one: one.upper() not in KEYWORDS)
KEYWORDS = {
    "SELECT",
    "FROM",
    "WHERE",
    "AND",
    "ORDER",
    "BY",
    "ORDERBY",
    "ASC",
    "DESC",
    "IN",
    "LIKE",
    "COUNT",
} | {
    "NULL",
    "TRUE",
    "FALSE",
    "STARTPOSITION",
    "MAXRESULTS",
}
VALUE = st.text(st.characters(blacklist_categories=("Cs",)), max_size=20)
CONDITION = st.builds(
    Condition, WORD, st.sampled_from(["=", "<", ">", "<=", ">=", "!=", "LIKE"]), st.tuples(VALUE)
) | st.builds(Condition, WORD, st.just("IN"), st.lists(VALUE, min_size=1, max_size=4).map(tuple))
QUERY = st.builds(
    Query,
    entity=WORD,
    fields=st.lists(WORD, max_size=3).map(tuple),
    conditions=st.lists(CONDITION, max_size=3).map(tuple),
    order=st.lists(st.tuples(WORD, st.booleans()), max_size=2).map(tuple),
    start=st.integers(1, 10**6),
    limit=st.integers(1, 1000),
)


def written(query: Query) -> str:
    parts = ["select", ", ".join(query.fields) or "*", "From", query.entity]
    for joint, one in zip(["where"] + ["AND"] * 3, query.conditions, strict=False):
        values = ", ".join(
            "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'" for value in one.values
        )
        parts += [joint, one.field, one.operator, f"({values})" if one.operator == "IN" else values]
    if query.order:
        sorting = [f"{name} {'DESC' if down else 'asc'}" for name, down in query.order]
        parts += ["ORDER BY", ", ".join(sorting)]
    return " ".join([*parts, f"MAXRESULTS {query.limit} STARTPOSITION {query.start}"])


@given(QUERY)
def test_what_is_written_is_what_is_read(query: Query) -> None:
    assert parse(written(query)) == query


@given(st.text(max_size=60) | VALUE.map(lambda tail: f"select * from Customer where Id = {tail}"))
def test_any_text_is_a_query_or_a_refusal(text: str) -> None:
    with suppress(FaultError):
        assert parse(text).limit >= 1


@given(st.lists(st.decimals("0.01", "99999", places=2), min_size=1, max_size=12), st.data())
def test_a_condition_chooses_what_python_would(amounts: list[Decimal], data: st.DataObject) -> None:
    company = Company("empty-us", None, ANCHOR)
    booking.create(company, "Customer", {"DisplayName": "Amani"})
    for amount in amounts:
        booking.create(company, "Invoice", sale("1", amount))
    bound = data.draw(st.sampled_from(amounts))
    found = search.answer(company, f"select * from Invoice where TotalAmt >= '{bound}' ORDERBY TotalAmt")
    assert [one["TotalAmt"] for one in found["Invoice"]] == sorted(one for one in amounts if one >= bound)
