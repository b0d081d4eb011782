"""Dry run of a resend: field by field what QuickBooks has and what would be sent; nothing is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from awra_tui.actions.connect import candidates
from awra_tui.actions.known import known_record
from awra_tui.actions.outlook import Outlook, outlook
from awra_tui.cache.store import attempts, facts
from awra_tui.health import wording
from awra_tui.health.changes import possible_body, versions_of
from awra_tui.health.compare import Difference, side_by_side
from awra_tui.health.fields import for_people, label, ordered
from awra_tui.health.preflight import refused_kinds
from awra_tui.health.referred import with_names
from awra_tui.records.errors import AwraError
from awra_tui.records.finding import Judgement, Shipment
from awra_tui.records.qbo import Json, Link, QboObject
from awra_tui.records.subject import RecordKey
from awra_tui.sync.afresh import read_again
from awra_tui.sync.desk import Desk
from awra_tui.sync.judging import look, prepared
from awra_tui.sync.view import CacheView

NOTHING_LIKE_IT = "QuickBooks has nothing that looks like it."
ONLY = frozenset({"Id", "SyncToken", "sparse"})
"""Parts of a request that name an object and change nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: what QuickBooks has ``now``, what would be ``sent``, empty where a side has none.

    ``changes`` says that it would be otherwise afterwards.
    """

    name: str
    now: str
    sent: str
    changes: bool

    @property
    def label(self) -> str:
        """What people call the field."""
        return label(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What resending a record would do.

    ``beside`` says what of QuickBooks it is compared with. ``body`` is what would be sent, as far as it
    is known; ``then`` are further things that would be sent after it. ``unread`` says why QuickBooks
    could not be read again before.
    """

    outlook: Outlook
    beside: str
    fields: tuple[Field, ...] = ()
    body: Json | None = None
    then: tuple[str, ...] = ()
    unread: str = ""

    @property
    def lines(self) -> list[str]:
        """Return it as lines of text: what changes first, then what stays."""
        changing = [each for each in self.fields if each.changes]
        staying = [each for each in self.fields if not each.changes]
        said = [self.unread, self.outlook.sentence, *self.outlook.also, self.outlook.action, self.beside]
        lines = [sentence for sentence in said if sentence]
        for each in changing:
            lines += ["", f"≠ {each.label}", f"    now   {each.now or '–'}", f"    then  {each.sent or '–'}"]
        if staying:
            lines += ["", "Stays as it is:", *(f"= {each.label}  {each.now or '–'}" for each in staying)]
        return [*lines, *([""] if self.then else []), *self.then]


async def dry_run(desk: Desk, key: RecordKey, *, offline: bool = False) -> DryRun:
    """Say what resending a record would change; only our copy of QuickBooks is brought up to date.

    Raise UnknownRecordError, or AwraError where QuickBooks was never reached.
    """
    unread = "" if offline or desk.reading_only else await read_again(desk)
    run = await desk.page(_dry_run, desk, key, None, unread)
    if run.beside != NOTHING_LIKE_IT:
        return run
    # Only now: a search that is wider than the judge's goes through everything of the entity.
    found = await candidates(desk, key)
    nearest = next((one.object for one in found if not one.refused), None)
    return await desk.page(_dry_run, desk, key, nearest, unread) if nearest else run


def _dry_run(desk: Desk, key: RecordKey, nearest: QboObject | None, unread: str) -> DryRun:
    stored = known_record(key)
    company = facts.company()
    if company is None:
        raise AwraError(f"QuickBooks has not been reached yet; sync first. {unread}".strip())
    view = prepared([stored], company, desk.profile.rules)
    [judgement] = look([stored], view)
    stopped = refused_kinds(company, desk.profile.rules).get(key.kind)
    told = outlook(stored, judgement, view, attempts.last_of(key), stopped)
    main = next((link for link in view.links(key) if link.role == "main"), None)
    held = view.object(main.entity, main.qbo_id) if main else None
    thing = held if main else _compared(judgement, view) or nearest
    first = judgement.shipments[0] if judgement.shipments else None
    ours = with_names(_ours(key, view, main, held, first), view)
    return DryRun(
        outlook=told,
        beside=_beside(thing, judgement, connected=main is not None),
        fields=_fields(judgement, ours, thing, stored.record.currency, connected=main is not None),
        body=first.body if first else None,
        then=tuple(map(_then, judgement.shipments[1:])),
        unread=unread,
    )


def _compared(judgement: Judgement, view: CacheView) -> QboObject | None:
    """Return what the judge itself compares a record with that is not connected."""
    first = judgement.connect or next(iter(judgement.candidates), None)
    return view.object(first.entity, first.qbo_id) if first else None


def _ours(
    key: RecordKey, view: CacheView, main: Link | None, held: QboObject | None, first: Shipment | None
) -> Json:
    """Return the whole record as we would send it, also where a person must decide first."""
    if first is not None and first.ours:
        return first.ours
    if first is not None and first.operation == "create":
        return first.body
    record = known_record(key).record
    if main is None or held is None:
        return possible_body(record, view) or {}
    versions = versions_of(record, view, main, held)
    return versions.ours if versions else {}


def _beside(thing: QboObject | None, judgement: Judgement, *, connected: bool) -> str:
    if thing is None:
        return NOTHING_LIKE_IT
    title = f"{wording.object_title(thing)} (id {thing.id})"
    if connected:
        return f"Compared with what it is connected to in QuickBooks: {title}."
    if judgement.connect is not None:
        return f"Compared with what it would be connected to in QuickBooks: {title}."
    return f"Compared with what is most like it in QuickBooks: {title}."


def _fields(
    judgement: Judgement, ours: Json, thing: QboObject | None, currency: str, *, connected: bool
) -> tuple[Field, ...]:
    now = thing.content if thing else {}
    told = side_by_side({name: value for name, value in ours.items() if name not in ONLY}, now)
    kept = partial(_is_kept, judgement, connected=connected)
    return tuple(_field(for_people(one, currency), kept) for one in ordered(told))


def _field(one: Difference, kept: Callable[[Difference], bool]) -> Field:
    return Field(
        name=one.field, now=one.theirs, sent=one.ours, changes=one.ours != one.theirs and not kept(one)
    )


def _is_kept(judgement: Judgement, one: Difference, *, connected: bool) -> bool:
    """Whether QuickBooks keeps its own: of an update what is not sent, all where nothing is sent."""
    if not judgement.shipments:
        return connected and not (judgement.findings or judgement.waits_for)
    fields = judgement.shipments[0].fields
    return bool(fields) and one.root not in fields


def _then(shipment: Shipment) -> str:
    return f"After that: {shipment.operation} of a {wording.entity_label(shipment.entity)} ({shipment.role})."


def as_text(runs: Sequence[DryRun]) -> str:
    """Return dry runs as one text, each under the name of its record."""
    return "\n\n".join("\n".join([one.outlook.name, *one.lines]) for one in runs) + "\n"
