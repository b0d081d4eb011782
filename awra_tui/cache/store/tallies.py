"""Counts kept beside what they count, in the same transaction, so that screens never count rows.

``counted`` takes what a set of records contributes before a change and after it, and adds the
difference: whatever the change was, the counts stay right.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.schema import db
from awra_tui.records.status import Status

WAITING = (Status.PENDING, Status.FAILED, Status.RETRYING, Status.NEEDS_ATTENTION)
"""Statuses of records that are not in QuickBooks and might be."""

TallyKey = tuple[str, str, bool, str]
"""Kind, status, warned, currency."""
NeedKey = tuple[str, str, str, str, str]
"""Mapping kind, value, scope, currency, stated tax rates."""

_WAITS = ", ".join(f"'{status}'" for status in WAITING)
_ADD_TALLY = """
    INSERT INTO tally (profile, kind, status, warned, currency, records, minor) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (profile, kind, status, warned, currency)
    DO UPDATE SET records = tally.records + excluded.records, minor = tally.minor + excluded.minor"""
_ADD_NEED = """
    INSERT INTO need (profile, kind, value, scope, currency, rates, records, waiting, minor)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (profile, kind, value, scope, currency, rates)
    DO UPDATE SET records = need.records + excluded.records, waiting = need.waiting + excluded.waiting,
        minor = need.minor + excluded.minor"""
_TALLY_OF = """
    SELECT kind, status, warned, currency, COUNT(*), SUM(amount_minor) FROM record
    WHERE id IN ({ids}) AND deleted_at = '' GROUP BY kind, status, warned, currency"""
_NEED_OF = f"""
    SELECT edge.kind, edge.value, edge.scope, record.currency, edge.rates, COUNT(*),
        SUM(CASE WHEN record.status IN ({_WAITS}) THEN 1 ELSE 0 END),
        SUM(CASE WHEN record.status IN ({_WAITS}) THEN record.amount_minor ELSE 0 END)
    FROM reference AS edge JOIN record ON record.id = edge.record_id
    WHERE edge.record_id IN ({{ids}}) AND edge.target = 'mapping' AND record.deleted_at = ''
    GROUP BY edge.kind, edge.value, edge.scope, record.currency, edge.rates"""  # noqa: S608


class Change:
    """What counts are to change by, collected and written once."""

    def __init__(self) -> None:
        self._records: Counter[TallyKey] = Counter()
        self._minor: Counter[TallyKey] = Counter()
        self._needs: dict[NeedKey, tuple[int, int, int]] = {}

    def tally(self, key: TallyKey, records: int, minor: int) -> None:
        """Add records and their money under a key; negative numbers take away."""
        self._records[key] += records
        self._minor[key] += minor

    def of_records(self, ids: Sequence[int], sign: int) -> None:
        """Add, or with ``sign`` -1 take away, what these records contribute as they are now."""
        for some in rows.chunks(ids):
            for kind, status, warned, currency, count, minor in rows.select(_listed(_TALLY_OF, some), some):
                self.tally((kind, status, bool(warned), currency), sign * count, sign * int(minor))
            for row in rows.select(_listed(_NEED_OF, some), some):
                kind, value, scope, currency, rates, count, waiting, minor = row
                key = (kind, value, scope, currency, rates)
                self._need(key, sign * count, sign * int(waiting), sign * int(minor))

    def write(self) -> None:
        """Apply everything collected to the tables."""
        here = profile()
        changed = [
            (here, *key, count, self._minor[key])
            for key, count in sorted(self._records.items())
            if count or self._minor[key]
        ]
        rows.execute_many(_ADD_TALLY, changed)
        needs = [(here, *key, *numbers) for key, numbers in sorted(self._needs.items()) if any(numbers)]
        rows.execute_many(_ADD_NEED, needs)

    def _need(self, key: NeedKey, count: int, waiting: int, minor: int) -> None:
        old = self._needs.get(key, (0, 0, 0))
        self._needs[key] = (old[0] + count, old[1] + waiting, old[2] + minor)


@contextmanager
def counted(ids: Sequence[int]) -> Iterator[None]:
    """Change these records, their references or their warnings inside; the counts follow."""
    with db.atomic():
        change = Change()
        change.of_records(ids, -1)
        yield
        change.of_records(ids, 1)
        change.write()


def _listed(sql: str, ids: Sequence[int]) -> str:
    return sql.format(ids=rows.marks(len(ids)))
