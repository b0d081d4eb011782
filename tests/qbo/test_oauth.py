import asyncio
import base64
import datetime as dt
from urllib.parse import parse_qs

import pytest

from awra_tui.qbo.errors import QboError
from awra_tui.qbo.oauth import App, Tokens, exchange_code, keep, refresh, revoke
from awra_tui.records import clock
from awra_tui.settings import http
from awra_tui.settings.stores import MemoryStore
from tests.qbo.company import Answers, answer

URL = "http://auth.test/token"
APP = App("client", "s3cret")
GRANT = {
    "token_type": "bearer",
    "access_token": "A2",
    "refresh_token": "R2",
    "expires_in": 3600,
    "x_refresh_token_expires_in": 8726400,
}
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    moment = [NOW]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    return moment


def stored(access="A1", ends=NOW + dt.timedelta(hours=1), **more):
    secrets = {
        "client_id": "client",
        "client_secret": "s3cret",
        "access_token": access,
        "access_expires": clock.stamp(ends),
        "refresh_token": "R1",
        **more,
    }
    return MemoryStore({f"p/{name}": value for name, value in secrets.items()})


def tokens(answers, store, tmp_path):
    connection = http.client(transport=http.MockTransport(answers))
    return Tokens(store=store, profile_id="p", token_url=URL, http=connection, lock=tmp_path / "p.lock")


async def test_a_valid_token_is_used_without_asking(tmp_path):
    answers = Answers(answer({}, 500))
    assert await tokens(answers, stored(), tmp_path).access() == "A1"
    assert answers.asked == []


async def test_a_token_near_its_end_is_renewed_and_everything_is_stored(tmp_path):
    answers, store = Answers(answer(GRANT)), stored(ends=NOW + dt.timedelta(seconds=30))
    assert await tokens(answers, store, tmp_path).access() == "A2"
    request = answers.asked[0]
    pair = base64.b64encode(b"client:s3cret").decode()
    assert str(request.url) == URL
    assert request.headers["authorization"] == f"Basic {pair}"
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(request.content.decode()) == {"grant_type": ["refresh_token"], "refresh_token": ["R1"]}
    assert store.get("p/refresh_token") == "R2"
    assert store.get("p/access_token") == "A2"
    assert store.get("p/access_expires") == clock.stamp(NOW + dt.timedelta(hours=1))
    assert store.get("p/refresh_expires") == clock.stamp(NOW + dt.timedelta(seconds=8726400))


async def test_a_token_in_memory_ends_too(tmp_path, now):
    answers, store = Answers(answer(GRANT)), stored()
    known = tokens(answers, store, tmp_path)
    assert await known.access() == "A1"
    now[0] += dt.timedelta(hours=2)
    assert await known.access() == "A2"


async def test_the_refresh_token_is_stored_first(tmp_path):
    order = []

    class Noting(MemoryStore):
        def set(self, name, value):
            order.append(name)
            super().set(name, value)

    store = Noting(stored()._secrets)
    await tokens(Answers(answer(GRANT)), store, tmp_path).renew("A1")
    assert order[0] == "p/refresh_token"
    assert order.index("p/access_token") < order.index("p/access_expires")


async def test_another_processs_new_token_is_used_instead_of_renewing(tmp_path):
    answers, store = Answers(answer(GRANT)), stored(access="A7")
    assert await tokens(answers, store, tmp_path).renew("A1") == "A7"
    assert answers.asked == []


async def test_many_who_were_rejected_renew_once(tmp_path):
    answers, store = Answers(answer(GRANT)), stored()
    mine, theirs = tokens(answers, store, tmp_path), tokens(answers, store, tmp_path)
    calls = [mine.renew("A1"), theirs.renew("A1"), mine.renew("A1"), theirs.renew("A1")]
    assert await asyncio.gather(*calls) == ["A2"] * 4
    assert len(answers.asked) == 1


async def test_an_answer_without_a_new_refresh_token_keeps_the_old_one(tmp_path):
    bare = {name: GRANT[name] for name in ("token_type", "access_token", "expires_in")}
    store = stored()
    assert await tokens(Answers(answer(bare)), store, tmp_path).renew("A1") == "A2"
    assert store.get("p/refresh_token") == "R1"


