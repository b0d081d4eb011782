import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import peewee
import pytest

from awra_tui.cache import Cache, ProfileIdentity, connect_realm, identity, migrations, server, trouble
from awra_tui.cache.schema import FactTable, db
from awra_tui.cache.store import facts, records
from awra_tui.records.errors import CacheError
from tests.cache.conftest import HERE, elsewhere, invoice


def test_a_second_open_cache_is_refused(cache, tmp_path):
    with pytest.raises(CacheError, match="open in this program already"):
        Cache.open(f"sqlite:///{tmp_path}/other.sqlite", profile=HERE)
    assert cache.now(facts.get, "anything") == ""


def test_a_closed_cache_can_be_opened_again_and_remembers(url, clock):
    with Cache.open(url, profile=HERE) as first:
        first.now(facts.set, "colour", "green")
    with Cache.open(url, profile=HERE) as second:
        assert second.now(facts.get, "colour") == "green"


def test_nothing_can_be_asked_when_no_cache_is_open():
    with pytest.raises(CacheError, match="No cache is open"):
        identity.profile()


@pytest.mark.parametrize(
    ("other", "word"),
    [
        (ProfileIdentity(id="other", source="files", realm="9341"), "profile demo"),
        (ProfileIdentity(id="demo", source="sample", realm="9341"), "source files"),
        (ProfileIdentity(id="demo", source="files", realm="777"), "company 9341"),
    ],
)
def test_a_cache_of_another_profile_source_or_company_is_refused(url, clock, other, word):
    Cache.open(url, profile=HERE).close()
    with pytest.raises(CacheError, match=word):
        Cache.open(url, profile=other)
    with Cache.open(url, profile=HERE) as again:
        assert again.now(identity.realm) == "9341"


def test_the_first_company_is_adopted_and_another_is_refused_later(url, clock):
    unconnected = ProfileIdentity(id="demo", source="files")
    with Cache.open(url, profile=unconnected) as cache:
        assert identity.realm() == ""
        cache.now(connect_realm, "9341")
        assert identity.realm() == "9341"
    with Cache.open(url, profile=unconnected) as cache:
        assert identity.realm() == "9341"
        with pytest.raises(CacheError, match="company 9341, not to 777"):
            cache.now(connect_realm, "777")


def test_a_full_disk_is_said_and_loses_nothing(sqlite_url, clock):
    with Cache.open(sqlite_url, profile=HERE) as cache:
        cache.now(records.upsert, [invoice(1)], "r1")
    with Cache.open(sqlite_url, profile=HERE, pragmas={"max_page_count": 110}) as cache:
        with pytest.raises(CacheError, match=r"disk is full.*what was saved before is safe"):
            cache.now(records.upsert, [invoice(n) for n in range(2, 2000)], "r2")
        assert cache.now(lambda: len(records.missing_since("r9", "invoice"))) == 1


def test_a_disk_so_full_that_nothing_opens_is_not_called_damage():
    full = sqlite3.OperationalError("disk I/O error")
    full.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
    error = peewee.OperationalError("disk I/O error")
    error.__context__ = full
    assert "the disk is full" in str(trouble.explained(error, "sqlite:///cache.db"))


def test_a_cache_for_reading_only_reads_and_refuses_to_write(url, clock):
    with Cache.open(url, profile=HERE) as cache:
        cache.now(facts.set, "colour", "green")
    with Cache.open(url, profile=HERE, read_only=True) as cache:
        assert cache.now(facts.get, "colour") == "green"
        with pytest.raises(CacheError, match="may only be read"):
            cache.now(facts.set, "colour", "red")


def test_a_cache_that_is_not_there_is_not_made_for_reading(tmp_path):
    with pytest.raises(CacheError, match="cannot be opened"):
        Cache.open(f"sqlite:///{tmp_path}/none.sqlite", profile=HERE, read_only=True)
    assert not (tmp_path / "none.sqlite").exists()


def test_a_file_that_is_no_cache_is_left_alone(tmp_path):
    path = tmp_path / "cache.sqlite"
    path.write_text("This is a shopping list, not a database. " * 50)
    with pytest.raises(CacheError, match="damaged or is no cache"):
        Cache.open(f"sqlite:///{path}", profile=HERE)
    assert path.read_text().startswith("This is a shopping list")


