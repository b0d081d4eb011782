import datetime as dt
from decimal import Decimal

import pytest

from awra_tui.qbo.errors import QboError
from awra_tui.qbo.exchange import BatchItem
from awra_tui.records.errors import SecretError
from awra_tui.records.fault import Fault, FaultMessage
from awra_tui.settings import http
from tests.qbo.company import REALM, Answers, FixedTokens, answer, client, params, refusal

CREATED = {"Invoice": {"Id": "7", "SyncToken": "0", "TotalAmt": 1.10}, "time": "x"}


def rows(entity, count, start=1):
    found = [{"Id": str(start + n)} for n in range(count)]
    return answer({"QueryResponse": {entity: found, "startPosition": start, "maxResults": count}})


async def test_a_query_asks_as_documented_and_returns_rows():
    company = Answers(rows("Customer", 2))
    assert await client(company).query("SELECT * FROM Customer WHERE Name = 'A & B'") == [
        {"Id": "1"},
        {"Id": "2"},
    ]
    request = company.asked[0]
    assert request.method == "GET"
    assert request.url.path == f"/v3/company/{REALM}/query"
    assert params(request) == {"minorversion": "75", "query": "SELECT * FROM Customer WHERE Name = 'A & B'"}
    assert b"+" not in request.url.query
    assert request.headers["accept"] == "application/json"
    assert request.headers["authorization"] == "Bearer token-0"


async def test_a_long_statement_is_posted():
    company = Answers(rows("Customer", 1))
    statement = "SELECT * FROM Customer WHERE Id IN ('" + "1" * 2000 + "')"
    assert await client(company).query(statement) == [{"Id": "1"}]
    request = company.asked[0]
    assert (request.method, request.content) == ("POST", statement.encode())
    assert request.headers["content-type"] == "application/text"
    assert params(request) == {"minorversion": "75"}


async def test_nothing_found_is_no_rows():
    assert await client(Answers(answer({"QueryResponse": {}}))).query("SELECT * FROM Customer") == []


async def test_all_pages_are_read_inactive_names_too():
    company = Answers(rows("Customer", 2), rows("Customer", 2, 3), rows("Customer", 1, 5))
    pages = [page async for page in client(company).query_all("Customer", page_size=2)]
    assert [row["Id"] for page in pages for row in page] == ["1", "2", "3", "4", "5"]
    assert [params(request)["query"] for request in company.asked] == [
        f"SELECT * FROM Customer WHERE Active IN (true, false) ORDERBY Id STARTPOSITION {start} MAXRESULTS 2"
        for start in (1, 3, 5)
    ]


async def test_transactions_and_own_conditions_are_left_as_they_are():
    company = Answers(rows("Invoice", 0))
    assert [page async for page in client(company).query_all("Invoice", [("Id", "=", "1")])] == []
    assert "Active" not in params(company.asked[0])["query"]
    company = Answers(answer({"QueryResponse": {"totalCount": 41}}))
    assert await client(company).count("Customer", [("Active", "=", True)]) == 41
    assert params(company.asked[0])["query"] == "SELECT COUNT(*) FROM Customer WHERE Active = true"


async def test_a_read_returns_the_object_with_exact_numbers():
    company = Answers(answer(b'{"Invoice":{"Id":"7","TotalAmt":1.10},"time":"x"}'))
    invoice = await client(company).read("Invoice", "7")
    assert str(invoice["TotalAmt"]) == "1.10"
    assert company.asked[0].url.path == f"/v3/company/{REALM}/invoice/7"


async def test_an_id_cannot_change_the_path():
    company = Answers(refusal("2030"))
    with pytest.raises(QboError):
        await client(company).read("Invoice", "../payment/1?x=")
    assert company.asked[0].url.raw_path.startswith(
        f"/v3/company/{REALM}/invoice/..%2Fpayment%2F1%3Fx".encode()
    )


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (refusal("610"), "QuickBooks refused .HTTP 400.: 610 Refused"),
        (answer(b"<html><title>Busy</title></html>"), "something that is not JSON: Busy"),
        (answer(b""), "answered with nothing"),
        (answer({"Payment": {"Id": "7"}}), "without what was asked for"),
        (http.ConnectError("refused"), "could not be reached: refused"),
    ],
)
async def test_a_read_that_failed_is_an_error_in_words(reply, said):
    with pytest.raises(QboError, match=said) as caught:
        await client(Answers(reply)).read("Invoice", "7")
    assert isinstance(caught.value.fault, Fault)


async def test_a_company_is_read_from_its_two_places():
    company = Answers(
        answer({"CompanyInfo": {"Id": "1", "CompanyName": "Kilima Traders", "Country": "KE"}}),
        answer({"Preferences": {"Id": "1", "CurrencyPrefs": {"HomeCurrency": {"value": "KES"}}}}),
    )
    found = await client(company).company()
    assert (found.realm, found.name, found.home_currency) == (REALM, "Kilima Traders", "KES")
    assert [request.url.path.rpartition(f"{REALM}/")[2] for request in company.asked] == [
        f"companyinfo/{REALM}",
        "preferences",
    ]


