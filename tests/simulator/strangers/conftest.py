"""A simulator in a process of its own, and the clients of other people pointed at it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import intuitlib.client
import pytest
import quickbooks


@dataclass(frozen=True)
class Sandbox:
    """Where a served company is, as it announced itself."""

    facts: dict[str, str]

    def __getattr__(self, name: str) -> str:
        return self.facts[name]

    def books(self) -> dict[str, object]:
        return httpx.get(f"{self.base_url}/simulator/books").json()


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reach loopback without whatever proxy the machine has."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1,localhost")


@contextmanager
def served() -> Iterator[Sandbox]:
    """Serve the company for other people's clients over loopback, in a process that ends with ours."""
    command = [sys.executable, "-m", "awra_tui.simulator", "--company", "sandbox-us", "--json"]
    command.append("--until-stdin-closes")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield Sandbox(json.loads(process.stdout.readline()))
        finally:
            process.stdin.close()
            process.wait(timeout=20)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One company for all tests of a worker."""
    with served() as found:
        yield found


@pytest.fixture
def fresh_sandbox() -> Iterator[Sandbox]:
    """A company that nobody else talks to: its tokens may be revoked."""
    with served() as found:
        yield found


@pytest.fixture
def auth_client(sandbox: Sandbox) -> Iterator[intuitlib.client.AuthClient]:
    """Intuit's own client for tokens: it takes the address of a discovery document for its environment."""
    client = intuitlib.client.AuthClient(
        client_id=sandbox.client_id,
        client_secret=sandbox.client_secret,
        redirect_uri="http://localhost:8000/callback",
        environment=sandbox.discovery_url,
        access_token=sandbox.access_token,
    )
    yield client
    client.close()


@pytest.fixture
def qb(
    sandbox: Sandbox, auth_client: intuitlib.client.AuthClient, monkeypatch: pytest.MonkeyPatch
) -> Iterator[quickbooks.QuickBooks]:
    """A client of python-quickbooks with only its address changed."""
    # The library that it signs requests with refuses plain http otherwise.
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setattr(quickbooks.QuickBooks, "api_url_v3", f"{sandbox.base_url}/v3")
    client = quickbooks.QuickBooks(
        auth_client=auth_client,
        refresh_token=sandbox.refresh_token,
        company_id=sandbox.realm_id,
        minorversion=75,
    )
    yield client
    client.session.close()