@pytest.mark.parametrize(
    ("reply", "code", "transport"),
    [
        (
            answer({"error": "invalid_grant", "error_description": "No"}, 400),
            "invalid_grant",
            "",
        ),
        (answer({"error": "invalid_client"}, 401), "invalid_client", ""),
        (answer(b"<html>busy</html>", 503), "", "not_json"),
        (answer(b"", 200), "", "empty"),
        (answer({"token_type": "bearer"}, 200), "", "no_op"),
        (http.ReadTimeout("late"), "", "timeout"),
        (http.ConnectError("refused"), "", "connect"),
    ],
)
async def test_a_refused_renewal_is_an_error_and_changes_nothing(tmp_path, reply, code, transport):
    store = stored()
    with pytest.raises(QboError) as caught:
        await tokens(Answers(reply), store, tmp_path).renew("A1")
    assert (caught.value.fault.code, caught.value.fault.transport) == (code, transport)
    assert store.get("p/refresh_token") == "R1"


@pytest.mark.parametrize("missing", ["client_id", "client_secret", "refresh_token"])
async def test_a_profile_that_was_never_connected_says_so(tmp_path, missing):
    answers, store = Answers(answer(GRANT)), stored(access="")
    store.delete(f"p/{missing}")
    with pytest.raises(QboError, match="awra-tui connect") as caught:
        await tokens(answers, store, tmp_path).access()
    assert caught.value.fault.code == "company_not_connected"
    assert not caught.value.fault.sent
    assert answers.asked == []


@pytest.mark.parametrize("ends", ["", "soon"])
async def test_a_token_whose_end_is_not_known_is_tried_first(tmp_path, ends):
    answers, store = Answers(answer(GRANT)), stored(access_expires=ends)
    known = tokens(answers, store, tmp_path)
    assert await known.access() == "A1"
    assert answers.asked == []
    assert await known.renew("A1") == "A2"


async def test_grants_and_apps_do_not_show_their_secrets():
    connection = http.client(transport=http.MockTransport(Answers(answer(GRANT))))
    shown = repr(await refresh(connection, URL, APP, "R1")) + repr(APP)
    assert not any(secret in shown for secret in ("A2", "R2", "s3cret"))


@pytest.mark.parametrize("reply", [{"refresh_token": "R9"}, {"refresh_token": "R9", "error": "odd"}])
async def test_no_secret_is_in_an_error(reply):
    connection = http.client(transport=http.MockTransport(Answers(answer(reply))))
    with pytest.raises(QboError) as caught:
        await refresh(connection, URL, APP, "R1")
    shown = str(caught.value) + repr(caught.value.fault)
    assert not any(secret in shown for secret in ("R9", "R1", "s3cret"))


async def test_the_code_of_a_callback_is_exchanged():
    answers = Answers(answer(GRANT))
    connection = http.client(transport=http.MockTransport(answers))
    grant = await exchange_code(connection, URL, APP, "C 1", "http://localhost:8484/callback")
    assert (grant.access_token, grant.refresh_token) == ("A2", "R2")
    assert parse_qs(answers.asked[0].content.decode()) == {
        "grant_type": ["authorization_code"],
        "code": ["C 1"],
        "redirect_uri": ["http://localhost:8484/callback"],
    }
    store = MemoryStore()
    await keep(store, "p", grant)
    assert store.get("p/refresh_token") == "R2"


async def test_a_connection_is_revoked_by_its_token():
    answers = Answers(answer(b"", 200))
    connection = http.client(transport=http.MockTransport(answers))
    await revoke(connection, "http://auth.test/revoke", APP, "R1")
    assert answers.asked[0].content == b'{"token":"R1"}'
    for reply, code in (
        (answer({"error": "invalid_request"}, 400), "invalid_request"),
        (answer(b"", 500), ""),
    ):
        connection = http.client(transport=http.MockTransport(Answers(reply)))
        with pytest.raises(QboError) as caught:
            await revoke(connection, "http://auth.test/revoke", APP, "R1")
        assert caught.value.fault.code == code
