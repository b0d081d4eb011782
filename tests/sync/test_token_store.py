"""A place of tokens that cannot be used while a sync runs: said once, and nothing is left open."""

from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.errors import KeyringLocked

from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.overview import overview, tallies
from awra_tui.cache.pages.warnings import WarningQuery, warnings_all
from awra_tui.records.status import Dimension, Status
from awra_tui.settings import http
from awra_tui.settings.stores import FileStore, KeyringStore, SecretStore
from awra_tui.sync.desk import Desk
from tests.office import BooksCompany, office, write_ledger
from tests.settings.test_keyrings import Broken
from tests.watch import Watch

MANY = {f"INV-{number}": "10.00" for number in range(1, 301)}


class Closing:
    """A store that works until it is closed; from then on another one answers in its place."""

    def __init__(self, store: SecretStore, other: SecretStore) -> None:
        self._store = store
        self._other = other
        self.closed = False

    @property
    def _now(self) -> SecretStore:
        return self._other if self.closed else self._store

    def get(self, name: str) -> str | None:
        return self._now.get(name)

    def set(self, name: str, value: str) -> None:
        self._now.set(name, value)

    def delete(self, name: str) -> None:
        self._now.delete(name)


def locked(_: Path) -> SecretStore:
    return KeyringStore(Broken(KeyringLocked("nobody unlocked it")))


def unreadable(folder: Path) -> SecretStore:
    path = folder / "secrets" / "office.json"
    path.mkdir(parents=True)
    return FileStore(path)


def said(desk: Desk) -> list[tuple[Dimension, str]]:
    return [(one.dimension, one.sentence) for one in desk.cache.now(warnings_all, WarningQuery())]


@pytest.mark.parametrize(
    ("store", "named"), [(locked, "The keyring of this system"), (unreadable, "office.json cannot be read")]
)
async def test_a_store_that_closes_while_sending_stops_the_pass_with_its_own_words(
    watch: Watch, tmp_path: Path, store: Callable[[Path], SecretStore], named: str
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, MANY)

    async def close(request: http.Request) -> None:
        if len(company.wire.sent) == 3:
            secrets.closed = True
            company.switch(token_expired=True)

    with office(tmp_path, company) as desk:
        secrets = Closing(desk.secrets, store(tmp_path / "closed"))
        desk.secrets = secrets
        company.wire.before = close
        result = await sync_now(desk)
        assert result.outcome == "stopped"
        [(dimension, sentence)] = said(desk)
        assert dimension is Dimension.AUTHORIZATION
        assert result.sentence.endswith(f"then: {sentence}")
        assert named in sentence
        assert "connection" not in sentence
        assert [one.who for one in desk.cache.now(overview).connectors]
        assert Status.UNKNOWN not in {status for kind in desk.cache.now(tallies).values() for status in kind}

        company.wire.before = None
        again = await sync_now(desk)
        assert (again.sentence, said(desk)) == (sentence, [(dimension, sentence)])
        secrets.closed = False
        assert (await sync_now(desk)).outcome == "done"
        assert (len(company.all("Invoice")), said(desk)) == (len(MANY), [])
