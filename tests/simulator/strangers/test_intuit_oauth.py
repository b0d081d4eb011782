"""Intuit's own client for tokens against the simulator, sent there by its discovery document alone."""

import httpx
import pytest
from intuitlib.client import AuthClient
from intuitlib.enums import Scopes
from intuitlib.exceptions import AuthClientError

from tests.simulator.strangers.conftest import Sandbox


@pytest.fixture
def sandbox(fresh_sandbox: Sandbox) -> Sandbox:
    """A company of each test's own: what is revoked here is missing elsewhere."""
    return fresh_sandbox


def connected(client: AuthClient, **chosen: str) -> AuthClient:
    """Walk the way that a person walks in a browser, to tokens of the client's own."""
    address = client.get_authorization_url([Scopes.ACCOUNTING], state_token="one-time")
    with httpx.Client() as browser:
        assert browser.get(address).status_code == 200
        back = browser.post(address, data=chosen).headers["location"]
    query = httpx.URL(back).params
    assert query["state"] == "one-time"
    client.get_bearer_token(query["code"], realm_id=query["realmId"])
    return client


def reads(sandbox: Sandbox, client: AuthClient) -> int:
    address = f"{sandbox.base_url}/v3/company/{client.realm_id}/companyinfo/{client.realm_id}"
    return httpx.get(address, headers={"Authorization": f"Bearer {client.access_token}"}).status_code


def test_the_discovery_document_names_every_address(sandbox: Sandbox, auth_client: AuthClient) -> None:
    found = (auth_client.auth_endpoint, auth_client.token_endpoint, auth_client.revoke_endpoint)
    assert found == (sandbox.authorize_url, sandbox.token_url, sandbox.revoke_url)
    assert auth_client.get_user_info().json()["familyName"] == "Accountant"
    assert httpx.get(auth_client.jwks_uri).json() == {"keys": []}
    with pytest.raises(AuthClientError):
        auth_client.get_user_info(access_token="nobody's")


def test_a_connection_from_consent_to_revocation(sandbox: Sandbox, auth_client: AuthClient) -> None:
    client = connected(auth_client)
    assert (client.realm_id, client.expires_in) == (sandbox.realm_id, 3600)
    assert client.x_refresh_token_expires_in == 8_726_400
    assert reads(sandbox, client) == 200
    before = (client.access_token, client.refresh_token)
    client.refresh()
    # As at Intuit, the refresh token stays for a day.
    assert (client.access_token != before[0], client.refresh_token) == (True, before[1])
    assert reads(sandbox, client) == 200
    assert client.revoke(token=client.access_token)
    assert reads(sandbox, client) == 401
    assert client.revoke(token=client.refresh_token)
    with pytest.raises(AuthClientError):
        client.refresh()


def test_another_company_is_chosen_and_no_token_opens_both(sandbox: Sandbox, auth_client: AuthClient) -> None:
    ours = connected(auth_client).access_token
    offered = httpx.get(f"{sandbox.base_url}/simulator/state", params={"company": "empty-us"}).json()
    client = connected(auth_client, realm_id=offered["realm_id"])
    assert (client.realm_id, reads(sandbox, client)) == (offered["realm_id"], 200)
    client.access_token = ours
    assert reads(sandbox, client) == 403
    client.realm_id = sandbox.realm_id
    assert reads(sandbox, client) == 200
    client.refresh()
    assert reads(sandbox, client) == 403


def test_a_refused_refresh_is_told(auth_client: AuthClient) -> None:
    with pytest.raises(AuthClientError) as refused:
        auth_client.refresh(refresh_token="none of ours")
    assert (refused.value.status_code, "invalid_grant" in str(refused.value.content)) == (400, True)
