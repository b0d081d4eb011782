"""The one bridge between the event loop and the cache: short jobs on threads of its own."""

import asyncio
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, Self, TypeVar
from urllib.parse import quote

import peewee

from awra_tui.cache import identity, migrations, trouble
from awra_tui.cache.base import Untyped
from awra_tui.cache.identity import ProfileIdentity
from awra_tui.cache.schema import ProfileTable, db
from awra_tui.records.clock import stamp
from awra_tui.records.errors import CacheError

P = ParamSpec("P")
T = TypeVar("T")

# Half a megabyte for each connection: with more, no page and no import was faster, and memory grew by
# whatever a query had walked through.
_PRAGMAS: dict[str, object] = {
    "busy_timeout": 5000,
    "journal_mode": "wal",
    "foreign_keys": 1,
    "synchronous": "normal",
    "cache_size": -500,
    "temp_store": "memory",
}
_open: list["Cache"] = []


class Cache:
    """The open cache of this process.

    A job is a plain function that queries and returns. Writing jobs run one after the other on one
    thread, reading jobs beside them on another; each has a connection of its own while it runs.
    Database trouble comes out of every job as CacheError.
    """

    def __init__(self, database: Untyped, url: str) -> None:
        self._database = database
        self._url = url
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="cache-write")
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="cache-read")

    @classmethod
    def open(
        cls,
        url: str,
        *,
        profile: ProfileIdentity,
        read_only: bool = False,
        pragmas: Mapping[str, object] | None = None,
    ) -> "Cache":
        """Open the cache at ``url``, bring it up to date and bind it to this process.

        Raise CacheError if one is open already, if it is newer than the program, belongs to another
        profile, source or company, or cannot be used. ``pragmas`` are added to SQLite's.
        """
        if _open:
            raise CacheError("A cache is open in this program already. Close it before opening another.")
        cache = cls(_connect(url, read_only, pragmas or {}), url)
        _open.append(cache)
        identity.bind(profile)
        try:
            with cache._explaining():
                db.initialize(cache._database)
            cache.now(_settle, profile, read_only)
        except BaseException:
            cache.close()
            raise
        return cache

    def now(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a job on this thread and return what it returns."""
        with self._explaining(), self._database.connection_context():
            return job(*args, **kwargs)

    async def run(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a job that writes, after those that were asked for before it."""
        return await self._on(self._writer, partial(job, *args, **kwargs))

    async def read(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a job that only reads, beside the writing ones."""
        return await self._on(self._reader, partial(job, *args, **kwargs))

    def close(self) -> None:
        """Wait for the jobs that run, close every connection and release the process."""
        self._writer.shutdown()
        self._reader.shutdown()
        self._database.close_all()
        if self in _open:
            _open.remove(self)
            db.initialize(None)
            identity.bind(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except peewee.PeeweeException as error:
            if not trouble.is_trouble(error):
                raise
            raise trouble.explained(error, self._url) from error

    async def _on(self, lane: ThreadPoolExecutor, job: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(lane, self.now, job)


def connect_realm(realm: str) -> None:
    """Bind the profile to the company it was connected to; raise CacheError if it has another."""
    _adopt(identity.profile(), "", realm)
    identity.bind_realm(realm)


def _connect(url: str, read_only: bool, pragmas: Mapping[str, object]) -> Untyped:
    if url.startswith("sqlite:///"):
        return _sqlite(url.removeprefix("sqlite:///"), read_only, pragmas)
    if url.startswith(("postgres://", "postgresql://")):
        from awra_tui.cache import server

        return server.connect(url, read_only=read_only)
    raise CacheError(
        f"{trouble.place(url)!r} is no cache: write sqlite:///path/of/a/file or "
        "postgresql://user@server/database."
    )


def _sqlite(path: str, read_only: bool, pragmas: Mapping[str, object]) -> Untyped:
    from playhouse.pool import PooledSqliteDatabase  # type: ignore[import-untyped]

    # Writers take the write lock when they begin, so that none is refused in the middle. The pool
    # keeps connections warm between jobs: opening one costs more than most pages.
    options: dict[str, Any] = {"lock_type": "IMMEDIATE", "max_connections": 16, "check_same_thread": False}
    if read_only:
        wanted = {name: value for name, value in _PRAGMAS.items() if name != "journal_mode"}
        address = f"file:{quote(path)}?mode=ro{'&immutable=1' if _stands_still(Path(path)) else ''}"
        return PooledSqliteDatabase(address, pragmas=wanted | dict(pragmas), uri=True, **options)
    _make_private(Path(path))
    return PooledSqliteDatabase(path, pragmas=_PRAGMAS | dict(pragmas), **options)


def _make_private(path: Path) -> None:
    """Make the file, readable by its owner only, unless it is there.

    Raise ReadOnlyError for one that may not be written: SQLite would notice with the first change only.
    """
    try:
        if path.exists():
            if not os.access(path, os.W_OK):
                raise trouble.read_only(str(path))
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise CacheError(
            f"The cache {path} cannot be made: {error.strerror}. Check that the folder exists and that you "
            "may write in it."
        ) from error


def _stands_still(path: Path) -> bool:
    """Whether nobody can be writing to a cache: SQLite then reads it without files of its own beside it."""
    beside = path.with_name(f"{path.name}-wal")
    return path.is_file() and not beside.exists() and not os.access(path.parent, os.W_OK)


def _settle(wanted: ProfileIdentity, read_only: bool) -> None:
    migrations.migrate(db.obj, may_write=not read_only)
    stored = ProfileTable.get_or_none()
    if stored:
        _same("profile", stored.profile, wanted.id)
        _same("source", stored.source, wanted.source)
        _same("QuickBooks company", stored.realm, wanted.realm)
        identity.bind_realm(wanted.realm or stored.realm)
    if not read_only:
        _adopt(wanted.id, wanted.source, wanted.realm)


def _adopt(profile_id: str, source: str, realm: str) -> None:
    with db.atomic():
        row = ProfileTable.get_or_none()
        if row is None:
            ProfileTable.create(profile=profile_id, source=source, realm=realm, created_at=stamp())
            return
        _same("QuickBooks company", row.realm, realm)
        if realm and not row.realm:
            ProfileTable.update(realm=realm).execute()


def _same(what: str, stored: str, wanted: str) -> None:
    if stored and wanted and stored != wanted:
        raise CacheError(
            f"This cache belongs to {what} {stored}, not to {wanted}. Nothing crosses profiles: give this "
            "profile a cache of its own ([cache] url), or correct its settings."
        )
