"""Bringing a cache up to the version of this program; refusing one that is newer.

The scripts in ``versions`` are run by Peewee's own runner, in order of their numbers. Each holds a
frozen description of what it makes, independent of ``schema``.
"""

from pathlib import Path

from peewee import SqliteDatabase

from awra_tui.cache.base import Untyped
from awra_tui.records.errors import CacheError

_DIRECTORY = Path(__file__).with_name("versions")
_HISTORY = "schema_migration"


def known() -> list[str]:
    """Return the names of the migrations this program has, in order."""
    return sorted(path.stem for path in _DIRECTORY.glob("[0-9]*.py"))


def applied(database: Untyped) -> set[str]:
    """Return the names of the migrations that a cache has been through."""
    if not database.table_exists(_HISTORY):
        return set()
    return {str(name) for (name,) in database.execute_sql(f"SELECT name FROM {_HISTORY}").fetchall()}  # noqa: S608


def migrate(database: Untyped, *, may_write: bool = True) -> None:
    """Apply what is missing.

    Raise CacheError if the cache is newer, older and not to be written, or a file of another program.
    """
    have = applied(database)
    if not have and _is_of_another(database):
        raise CacheError(
            "The file of the cache is a database of another program; it was left as it is. Name a file of "
            "its own as url in [cache] of the profile."
        )
    newer = sorted(have - set(known()))
    if newer:
        raise CacheError(
            f"This cache was written by a newer awra-tui (it has {newer[-1]}, this program ends with "
            f"{known()[-1]}). Update awra-tui on this machine; the cache was left as it is."
        )
    if have == set(known()):
        return
    if not may_write:
        raise CacheError(
            "This cache is not of this version of awra-tui yet and was opened for reading only. "
            "Open it once for writing, then try again."
        )
    _run(database)


def _is_of_another(database: Untyped) -> bool:
    """Return whether a file has tables and none of ours; on a server, others may stand beside ours."""
    tables = database.get_tables() if isinstance(database, SqliteDatabase) else []
    return bool(tables) and _HISTORY not in tables


def _run(database: Untyped) -> None:
    # The runner costs 5 ms to import: only when there is something to do.
    from playhouse.migrations import run  # type: ignore[import-untyped]

    with database.atomic():
        # Another process may have done the same while this one waited for its turn.
        if applied(database) != set(known()):
            run(database, str(_DIRECTORY), table_name=_HISTORY)
