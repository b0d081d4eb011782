"""A PostgreSQL server as the cache of a team: its address, and writers that take turns."""

from collections.abc import Sequence
from typing import ClassVar
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from playhouse.pool import PooledPostgresqlDatabase  # type: ignore[import-untyped]

from awra_tui.cache import trouble
from awra_tui.cache.base import Untyped
from awra_tui.cache.rows import storable
from awra_tui.records.errors import CacheError

# The second number tells apart caches that share a database in schemas of their own.
_TURN = "SELECT pg_advisory_xact_lock(1096241729, current_schema()::regnamespace::oid::int)"

# Nobody waits for a program that was put to sleep in the middle of a change: the server ends its session.
# Plans are made for the values at hand: one made while a table was small would read all of it for each list.
_SESSION = (
    "-c lock_timeout=30s -c idle_in_transaction_session_timeout=60s -c plan_cache_mode=force_custom_plan"
)
_READ_ONLY = "-c default_transaction_read_only=on"

_CONNECTING: dict[str, object] = {
    "application_name": "awra-tui",
    "client_encoding": "UTF8",
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "tcp_user_timeout": 30_000,
}
"""A server that is cut off is noticed within half a minute; the URL may say otherwise."""


_UNREADABLE = (
    "The address of the cache cannot be read. Write [cache] url as postgresql://user@server/database; in "
    "their names write signs such as @ and / as %40 and %2F."
)
_PASSWORD = (
    "There is a password in the address of the cache, where others could read it. Take it out of [cache] url "
    "and put it into ~/.pgpass, where PostgreSQL looks for it; only you may read that file."
)


class Server(PooledPostgresqlDatabase):  # type: ignore[misc]
    """A database of a PostgreSQL server.

    Transactions take turns, as SQLite's do: no writer sees what another one is about to change, and
    none waits for another in a circle.
    """

    # Keys are compared byte by byte, as SQLite and Python do, whatever the server's language.
    field_types: ClassVar = {**PooledPostgresqlDatabase.field_types, "TEXT": 'TEXT COLLATE "C"'}

    def __init__(self, database: str, **options: object) -> None:
        super().__init__(
            database, prefer_psycopg3=True, isolation_level="READ COMMITTED", max_connections=16, **options
        )

    def begin(self, isolation_level: object = None) -> None:
        """Begin a transaction when those of other programs have ended."""
        super().begin(isolation_level)
        try:
            super().execute_sql(_TURN)
        except BaseException:
            self.rollback()
            raise

    def execute_sql(self, sql: str, params: Sequence[object] | None = None) -> Untyped:
        """Run a statement with parameters as PostgreSQL can store them."""
        return super().execute_sql(sql, [storable(value) for value in params] if params else params)


def connect(url: str, *, read_only: bool) -> Server:
    """Return the database at an address; raise CacheError where the address or the driver is wanting."""
    _check_driver(url)
    parts, options = _read(url)
    wanted: dict[str, object] = {
        "host": parts.hostname,
        "port": parts.port,
        "user": unquote(parts.username or ""),
    }
    named = {name: value for name, value in wanted.items() if value}
    # What the URL says comes last, and so counts.
    session = " ".join([_SESSION, *([_READ_ONLY] if read_only else []), options.pop("options", "")])
    return Server(unquote(parts.path[1:]), **(_CONNECTING | named | options), options=session)


def _check_driver(url: str) -> None:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise CacheError(
            f"The cache {trouble.place(url)} needs PostgreSQL's driver. Install awra-tui with its extra: "
            "awra-tui[postgres]."
        ) from error


def _read(url: str) -> tuple[SplitResult, dict[str, str]]:
    """Take an address apart; no error repeats it, because a password may be in any part of a wrong one."""
    try:
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        whole = not trouble.is_muddled(parts) and parts.port != 0 and len(parts.path) > 1
    except ValueError:
        raise CacheError(_UNREADABLE) from None
    if not whole:
        raise CacheError(_UNREADABLE)
    if parts.password is not None or "password" in options:
        raise CacheError(_PASSWORD)
    return parts, options
