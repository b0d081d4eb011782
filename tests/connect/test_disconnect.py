"""Disconnecting ends the connection at Intuit first, then here."""

import json

import httpx
import pytest

from tests.connect.person import Connecting, consent

TOKENS = {f"shop/{name}" for name in ("access_token", "access_expires", "refresh_token", "refresh_expires")}


@pytest.fixture
def connected(connecting: Connecting) -> Connecting:
    assert connecting.connect(consent).code == 0
    return connecting


def is_alive(connecting: Connecting, refresh_token: str) -> bool:
    told = connecting.company
    answer = httpx.post(
        told.token_url,
        data={"grant_type": "refresh_token", "refresh_token": refresh_token},
        auth=(told.client_id, told.client_secret),
        timeout=10,
    )
    return answer.status_code == 200


def test_the_connection_ends_at_intuit_and_here(connected: Connecting) -> None:
    token = connected.secret("refresh_token") or ""
    said = connected.run("disconnect", "--yes", "--json")
    assert said.code == 0, said.err
    assert (said.data["revoked"], said.data["removed"]) == (True, True)
    assert "Connections of records stay" in said.data["sentence"]
    assert not is_alive(connected, token)
    assert connected.secrets.keys() == {"shop/client_id", "shop/client_secret"}
    assert connected.run("sync").code == 2
    assert connected.connect(consent, keys="").code == 0


def test_the_app_is_forgotten_when_asked_for(connected: Connecting) -> None:
    assert connected.run("disconnect", "--yes", "--app").code == 0
    assert connected.secrets == {}


def test_without_a_connection_there_is_nothing_to_end(connecting: Connecting) -> None:
    said = connecting.run("disconnect", "--yes", "--json")
    assert (said.code, said.data["removed"]) == (0, False)


def test_a_connection_that_intuit_ended_already_is_removed(connected: Connecting) -> None:
    told = connected.company
    httpx.post(
        told.revoke_url,
        content=json.dumps({"token": connected.secret("refresh_token")}),
        auth=(told.client_id, told.client_secret),
        timeout=10,
    ).raise_for_status()
    assert connected.run("disconnect", "--yes").code == 0
    assert not connected.secrets.keys() & TOKENS


@pytest.mark.parametrize("trouble", ["unreachable", "no address", "no app"])
def test_what_intuit_cannot_do_now_is_done_here_only_by_force(connected: Connecting, trouble: str) -> None:
    token = connected.secret("refresh_token") or ""
    if trouble == "unreachable":
        connected.edit(connected.company.revoke_url, "http://127.0.0.1:1/revoke")
    elif trouble == "no address":
        connected.edit(f'revoke_url = "{connected.company.revoke_url}"\n', "")
    else:
        path = connected.home / "data" / "secrets" / "shop.json"
        path.write_text(
            json.dumps({k: v for k, v in connected.secrets.items() if not k.endswith("client_id")})
        )
    said = connected.run("disconnect", "--yes")
    assert said.code == 2
    assert "--force" in said.err
    assert connected.secret("refresh_token") == token
    forced = connected.run("disconnect", "--yes", "--force")
    assert forced.code == 0
    assert "removed here only" in forced.text
    assert not connected.secrets.keys() & TOKENS
    assert is_alive(connected, token)


def test_it_asks_first(connected: Connecting) -> None:
    said = connected.run("disconnect")
    assert said.code == 2
    assert "--yes" in said.err
    assert connected.secrets.keys() >= TOKENS
