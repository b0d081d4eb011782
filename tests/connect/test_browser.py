"""The whole way in a real browser: the page of consent, its button, and the page that we answer."""

from pathlib import Path

import pytest

from tests.connect.browser import CHROMIUM, browser
from tests.connect.person import Connecting, asked

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


def test_a_person_connects_in_chromium(connecting: Connecting, tmp_path: Path) -> None:
    texts = []

    def visit(address: str) -> None:
        with browser(tmp_path / "chromium") as page:
            page.open(address)
            page.until("document.querySelector('form button') !== null")
            texts.append(page.evaluate("document.body.innerText"))
            page.evaluate("document.querySelector('form button').click()")
            texts.append(page.until("document.querySelector('h1') && document.body.innerText"))
            texts.append(page.evaluate("location.href"))

    said = connecting.connect(visit)
    assert said.code == 0, said.err
    consent_page, our_page, place = texts
    assert "Connect" in consent_page
    assert "can be closed" in our_page
    assert asked(place).keys() == {"code", "state", "realmId"}
    assert connecting.secret("refresh_token")