async def test_changes_are_objects_and_deletions():
    payload = {
        "CDCResponse": [
            {
                "QueryResponse": [
                    {"Invoice": [{"Id": "1"}, {"Id": "2", "status": "Deleted"}], "startPosition": 1},
                    {},
                    {"Customer": [{"Id": "3"}]},
                ]
            }
        ]
    }
    company = Answers(answer(payload))
    since = dt.datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=dt.UTC)
    changes = await client(company).cdc(["Invoice", "Payment", "Customer"], since)
    assert changes.objects == {"Invoice": [{"Id": "1"}], "Customer": [{"Id": "3"}]}
    assert changes.deleted == [("Invoice", "2")]
    assert changes.complete
    asked = params(company.asked[0])
    assert asked["entities"] == "Invoice,Payment,Customer"
    assert asked["changedSince"] == "2026-01-02T03:04:05+00:00"


async def test_a_full_change_answer_is_not_complete():
    payload = {"CDCResponse": [{"QueryResponse": [{"Invoice": [{"Id": str(n)} for n in range(1000)]}]}]}
    since = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    assert not (await client(Answers(answer(payload))).cdc(["Invoice"], since)).complete


async def test_an_optional_entity_that_is_unknown_has_no_objects():
    company = Answers(refusal("4001"))
    assert [page async for page in client(company).query_all("Deposit")] == []
    assert await client(company).count("Deposit") == 0
    with pytest.raises(QboError):
        await client(company).count("Invoice")
    with pytest.raises(QboError):
        await client(Answers(refusal("3100", 403))).count("Deposit")


async def test_changes_are_asked_for_without_what_is_unknown():
    since = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    company = Answers(refusal("4001"), answer({"CDCResponse": [{"QueryResponse": [{}]}]}))
    assert (await client(company).cdc(["Invoice", "Deposit"], since)).objects == {}
    assert [params(request)["entities"] for request in company.asked] == ["Invoice,Deposit", "Invoice"]
    for entities in (["Invoice"], ["Deposit"]):
        company = Answers(refusal("4001"))
        with pytest.raises(QboError):
            await client(company).cdc(entities, since)
        assert len(company.asked) == 1


async def test_changes_of_the_settings_may_be_refused():
    since = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    asked = ["CompanyInfo", "Preferences", "Invoice", "Deposit"]
    nothing = answer({"CDCResponse": [{"QueryResponse": [{}]}]})
    hidden = answer({"CDCResponse": [{"QueryResponse": [{"Fault": {"Error": [{"code": "500"}]}}]}]})
    for refused, remain in (
        ((), ("CompanyInfo", "Preferences", "Invoice", "Deposit")),
        ((refusal("4000"),), ("Invoice", "Deposit")),
        ((hidden,), ("Invoice", "Deposit")),
        ((refusal("4001"), refusal("4001")), ("Invoice",)),
    ):
        company = Answers(*refused, nothing)
        assert (await client(company).cdc(asked, since)).asked == remain
        assert len(company.asked) == len(refused) + 1
    with pytest.raises(QboError):
        await client(Answers(refusal("3200", 403))).cdc(asked, since)


async def test_reads_are_counted_and_writes_are_not():
    pace = Holds()
    qbo = client(Answers(rows("Customer", 1)), pace=pace)
    await qbo.query("SELECT * FROM Customer")
    await qbo.query("SELECT * FROM Customer WHERE Id IN ('" + "1" * 2000 + "')")
    await qbo.send(qbo.single("Customer", "create", {}, "r-1"))
    assert [read for _, _, read in pace.turns] == [True, True, False]


async def test_a_report_is_read():
    company = Answers(answer({"Header": {"ReportName": "AgedReceivables"}, "Rows": {}}))
    report = await client(company).report("AgedReceivables", {"end_date": "2026-01-31"})
    assert report["Header"]["ReportName"] == "AgedReceivables"
    assert params(company.asked[0]) == {"minorversion": "75", "end_date": "2026-01-31"}


async def test_a_write_leaves_exactly_as_it_was_built():
    company = Answers(answer(CREATED, intuit_tid="1-5f"))
    qbo = client(company)
    exchange = qbo.single("Invoice", "create", {"TotalAmt": Decimal("1.10")}, "r-1")
    sent = await qbo.send(exchange)
    assert (sent.http_status, sent.tid, sent.payload["Invoice"]["Id"]) == (200, "1-5f", "7")
    request = company.asked[0]
    assert (request.method, request.content) == ("POST", b'{"TotalAmt":1.10}')
    assert params(request) == {"minorversion": "75", "requestid": "r-1"}
    assert request.headers["content-type"] == "application/json"


async def test_a_batch_is_a_success_whose_items_are_read_apart():
    company = Answers(answer({"BatchItemResponse": [{"bId": "1", "Fault": {"Error": [{"code": "6240"}]}}]}))
    qbo = client(company)
    sent = await qbo.send(qbo.batch([BatchItem("1", "Customer", "create", {})], "r-1"))
    assert isinstance(sent.payload, dict)


