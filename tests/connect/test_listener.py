"""The listener takes one answer, on loopback only, and tells the browser what happened."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlencode

import httpx
import pytest

from awra_tui.actions.callback import CallbackError, Consent
from awra_tui.actions.listener import listening
from awra_tui.records.errors import AwraError
from tests.connect.person import asked


def question(redirect_url: str, life: timedelta = timedelta(minutes=5)) -> Consent:
    return Consent(
        authorize_url="http://x.test", client_id="a", redirect_url=f"{redirect_url}?kept=1", life=life
    )


def answer(consent: Consent, **fields: str) -> str:
    state = {"state": asked(consent.address)["state"]}
    return consent.redirect_url + "&" + urlencode({**state, "code": "X", "realmId": "7", **fields})


async def test_the_browser_is_told_and_the_answer_arrives(redirect_url: str) -> None:
    consent = question(redirect_url)
    async with listening(consent) as listener, httpx.AsyncClient() as browser:
        page = await browser.get(answer(consent))
        assert (await listener.callback()).realm == "7"
        assert page.status_code == 200
        assert "can be closed" in page.text
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        again = await browser.get(answer(consent))
        assert again.status_code == 400
        assert "only once" in again.text
    async with httpx.AsyncClient() as browser:
        with pytest.raises(httpx.ConnectError):
            await browser.get(answer(consent))


async def test_whatever_else_is_asked_changes_nothing(redirect_url: str) -> None:
    consent = question(redirect_url)
    root = redirect_url.removesuffix("/callback")
    async with listening(consent) as listener, httpx.AsyncClient() as browser:
        assert (await browser.get(f"{root}/favicon.ico")).status_code == 404
        assert (await browser.post(answer(consent))).status_code == 405
        assert (await browser.get(answer(consent, state="<b>"))).status_code == 400
        await _raw(redirect_url, b"nonsense\r\n\r\n")
        await _raw(redirect_url, b"GET /" + b"x" * 40_000)
        await _raw(redirect_url, b"")
        assert (await browser.get(answer(consent))).status_code == 200
        assert (await listener.callback()).code == "X"


async def _raw(redirect_url: str, sent: bytes) -> None:
    port = int(redirect_url.rpartition(":")[2].partition("/")[0])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    writer.write_eof()
    with suppress(ConnectionError):
        await reader.read()
    writer.close()


async def test_markup_of_strangers_is_text(redirect_url: str) -> None:
    consent = question(redirect_url)
    async with listening(consent) as listener, httpx.AsyncClient() as browser:
        page = await browser.get(answer(consent, error="<script>"))
        assert "<script>" not in page.text
        with pytest.raises(CallbackError, match="refused"):
            await listener.callback()


async def test_nobody_waits_longer_than_the_question_lives(redirect_url: str) -> None:
    consent = question(redirect_url, timedelta(milliseconds=20))
    async with listening(consent) as listener:
        with pytest.raises(CallbackError, match="--paste"):
            await listener.callback()


async def test_only_loopback_is_listened_at(redirect_url: str) -> None:
    async with listening(question(redirect_url)) as listener:
        hosts = {place.getsockname()[0] for server in listener.servers for place in server.sockets}
    assert "127.0.0.1" in hosts
    assert hosts <= {"127.0.0.1", "::1"}


async def test_a_taken_port_is_a_sentence(redirect_url: str) -> None:
    async with listening(question(redirect_url)):
        with pytest.raises(AwraError, match="--paste"):
            async with listening(question(redirect_url)):
                pass
