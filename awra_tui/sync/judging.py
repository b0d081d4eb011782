"""One judge for the first time and every time after: judgements made, kept, and turned into warnings."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from awra_tui.cache.store import links, outbox, records, warnings
from awra_tui.cache.store.records import Judged
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
from awra_tui.sync.chain import with_answers
from awra_tui.sync.view import CacheView


@dataclass(frozen=True, slots=True, kw_only=True)
class Sendable:
    """A record that can be sent now, what its next thing to send is, and its fingerprint as of now."""

    stored: StoredRecord
    judgement: Judgement
    fingerprint: str

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
    stored: Sequence[StoredRecord],
    company: Company,
    rules: Rules,
    who: str,
    forced: frozenset[RecordKey] = frozenset(),
) -> Verdicts:
    """Judge records, keep status and warnings, and return what can be sent. A job of the cache."""
    view = CacheView(company, rules)
    verdicts = Verdicts(last_id=max((one.id for one in stored), default=0))
    kept: list[tuple[StoredRecord, Judgement]] = []
    for one in stored:
        judgement = _judge(one, view, who, verdicts)
        if _unchanged_refusal(one, judgement, forced):
            continue
        kept.append((one, judgement))
        if judgement.status is Status.PENDING and judgement.shipments:
            verdicts.sendable.append(Sendable(stored=one, judgement=judgement, fingerprint=one.fingerprint))
        verdicts.blockers += [finding.blocker for finding in judgement.findings if finding.blocker]
    _keep(kept, view)
    return verdicts


def look(stored: Sequence[StoredRecord], company: Company, rules: Rules) -> list[Judgement]:
    """Judge records without keeping anything. A job of the cache."""
    view = CacheView(company, rules)
    return [health.judge(one.record, view.focused(one.record), deleted=one.deleted) for one in stored]


def _judge(one: StoredRecord, view: CacheView, who: str, verdicts: Verdicts) -> Judgement:
    judgement = health.judge(one.record, view.focused(one.record), deleted=one.deleted)
    found = judgement.connect
    if found is None:
        return judgement
    key = one.key
    links.add(
        Link(kind=key.kind, source_id=key.source_id, entity=found.entity, qbo_id=found.qbo_id, how="found"),
        who,
    )
    verdicts.connected += 1
    view.forget(key)
    return health.judge(one.record, view, deleted=one.deleted)


def _unchanged_refusal(one: StoredRecord, judgement: Judgement, forced: frozenset[RecordKey]) -> bool:
    """Whether QuickBooks refused exactly this before, so that nothing is sent until something changes."""
    if one.key in forced or judgement.status is not Status.PENDING or one.released:
        return False
    if one.status is Status.RETRYING:
        return one.retry_at > clock.stamp()
    return bool(one.failed_inputs) and one.failed_inputs == judgement.inputs


def _keep(kept: Sequence[tuple[StoredRecord, Judgement]], view: CacheView) -> None:
    """Keep judgements with their verdicts and warnings, in the caller's transaction."""
    records.set_judgements(
        [
            Judged(
                key=one.key,
                status=judgement.status,
                verdicts=with_answers(
                    judgement.verdicts,
                    judgement.status,
                    judgement.findings,
                    last=outbox.last_attempt(one.key) if one.attempts else None,
                    attempts=one.attempts,
                    links=view.links(one.key),
                    company=view.company,
                    skipped_because=judgement.skipped_because,
                ),
                shipment=text_of(judgement.shipments[0].body) if judgement.shipments else "",
                skipped_because=judgement.skipped_because,
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


@dataclass(frozen=True, slots=True)
class Retry:
    """When a record that failed for a passing reason is tried again."""

    rules: Rules

    def when(self, attempts: int) -> str:
        """Return the stamp of the next try: doubling waits from a minute to an hour, with jitter."""
        wait = min(60 * 2**attempts, 3600) * random.uniform(0.8, 1.2)
        return clock.stamp(clock.now() + timedelta(seconds=wait))
