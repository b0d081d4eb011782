"""The desk of a profile for one command: read at beside an open console, or worked at."""

import asyncio
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import click

from awra_tui.actions.desk import Desk, open_desk, open_to_look, whoami
from awra_tui.actions.roles import allow
from awra_tui.cache.bridge import Cache
from awra_tui.cache.identity import ProfileIdentity
from awra_tui.cache.store import aside
from awra_tui.cli.options import Options
from awra_tui.records import clock
from awra_tui.records.errors import AwraError, CacheError, ConfigError
from awra_tui.settings.profile import Profile, load_profile, profile_names
from awra_tui.settings.stores import MemoryStore
from awra_tui.sources.open import open_source

T = TypeVar("T")


class NothingYetError(AwraError):
    """The profile has no cache yet: it was never synced."""


def profile_of(options: Options, deed: str = "") -> Profile:
    """Load the profile; raise ConfigError that says which there are and how to make one.

    Raise AwraError where this person may not do the deed, an action by its id.
    """
    try:
        profile = load_profile(options.profile_name, options.overrides)
    except ConfigError as error:
        if not _is_unknown_name(options.profile_name):
            raise
        raise ConfigError(
            f"{error} To make one, write {options.profile_name}.toml there with id, [qbo] and [source], "
            "or give --profile the path of such a file; awra-tui demo shows one."
        ) from None
    allow(profile.people, whoami(), deed)
    return profile


def _is_unknown_name(name: str) -> bool:
    return not name.endswith(".toml") and len(Path(name).parts) == 1 and name not in profile_names()


@contextmanager
def desk_of(options: Options, deed: str = "") -> Iterator[Desk]:
    """Open the desk for a command that sends, with its secrets, and close its cache afterwards.

    Raise AwraError where this person may not do the deed, an action by its id.
    """
    with _closing(open_desk(profile_of(options, deed))) as desk:
        yield desk


@contextmanager
def looking(options: Options) -> Iterator[Desk]:
    """Open the desk for the console, with its secrets; a cache that may only be read is read."""
    with _closing(open_to_look(profile_of(options))) as desk:
        yield desk


@contextmanager
def _closing(desk: Desk) -> Iterator[Desk]:
    try:
        yield desk
    finally:
        desk.cache.close()


@contextmanager
def deciding(options: Options, deed: str) -> Iterator[Desk]:
    """Open the desk for a command that decides something here: no secrets, no network.

    Raise AwraError where this person may not do the deed, an action by its id, and NothingYetError
    where nothing was ever synced.
    """
    with _local(profile_of(options, deed), _open) as desk:
        desk.cache.now(aside.wake)
        yield desk


@contextmanager
def reading(options: Options) -> Iterator[Desk]:
    """Open the desk for a command that only reads: no lease, no secrets, no network.

    Raise NothingYetError where nothing was ever synced.
    """
    with _local(profile_of(options), _open_to_read) as desk:
        yield desk


def read(options: Options, job: Callable[[Desk], T], nothing: T) -> T:
    """Return what a job reads at the desk, or ``nothing`` where nothing was ever synced."""
    try:
        with reading(options) as desk:
            return job(desk)
    except NothingYetError:
        return nothing


@contextmanager
def _local(profile: Profile, opened: Callable[[Profile], Cache]) -> Iterator[Desk]:
    _check_source(profile)
    if not _is_there(profile.cache_url):
        raise NothingYetError(f"Nothing has been synced for {profile.name} yet: awra-tui sync does it.")
    with opened(profile) as cache:
        yield Desk(profile=profile, cache=cache, secrets=MemoryStore())


def _check_source(profile: Profile) -> None:
    """Raise ConfigError where ``[source]`` can never be read, as a sync would; nothing is read."""
    open_source(profile.source, profile.convert_source, profile.folder, clock.today(), refuse=profile.refuse)


def _is_there(url: str) -> bool:
    """Whether there is a cache; a server's is asked by opening it."""
    kind, _, path = url.partition(":///")
    if kind != "sqlite" or not path:
        return True
    found = Path(path)
    return found.exists() and not (found.is_file() and found.stat().st_size == 0)


def _open(profile: Profile, *, read_only: bool = False) -> Cache:
    identity = ProfileIdentity(
        id=profile.id,
        source=str(profile.source.get("type", "")),
        realm=profile.qbo.realm_id,
        name=profile.name,
    )
    return Cache.open(profile.cache_url, profile=identity, read_only=read_only)


def _open_to_read(profile: Profile) -> Cache:
    """Open the cache for reading; one of an older version is first brought up to date.

    What was snoozed until a day that has come is brought back before, where that can be recorded.
    """
    try:
        cache = _open(profile, read_only=True)
    except CacheError as refused:
        with suppress(CacheError):
            return _open(profile)
        raise refused from None
    if not cache.now(aside.is_due):
        return cache
    cache.close()
    with suppress(CacheError), _open(profile) as writing:
        writing.now(aside.wake)
    return _open(profile, read_only=True)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run one action to its end; SIGTERM stops it as Ctrl+C does, leaving everything recorded."""
    try:
        return asyncio.run(_stoppable(work))
    except asyncio.CancelledError:
        raise click.Abort from None


async def _stoppable(work: Coroutine[Any, Any, T]) -> T:
    task = asyncio.current_task()
    with suppress(NotImplementedError, RuntimeError):
        if task is not None:
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await work
