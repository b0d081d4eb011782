"""What is looked at again and again is found in an index that has few rows, also beside 100,000 others."""

from functools import partial

import pytest

from awra_tui.cache import Cache
from awra_tui.cache.pages.overview import overview
from awra_tui.cache.pages.signals import signals
from awra_tui.cache.schema import db
from awra_tui.cache.store import aside, decisions, warnings
from tests.cache.conftest import HERE

_OF_CONNECTOR = "closed_at=? AND dismissed=? AND subject_type=?"


@pytest.mark.parametrize(
    ("look", "indexes"),
    [
        (overview, {"warning_snoozed", "warning_awaits", _OF_CONNECTOR}),
        (signals, {"record_retried", "warning_dated", _OF_CONNECTOR}),
        (aside.wake, {"warning_snoozed"}),
        (partial(warnings.open_record_keys, "mapping:x"), {"warning_root", "closed_at=? AND cause=?"}),
        (partial(decisions.did_people_decide_since, 1), {"PRIMARY KEY (rowid>?)"}),
    ],
)
def test_a_look_goes_by_the_index_of_what_it_looks_for(sqlite_url, clock, monkeypatch, look, indexes):
    asked = []
    with Cache.open(sqlite_url, profile=HERE) as cache:
        real = db.obj.execute_sql
        monkeypatch.setattr(db.obj, "execute_sql", lambda *told: (asked.append(told), real(*told))[1])
        cache.now(look)
        monkeypatch.undo()
        plans = [
            str(cache.now(_plan, statement, *values))
            for statement, *values in asked
            if statement.lstrip().startswith("SELECT")
        ]
    assert {index for index in indexes if any(index in plan for plan in plans)} == indexes


def _plan(statement, values=()):
    return db.obj.execute_sql(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
