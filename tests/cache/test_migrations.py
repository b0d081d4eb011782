import datetime as dt

import pytest
from playhouse.schema_diff import diff_models

from awra_tui.cache import Cache, migrations, rows
from awra_tui.cache.schema import MODELS, db
from awra_tui.cache.store import decisions, mappings
from awra_tui.records.errors import CacheError
from awra_tui.records.mapping import Mapping
from awra_tui.records.subject import MappingKey
from tests.cache.conftest import HERE, elsewhere


def test_the_migrations_make_what_the_models_describe(cache):
    difference = cache.now(lambda: diff_models(db.obj, list(MODELS)))
    assert not difference, str(difference)


def test_every_migration_is_noted(cache):
    assert cache.now(lambda: migrations.applied(db.obj)) == set(migrations.known())


def test_a_newer_cache_is_refused_and_left_as_it_was(new_url, clock):
    Cache.open(new_url, profile=HERE).close()
    elsewhere(new_url, "INSERT INTO schema_migration (name, applied) VALUES ('9000_later', '2031-01-01')")
    with pytest.raises(CacheError, match=r"newer awra-tui.*9000_later.*Update awra-tui"):
        Cache.open(new_url, profile=HERE)
    noted = elsewhere(new_url, "SELECT name FROM schema_migration")
    assert {name for (name,) in noted} == {*migrations.known(), "9000_later"}


def test_an_older_cache_is_not_changed_when_opened_for_reading(new_url):
    Cache.open(new_url, profile=HERE).close()
    elsewhere(new_url, f"DELETE FROM schema_migration WHERE name = '{migrations.known()[-1]}'")
    with pytest.raises(CacheError, match="not of this version"):
        Cache.open(new_url, profile=HERE, read_only=True)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_database_of_another_program_is_refused_and_left_as_it_was(sqlite_url, read_only):
    elsewhere(sqlite_url, "CREATE TABLE object (id INTEGER)")
    with pytest.raises(CacheError, match="a database of another program"):
        Cache.open(sqlite_url, profile=HERE, read_only=read_only)
    assert elsewhere(sqlite_url, "SELECT name FROM sqlite_master") == [("object",)]


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


def test_what_was_decided_before_the_audit_is_found_in_it(new_url, clock):
    with Cache.open(new_url, profile=HERE) as cache:
        cache.now(decisions.add, "dismiss", "invoice/i1", {}, {"why": "Agreed with Café"}, "jo@desk")
    for index in ("decision_at", "warning_dated", "record_retried"):
        elsewhere(new_url, f"DROP INDEX {index}")
    for statement in (
        "ALTER TABLE decision DROP COLUMN search",
        "DELETE FROM schema_migration WHERE name = '0011_audit'",
    ):
        elsewhere(new_url, statement)
    with Cache.open(new_url, profile=HERE) as cache:
        [row] = cache.now(rows.select, "SELECT search FROM decision")
    assert row == ("jo@desk dismiss invoice/i1 agreed with cafe",)


def test_mappings_of_before_hold_for_all_dates(new_url, clock):
    key = MappingKey("tax_code", "VAT 16")
    with Cache.open(new_url, profile=HERE) as cache:
        cache.now(mappings.save, Mapping(key, "5"), "jo@desk")
    undone = {
        "mapping": ("profile_realm_kind_value_scope", ("valid_from", "object_name", "account_name")),
        "need": ("profile_kind_value_scope_currency", ("rates",)),
        "reference": ("", ("rates",)),
    }
    for table, (index, columns) in undone.items():
        if index:
            elsewhere(new_url, f"DROP INDEX {table}_{index}_{columns[0]}")
            elsewhere(new_url, f"CREATE INDEX {table}_{index} ON {table} (profile)")
        for column in columns:
            elsewhere(new_url, f"ALTER TABLE {table} DROP COLUMN {column}")
    elsewhere(new_url, "DELETE FROM schema_migration WHERE name = '0008_mapping_days'")
    with Cache.open(new_url, profile=HERE) as cache:
        assert cache.now(mappings.all) == [Mapping(key, "5")]
        later = Mapping(key, "6", valid_from=dt.date(2026, 12, 1), earlier=Mapping(key, "5"))
        cache.now(mappings.save, later, "jo@desk")
        assert cache.now(mappings.get, key) == later


def test_of_mappings_of_before_nobody_said_that_they_are_meant_so(new_url, clock):
    key = MappingKey("tax_code", "VAT 16")
    with Cache.open(new_url, profile=HERE) as cache:
        cache.now(mappings.save, Mapping(key, "5"), "jo@desk")
    elsewhere(new_url, "ALTER TABLE mapping DROP COLUMN reviewed")
    elsewhere(new_url, "DELETE FROM schema_migration WHERE name = '0014_reviewed'")
    with Cache.open(new_url, profile=HERE) as cache:
        assert cache.now(mappings.all) == [Mapping(key, "5")]
        cache.now(mappings.save, Mapping(key, "5", reviewed="exempt"), "jo@desk")
        assert cache.now(mappings.get, key) == Mapping(key, "5", reviewed="exempt")
