"""Each migration applied to a cache that has rows already, of the version just before it."""

import shutil

import pytest
from playhouse.schema_diff import diff_models

from awra_tui.cache import Cache, migrations
from awra_tui.cache.schema import MODELS, db
from tests.cache.conftest import HERE, elsewhere

OPEN = {"closed_at", "undone_at", "deleted_at"}
"""What is empty in the first of two rows, which is open; all other texts are filled."""
OTHERWISE = {"before": '{"qbo_id": "1"}', "after": "{}", "undone_by": "0", "undoes": "0"}
FILLED_ANEW = {"0012_roots": {"search"}}
"""The columns of before whose values a migration changes."""
LATER = migrations.known()[1:]


def of_version(folder, url, count):
    """Open and close a cache with so many of the migrations."""
    versions = folder / f"versions{count}"
    versions.mkdir(exist_ok=True)
    for name in migrations.known()[:count]:
        shutil.copy(migrations._DIRECTORY / f"{name}.py", versions)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "_DIRECTORY", versions)
        with Cache.open(url, profile=HERE) as cache:
            return cache.now(_columns)


def _columns():
    """Return the columns of each table, with their types, besides the notes of migrations."""
    tables = sorted(set(db.get_tables()) - {"schema_migration", "profile"})
    return {table: {each.name: each.data_type for each in db.get_columns(table)} for table in tables}


def fill(url, columns):
    """Put an open and a closed row into each table."""
    for table, types in columns.items():
        for place in (1, 2):
            values = {name: _value(name, type_.casefold(), place) for name, type_ in types.items()}
            elsewhere(url, f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(values.values())})")


def _value(name, type_, place):
    if name in OTHERWISE:
        return f"'{OTHERWISE[name]}'"
    if "text" in type_:
        return "''" if name in OPEN and place == 1 else f"'{name} {place}'"
    if "blob" in type_ or "bytea" in type_:
        return "'bytes'"
    return ("false" if place == 1 else "true") if "bool" in type_ else str(place)


def rows_of(url, columns, besides):
    """Return what each table has in these columns."""
    return {
        table: elsewhere(url, f"SELECT {', '.join(sorted({*types} - besides))} FROM {table} ORDER BY 1, 2")
        for table, types in columns.items()
    }


@pytest.mark.parametrize("name", LATER)
def test_a_cache_with_rows_goes_through_each_migration(name, new_url, clock, tmp_path):
    count = migrations.known().index(name)
    columns = of_version(tmp_path, new_url, count)
    fill(new_url, columns)
    besides = FILLED_ANEW.get(name, set())
    before = rows_of(new_url, columns, besides)
    assert all(len(found) == 2 for found in before.values())
    of_version(tmp_path, new_url, count + 1)
    assert rows_of(new_url, columns, besides) == before, "what was there stays as it was"
    noted = elsewhere(new_url, "SELECT name FROM schema_migration")
    assert {each for (each,) in noted} == {*migrations.known()[: count + 1]}


def test_a_cache_of_the_first_version_with_rows_becomes_one_of_this_version(new_url, clock, tmp_path):
    columns = of_version(tmp_path, new_url, 1)
    fill(new_url, columns)
    with Cache.open(new_url, profile=HERE) as cache:
        difference = cache.now(lambda: diff_models(db.obj, list(MODELS)))
    assert not difference, str(difference)
    noted = elsewhere(new_url, "SELECT name FROM schema_migration")
    assert {each for (each,) in noted} == {*migrations.known()}
    rows = rows_of(new_url, columns, {"search"})
    assert {len(found) for found in rows.values()} == {2}
