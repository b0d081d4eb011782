import sqlite3

import pytest
from playhouse.schema_diff import diff_models

from awra_tui.cache import Cache, migrations
from awra_tui.cache.schema import MODELS, db
from awra_tui.records.errors import CacheError
from tests.cache.conftest import HERE


def test_the_migrations_make_what_the_models_describe(cache):
    difference = cache.now(lambda: diff_models(db.obj, list(MODELS)))
    assert not difference, str(difference)


def test_every_migration_is_noted(cache):
    assert cache.now(lambda: migrations.applied(db.obj)) == set(migrations.known())


def test_a_newer_cache_is_refused_and_left_as_it_was(sqlite_url, clock):
    Cache.open(sqlite_url, profile=HERE).close()
    path = sqlite_url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as newer:
        newer.execute("INSERT INTO schema_migration (name, applied) VALUES ('9000_later', '2031-01-01')")
    newer.close()
    with pytest.raises(CacheError, match=r"newer awra-tui.*9000_later.*Update awra-tui"):
        Cache.open(sqlite_url, profile=HERE)
    with sqlite3.connect(path) as still:
        assert still.execute("SELECT COUNT(*) FROM schema_migration").fetchone() == (
            len(migrations.known()) + 1,
        )
    still.close()


def test_an_older_cache_is_not_changed_when_opened_for_reading(sqlite_url, tmp_path):
    older = sqlite3.connect(tmp_path / "cache.sqlite")
    older.execute("CREATE TABLE something_older (id INTEGER)")
    older.close()
    with pytest.raises(CacheError, match="not of this version"):
        Cache.open(sqlite_url, profile=HERE, read_only=True)


def test_no_column_may_be_null(cache):
    columns = cache.now(
        lambda: [column for model in MODELS for column in db.get_columns(model._meta.table_name)]
    )
    assert [
        f"{column.table}.{column.name}" for column in columns if column.null and not column.primary_key
    ] == []


@pytest.mark.parametrize(("table", "index"), [("link", "link_open"), ("warning", "warning_open")])
def test_open_rows_are_unique_by_the_database_itself(cache, table, index):
    found = cache.now(lambda: {one.name: one.unique for one in db.get_indexes(table)})
    assert found[index]
