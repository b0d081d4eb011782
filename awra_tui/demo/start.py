"""Starting the demo: its company, its profile, its desk; it takes up where the last start left off."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from awra_tui.actions.authorize import Announced, import_secrets
from awra_tui.actions.desk import Desk, open_desk
from awra_tui.cache.store import facts
from awra_tui.demo.company import simulated_company
from awra_tui.records import clock
from awra_tui.settings import paths
from awra_tui.settings.locks import held
from awra_tui.settings.profile import Profile, load_profile
from awra_tui.sync.reading import ANCHOR

NAME = "demo"
"""The profile's name: other terminals can say ``--profile demo`` while the demo runs."""
ADDRESSES = "# addresses: the demo writes here where its company was started"
OPEN_ALREADY = (
    "The demo is open in another window: quit it there first, or look at it from here with "
    "awra-tui --profile demo."
)
FAST = ("requests_per_second = 500", "requests_per_minute = 30000", "batches_per_minute = 6000")
"""The simulated company has no limits of its own, so nobody waits for Intuit's."""


def folder() -> Path:
    """Return where the demo keeps its company, its cache and its anchor date."""
    return paths.data_dir() / "demo"


@contextmanager
def demo_desk(*, anew: bool = False) -> Iterator[Desk]:
    """Start the simulated company and yield the desk of its profile; both end with the block.

    ``anew`` forgets everything of earlier starts first. Raises LockError where the demo is open already.
    """
    # Beside the folder of locks: there the profile's own lock has this name, under which tokens are renewed.
    with held(paths.data_dir() / "demo.lock", OPEN_ALREADY):
        if anew:
            shutil.rmtree(folder(), ignore_errors=True)
        folder().mkdir(parents=True, exist_ok=True)
        with _company_desk(_anchor()) as desk:
            yield desk


@contextmanager
def _company_desk(day: str) -> Iterator[Desk]:
    with simulated_company(folder() / "company.sqlite", day, folder() / "company.log") as announced:
        profile = _profile(announced)
        import_secrets(profile, announced)
        desk = open_desk(profile)
        desk.rehearsal_url = announced.base_url
        try:
            desk.cache.now(facts.set, ANCHOR, day)
            yield desk
        finally:
            desk.cache.close()


def _anchor() -> str:
    """Return the day of the first start, from which all dates of the demo are counted."""
    kept = folder() / "anchor"
    if not kept.exists():
        kept.write_text(clock.today().isoformat(), encoding="utf-8")
    return kept.read_text(encoding="utf-8").strip()


def _profile(announced: Announced) -> Profile:
    """Write the demo's profile, pointed at the company that was started, where other commands find it."""
    text = resources.files("awra_tui.demo").joinpath("savanna.toml").read_text(encoding="utf-8")
    addresses = {
        "realm_id": announced.realm_id,
        "api_base_url": announced.base_url,
        "token_url": announced.token_url,
        "revoke_url": announced.revoke_url,
        "authorize_url": announced.authorize_url,
    }
    settings = [f"{name} = {json.dumps(value)}" for name, value in addresses.items()] + list(FAST)
    path = paths.profiles_dir() / f"{NAME}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    cache = json.dumps(f"sqlite:///{folder() / 'cache.db'}")
    path.write_text(
        text.replace(ADDRESSES, "\n".join(settings)) + f"\n[cache]\nurl = {cache}\n", encoding="utf-8"
    )
    return load_profile(NAME)
