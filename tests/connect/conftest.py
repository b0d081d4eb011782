"""A company to connect to, and a person with a browser."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from awra_tui.settings.paths import profiles_dir
from tests.connect.person import PROFILE, Connecting
from tests.simulated import Simulated, simulated


@pytest.fixture(scope="module")
def company() -> Iterator[Simulated]:
    """A company of its own for each module: tokens end here."""
    with simulated("empty-us") as found:
        yield found


@pytest.fixture
def redirect_url() -> str:
    """An address of this machine that nothing listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://localhost:{free.getsockname()[1]}/callback"


@pytest.fixture
def connecting(home: Path, company: Simulated, redirect_url: str) -> Connecting:
    """A profile that was never connected."""
    path = profiles_dir() / "shop.toml"
    path.parent.mkdir(parents=True)
    (home / "source").mkdir()
    for name in ("customers.csv", "invoices.csv"):
        (home / "source" / name).write_text("id,name,date,amount\n", encoding="utf-8")
    told = company.announced
    path.write_text(
        PROFILE.format(
            realm_id=told.realm_id,
            base_url=told.base_url,
            token_url=told.token_url,
            revoke_url=told.revoke_url,
            redirect_url=redirect_url,
            source=home / "source",
        ),
        encoding="utf-8",
    )
    return Connecting(home, path, told)
