"""The sample company after its first sync: built once, copied for each test that wants it."""

import asyncio
import itertools
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from awra_tui.actions.desk import Desk
from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.records import find_records
from awra_tui.records.subject import RecordKey
from awra_tui.simulator import app as simulator_app
from awra_tui.sync import parcels
from tests.office import BooksCompany, office, sample_profile
from tests.watch import Watch

SYNCED = datetime(2026, 11, 20, 8, 2, tzinfo=UTC)
WHO = "wanjiru@desk"

OpenSample = Callable[[], AbstractContextManager[tuple[Desk, BooksCompany]]]
"""Opens a copy of the sample: its desk, and the company it is connected to."""


def key_of(desk: Desk, name: str) -> RecordKey:
    """Return the key of the one record with a name such as ``invoice/INV-1042``."""
    [found] = desk.cache.now(find_records, name)
    return found


@pytest.fixture(scope="session")
def synced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample company after its first sync, with every id and moment the same each time."""
    folder = tmp_path_factory.mktemp("synced")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWRA_TUI_HOME", str(folder / "home"))
        patch.setenv("TZ", "UTC")
        Watch(folder / "now", patch, SYNCED)
        _fixed_ids(patch)
        company = BooksCompany("nairobi", folder / "company.db")
        with office(folder, company, sample_profile()) as desk:
            desk.who = WHO
            asyncio.run(sync_now(desk))
        company.site.company.store.close()
    return folder


def _fixed_ids(patch: pytest.MonkeyPatch) -> None:
    counter = itertools.count(1)
    patch.setattr(parcels.uuid, "uuid4", lambda: uuid.UUID(int=next(counter)))
    patch.setattr(simulator_app.secrets, "token_hex", lambda size: f"{next(counter):0{2 * size}x}")
    patch.setattr("awra_tui.sync.office.AT_ONCE", 1)


@pytest.fixture
def sample_desk(synced: Path, tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> OpenSample:
    """A desk over a copy of the synced sample company, three days later."""

    @contextmanager
    def opened() -> Iterator[tuple[Desk, BooksCompany]]:
        copy = tmp_path / "copy"
        shutil.copytree(synced, copy)
        monkeypatch.setenv("AWRA_TUI_HOME", str(copy / "home"))
        company = BooksCompany("nairobi", copy / "company.db")
        with office(copy, company, sample_profile()) as desk:
            desk.who = WHO
            yield desk, company
        company.site.company.store.close()

    return opened
