"""Two companies in one simulator: the page that lets a person choose, and tokens that open one of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from awra_tui.simulator import companies, jsontext
from awra_tui.simulator.app import Site, site_application
from awra_tui.simulator.company import Company
from awra_tui.simulator.server import announcement
from tests.simulated import simulated
from tests.simulator.qbo import ANCHOR, Qbo, Watch

QUESTION = {
    "client_id": "simulator-client",
    "response_type": "code",
    "redirect_uri": "https://app.example/back?from=here",
    "state": '"><script>alert(1)</script>',
    "scope": "com.intuit.quickbooks.accounting",
}
APP = ("simulator-client", "simulator-secret")


@pytest.fixture
async def both(watch: Watch, tmp_path: Path) -> AsyncIterator[Qbo]:
    """A client of the first of two companies."""
    site = Site(Company("empty-us", tmp_path / "books", ANCHOR), Company("nairobi", None, ANCHOR))
    found = Qbo.over(site_application(site))
    yield found
    await found.http.aclose()
    for company in site.companies:
        company.close()


def other(both: Qbo) -> Company:
    return both.app.state.site.companies[1]


async def answered(both: Qbo, **form: str) -> httpx.URL:
    """Answer the page and return where the browser is sent."""
    answer = await both.http.post("/connect/oauth2", params=QUESTION, data=form)
    assert (answer.status_code, answer.headers["cache-control"]) == (302, "no-store")
    return httpx.URL(answer.headers["location"])


async def granted(both: Qbo, **form: str) -> dict[str, str]:
    """Consent, and exchange the code for tokens."""
    code = (await answered(both, **form)).params["code"]
    return await tokens(
        both, grant_type="authorization_code", code=code, redirect_uri=QUESTION["redirect_uri"]
    )


async def tokens(both: Qbo, **form: str) -> dict[str, str]:
    answer = await both.http.post("/oauth2/v1/tokens/bearer", data=form, auth=APP)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def read(both: Qbo, realm: str, token: str) -> httpx.Response:
    return await both.http.get(
        f"/v3/company/{realm}/companyinfo/{realm}", headers={"Authorization": f"Bearer {token}"}
    )


async def test_the_page_offers_both_companies_and_is_kept_nowhere(both: Qbo) -> None:
    info = both.company.store.get("CompanyInfo", "1")
    assert info
    info.body["CompanyName"] = "<b>Bold & Sons</b>"
    page = await both.http.get("/connect/oauth2", params=QUESTION)
    assert page.status_code == 200
    assert (page.headers["cache-control"], page.headers["x-content-type-options"]) == ("no-store", "nosniff")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.text.count('type="radio"') == 2
    assert "&lt;b&gt;Bold &amp; Sons&lt;/b&gt;" in page.text
    assert "Savanna Traders Ltd" in page.text
    assert "<b>" not in page.text
    assert "<script" not in page.text


async def test_a_refusal_goes_back_without_a_code(both: Qbo) -> None:
    back = await answered(both, answer="refuse", realm_id=other(both).realm_id)
    assert dict(back.params) == {"from": "here", "error": "access_denied", "state": QUESTION["state"]}


@pytest.mark.parametrize("place", [0, 1])
async def test_a_token_opens_the_company_it_was_granted_for_alone(both: Qbo, place: int) -> None:
    ours, theirs = (both.app.state.site.companies[at] for at in (place, 1 - place))
    back = await answered(both, answer="connect", realm_id=ours.realm_id)
    assert (back.params["realmId"], back.params["state"]) == (ours.realm_id, QUESTION["state"])
    found = await granted(both, realm_id=ours.realm_id)
    for token in (
        found,
        await tokens(both, grant_type="refresh_token", refresh_token=found["refresh_token"]),
    ):
        info = (await read(both, ours.realm_id, token["access_token"])).json()["CompanyInfo"]
        assert info["CompanyName"] == ours.definition.info["CompanyName"]
        refused = await read(both, theirs.realm_id, token["access_token"])
        assert refused.status_code == 403
        assert refused.json()["fault"]["error"][0]["code"] == "3100"
    stranger = await read(both, ours.realm_id, "nobody's")
    assert (stranger.status_code, stranger.json()["fault"]["error"][0]["code"]) == (401, "3200")


async def test_revoking_one_connection_leaves_the_other(both: Qbo) -> None:
    first = await granted(both)
    second = await granted(both, realm_id=other(both).realm_id)
    gone = await both.http.post("/v2/oauth2/tokens/revoke", json={"token": second["refresh_token"]}, auth=APP)
    assert gone.status_code == 200
    assert (await read(both, other(both).realm_id, second["access_token"])).status_code == 401
    assert (await read(both, both.company.realm_id, first["access_token"])).status_code == 200


@pytest.mark.parametrize("field", ["client_id", "response_type", "redirect_uri", "state"])
async def test_a_question_without_its_parts_is_told_and_sends_nobody_away(both: Qbo, field: str) -> None:
    wanted = {**QUESTION, field: "nonsense" if field != "state" else ""}
    for answer in (
        await both.http.get("/connect/oauth2", params=wanted),
        await both.http.post("/connect/oauth2", params=wanted, data={"answer": "refuse"}),
    ):
        assert answer.status_code == 400
        assert field in answer.text


async def test_a_company_that_was_not_offered_cannot_be_chosen(both: Qbo) -> None:
    answer = await both.http.post("/connect/oauth2", params=QUESTION, data={"realm_id": "1"})
    assert (answer.status_code, "location" in answer.headers) == (200, False)


async def test_the_side_path_reaches_each_company_by_its_name(both: Qbo) -> None:
    await both.http.post("/simulator/switches", params={"company": "nairobi"}, json={"throttle": True})
    looks = [
        jsontext.loads((await both.http.get("/simulator/state", params=params)).content)
        for params in ({}, {"company": "nairobi"})
    ]
    assert [(one["company"], one["switches"]["throttle"]) for one in looks] == [
        ("empty-us", False),
        ("nairobi", True),
    ]
    assert (await both.http.get("/simulator/state", params={"company": "atlantis"})).status_code == 404
    access = announcement(other(both), "http://qbo")["access_token"]
    assert (await read(both, other(both).realm_id, access)).status_code == 429
    assert (await both.get("preferences")).status_code == 200


async def test_the_limits_of_an_application_are_shared_by_its_companies(both: Qbo) -> None:
    for name in ("empty-us", "nairobi"):
        await both.http.post("/simulator/switches", params={"company": name}, json={"limits": True})
    access = announcement(other(both), "http://qbo")["access_token"]
    statuses = [(await both.get("preferences")).status_code for _ in range(6)]
    statuses += [(await read(both, other(both).realm_id, access)).status_code for _ in range(5)]
    assert statuses == [200] * 10 + [429]


async def test_each_company_remembers_its_tokens_in_its_own_file(tmp_path: Path, watch: Watch) -> None:
    paths = {"empty-us": tmp_path / "a", "nairobi": tmp_path / "b"}
    site = Site(*(Company(name, path, ANCHOR) for name, path in paths.items()))
    found = await granted(Qbo.over(site_application(site)), realm_id=site.companies[1].realm_id)
    for company in site.companies:
        company.close()
    again = Company("nairobi", paths["nairobi"])
    kept = announcement(again, "http://qbo")
    again.close()
    assert kept["access_token"] == found["access_token"]


def test_a_served_company_has_the_other_one_in_a_file_beside_its_own(tmp_path: Path) -> None:
    with simulated("nairobi", "--company", "sandbox-us", "--state", str(tmp_path / "books")) as found:
        looked = httpx.get(
            f"{found.announced.base_url}/simulator/state", params={"company": "sandbox-us"}, timeout=10
        )
    assert looked.json()["counts"]["Account"] > 20
    assert {"books", "books.sandbox-us"} <= {path.name for path in tmp_path.iterdir()}


def test_a_second_company_comes_along_unless_two_are_named() -> None:
    assert companies.beside(["empty-us"]) == ("empty-us", "nairobi")
    assert companies.beside(["sandbox-us"]) == ("sandbox-us", "empty-us")
    assert companies.beside(["nairobi", "sandbox-us", "nairobi"]) == ("nairobi", "sandbox-us")
