"""The whole way in a real browser, by keyboard: the page of consent and the page that we answer."""

from pathlib import Path

import pytest

from tests.connect.browser import CHROMIUM, browser
from tests.connect.person import Connecting, Visit, asked

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: no browser to walk in")

CONNECT = ("Tab", "Enter")
REFUSE = ("Tab", "Tab", "Enter")
OTHER_COMPANY = ("ArrowDown", *CONNECT)


def pressing(folder: Path, keys: tuple[str, ...], texts: list[str]) -> Visit:
    """Return a visit that presses keys on the page of consent; it notes both pages and the last address."""

    def visit(address: str) -> None:
        with browser(folder / "chromium") as page:
            page.open(address)
            page.until("document.activeElement && document.activeElement.name === 'realm_id'")
            texts.append(page.evaluate("document.body.innerText"))
            page.press(*keys)
            page.until("location.pathname === '/callback' && document.querySelector('h1') !== null")
            texts.append(page.evaluate("document.body.innerText"))
            texts.append(page.evaluate("location.href"))

    return visit


def test_a_person_refuses_then_connects_then_chooses_the_wrong_company(
    connecting: Connecting, tmp_path: Path
) -> None:
    refused: list[str] = []
    said = connecting.connect(pressing(tmp_path, REFUSE, refused))
    assert (said.code, "Traceback" in said.err) == (2, False), said.err
    assert "declined" in said.err
    assert "declined" in refused[1]
    assert asked(refused[2]) == {"error": "access_denied", "state": asked(refused[2])["state"]}
    assert connecting.secrets == {}

    taken: list[str] = []
    said = connecting.connect(pressing(tmp_path, CONNECT, taken))
    assert (said.code, "Traceback" in said.err) == (0, False), said.err
    assert {"Simulated Trading Co", "Savanna Traders Ltd"} <= names(taken[0])
    assert "can be closed" in taken[1]
    assert asked(taken[2]).keys() == {"code", "state", "realmId"}
    kept = connecting.secrets
    assert kept["shop/refresh_token"]

    wrong: list[str] = []
    said = connecting.connect(pressing(tmp_path, OTHER_COMPANY, wrong), keys="")
    assert (said.code, "Traceback" in said.err) == (2, False), said.err
    assert asked(wrong[2])["realmId"] != connecting.company.realm_id
    for name in ("Simulated Trading Co", "Savanna Traders Ltd", connecting.company.realm_id):
        assert name in said.err
    assert connecting.secrets == kept


def names(text: str) -> set[str]:
    """Return the names of the companies that the page of consent offers, without their ids."""
    return {line.strip().rpartition(" ")[0] for line in text.splitlines()}
