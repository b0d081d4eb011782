"""Columns of statements: one for everything, or one for each period, name or class, and their sum."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from awra_tui.simulator import faults
from awra_tui.simulator.money import ZERO
from awra_tui.simulator.records import Body
from awra_tui.simulator.references import called
from awra_tui.simulator.reports.basis import Movement
from awra_tui.simulator.reports.frame import FIRST, Frame, amount

_LONGEST = 400


class Amounts(tuple[Decimal, ...]):
    """The amounts of a row, one for each column; added and subtracted column by column."""

    __slots__ = ()

    def __add__(self, other: "Amounts") -> "Amounts":  # type: ignore[override]
        return Amounts(one + two for one, two in zip(self, other, strict=True))

    def __sub__(self, other: "Amounts") -> "Amounts":
        return self + -other

    def __neg__(self) -> "Amounts":
        return Amounts(-one for one in self)

    def __bool__(self) -> bool:
        return any(self)

    def shown(self) -> tuple[str, ...]:
        """Write the amounts as cells."""
        return tuple(amount(one) for one in self)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, what is said of it, and which movements it holds."""

    title: str
    holds: Callable[[Movement], bool]
    meta: dict[str, str] = field(default_factory=dict)

    def body(self) -> Body:
        """Return the column as a report writes it."""
        meta = [{"Name": name, "Value": value} for name, value in self.meta.items()]
        return {"ColTitle": self.title, "ColType": "Money", "MetaData": meta}


TOTAL = Column("TOTAL", lambda _: True, {"ColKey": "total"})


def asked(frame: Frame) -> str:
    """Return by what the columns are asked for. Raises a Fault (2170) for what is not known."""
    wanted = frame.params.get("summarize_column_by", "Total")
    known = {name.lower(): name for name in ("Total", *_PERIODS, *_NAMES)}
    if wanted.lower() not in known:
        raise faults.bad_enumeration(wanted)
    return known[wanted.lower()]


def divided(frame: Frame, start: date, end: date, moved: Sequence[Movement]) -> list[Column]:
    """Return the columns of a period with their sum, as they are asked for.

    Raises a Fault (10100) where they would be too many.
    """
    by = asked(frame)
    if by in _PERIODS:
        if start == FIRST and moved:
            start = moved[0].day.replace(month=1, day=1)
        return [*(_inside(by, *one) for one in _spans(by, start, end)), TOTAL]
    return [*_named(frame, _NAMES[by], moved), TOTAL] if by in _NAMES else [TOTAL]


def standing(frame: Frame, start: date, end: date) -> list[Column]:
    """Return the columns of what stands at the end of each period, or at the end of all."""
    by = asked(frame)
    if by not in _PERIODS:
        return [TOTAL]
    return [_until(by, *one) for one in _spans(by, start, end)]


def amounts(moved: Iterable[Movement], columns: list[Column]) -> dict[str, Amounts]:
    """Add up postings in home currency per account and column, debits positive."""
    found: dict[str, list[Decimal]] = {}
    for one in moved:
        row = found.setdefault(one.posting.account, [ZERO] * len(columns))
        for place, column in enumerate(columns):
            if column.holds(one):
                row[place] += one.posting.home
    return {account: Amounts(row) for account, row in found.items()}


def _spans(by: str, start: date, end: date) -> list[tuple[date, date]]:
    """Cut days into whole weeks, months, quarters or years; the first and last may be shorter."""
    found: list[tuple[date, date]] = []
    while start <= end:
        if len(found) == _LONGEST:
            raise faults.too_large()
        last = min(_PERIODS[by](start) - timedelta(days=1), end)
        found.append((start, last))
        start = last + timedelta(days=1)
    return found


def _next_month(day: date, count: int = 1) -> date:
    """Return the first day of the month so many months on."""
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


_PERIODS: dict[str, Callable[[date], date]] = {
    "Days": lambda day: day + timedelta(days=1),
    "Week": lambda day: day + timedelta(days=7 - (day.weekday() + 1) % 7),
    "Month": _next_month,
    "Quarter": lambda day: _next_month(day, 3 - (day.month - 1) % 3),
    "Year": lambda day: date(day.year + 1, 1, 1),
}


def _title(by: str, first: date, last: date) -> str:
    whole = _PERIODS[by](first) - timedelta(days=1) == last
    if by == "Days":
        return f"{first:%b} {first.day}, {first.year}"
    if by == "Year" and whole and (first.month, first.day) == (1, 1):
        return str(first.year)
    if by in {"Month", "Quarter"} and whole and first.day == 1:
        months = dict.fromkeys((f"{first:%b}", f"{last:%b}"))
        return f"{' - '.join(months)}{',' if len(months) > 1 else ''} {first.year}"
    to = f"{last.day}" if first.month == last.month else f"{last:%b} {last.day}"
    return f"{first:%b} {first.day} - {to}, {first.year}"


def _said(first: date, last: date, title: str) -> dict[str, str]:
    return {"StartDate": first.isoformat(), "EndDate": last.isoformat(), "ColKey": title}


def _inside(by: str, first: date, last: date) -> Column:
    title = _title(by, first, last)
    return Column(title, lambda one: first <= one.day <= last, _said(first, last, title))


def _until(by: str, first: date, last: date) -> Column:
    title = _title(by, first, last)
    return Column(title, lambda one: one.day <= last, _said(first, last, title))


Name = tuple[str, str]
Naming = Callable[[Frame, Movement], Name]


def _of_form(*fields: str) -> Naming:
    def name(_: Frame, one: Movement) -> Name:
        refs = (one.record.body.get(field) for field in fields)
        ref = next((ref for ref in refs if isinstance(ref, dict)), {})
        return str(ref.get("value", "")), str(ref.get("name", ""))

    return name


def _class(frame: Frame, one: Movement) -> Name:
    record = frame.company.store.get("Class", one.posting.class_id)
    return (record.key.id, called(record)) if record else ("", "")


_NAMES: dict[str, Naming] = {
    "Customers": _of_form("CustomerRef"),
    "Vendors": _of_form("VendorRef", "EntityRef"),
    "Departments": _of_form("DepartmentRef"),
    "Classes": _class,
}


def _named(frame: Frame, naming: Naming, moved: Iterable[Movement]) -> list[Column]:
    """Return a column for each name in the order of names; what has none comes last."""
    names = dict(naming(frame, one) for one in moved)
    return [
        _holding(frame, naming, id_, names[id_])
        for id_ in sorted(names, key=lambda one: (not one, names[one]))
    ]


def _holding(frame: Frame, naming: Naming, id_: str, name: str) -> Column:
    title = name if id_ else "Not Specified"
    return Column(title, lambda one: naming(frame, one)[0] == id_, {"ColKey": id_ or title})