@pytest.mark.parametrize(
    ("reply", "transport", "sent"),
    [
        (http.ConnectError("refused"), "connect", False),
        (http.ConnectTimeout("late"), "connect", False),
        (http.PoolTimeout("busy"), "connect", False),
        (http.ProxyError("no"), "connect", False),
        (http.ReadTimeout("late"), "timeout", True),
        (http.WriteTimeout("late"), "timeout", True),
        (http.ReadError("reset"), "cut", True),
        (http.WriteError("reset"), "cut", True),
        (http.RemoteProtocolError("incomplete"), "cut", True),
        (http.DecodingError("gzip"), "not_json", True),
        (ConnectionResetError("reset"), "cut", True),
        (answer(b'{"Invoice":{"Id":"7"'), "cut", True),
        (answer(b""), "empty", True),
        (answer(b"<html>login</html>"), "not_json", True),
        (answer({"BatchItemResponse": [], "time": "x"}), "no_op", True),
        (answer({"Payment": {"Id": "7"}}), "no_op", True),
        (answer(CREATED, 302), "", True),
        (refusal("6140"), "", True),
    ],
)
async def test_every_outcome_of_a_write_is_an_answer(reply, transport, sent):
    qbo = client(Answers(reply))
    got = await qbo.send(qbo.single("Invoice", "create", {}, "r-1"))
    assert isinstance(got.payload, Fault)
    assert (got.payload.transport, got.payload.sent) == (transport, sent)


@pytest.mark.parametrize("body", [refusal("3200", 401), answer(b"<html/>", 401), answer({}, 401)])
async def test_an_expired_token_is_renewed_once_and_the_same_bytes_go_again(body):
    company, tokens = Answers(body, answer(CREATED)), FixedTokens()
    qbo = client(company, tokens)
    got = await qbo.send(qbo.single("Invoice", "create", {"TotalAmt": Decimal("1.10")}, "r-1"))
    assert got.payload["Invoice"]["Id"] == "7"
    assert tokens.renewed == ["token-0"]
    first, second = company.asked
    assert first.url == second.url
    assert first.content == second.content
    assert second.headers["authorization"] == "Bearer token-1"


async def test_a_token_refused_twice_is_the_answer():
    company, tokens = Answers(refusal("3200", 401)), FixedTokens()
    qbo = client(company, tokens)
    got = await qbo.send(qbo.single("Invoice", "create", {}, "r-1"))
    assert (got.payload.code, got.payload.http_status, len(company.asked)) == ("3200", 401, 2)


@pytest.mark.parametrize("code", ["100", "120", "130"])
async def test_a_refused_user_is_not_helped_by_a_new_token(code):
    company, tokens = Answers(refusal(code, 401)), FixedTokens()
    with pytest.raises(QboError):
        await client(company, tokens).query("SELECT * FROM Invoice")
    assert tokens.renewed == []


async def test_a_renewal_that_failed_proves_that_nothing_was_sent():
    lost = QboError(Fault(http_status=0, transport="timeout", sent=True))
    qbo = client(Answers(refusal("3200", 401)), FixedTokens(lost))
    got = await qbo.send(qbo.single("Invoice", "create", {}, "r-1"))
    assert (got.payload.transport, got.payload.sent) == ("timeout", False)
    dead = QboError(Fault(http_status=400, messages=(FaultMessage("invalid_grant", "Token invalid"),)))
    with pytest.raises(QboError) as caught:
        await client(Answers(refusal("3200", 401)), FixedTokens(dead)).query("SELECT * FROM Invoice")
    assert caught.value.fault.code == "invalid_grant"


async def test_a_locked_store_is_an_answer_too():
    class Locked(FixedTokens):
        async def access(self):
            raise SecretError("The keyring is locked.")

    company = Answers(answer(CREATED))
    qbo = client(company, Locked())
    got = await qbo.send(qbo.single("Invoice", "create", {}, "r-1"))
    assert (got.payload.sent, got.payload.messages[0].text) == (False, "The keyring is locked.")
    assert company.asked == []


class Holds:
    """A pace that only remembers."""

    def __init__(self):
        self.turns, self.holds = [], []

    async def turn(self, realm, *, batch=False, read=False):
        self.turns.append((realm, batch, read))

    async def pause(self, realm, seconds):
        self.holds.append((realm, seconds))


@pytest.mark.parametrize("reply", [answer(b"slow down", 429), refusal("3001", 429), refusal("3001", 403)])
async def test_throttled_holds_the_whole_company(reply):
    pace = Holds()
    qbo = client(Answers(reply), pace=pace)
    got = await qbo.send(qbo.batch([BatchItem("1", "Customer", "create", {})], "r-1"))
    assert isinstance(got.payload, Fault)
    assert pace.turns == [(REALM, True, False)]
    assert pace.holds == [(REALM, 60.0)]


async def test_no_answer_keeps_the_access_token():
    echo = answer({"Fault": {"Error": [{"code": "3200", "Message": "Token expired: token-0"}]}}, 400)
    qbo = client(Answers(echo))
    got = await qbo.send(qbo.single("Invoice", "create", {}, "r-1"))
    assert b"token-0" not in got.body
    assert "token-0" not in repr(got)
