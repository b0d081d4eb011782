"""A desk without a cache: pages by hand, and a note of what was asked."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from awra_tui.actions.lookup import LookedUp
from awra_tui.cache.pages.beside import Beside
from awra_tui.cache.pages.groups import QueueView
from awra_tui.cache.pages.overview import Heading, KindRow, MappingSummary, Money, Overview
from awra_tui.cache.pages.sought import Sought
from awra_tui.cache.pages.warnings import Group, Share, WarningQuery, WarningRow
from awra_tui.records.kinds import KINDS
from awra_tui.records.money import to_minor
from awra_tui.records.people import People
from awra_tui.records.qbo import Company
from awra_tui.records.rules import Rules
from awra_tui.records.signals import Signals
from awra_tui.records.status import Dimension, MappingState, Status, Who
from awra_tui.records.subject import Subject, record_subject
from awra_tui.records.trends import Trends

COMPANY = Company(
    realm="123146",
    name="Savanna Traders Ltd",
    country="KE",
    home_currency="KES",
    closing_date=date(2025, 10, 31),
)
KES_STEP = Decimal("1234.50")
OLD = "2025-11-03T08:00:00.000000Z"
NAMES = (
    "Baobab Café", "[red]O'Neil & Söhne[/]", "日本茶商会 Nairobi", "مكتبة النور", "Kilimani 🍵 Tea House",
    "Mwangi Hardware", "x" * 10_000, "Two\nLines\tand a tab", "Acme [wip] Ltd", "Jomo & Sons",
)  # fmt: skip


def kes(amount: int) -> Money:
    return Money(currency="KES", minor=amount * 100, count=1)


def kind_row(kind: str, **given: Any) -> KindRow:
    blank: dict[str, Any] = dict.fromkeys(
        ("source", "qbo", "matched", "pending", "skipped", "unknown", "warnings", "blocked", "dismissed"), 0
    )
    return KindRow(kind=kind, **{**blank, "waiting": (), "oldest": "", **given})


KIND_ROWS = {
    "customer": {"source": 80, "qbo": 57, "matched": 55, "warnings": 5, "oldest": OLD},
    "vendor": {"source": 20, "qbo": 20, "matched": 20},
    "item": {"source": 80, "qbo": 79, "matched": 78, "warnings": 2, "oldest": "2025-11-12T08:00:00.000000Z"},
    "purchase_order": {"source": 14, "qbo": 12, "matched": 12, "pending": 2},
    "invoice": {
        "source": 600, "qbo": 561, "matched": 559, "pending": 4, "warnings": 37, "blocked": 9,
        "waiting": (kes(1_284_300), Money(currency="USD", minor=120050, count=2)),
        "oldest": "2025-11-03T08:00:00.000000Z", "dismissed": 6,
    },
    "bill": {"source": 30, "qbo": 30, "matched": 30},
    "credit_note": {"source": 12, "qbo": 12, "matched": 12},
    "payment": {
        "source": 450, "qbo": 402, "matched": 402, "pending": 11, "warnings": 37, "blocked": 37,
        "waiting": (kes(96_410),), "oldest": "2025-11-06T08:00:00.000000Z",
    },
    "journal": {"source": 4, "qbo": 4, "matched": 4},
}  # fmt: skip


def summary(
    kind: str, state: MappingState, sentence: str = "", waits: int = 0, money: int = 0
) -> MappingSummary:
    return MappingSummary(
        kind=kind,
        state=state,
        sentence=sentence,
        waiting_records=waits,
        waiting=(kes(money),) if money else (),
        unready=int(bool(waits)),
        total=4,
    )


def an_overview(**given: Any) -> Overview:
    plain: dict[str, Any] = {
        "kinds": tuple(kind_row(kind, **KIND_ROWS.get(kind, {})) for kind in KINDS),
        "mappings": (
            summary("tax_code", MappingState.REVIEW, "Zero-rated has no code for Mombasa.", 14, 212_000),
            summary(
                "payment_method", MappingState.BLOCKED, "M-Pesa Mombasa has no deposit account.", 22, 96_410
            ),
            summary("account", MappingState.READY),
            summary("term", MappingState.READY),
        ),
        "dimensions": ((Dimension.MAPPING, 36), (Dimension.SOURCE_DATA, 21), (Dimension.DUPLICATE_RISK, 9)),
        "connectors": (),
        "rows_bad": 0,
        "last_run": SimpleNamespace(
            ended_at="2025-11-15T08:02:00.000000Z",
            started_at="2025-11-15T08:01:00.000000Z",
            outcome="done",
            who="ann@till",
        ),
        "running": None,
        "released": 12,
        "company": COMPANY,
        "profile_name": "Savanna Traders",
        "next_sync": "2025-11-15T09:00:00.000000Z",
    }
    return Overview(**{**plain, **given})


def a_warning(number: int, **given: Any) -> WarningRow:
    plain: dict[str, Any] = {
        "id": number,
        "subject": record_subject("invoice", f"I-{number}"),
        "kind": "invoice",
        "source_id": f"I-{number}",
        "number": f"INV-{1000 + number}",
        "party": NAMES[number % len(NAMES)],
        "amount_minor": to_minor(KES_STEP * number, "KES"),
        "currency": "KES",
        "date": f"2025-11-{1 + number % 28:02d}",
        "status": Status.NEEDS_ATTENTION,
        "reason": "mapping_missing",
        "sentence": 'The tax category "Zero-rated" of branch Mombasa is not mapped to a QuickBooks tax code.',
        "action": "Map it.",
        "who": Who.FINANCE,
        "dimension": Dimension.MAPPING,
        "blocked_by": "",
        "opened_at": "2025-11-03T08:00:00.000000Z",
        "attempts": 2,
        "last_attempt_at": "2025-11-15T08:02:00.000000Z",
        "branch": "Mombasa",
        "reference": "QK7T1",
        "owner": "",
        "screen": "mapping",
        "cause": "mapping:tax_code/Zero-rated@branch=Mombasa",
        "code": "6000",
        "message": "Make sure all your transactions have a VAT rate before you save.",
        "existing_id": "",
        "dismissed": False,
        "dismissed_by": "",
        "dismissed_at": "",
        "dismissed_why": "",
        "came_back": "",
    }
    return WarningRow(**{**plain, "root": given.get("cause", plain["cause"]), **given})


def some_warnings(count: int = 12) -> list[WarningRow]:
    rows = [a_warning(number) for number in range(1, count + 1)]
    if count >= 3:
        rows[2] = replace(
            rows[2], status=Status.PENDING, blocked_by="customer O'Neil & Söhne", screen="connect",
            cause="record:customer/C-7", root="record:customer/C-7", code="", message="", attempts=0,
            dimension=Dimension.SOURCE_DATA,
            sentence="Its customer O'Neil & Söhne is not connected to QuickBooks.",
        )  # fmt: skip
    return rows


class FakeDesk:
    """Answers reading jobs by their name; ``asked`` notes which."""

    can_rehearse = False
    reading_only = ""
    who = "ann@till"

    def __init__(self, warnings: Sequence[WarningRow] = (), page: Overview | None = None) -> None:
        self.profile = SimpleNamespace(
            name="demo",
            people=People(),
            qbo=SimpleNamespace(environment="sandbox"),
            rules=Rules(),
            support=SimpleNamespace(guide_url=""),
        )
        self.warnings = list(warnings)
        self.dismissed: list[WarningRow] = []
        self.grouped = False
        self.head: WarningRow | None = None
        self.others: tuple[tuple[WarningRow, int], ...] = ()
        self.trends = Trends()
        self.signals = Signals()
        self.written: list[tuple[Any, ...]] = []
        self.overview = page or an_overview()
        self.asked: list[str] = []
        self.fault: Exception | None = None

    async def page(self, job: Callable[..., Any], *args: Any) -> Any:
        self.asked.append(job.__name__)
        if self.fault is not None:
            raise self.fault
        return getattr(self, f"_{job.__name__}")(*args)

    async def write(self, job: Callable[..., Any], *args: Any) -> None:
        self.written.append((job.__name__, *args))

    def _running(self) -> Any:
        return self.overview.running

    def _overview(self) -> Overview:
        return self.overview

    def _heading(self) -> Heading:
        return self.overview

    def _warning_ids(self, query: WarningQuery) -> "array[int]":
        return array("q", [row.id for row in self._matching(query)])

    def _warning_head(self, query: WarningQuery, limit: int) -> list[WarningRow]:
        return self._matching(query)[:limit]

    def _warning_rows(self, ids: Sequence[int]) -> list[WarningRow]:
        rows = {row.id: row for row in self.warnings + self.dismissed}
        return [rows[row_id] for row_id in ids if row_id in rows]

    def _trends(self) -> Trends:
        return self.trends

    def _signals(self) -> Signals:
        return self.signals

    def _queue_view(self) -> QueueView:
        return QueueView(self.grouped, None)

    def _change_counts(self, query: WarningQuery) -> tuple[int, int, int]:
        changes = [row.change for row in self._matching(query)]
        return changes.count("new"), changes.count("returned"), changes.count("cleared")

    def _group_ids(self, query: WarningQuery) -> "array[int]":
        return array("q", [rows[0].id for rows in self._by_cause(query)])

    def _group_head(self, query: WarningQuery, limit: int) -> list[WarningRow]:
        return self._group_rows(query, self._group_ids(query)[:limit])

    def _group_rows(self, query: WarningQuery, ids: Sequence[int]) -> list[WarningRow]:
        groups = {rows[0].id: rows for rows in self._by_cause(query)}
        return [replace(groups[lead][0], group=_group(groups[lead])) for lead in ids if lead in groups]

    def _group_members(self, query: WarningQuery, ids: Sequence[int]) -> "array[int]":
        return array("q", [row.id for rows in self._by_cause(query) if rows[0].id in ids for row in rows])

    def _by_cause(self, query: WarningQuery) -> list[list[WarningRow]]:
        found: dict[str, list[WarningRow]] = {}
        for row in self._matching(query):
            found.setdefault(row.root, []).append(row)
        return list(found.values())

    def _warning_totals(self, query: WarningQuery) -> tuple[int, tuple[Money, ...]]:
        rows = self._matching(query)
        return len(rows), (
            Money(currency="KES", minor=sum(row.amount_minor for row in rows), count=len(rows)),
        )

    def _beside(self, root: str) -> Beside:
        count, money = self._warning_totals(WarningQuery(root=root))
        return Beside(count=count, money=money, head=self.head, others=self.others)

    def _beside_one(self, root: str, _subject: Subject) -> Beside:
        return self._beside(root)

    def _look_up_here(self, _desk: Any, text: str) -> LookedUp:
        found = Sought(text=text.strip())
        return LookedUp(found=found, verdict="Nothing anywhere." if found.text else "", alikes={})

    def _matching(self, query: WarningQuery) -> list[WarningRow]:
        rows = self.dismissed if query.dismissed else self.warnings
        rows = [row for row in rows if not query.kinds or row.kind in query.kinds]
        rows = [row for row in rows if not query.cause or query.cause in (row.cause, row.root)]
        rows = [row for row in rows if not query.root or row.root == query.root]
        rows = [row for row in rows if not query.issue or row.issue == query.issue]
        rows = [row for row in rows if query.since or not row.closed_at]
        rows = [
            row
            for row in rows
            if query.text.casefold() in f"{row.number} {row.party} {row.sentence}".casefold()
        ]
        keys: dict[str, Callable[[WarningRow], Any]] = {
            "number": lambda row: row.number,
            "party": lambda row: row.party,
            "amount": lambda row: row.amount_minor,
        }
        if query.sort in keys:
            rows.sort(key=keys[query.sort], reverse=query.descending)
        return rows


def _group(rows: Sequence[WarningRow]) -> Group:
    money = Money(currency="KES", minor=sum(row.amount_minor for row in rows), count=len(rows))
    return Group(
        count=len(rows),
        money=(money,),
        shares=tuple(
            _share([row for row in rows if row.kind == kind])
            for kind in dict.fromkeys(row.kind for row in rows)
        ),
        oldest=min(row.opened_at for row in rows),
    )


def _share(rows: Sequence[WarningRow]) -> Share:
    money = Money(currency="KES", minor=sum(row.amount_minor for row in rows), count=len(rows))
    waiting = sum(bool(row.blocked_by) for row in rows)
    return Share(kind=rows[0].kind, records=len(rows), waiting=waiting, money=(money,))