def test_a_place_where_no_file_can_be_is_said(tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(CacheError, match="cannot be made"):
        Cache.open(f"sqlite:///{tmp_path}/taken/cache.sqlite", profile=HERE)


def test_only_its_owner_may_read_the_file(sqlite_url, clock):
    with Cache.open(sqlite_url, profile=HERE) as cache:
        cache.now(facts.set, "colour", "green")
        path = Path(sqlite_url.removeprefix("sqlite:///"))
        assert {file.stat().st_mode & 0o077 for file in path.parent.glob("cache.sqlite*")} == {0}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_cache_held_by_another_program_is_said(kind, request, clock):
    url, held, quick = _held(kind, request)
    with Cache.open(url, profile=HERE, pragmas=quick) as cache:
        with held, pytest.raises(CacheError, match="held by another program"):
            cache.now(_set_colour, "red")
        cache.now(_set_colour, "blue")
        assert cache.now(facts.get, "colour") == "blue"


def _set_colour(colour):
    with db.atomic():
        facts.set("colour", colour)


def _held(kind, request):
    """Return a cache's URL, a block in which another program writes, and pragmas that make waiting short."""
    url = request.getfixturevalue(f"{'sqlite' if kind == 'sqlite' else 'postgres'}_url")
    if kind == "sqlite":
        return url, _sqlite_writer(url), {"busy_timeout": 10}
    return f"{url}&options=-c%20lock_timeout%3D10", _postgres_writer(url), {}


@contextmanager
def _sqlite_writer(url):
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def _postgres_writer(url):
    other = server.connect(url, read_only=False)
    with other.atomic():
        yield
    other.close_all()


def test_an_address_of_no_known_database_says_what_is_allowed():
    with pytest.raises(CacheError, match="write sqlite:///path"):
        Cache.open("mysql://root:secret@server/db", profile=HERE)


def test_a_server_that_does_not_answer_is_said_without_the_password():
    error = trouble.explained(
        peewee.OperationalError('connection to server at "10.0.0.1" failed'),
        "postgresql://jo:hunter2@books.example/cache",
    )
    assert "books.example/cache does not answer" in str(error)
    assert "hunter2" not in str(error)


def test_postgresql_without_its_driver_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(CacheError, match=r"awra-tui\[postgres\]"):
        Cache.open("postgresql://jo@books.example/cache", profile=HERE)
    with pytest.raises(CacheError, match="No cache is open"):
        identity.profile()


def test_defects_are_not_dressed_up_as_trouble(cache):
    def twice() -> None:
        for _ in range(2):
            FactTable.create(profile="demo", key="colour", value="green")

    with pytest.raises(peewee.IntegrityError):
        cache.now(twice)


def test_who_reads_to_write_has_the_write_lock_from_the_first(sqlite_url, clock):
    def read_first() -> None:
        with db.atomic():
            facts.get("colour")
            other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None, timeout=0)
            try:
                with pytest.raises(sqlite3.OperationalError, match="locked"):
                    other.execute("BEGIN IMMEDIATE")
            finally:
                other.close()
            facts.set("colour", "red")

    with Cache.open(sqlite_url, profile=HERE) as cache:
        cache.now(read_first)
        assert cache.now(facts.get, "colour") == "red"


async def test_writing_jobs_run_in_order_on_one_thread_and_reading_ones_on_another(cache):
    threads: list[tuple[str, str]] = []

    def note(word: str) -> None:
        threads.append((word, threading.current_thread().name))

    await asyncio.gather(*(cache.run(note, f"w{n}") for n in range(5)), cache.read(note, "r"))
    written = [word for word, _ in threads if word.startswith("w")]
    assert written == ["w0", "w1", "w2", "w3", "w4"]
    names = {name for word, name in threads if word.startswith("w")}
    assert len(names) == 1
    assert {name for word, name in threads if word == "r"} & (names | {"MainThread"}) == set()


async def test_a_page_is_read_while_a_job_writes(cache):
    begun, release = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with db.atomic():
            facts.set("colour", "red")
            begun.set()
            assert release.wait(5)

    await cache.run(facts.set, "colour", "green")
    writing = asyncio.ensure_future(cache.run(write_slowly))
    await asyncio.to_thread(begun.wait, 5)
    assert await cache.read(facts.get, "colour") == "green"
    release.set()
    await writing
    assert await cache.read(facts.get, "colour") == "red"


async def test_a_job_that_fails_takes_nothing_of_another_with_it(cache):
    def fail() -> None:
        with db.atomic():
            facts.set("colour", "red")
            raise RuntimeError("a defect")

    await cache.run(facts.set, "colour", "green")
    with pytest.raises(RuntimeError, match="a defect"):
        await cache.run(fail)
    assert await cache.read(facts.get, "colour") == "green"


_OPENER = """
import sys
from awra_tui.cache import Cache, ProfileIdentity
with Cache.open(sys.argv[1], profile=ProfileIdentity(id="demo", source="files", realm="1")) as cache:
    print("open")
"""


def test_three_processes_may_make_the_same_cache_at_once(new_url):
    root = str(Path(__file__).parents[2])
    made = [
        subprocess.Popen(
            [sys.executable, "-c", _OPENER, new_url],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": root},
        )
        for _ in range(3)
    ]
    ended = [process.communicate(timeout=60) for process in made]
    assert ended == [("open\n", "")] * 3
    assert elsewhere(new_url, "SELECT COUNT(*) FROM profile") == [(1,)]
    assert len(elsewhere(new_url, "SELECT name FROM schema_migration")) == len(migrations.known())
