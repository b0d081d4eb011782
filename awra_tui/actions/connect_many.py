"""Connect many customers, vendors and items at once: what is certain, what a person adds, one decision."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from awra_tui.actions.connect import (
    begin,
    connection_to,
    decided_again,
    main_link,
    named,
    no_connection,
    not_now,
    standing_start,
    taken_since,
    unanswered,
    unfit,
)
from awra_tui.actions.known import known_company, known_record
from awra_tui.actions.results import ConnectCandidate, Connected, ConnectPreview
from awra_tui.cache.keys import name_key
from awra_tui.cache.pages import parties
from awra_tui.cache.pages.money import Money
from awra_tui.cache.store import decisions, facts, links, objects, parted, records
from awra_tui.cache.store.decisions import Decision
from awra_tui.health.naming import distinct
from awra_tui.health.register import Register, pairs
from awra_tui.health.witnesses import Evidence
from awra_tui.health.wording import entity_label, name_of
from awra_tui.records import clock
from awra_tui.records.errors import AwraError, PendingError, SupersededError
from awra_tui.records.kinds import KINDS, counted, kind_of
from awra_tui.records.qbo import Link, QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.rules import Rules, written_start
from awra_tui.records.subject import RecordKey
from awra_tui.sync import release, waiting
from awra_tui.sync.beginning import Beginning, of_party
from awra_tui.sync.desk import Desk
from awra_tui.sync.view import CacheView, start_fact

VERB = "connect many"
"""The verb of the decision."""
NAME_KINDS = tuple(kind.name for kind in KINDS.values() if kind.is_name)
AT_ONCE = 200
"""So many records are compared in one job of the cache."""

Chosen = Mapping[RecordKey, str]
"""The id of the object that each record is to be connected to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unconnected:
    """A name that is not connected: what it most likely is, how many others it may be, what it holds up.

    ``is_certain`` says that an equal tax number or e-mail, or the same name and another witness, leave no
    question. ``waits`` is how many records wait for it, ``held`` their money. ``namesake`` says what has
    its name in QuickBooks and cannot be it, such as ``vendor``; ``distinct`` the name for it then.
    """

    record: SourceRecord
    best: ConnectCandidate | None = None
    others: int = 0
    is_certain: bool = False
    waits: int = 0
    held: tuple[Money, ...] = ()
    namesake: str = ""
    distinct: str = ""

    @property
    def key(self) -> RecordKey:
        """Return the record's key."""
        return RecordKey(self.record.kind, self.record.source_id)


async def unconnected(desk: Desk, kinds: Sequence[str] = NAME_KINDS) -> list[Unconnected]:
    """Return the names that a person has to connect or create, each with its likeliest candidate.

    In order of work; of each kind the certain ones first, then by how much speaks for the candidate.
    """
    found: list[Unconnected] = []
    for kind in kinds:
        keys = await desk.page(parties.unconnected, [kind])
        if not keys:
            continue
        ranked = await desk.page(_Ranked, kind, desk.profile.rules)
        for place in range(0, len(keys), AT_ONCE):
            await desk.page(ranked.add, keys[place : place + AT_ONCE])
        found += sorted(ranked.rows(), key=_likeliest)
    return found


def _likeliest(row: Unconnected) -> tuple[bool, int]:
    return not row.is_certain, -row.best.score if row.best else 0


