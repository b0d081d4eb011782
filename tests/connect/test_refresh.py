"""Refresh tokens that change: one process renews, the new one is stored before it is used."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from awra_tui.qbo.errors import QboError
from awra_tui.qbo.oauth import Tokens
from awra_tui.records.errors import SecretError
from awra_tui.settings import http
from awra_tui.settings.profile import load_profile
from awra_tui.settings.stores import FileStore, MemoryStore, store_for
from tests.connect.person import Connecting, consent
from tests.simulated import simulated

RENEW = """
import asyncio, os, signal, sys
from awra_tui.qbo.oauth import Tokens
from awra_tui.settings import http, stores
from awra_tui.settings.profile import load_profile

profile, dies_at = load_profile(sys.argv[1]), sys.argv[2]
store = stores.store_for(profile)
keep = store.set

def set(name, value):
    if name.endswith("/" + dies_at):
        os.kill(os.getpid(), signal.SIGKILL)
    keep(name, value)

store.set = set

async def renew():
    async with http.client() as connection:
        tokens = Tokens(store=store, profile_id=profile.id, token_url=profile.qbo.token_url,
                        http=connection, lock=profile.lock_path)
        print("ready", flush=True)
        sys.stdin.readline()
        print(await tokens.renew(sys.argv[3]), flush=True)

asyncio.run(renew())
"""


@pytest.fixture
def connected(connecting: Connecting) -> Connecting:
    """A connection whose refresh token changes with each renewal."""
    assert connecting.connect(consent).code == 0
    switch(connecting, rotate_refresh_tokens=True)
    return connecting


def switch(connecting: Connecting, **switches: object) -> None:
    httpx.post(f"{connecting.company.base_url}/simulator/switches", json=switches).raise_for_status()


def renewing(connecting: Connecting, dies_at: str = "") -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", RENEW, str(connecting.profile), dies_at]
    command.append(connecting.secret("access_token") or "")
    environment = os.environ | {"AWRA_TUI_HOME": str(connecting.home)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    return subprocess.Popen(command, env=environment, text=True, **pipes)


def ready(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"


def test_two_processes_renew_once_and_both_go_on(connected: Connecting) -> None:
    before = connected.secrets
    with renewing(connected) as one, renewing(connected) as two:
        ready(one)
        ready(two)
        for process in (one, two):
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        said = {process.communicate(timeout=30)[0].strip() for process in (one, two)}
    # Of two renewals the second would have brought another token, or would have been refused.
    assert said == {connected.secret("access_token")}
    assert said != {before["shop/access_token"]}
    assert connected.secret("refresh_token") != before["shop/refresh_token"]
    assert connected.run("sync").code == 0


@pytest.mark.skipif(os.name != "posix", reason="processes are killed by a signal")
@pytest.mark.parametrize("dies_at", ["refresh_expires", "access_token", "access_expires"])
def test_killed_once_the_refresh_token_is_stored_it_works_on(connected: Connecting, dies_at: str) -> None:
    before = connected.secret("refresh_token")
    with renewing(connected, dies_at) as process:
        process.communicate("\n", timeout=30)
    assert process.returncode == -signal.SIGKILL
    assert connected.secret("refresh_token") != before
    switch(connected, token_expired=True)
    assert connected.run("sync").code == 0


@pytest.mark.skipif(os.name != "posix", reason="processes are killed by a signal")
def test_killed_between_answer_and_store_it_says_how_to_repair_it(connected: Connecting) -> None:
    before = connected.secrets
    with renewing(connected, "refresh_token") as process:
        process.communicate("\n", timeout=30)
    assert process.returncode == -signal.SIGKILL
    assert connected.secrets == before
    # The access token of before is still good for what is left of its hour.
    assert connected.run("sync").code == 0
    switch(connected, token_expired=True)
    said = connected.run("sync")
    assert said.code == 2
    assert "refresh token" in said.err + said.text
    told = connected.run("connections")
    assert told.code == 1
    assert "Authorise QuickBooks again" in told.text or "awra-tui connect" in told.text
    assert connected.connect(consent, keys="").code == 0
    assert connected.run("sync").code == 0
    assert connected.run("connections").code == 0


class Dying(MemoryStore):
    """A store that fails while a renewal is kept."""

    def set(self, name: str, value: str) -> None:
        raise SecretError("The keyring is locked.")


async def test_nothing_is_used_that_could_not_be_stored(tmp_path: Path) -> None:
    with simulated("empty-us") as company:
        told = company.announced
        secrets = {
            "p/client_id": told.client_id,
            "p/client_secret": told.client_secret,
            "p/refresh_token": told.refresh_token,
            "p/access_token": told.access_token,
        }
        async with http.client() as connection:
            tokens = Tokens(
                store=Dying(secrets),
                profile_id="p",
                token_url=told.token_url,
                http=connection,
                lock=tmp_path / "p.lock",
            )
            with pytest.raises(SecretError, match=r"keyring is locked\. .* run awra-tui connect") as caught:
                await tokens.renew(told.access_token)
            assert "RT1" not in str(caught.value)
            # It is not in memory either: the next one asks the store again.
            assert await tokens.access() == told.access_token


async def test_tasks_of_many_stores_share_one_renewal(connected: Connecting) -> None:
    profile = load_profile(str(connected.profile))
    old = connected.secret("access_token") or ""
    async with http.client() as connection:
        several = [
            Tokens(
                store=store_for(profile),
                profile_id="shop",
                token_url=profile.qbo.token_url,
                http=connection,
                lock=profile.lock_path,
            )
            for _ in range(5)
        ]
        found = set(await asyncio.gather(*(one.renew(old) for one in several)))
    assert found == {connected.secret("access_token")}


async def test_a_dead_refresh_token_is_an_error_for_a_person(connected: Connecting, tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "p.json"
    store = FileStore(path)
    for name, value in connected.secrets.items():
        store.set(name, value)
    store.set("shop/refresh_token", "RT1.dead")
    async with http.client() as connection:
        tokens = Tokens(
            store=store,
            profile_id="shop",
            token_url=connected.company.token_url,
            http=connection,
            lock=tmp_path / "p.lock",
        )
        with pytest.raises(QboError) as caught:
            await tokens.renew(connected.secret("access_token") or "")
    assert caught.value.fault.code == "invalid_grant"
    assert "RT1.dead" not in str(caught.value)
    assert json.loads(path.read_text())["shop/refresh_token"] == "RT1.dead"
