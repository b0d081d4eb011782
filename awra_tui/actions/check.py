"""Check: what would become of records if they were sent now, with nothing sent and nothing kept of it."""

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from awra_tui.actions.outlook import Fate, Outlook, outlook
from awra_tui.cache import rows
from awra_tui.cache.pages import checkable, sending
from awra_tui.cache.pages.money import Money, Part, counted_once
from awra_tui.cache.pages.warning_query import WarningQuery
from awra_tui.cache.store import attempts, facts, records
from awra_tui.cache.stored import StoredRecord
from awra_tui.health import reasons
from awra_tui.health.headings import heading
from awra_tui.health.needs import needs
from awra_tui.health.numbers import TAKEN_ONCE
from awra_tui.health.preflight import preflight, refused_kinds
from awra_tui.records.errors import AwraError
from awra_tui.records.finding import Explained, Finding
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Company
from awra_tui.records.status import Status, Who
from awra_tui.records.subject import RecordKey
from awra_tui.sync.afresh import read_again
from awra_tui.sync.desk import Desk
from awra_tui.sync.judging import look, prepared
from awra_tui.sync.progress import Progress, Report, silent
from awra_tui.sync.view import CacheView

CHUNK = 150
"""Records that are judged together: other reading has to wait for no more than these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which records to check: these, those of warnings, or all that are not in QuickBooks yet.

    ``kinds`` are those of the last, all without any.
    """

    keys: tuple[RecordKey, ...] | None = None
    warnings: WarningQuery | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The records with one outlook for one cause, the first of them in order of work at the front."""

    fate: Fate
    cause: str
    members: list[Outlook] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """Return what holds for all of them."""
        first = self.members[0]
        general = _sending(first, len(self.members))
        return general or heading(self.cause, first.sentence, first.blocked_by, len(self.members))

    @property
    def money(self) -> tuple[Money, ...]:
        """Return their money by currency, each shilling once."""
        waits = self.fate is Fate.BLOCKED
        return counted_once(Part(one.key.kind, one.currency, one.minor, 1, waits) for one in self.members)


def _sending(first: Outlook, count: int) -> str:
    """Return what holds for several records that would be sent; their own sentences name a record."""
    if count < 2 or first.fate is not Fate.GOES:
        return ""
    kind, _, how = first.cause.removeprefix("send:").partition("/")
    return f"{KINDS[kind].plural}: {_MANY[how]}"


_MANY = {
    "create": "they would be created in QuickBooks.",
    "update": "they would be changed in QuickBooks.",
    "void": "they would be voided in QuickBooks.",
    "delete": "they would be deleted in QuickBooks.",
    "connect": "they would be connected to what QuickBooks has already.",
    "after": "they would be sent after what they refer to, which goes first.",
}


@dataclass(slots=True)
class Checked:
    """What a check found so far: ``done`` of ``total`` records.

    ``company`` is what in the company's settings makes records fail or lose something. ``unread`` says
    why QuickBooks could not be read again before.
    """

    total: int = 0
    done: int = 0
    unread: str = ""
    company: tuple[Explained, ...] = ()
    counts: Counter[Fate] = field(default_factory=Counter)
    by_cause: dict[tuple[Fate, str], Group] = field(default_factory=dict)

    @property
    def groups(self) -> list[Group]:
        """Return the groups: what fails before what is blocked and what goes, the largest first."""
        order = list(Fate)
        return sorted(self.by_cause.values(), key=lambda one: (order.index(one.fate), -len(one.members)))

    @property
    def sentence(self) -> str:
        """Say what the check came to."""
        if not self.total:
            return "Nothing waits to be sent."
        many = "1 record" if self.total == 1 else f"{self.total:,} records"
        counted = ", ".join(f"{self.counts[fate]:,} {_COUNTED[fate]}" for fate in Fate if self.counts[fate])
        if self.done < self.total:
            return f"{self.done:,} of {many}: {counted or 'none judged yet'}."
        return f"{many}: {counted}."

    @property
    def is_well(self) -> bool:
        """Whether everything would go."""
        return not (self.counts[Fate.FAILS] or self.counts[Fate.BLOCKED] or self.company)

    def add(self, one: Outlook) -> None:
        """Take one record into account."""
        self.done += 1
        self.counts[one.fate] += 1
        self.by_cause.setdefault((one.fate, one.cause), Group(one.fate, one.cause)).members.append(one)


_COUNTED = {
    Fate.FAILS: "would fail",
    Fate.BLOCKED: "blocked",
    Fate.GOES: "would be sent",
    Fate.NOTHING: "with nothing to send",
}


@dataclass(slots=True)
class _Seen:
    """What was judged before in this check: where records stand, and which numbers would be taken."""

    judged: dict[RecordKey, Status] = field(default_factory=dict)
    numbers: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def first(self, one: StoredRecord, found: Outlook) -> Outlook:
        """Return the outlook of a record, failing where one that goes before it takes its number."""
        record = one.record
        is_new = found.cause in {f"send:{record.kind}/{how}" for how in ("create", "after")}
        if not is_new or record.kind not in TAKEN_ONCE or not record.number:
            return found
        whose = record.party_id if record.kind == "bill" else ""
        other = self.numbers.setdefault((record.kind, whose, record.number.casefold()), record.source_id)
        if other == record.source_id:
            return found
        twin = f"{KINDS[record.kind].label.lower()} {other}"
        return replace(
            found,
            fate=Fate.FAILS,
            cause=f"number:{record.kind}/{whose}/{record.number}",
            sentence=f"Its number {record.number} is that of {twin}, too, which goes first.",
            action="Give one of the two another number in the source.",
            who=str(Who.FINANCE),
        )


async def check(
    desk: Desk,
    asked: Asked,
    *,
    offline: bool = False,
    progress: Report = silent,
    partly: Callable[[Checked], object] = lambda _: None,
) -> Checked:
    """Judge records against QuickBooks as it is now; nothing is sent, and no judgement is kept.

    What changed in QuickBooks is read first (two reads), unless ``offline``. ``partly`` gets the
    result as it grows. Raise AwraError where the source was never read or QuickBooks never reached.
    """
    await desk.page(_refuse_unread, asked)
    found = Checked()
    if not (offline or desk.reading_only):
        found.unread = await read_again(desk, progress)
    company, refused, ids = await desk.page(_begin, desk, asked, found)
    seen = _Seen()
    for some in rows.chunks(ids.tolist(), CHUNK):
        for one in await desk.page(_chunk, desk, company, some, refused, seen):
            found.add(one)
        progress(Progress(stage="Checking", done=found.done, total=found.total))
        partly(found)
    return found


def _refuse_unread(asked: Asked) -> None:
    """Raise AwraError where nothing is known only because nothing was read yet. A job of the cache."""
    if not facts.get(facts.LAST_READING) and not _ids(asked):
        raise AwraError(
            "The source has not been read yet, so it is not known what waits to be sent; sync first."
        )


def _begin(desk: Desk, asked: Asked, found: Checked) -> tuple[Company, dict[str, Finding], "array[int]"]:
    """Find out what is to be checked, and what the company's settings say of it. A job of the cache."""
    company = facts.company()
    if company is None:
        raise AwraError(f"QuickBooks has not been reached yet; sync first. {found.unread}".strip())
    rules = desk.profile.rules
    ids = _ids(asked)
    found.total = len(ids)
    wrong = preflight(company, rules, sending.sending(company))
    found.company = tuple(reasons.explain(one) for one in wrong)
    return company, refused_kinds(company, rules), ids


