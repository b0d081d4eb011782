"""What goes wrong with a database, in sentences that say what to do."""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

import peewee

from awra_tui.records.errors import CacheError, ReadOnlyError

_FILE_READ_ONLY = (
    "The cache {place} may only be read. Check who owns the file and its folder, and whether the disk is "
    "mounted for reading only, then do it again."
)
_SERVER_READ_ONLY = (
    "The cache {place} may only be read. Have writing allowed on its server, then do it again."
)
_SENTENCES = (
    (
        ("disk is full", "no space left", "diskfull", "sqlite_ioerr_shmsize"),
        (
            "The cache {place} cannot grow because the disk is full. Make room, then do it again; "
            "what was saved before is safe."
        ),
    ),
    (
        ("readonly database",),
        _FILE_READ_ONLY,
    ),
    (
        ("read-only", "readonlysql"),
        _SERVER_READ_ONLY,
    ),
    (
        ("permission denied", "insufficientprivilege"),
        "The cache {place} does not let this user of its server do that. Have it allowed there.",
    ),
    (
        ("is locked", "locknotavailable", "lock timeout"),
        "The cache {place} is held by another program. Close it or wait for it, then do it again.",
    ),
    (
        ("not a database", "malformed", "disk i/o error", "corrupt"),
        (
            "The cache {place} is damaged or is no cache. Restore it from a backup: it knows what is "
            "already in QuickBooks, so do not start an empty one."
        ),
    ),
    (
        ("unable to open", "could not open"),
        "The cache {place} cannot be opened. Check that the folder exists and that you may write in it.",
    ),
    (
        ("invalidpassword", "invalidauthorization", "authentication failed", "no password", "fatal:  role"),
        (
            "The database server of the cache {place} lets nobody in by this name. Check the user in "
            "[cache] url and the password in ~/.pgpass."
        ),
    ),
    (
        (r'database "[^"]*" does not exist',),
        "The database server has no cache {place}. Have an empty database of that name made there, in UTF8.",
    ),
    (
        ("toomanyconnections", "connection slots", "too many clients"),
        "The database server of the cache {place} lets no more programs in. Close one, or have more allowed.",
    ),
    (
        ("connection", "could not connect", "server closed", "timeout expired"),
        "The database server of the cache {place} does not answer. Check that it runs and may be reached.",
    ),
)

_TROUBLE = (
    peewee.DatabaseError,
    peewee.OperationalError,
    peewee.InterfaceError,
    peewee.InternalError,
    peewee.ImproperlyConfigured,
)


def is_trouble(error: BaseException) -> bool:
    """Return whether an error is of the database's state and not a defect of a query."""
    return type(error) in _TROUBLE or any(
        "InsufficientPrivilege" in type(one).__name__ for one in _chain(error)
    )


def explained(error: BaseException, url: str) -> CacheError:
    """Turn a database's error into a sentence; the URL's password is not in it."""
    # A full disk ends the transaction by itself; the error that arrives is then of the vain rollback.
    # The class of a server's error tells what its message says in the server's own language.
    said = " ".join(_words(one) for one in _chain(error))
    for signs, sentence in _SENTENCES:
        if any(re.search(sign, said) for sign in signs):
            kind = ReadOnlyError if sentence in (_FILE_READ_ONLY, _SERVER_READ_ONLY) else CacheError
            return kind(sentence.format(place=place(url)))
    return CacheError(f"The cache {place(url)} cannot be used: {str(error).strip()}.")


def read_only(path: str) -> ReadOnlyError:
    """Return what to say of a file that may only be read."""
    return ReadOnlyError(_FILE_READ_ONLY.format(place=path))


def _words(error: BaseException) -> str:
    """Return everything that an error says; where the disk is full, SQLite says so only in its name."""
    return f"{type(error).__name__} {getattr(error, 'sqlite_errorname', '')} {error}".lower()


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__context__


def place(url: str) -> str:
    """Return where a cache is, for people: a path, or a server and database without the password."""
    if url.startswith("sqlite:"):
        return url.removeprefix("sqlite:///")
    try:
        parts = urlsplit(url)
    except ValueError:
        return _NOT_SHOWN
    return _NOT_SHOWN if is_muddled(parts) else f"{parts.hostname or 'localhost'}{parts.path}"


def is_muddled(parts: SplitResult) -> bool:
    """Return whether a part of a user's name or password may stand where server and database should."""
    return "@" in f"{parts.path}{parts.query}{parts.fragment}" or not parts.scheme


_NOT_SHOWN = "of [cache] url"
