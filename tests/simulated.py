"""A simulated company as a process of its own, spoken to over real HTTP on loopback."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec

from awra_tui.actions.authorize import Announced, import_secrets
from awra_tui.qbo.json import decode_object
from awra_tui.settings.profile import Profile, load_profile
from tests.office import FAST, known


class Simulated:
    """A running company: what it announced, and its books."""

    def __init__(self, announced: Announced) -> None:
        self.announced = announced
        self._access = announced.access_token

    @property
    def settings(self) -> tuple[str, ...]:
        """Return what a profile is told with --set to reach it, without any pace."""
        told = self.announced
        return (
            f"qbo.realm_id={told.realm_id}",
            f"qbo.api_base_url={told.base_url}",
            f"qbo.token_url={told.token_url}",
            *FAST,
        )

    def profile(self, path: Path, *overrides: str) -> Profile:
        """Load a profile that may speak to it."""
        loaded = load_profile(str(path), [*self.settings, *overrides])
        import_secrets(loaded, self.announced)
        return loaded

    def books(self) -> dict[str, Any]:
        """Return its trial balance."""
        return self._look("books")

    def counts(self) -> dict[str, int]:
        """Return how many objects there are of each entity that has any."""
        return dict(self._look("state")["counts"])

    def _look(self, name: str) -> dict[str, Any]:
        answer = httpx.get(f"{self.announced.base_url}/simulator/{name}", timeout=10)
        return decode_object(answer.content)

    def switch(self, **switches: bool) -> None:
        """Set switches of rehearsal."""
        httpx.post(f"{self.announced.base_url}/simulator/switches", json=switches).raise_for_status()

    def all(self, entity: str) -> list[dict[str, Any]]:
        """Return every object of an entity, asked for as a client would."""
        found: list[dict[str, Any]] = []
        while True:
            statement = f"SELECT * FROM {entity} ORDERBY Id STARTPOSITION {len(found) + 1} MAXRESULTS 1000"
            answer = self._asked(statement)
            if answer.status_code == 401:
                self._renew()
                continue
            page = decode_object(answer.content)["QueryResponse"].get(entity, [])
            found += page
            if len(page) < 1000:
                return found

    def _asked(self, statement: str) -> httpx.Response:
        told = self.announced
        return httpx.get(
            f"{told.base_url}/v3/company/{told.realm_id}/query",
            params={"query": statement, "minorversion": "75"},
            headers={"Authorization": f"Bearer {self._access}", "Accept": "application/json"},
            timeout=30,
        )

    def _renew(self) -> None:
        """Get another access token, and leave the program's refresh token as it is."""
        told = self.announced
        grant = {"grant_type": "refresh_token", "refresh_token": told.refresh_token}
        self.switch(rotate_refresh_tokens=False)
        answer = httpx.post(told.token_url, data=grant, auth=(told.client_id, told.client_secret))
        self.switch(rotate_refresh_tokens=True)
        self._access = decode_object(answer.content)["access_token"]


@contextmanager
def simulated(company: str, *arguments: str) -> Iterator[Simulated]:
    """Start a company and yield it; it ends with the block, or with this process."""
    command = [
        sys.executable, "-m", "awra_tui.simulator", "--company", company, "--json",
        "--until-stdin-closes", *arguments,
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        try:
            assert child.stdout is not None
            yield Simulated(Announced(**known(msgspec.json.decode(child.stdout.readline()))))
        finally:
            child.terminate()
