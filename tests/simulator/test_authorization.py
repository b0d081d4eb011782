"""Authorization: tokens that change and end, consent, the discovery document."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from awra_tui.simulator.server import announcement, application
from tests.simulator.qbo import ANCHOR, Qbo, Watch, basic, refresh


async def test_refresh_tokens_change_and_the_old_one_dies(qbo: Qbo) -> None:
    first = qbo.access["refresh_token"]
    answer = await refresh(qbo, first, basic(qbo))
    found = answer.json()
    assert {"token_type", "access_token", "refresh_token", "expires_in", "x_refresh_token_expires_in"} == set(
        found
    )
    assert (found["expires_in"], found["refresh_token"] != first) == (3600, True)
    refused = await refresh(qbo, first, basic(qbo))
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")
    client = {name: qbo.access[name] for name in ("client_id", "client_secret")}
    assert (await refresh(qbo, found["refresh_token"], {"Authorization": ""}, **client)).status_code == 200
    wrong = await refresh(qbo, found["refresh_token"], {"Authorization": "Basic eDp5"})
    assert (wrong.status_code, wrong.json()) == (401, {"error": "invalid_client"})


async def test_refresh_tokens_can_be_made_to_last(qbo: Qbo) -> None:
    await qbo.switch(rotate_refresh_tokens=False)
    first = qbo.access["refresh_token"]
    assert (await refresh(qbo, first, basic(qbo))).json()["refresh_token"] == first


async def test_refresh_tokens_live_on_by_their_use_for_five_years(watch: Watch, qbo: Qbo) -> None:
    token, begun = qbo.access["refresh_token"], watch.now
    watch.forward(days=100)
    found = (await refresh(qbo, token, basic(qbo))).json()
    assert found["x_refresh_token_expires_in"] == 101 * 86_400
    while watch.now - begun < timedelta(days=5 * 365 - 50):
        watch.forward(days=50)
        found = (await refresh(qbo, found["refresh_token"], basic(qbo))).json()
    left = begun + timedelta(days=5 * 365) - watch.now
    assert found["x_refresh_token_expires_in"] == left.total_seconds() < 51 * 86_400
    watch.forward(seconds=left.total_seconds())
    assert (await refresh(qbo, found["refresh_token"], basic(qbo))).json()["error"] == "invalid_grant"


async def test_a_refresh_token_that_nobody_uses_dies_after_101_days(watch: Watch, qbo: Qbo) -> None:
    watch.forward(days=101)
    refused = await refresh(qbo, qbo.access["refresh_token"], basic(qbo))
    assert refused.json()["error"] == "invalid_grant"
    assert announcement(qbo.company, "http://qbo")["refresh_token"] != qbo.access["refresh_token"]


@pytest.mark.parametrize("form", ["json", "data"])
async def test_a_revoked_token_opens_nothing(qbo: Qbo, form: str) -> None:
    sent: dict[str, Any] = {form: {"token": qbo.access["refresh_token"]}}
    answer = await qbo.http.post("/v2/oauth2/tokens/revoke", headers=basic(qbo), **sent)
    assert answer.status_code == 200
    assert (await qbo.get("companyinfo/1")).status_code == 401
    assert (await refresh(qbo, qbo.access["refresh_token"], basic(qbo))).status_code == 400


async def test_a_person_consents_and_the_code_works_once(qbo: Qbo) -> None:
    back = "http://localhost:8000/callback"
    asked = {
        "client_id": qbo.access["client_id"],
        "response_type": "code",
        "scope": "com.intuit.quickbooks.accounting",
        "redirect_uri": back,
        "state": "abc",
    }
    page = await qbo.http.get("/connect/oauth2", params=asked)
    assert "Simulated Trading Co" in page.text
    answer = await qbo.http.post("/connect/oauth2", params=asked)
    found = parse_qs(urlsplit(answer.headers["location"]).query)
    assert (found["state"], found["realmId"]) == (["abc"], [qbo.access["realm_id"]])
    form = {"grant_type": "authorization_code", "code": found["code"][0], "redirect_uri": back}
    granted = await qbo.http.post("/oauth2/v1/tokens/bearer", data=form, headers=basic(qbo))
    assert granted.json()["refresh_token"]
    again = await qbo.http.post("/oauth2/v1/tokens/bearer", data=form, headers=basic(qbo))
    assert again.json() == {"error": "invalid_grant", "error_description": "Token invalid"}
    assert (await qbo.http.get("/connect/oauth2", params={**asked, "state": ""})).status_code == 400


async def test_the_discovery_document_names_the_endpoints(qbo: Qbo) -> None:
    path = urlsplit(qbo.access["discovery_url"]).path
    found = (await qbo.http.get(path)).json()
    assert found["token_endpoint"] == qbo.access["token_url"]
    assert found["revocation_endpoint"] == qbo.access["revoke_url"]
    assert found["authorization_endpoint"] == qbo.access["authorize_url"]


async def test_in_the_sandbox_a_refresh_token_lasts_a_day_and_then_changes(watch: Watch) -> None:
    qbo = Qbo.over(application("sandbox-us", None, ANCHOR))
    given = qbo.access["refresh_token"]
    for hours, same in ((23, True), (1, False)):
        watch.forward(hours=hours)
        answer = (await refresh(qbo, given, basic(qbo))).json()
        assert (answer["refresh_token"] == given) is same
    assert (await refresh(qbo, given, basic(qbo))).status_code == 400
    await qbo.http.aclose()