class _Ranked:
    """The records of one kind with their candidates, read in jobs of the cache."""

    def __init__(self, kind: str, rules: Rules) -> None:
        entity, company = kind_of(kind).entity, facts.company()
        free = [one for one in objects.unlinked(entity) if one.active]
        self._home = company.home_currency if company else ""
        owed = parties.owed_there(entity, [one.id for one in free], self._home)
        self._kind = kind
        self._free = {one.id for one in free}
        self._view = CacheView(company, rules) if company else None
        self._names: dict[str, tuple[str, str]] = {}
        self._register = Register(kind, free)
        self._owing: defaultdict[frozenset[tuple[str, int]], set[str]] = defaultdict(set)
        for qbo_id, each in owed.items():
            self._owing[frozenset(each.items())].add(qbo_id)
        self._records: list[SourceRecord] = []
        self._owed: list[frozenset[str]] = []
        self._held: dict[str, parties.HeldBy] = {}

    def add(self, keys: Sequence[RecordKey]) -> None:
        """Read some records, what they owe and what they hold up."""
        stored = records.many(keys).values()
        ids = [one.key.source_id for one in stored]
        owed = parties.owed_here(self._kind, ids, self._home)
        self._held |= parties.held_by(self._kind, ids)
        self._records += [one.record for one in stored]
        self._owed += [self._alike(owed.get(each, {})) for each in ids]
        self._name([one.record for one in stored])

    def _name(self, found: Sequence[SourceRecord]) -> None:
        """Find out which of these names somebody else has: customers, vendors and employees share them."""
        if self._view is None or self._kind == "item":
            return
        bearing: defaultdict[str, list[QboObject]] = defaultdict(list)
        for thing in objects.bearing([name_of(one) for one in found]):
            bearing[name_key(thing.name)].append(thing)
        for record in found:
            there = bearing[name_key(name_of(record))]
            if by := next((one for one in there if not self._may_be(record, one)), None):
                self._names[record.source_id] = entity_label(by.entity), distinct(record, self._view)

    def _may_be(self, record: SourceRecord, thing: QboObject) -> bool:
        is_free = thing.entity == kind_of(record.kind).entity and thing.id in self._free
        return is_free and not unfit(record, thing)

    def _alike(self, owed: parties.Owed) -> frozenset[str]:
        return frozenset(self._owing.get(frozenset(owed.items()), ())) if owed else frozenset()

    def rows(self) -> Iterator[Unconnected]:
        """Yield every record with its likeliest candidate."""
        found = pairs(self._records, self._register, self._owed)
        for record, (ranked, is_certain) in zip(self._records, found, strict=True):
            best = _candidate(record, ranked[0], self._register.thing(ranked[0])) if ranked else None
            namesake, other = self._names.get(record.source_id, ("", ""))
            held = self._held.get(record.source_id, parties.HeldBy())
            yield Unconnected(
                record=record,
                best=best,
                others=max(len(ranked) - 1, 0),
                is_certain=is_certain and best is not None and not best.refused,
                waits=held.count,
                held=held.money,
                namesake=namesake,
                distinct=other,
            )


def _candidate(record: SourceRecord, ranked: Evidence, thing: QboObject) -> ConnectCandidate:
    found = ranked.candidate
    return ConnectCandidate(object=thing, score=found.score, why=found.why, refused=unfit(record, thing))


async def preview_many(desk: Desk, chosen: Chosen, start_date: dt.date | None = None) -> ConnectPreview:
    """Say what connecting these together will bring, before it happens."""
    return await desk.page(_preview, desk, chosen, start_date)


def _preview(desk: Desk, chosen: Chosen, start_date: dt.date | None) -> ConnectPreview:
    company = known_company()
    made = {key: connection_to(key, qbo_id) for key, qbo_id in chosen.items()}
    held = waiting.for_records(made, start_date, company, desk.profile.rules)
    rules = desk.profile.rules
    brings = _together(
        of_party(key, link, standing_start(key, rules, start_date)) for key, link in made.items()
    )
    return ConnectPreview(
        sentence=f"Connects {counted_names(made)}. {held.sentence}",
        follows=tuple(sentence for one in brings for sentence in one.sentences),
        releases=held.count,
        money=held.money,
        refused=next(_refusals(chosen), ""),
        suggested_start=clock.shifted(company.closing_date, 1) if company.closing_date else None,
        late_payments=tuple(late.payment.key for one in brings for late in one.late),
        by_hand=tuple(thing.id for one in brings for thing in one.by_hand),
    )


def subject_of(made: Collection[RecordKey]) -> str:
    """Return what a decision about names is about: the one, or how many of each kind."""
    return next(iter(made)).text if len(made) == 1 else counted_names(made)


def counted_names(made: Collection[RecordKey]) -> str:
    """Return how many names of each kind there are: ``2 customers and 1 vendor``."""
    of_kind = {kind: sum(key.kind == kind for key in made) for kind in NAME_KINDS}
    parts = [counted(kind, count) for kind, count in of_kind.items() if count]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts) or "nothing"


def _together(brings: Iterable[Beginning]) -> list[Beginning]:
    """Return what several of a kind bring from one date on as one."""
    merged: dict[tuple[str, dt.date | None], Beginning] = {}
    for one in brings:
        place = (one.kind, one.start)
        merged[place] = _sum(merged[place], one) if place in merged else one
    return list(merged.values())


def _sum(known: Beginning, one: Beginning) -> Beginning:
    return replace(
        known,
        brought=(*known.brought, *one.brought),
        left_out=(*known.left_out, *one.left_out),
        late=(*known.late, *one.late),
        by_hand=(*known.by_hand, *one.by_hand),
    )


