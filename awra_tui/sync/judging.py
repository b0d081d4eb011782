"""One judge for the first time and every time after: judgements made, kept, and turned into warnings."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from awra_tui.cache.store import attempts, decisions, links, records, warnings
from awra_tui.cache.store.records import Judged
from awra_tui.cache.store.telling import Tell, to_nobody
from awra_tui.cache.stored import StoredRecord
from awra_tui.health import judge as health
from awra_tui.health import reasons
from awra_tui.qbo.json import encode
from awra_tui.records import clock
from awra_tui.records.finding import Explained, Finding, Judgement
from awra_tui.records.kinds import kind_of
from awra_tui.records.qbo import Company, Json, Link
from awra_tui.records.record import SourceRecord
from awra_tui.records.rules import Rules
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey, Subject, record_subject
from awra_tui.sync import bases, obstacles, remedies
from awra_tui.sync.chain import with_answers
from awra_tui.sync.view import CacheView

SLICE = 20
"""Records judged between two words of how far it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sendable:
    """A record that can be sent now, what its next thing to send is, and its fingerprint as of now.

    ``because`` says what had changed in QuickBooks where it was held until then; ``twin`` that a person
    said it is not the one that looks like it. ``decided`` is the last decision that was known.
    """

    stored: StoredRecord
    judgement: Judgement
    fingerprint: str
    because: str = ""
    twin: bool = False
    decided: int = 0

    @property
    def key(self) -> RecordKey:
        """Return the record's key."""
        return self.stored.key


@dataclass(slots=True)
class Verdicts:
    """What judging a chunk came to; ``last_id`` is where the next chunk begins."""

    sendable: list[Sendable] = field(default_factory=list)
    blockers: list[RecordKey] = field(default_factory=list)
    connected: int = 0
    last_id: int = 0

    def blocked_within(self, kinds: Sequence[str]) -> bool:
        """Return whether some record waits for another of the same level."""
        return any(blocker.kind in kinds for blocker in self.blockers)


def judge_chunk(
    stored: Sequence[StoredRecord], company: Company, rules: Rules, who: str, tell: Tell = to_nobody
) -> Verdicts:
    """Judge records, keep status and warnings, and return what can be sent. A job of the cache.

    A record whose answer is missing is left as it is: only looking it up says where it stands.
    """
    view = prepared(stored, company, rules)
    verdicts = Verdicts(last_id=max((one.id for one in stored), default=0))
    kept: list[tuple[StoredRecord, Judgement]] = []
    for place, one in enumerate(stored, start=1):
        if place % SLICE == 0:
            tell(SLICE)
        if one.status is Status.UNKNOWN:
            continue
        judgement = _judge(one, view, who, verdicts)
        verdicts.blockers += [finding.blocker for finding in judgement.findings if finding.blocker]
        verdicts.blockers += judgement.waits_for
        if _held(one, judgement):
            continue
        view.stands(one.key, judgement.status)
        kept.append((one, judgement))
    verdicts.sendable = _sendable(kept, view)
    _keep(kept, view)
    return verdicts


def _sendable(kept: Sequence[tuple[StoredRecord, Judgement]], view: CacheView) -> list[Sendable]:
    going = [(one, judgement) for one, judgement in kept if is_sendable(judgement)]
    because = remedies.found([one for one, _ in going], view)
    decided = decisions.last_number() if going else 0
    return [
        Sendable(
            stored=one,
            judgement=judgement,
            fingerprint=one.fingerprint,
            because=because.get(one.key, ""),
            twin=not kind_of(one.key.kind).is_name and view.allowed_duplicate(one.key),
            decided=decided,
        )
        for one, judgement in going
    ]


def judge_keys(
    keys: Sequence[RecordKey], company: Company, rules: Rules, who: str, tell: Tell = to_nobody
) -> Verdicts:
    """Judge chosen records as ``judge_chunk`` does. A job of the cache."""
    return judge_chunk(list(records.many(keys).values()), company, rules, who, tell)


def look(stored: Sequence[StoredRecord], view: CacheView) -> list[Judgement]:
    """Judge records without keeping anything. A job of the cache."""
    return [health.judge(one.record, view.focused(one.record), deleted=one.deleted) for one in stored]


def prepared(stored: Sequence[StoredRecord], company: Company, rules: Rules) -> CacheView:
    """Return a view that has read what judging these records will ask. A job of the cache."""
    view = CacheView(company, rules)
    view.prepare([one.record for one in stored])
    return view


def is_sendable(judgement: Judgement) -> bool:
    """Whether nothing holds a record back and there is something to send for it."""
    return judgement.status is Status.PENDING and bool(judgement.shipments)


def is_unchanged(one: StoredRecord, judgement: Judgement) -> bool:
    """Whether QuickBooks refused exactly this before: source, mappings, objects and settings are the same.

    A job of the cache.
    """
    return obstacles.is_unchanged(one, judgement.inputs)


def _judge(one: StoredRecord, view: CacheView, who: str, verdicts: Verdicts) -> Judgement:
    judgement = health.judge(one.record, view.focused(one.record), deleted=one.deleted)
    found = judgement.connect
    if found is None:
        if bases.keep(one, view, who):
            return health.judge(one.record, view, deleted=one.deleted)
        return judgement
    key = one.key
    link = Link(kind=key.kind, source_id=key.source_id, entity=found.entity, qbo_id=found.qbo_id, how="found")
    links.add(link, who)
    decisions.add("find", key.text, {}, {"entity": found.entity, "qbo_id": found.qbo_id}, decisions.PROGRAM)
    view.connect(key, link)
    verdicts.connected += 1
    bases.keep(one, view, who)
    return health.judge(one.record, view, deleted=one.deleted)


def _held(one: StoredRecord, judgement: Judgement) -> bool:
    """Whether a record that was refused is left as it is: nothing has changed, or its time has not come."""
    if one.released or not is_sendable(judgement):
        return False
    return is_unchanged(one, judgement) or one.last_attempt_at <= clock.stamp() < one.retry_at


def _keep(kept: Sequence[tuple[StoredRecord, Judgement]], view: CacheView) -> None:
    """Keep judgements with their verdicts and warnings, in the caller's transaction."""
    last = attempts.last_of_many([one.key for one, _ in kept if one.attempts])
    records.set_judgements(
        [
            Judged(
                key=one.key,
                status=judgement.status,
                verdicts=with_answers(
                    judgement.verdicts,
                    judgement.status,
                    judgement.findings,
                    last=last.get(one.key),
                    attempts=one.attempts,
                    links=view.links(one.key),
                    company=view.company,
                    skipped_because=judgement.skipped_because,
                ),
                shipment=text_of(judgement.shipments[0].body) if judgement.shipments else "",
                skipped_because=judgement.skipped_because,
                # What stands in the way now was not there when QuickBooks refused: afterwards it goes anew.
                failed_inputs="" if judgement.findings else None,
            )
            for one, judgement in kept
        ]
    )
    warnings.reconcile_many(
        {subject_of(one.key): explain(one.record, judgement.findings) for one, judgement in kept}
    )


def subject_of(key: RecordKey) -> Subject:
    """Return what warnings about a record are about."""
    return record_subject(key.kind, key.source_id)


def explain(record: SourceRecord, findings: Sequence[Finding]) -> list[Explained]:
    """Put findings about a record into words."""
    name = record.party_name if kind_of(record.kind).is_name else record.name
    return [reasons.explain(finding, record_name=name, party=record.party_name) for finding in findings]


def text_of(body: Json) -> str:
    """Write a body as the cache keeps it."""
    return encode(body).decode()
