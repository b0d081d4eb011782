"""Pictures of screens: one SVG each in snapshots/, named after its case; none depends on the day."""

import asyncio
import itertools
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_textual_snapshot
from syrupy.location import PyTestLocation

from awra_tui.actions.desk import Desk
from awra_tui.actions.sync import sync_now
from awra_tui.simulator import app as simulator_app
from awra_tui.sync import outbox, parcels
from tests.office import BooksCompany, office, sample_profile
from tests.watch import Watch

PICTURES = Path(__file__).resolve().parents[2] / "snapshots"
SYNCED = datetime(2026, 11, 20, 8, 2, tzinfo=UTC)


class PictureExtension(pytest_textual_snapshot.SVGImageExtension):
    """Keeps each picture as snapshots/CASE.svg."""

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        """Return the project's folder of pictures."""
        return str(PICTURES)

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: int | str = 0) -> str:
        """Return the case's name."""
        return str(test_location.snapshot_name).partition("[")[2].rstrip("]")


pytest_textual_snapshot.SVGImageExtension = PictureExtension


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
            desk.who = "wanjiru@desk"
            asyncio.run(sync_now(desk))
        company.site.company.store.close()
    return folder


def _fixed_ids(patch: pytest.MonkeyPatch) -> None:
    counter = itertools.count(1)
    patch.setattr(parcels.uuid, "uuid4", lambda: uuid.UUID(int=next(counter)))
    patch.setattr(simulator_app.secrets, "token_hex", lambda size: f"{next(counter):0{2 * size}x}")
    patch.setattr(outbox, "AT_ONCE", 1)


@pytest.fixture
def sample_desk(
    synced: Path, tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], "Iterator[Desk]"]:
    """A desk over a copy of the synced sample company, three days later."""

    @contextmanager
    def opened() -> Iterator[Desk]:
        copy = tmp_path / "copy"
        shutil.copytree(synced, copy)
        monkeypatch.setenv("AWRA_TUI_HOME", str(copy / "home"))
        company = BooksCompany("nairobi", copy / "company.db")
        with office(copy, company, sample_profile()) as desk:
            desk.who = "wanjiru@desk"
            yield desk
        company.site.company.store.close()

    return opened