def _refusals(chosen: Chosen) -> Iterator[str]:
    """Yield why records cannot be connected, the first in order of work first."""
    twice = {kind: _repeated(chosen, kind) for kind in NAME_KINDS}
    for key, qbo_id in chosen.items():
        stored = known_record(key)
        refused = not_now(key, reconnect=True) or no_connection(stored, qbo_id)
        if not refused and qbo_id in twice.get(key.kind, ()):
            refused = "another of these is to be connected to the same one"
        if refused:
            yield f"{named(stored)}: {refused}"


def _repeated(chosen: Chosen, kind: str) -> set[str]:
    found = Counter(qbo_id for key, qbo_id in chosen.items() if key.kind == kind)
    return {qbo_id for qbo_id, count in found.items() if count > 1}


async def connect_many(desk: Desk, chosen: Chosen, start_date: dt.date | None = None) -> Connected:
    """Connect records together, as one decision; raise AwraError, and connect none, where one cannot be."""
    return await desk.write(_connect, desk, chosen, start_date)


def _connect(desk: Desk, chosen: Chosen, start_date: dt.date | None) -> Connected:
    if not chosen:
        raise AwraError("Nothing was connected: select something first.")
    if refused := next(_refusals(chosen), ""):
        raise AwraError(f"Nothing was connected. {refused}.")
    made = [connection_to(key, qbo_id) for key, qbo_id in chosen.items()]
    before = {
        "start_dates": {key.text: begin(key, start_date) for key in chosen},
        "parted": {key.text: kept for key in chosen if (kept := parted.of(key))},
        "links": {key.text: old.qbo_id for key in chosen if (old := _put_away(key, desk.who))},
    }
    links.add_many(made, desk.who)
    after = {
        "connections": {key.text: qbo_id for key, qbo_id in chosen.items()},
        "start_date": written_start(start_date) if start_date else "",
    }
    decision = decisions.add(VERB, subject_of(chosen), before, after, desk.who)
    return finished(desk, chosen, decision, f"Connected {counted_names(chosen)}.")


def _put_away(key: RecordKey, who: str) -> Link | None:
    """Close what a record was connected to before, and forget what it was disconnected from."""
    parted.keep(key, "")
    old = main_link(key)
    if old is not None:
        links.close(key, old.role, who)
    return old


def finished(desk: Desk, keys: Iterable[RecordKey], decision: int, told: str) -> Connected:
    """Judge anew what a decision about names was about and what waits for it. A job of the cache."""
    released = release.after_records(list(keys), known_company(), desk.profile.rules, desk.who)
    count = len(released.keys)
    what = "record" if count == 1 else "records"
    more = f" {count:,} {what} can be sent now." if count else ""
    return Connected(sentence=told + more, released=released.keys, decision_id=decision)


def take_back(desk: Desk, decision: Decision) -> tuple[str, dict[str, str]]:
    """Disconnect what a decision connected; return what was done, and which connections ended.

    What is on its way, or was decided about again meanwhile, is left. Raise AwraError where that is all.
    A job of the cache.
    """
    made: dict[str, str] = decision.after["connections"]
    is_pending = any(unanswered(_key(text)) for text in made)
    ended = {text: qbo_id for text, qbo_id in made.items() if _end(text, qbo_id, decision, desk.who)}
    if not ended and is_pending:
        raise PendingError("They were sent and have no answer yet; the next sync looks it up.")
    if not ended:
        raise SupersededError(
            "All of them were decided about again meanwhile, or what they were connected to before is "
            "another's now; nothing was undone."
        )
    keys = [_key(text) for text in ended]
    release.after_records(keys, known_company(), desk.profile.rules, desk.who)
    left = len(made) - len(ended)
    why = "were decided about again meanwhile, are on their way, or what they had before is another's now"
    kept = f"; {left:,} {why}, and stay so" if left else ""
    return f"{counted_names(keys)} not connected any more{kept}; QuickBooks was not changed.", ended


def _end(text: str, qbo_id: str, decision: Decision, who: str) -> bool:
    key, before = _key(text), decision.before
    if decided_again(key, qbo_id, decision.at) or unanswered(key):
        return False
    old = before["links"].get(text, "")
    if old and taken_since(key, connection_to(key, old)):
        return False
    links.close(key, "main", who)
    facts.set(start_fact(key), before["start_dates"].get(text, ""))
    parted.keep(key, before["parted"].get(text, ""))
    if old:
        links.reopen(key, "main", kind_of(key.kind).entity, old)
    return True


def _key(text: str) -> RecordKey:
    kind, _, source_id = text.partition("/")
    return RecordKey(kind, source_id)
