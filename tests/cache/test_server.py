"""What only a cache on a PostgreSQL server can meet: addresses, rights, languages, lost connections."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import peewee
import pytest

from awra_tui.cache import Cache, ProfileIdentity, server, trouble
from awra_tui.cache.schema import RecordTable, db
from awra_tui.cache.store import facts, records
from awra_tui.records.errors import CacheError
from tests.cache.conftest import HERE, invoice
from tests.postgres import execute

REFUSED = "address of the cache cannot be read"
PASSWORD = "password in the address"


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("postgresql://jo:hunter2@books.example/cache", PASSWORD),
        ("postgresql://jo:@books.example/cache", PASSWORD),
        ("postgresql://books.example/cache?user=jo&password=hunter2", PASSWORD),
        ("postgresql://jo:hun/ter2@books.example/cache", REFUSED),
        ("postgresql://jo:hun?ter2@books.example/cache", REFUSED),
        ("postgresql://jo:hun#ter2@books.example/cache", REFUSED),
        ("postgresql://jo:hunter2", REFUSED),
        ("postgresql://jo@[hunter2/cache", REFUSED),
        ("postgresql://books.example", REFUSED),
        ("postgresql://books.example/", REFUSED),
        ("postgresql://books.example/cache?hunter2", REFUSED),
    ],
)
def test_an_address_that_cannot_be_kept_is_refused_without_repeating_it(url, word):
    with pytest.raises(CacheError, match=word) as refused:
        Cache.open(url, profile=HERE)
    said = str(refused.value)
    assert not any(part in said for part in ("hunter2", "ter2", "hun"))
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
    assert not any(part in trouble.place(url) for part in ("hunter2", "ter2", "hun"))


def test_names_in_an_address_are_read_as_they_are_meant():
    made = server.connect(
        "postgresql://jo%40desk@books.example:6543/the%20cache?sslmode=require", read_only=True
    )
    wanted = {"user": "jo@desk", "host": "books.example", "port": 6543, "sslmode": "require"}
    assert made.database == "the cache"
    assert {name: made.connect_params[name] for name in wanted} == wanted
    assert "default_transaction_read_only=on" in made.connect_params["options"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ('connection to server at "10.0.0.1" failed: Connection refused', "does not answer"),
        ("terminating connection due to administrator command", "does not answer"),
        ('connection failed: FATAL:  password authentication failed for user "jo"', "lets nobody in"),
        ("connection failed: fe_sendauth: no password supplied", "lets nobody in"),
        ('connection failed: FATAL:  role "jo" does not exist', "lets nobody in"),
        ('connection failed: FATAL:  database "cache" does not exist', "has no cache books.example/cache"),
        ('connection failed: FATAL:  database "cache" is not currently accepting connections', "not answer"),
        ("connection failed: FATAL:  sorry, too many clients already", "no more programs"),
        ("could not extend file: No space left on device", "disk is full"),
        ("canceling statement due to lock timeout", "held by another program"),
        ("permission denied for table record", "does not let this user"),
        ("cannot execute INSERT in a read-only transaction", "may only be read"),
    ],
)
def test_what_a_server_says_becomes_a_sentence(said, sentence):
    error = peewee.OperationalError(said)
    assert sentence in str(trouble.explained(error, "postgresql://jo@books.example/cache"))


def test_a_server_that_is_not_there_is_said(postgres_url, tmp_path):
    with pytest.raises(CacheError, match=r"server of the cache localhost/none does not answer"):
        Cache.open(f"postgresql:///none?host={tmp_path}", profile=HERE)


def test_a_database_that_is_not_there_is_said(postgres_url):
    missing = urlsplit(postgres_url)._replace(path="/nowhere").geturl()
    with pytest.raises(CacheError, match="has no cache localhost/nowhere"):
        Cache.open(missing, profile=HERE)


def test_a_user_without_rights_is_told(postgres_url, clock):
    visitor = f"visitor_{os.getpid()}"
    execute(postgres_url, f"CREATE ROLE {visitor} LOGIN")
    try:
        with pytest.raises(CacheError, match="does not let this user of its server"):
            Cache.open(f"{postgres_url}&user={visitor}", profile=HERE)
    finally:
        execute(postgres_url, f"DROP ROLE {visitor}")


def test_order_does_not_depend_on_the_language_of_the_server(postgres_url, clock):
    if execute(postgres_url, "SELECT 'B' < 'a'") == [(True,)]:
        pytest.skip("this server compares byte by byte by itself")
    names = ["a b", "aa", "AB", "a-c", "Émile", "Z"]
    with Cache.open(postgres_url, profile=HERE) as cache:
        cache.now(records.upsert, [invoice(n, party_name=name) for n, name in enumerate(names, 1)], "r1")
        ordered = cache.now(
            lambda: [
                row[0] for row in RecordTable.select(RecordTable.party).order_by(RecordTable.party).tuples()
            ]
        )
    assert ordered == sorted(names)


def test_two_profiles_share_a_database_in_schemas_of_their_own(postgres, clock):
    url = postgres.database()
    for name in ("north", "south"):
        execute(url, f"CREATE SCHEMA {name}")
        profile = ProfileIdentity(id=name, source="files", realm="9341")
        with Cache.open(f"{url}&options=-csearch_path%3D{name}", profile=profile) as cache:
            cache.now(records.upsert, [invoice(1)], "r1")
    counts = [execute(url, f"SELECT profile FROM {name}.record") for name in ("north", "south")]
    assert counts == [[("north",)], [("south",)]]


def test_texts_keep_what_a_server_cannot_store_visibly(postgres_url, clock):
    with Cache.open(postgres_url, profile=HERE) as cache:
        cache.now(facts.set, "note", "a\0b")
        assert cache.now(facts.get, "note") == "a\N{SYMBOL FOR NULL}b"
        assert cache.now(facts.get, "no\0te") == ""


def test_after_a_lost_connection_the_next_job_has_another(postgres_url, clock):
    with Cache.open(postgres_url, profile=HERE) as cache:
        cache.now(facts.set, "colour", "green")

        def lose_it() -> None:
            with db.atomic():
                facts.set("colour", "red")
                _end_sessions(postgres_url)
                facts.set("colour", "blue")

        with pytest.raises(CacheError, match="does not answer"):
            cache.now(lose_it)
        assert cache.now(facts.get, "colour") == "green"
        _end_sessions(postgres_url)
        cache.now(facts.set, "colour", "yellow")
        assert cache.now(facts.get, "colour") == "yellow"


def _end_sessions(url: str) -> None:
    execute(
        url,
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        "WHERE application_name = 'awra-tui' AND datname = current_database()",
    )


_STARTER = """
import sys
from tests.postgres import running
with running() as server:
    print(server.address, flush=True)
    sys.stdin.read()
"""


def test_a_server_of_the_tests_ends_with_a_process_that_is_killed(postgres):
    command = [sys.executable, "-c", _STARTER]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env=_without_named(),
    ) as starter:
        assert starter.stdout is not None
        folder = Path(starter.stdout.readline().partition("host=")[2].strip())
        assert (folder / "data" / "postmaster.pid").exists()
        starter.send_signal(signal.SIGKILL)
    assert _gone(folder)


def _without_named() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "AWRA_TUI_TEST_POSTGRES"}


def _gone(folder: Path) -> bool:
    for _ in range(200):
        if not folder.exists():
            return True
        # A process that does nothing is waited for: time passes without a clock.
        subprocess.run([sys.executable, "-S", "-c", ""], check=True)
    return False