def _ids(asked: Asked) -> "array[int]":
    if asked.keys is not None:
        return checkable.ids_of(asked.keys)
    if asked.warnings is not None:
        return checkable.warned_ids(asked.warnings)
    return checkable.open_ids(asked.kinds)


def _chunk(
    desk: Desk,
    company: Company,
    ids: Sequence[int],
    refused: dict[str, Finding],
    seen: _Seen,
) -> list[Outlook]:
    """Judge some records; what was judged before them counts as it was judged. A job of the cache."""
    by_id = {one.id: one for one in records.by_ids(ids)}
    stored = [by_id[number] for number in ids if number in by_id]
    view = prepared(stored, company, desk.profile.rules)
    last = attempts.last_of_many([one.key for one in stored if one.attempts])
    return [_judged(one, view, seen, last.get(one.key), refused.get(one.key.kind)) for one in stored]


def _judged(
    one: StoredRecord,
    view: CacheView,
    seen: _Seen,
    last: attempts.LastAttempt | None,
    stopped: Finding | None,
) -> Outlook:
    for parent in needs(one.record, view.rules).parents:
        if parent.key in seen.judged:
            view.stands(parent.key, seen.judged[parent.key])
    [judgement] = look([one], view)
    found = seen.first(one, outlook(one, judgement, view, last, stopped))
    seen.judged[one.key] = _stands(found, judgement.status, one.status)
    return found


def _stands(found: Outlook, judged: Status, before: Status) -> Status:
    """Return how others are to see a record: what would be sent but fail comes no nearer to QuickBooks."""
    if before is Status.UNKNOWN or judged is not Status.PENDING:
        return before if before is Status.UNKNOWN else judged
    return Status.FAILED if found.fate is Fate.FAILS else judged
