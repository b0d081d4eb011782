"""Evidence for whoever must help: everything known of records or of the connection, and no secrets."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial

from awra_tui.actions.cases import WHOLE, Cases, cases
from awra_tui.actions.evidence import Case, Change, ConnectorFacts, Evidence, RunFacts, Said, Try
from awra_tui.cache.pages import log
from awra_tui.cache.pages.log import AttemptRow
from awra_tui.cache.pages.mappings import mapping_row
from awra_tui.cache.pages.records import RecordPage
from awra_tui.cache.pages.warnings import WarningQuery, WarningRow, warning_head
from awra_tui.cache.store import decisions, facts, records, references, warnings
from awra_tui.records.clock import stamp
from awra_tui.records.discretion import Discretion, discretion
from awra_tui.records.errors import AwraError, SecretError, UnknownRecordError
from awra_tui.records.kinds import kind_of
from awra_tui.records.money import rounded, shown
from awra_tui.records.record import Contact, SourceRecord
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.sync.desk import Desk

RECENT = 10
"""So many of the last changes are told."""
_SECRETS = ("access_token", "refresh_token", "client_secret")
_MODULES = {"sale": "Sales", "purchase": "Purchasing"}
_COMPANY = "company"
"""Before the company ID in the subject of decisions about the connection."""


async def evidence(desk: Desk, *keys: RecordKey, because: str = "") -> Evidence:
    """Return the evidence for records.

    Records without a number to look for, or without anything said, are left out, and it says so. Raise
    AwraError where none is left: it would help nobody.
    """
    secrets = await asyncio.to_thread(_secrets, desk)
    return await desk.page(partial(_of_records, desk, keys, secrets, because))


async def evidence_of_cause(desk: Desk, cause: str, because: str = "") -> Evidence:
    """Return the evidence for all records that one fix would help; raise AwraError where there is none."""
    keys = await desk.page(warnings.open_record_keys, cause)
    if not keys:
        raise UnknownRecordError(f"No record has an open warning of the cause {cause}.")
    return await evidence(desk, *keys, because=because)


async def evidence_of_connection(desk: Desk, because: str = "") -> Evidence:
    """Return the evidence for the connection itself; raise AwraError where nothing is wrong with it."""
    secrets = await asyncio.to_thread(_secrets, desk)
    return await desk.page(partial(_of_connection, desk, secrets, because))


def _secrets(desk: Desk) -> list[str]:
    found: list[str] = []
    with suppress(SecretError):
        found += [desk.secrets.get(f"{desk.profile.id}/{name}") or "" for name in _SECRETS]
    return found


def _of_records(desk: Desk, keys: Sequence[RecordKey], secrets: Sequence[str], because: str) -> Evidence:
    found = cases(keys)
    tell = discretion(_contacts(page.record for page in found.pages), secrets)
    return Evidence(
        title=_title(found),
        because=because,
        written=stamp(),
        user=desk.who,
        connector=_connector(desk, tell),
        last_run=_last_run(tell),
        cases=tuple(_case(page, tell) for page in found.pages),
        others=found.others,
        more=found.more,
        left_out=found.left_out,
    )


def _of_connection(desk: Desk, secrets: Sequence[str], because: str) -> Evidence:
    tell = discretion((), secrets)
    connector = _connector(desk, tell)
    if not connector.says:
        raise AwraError("Nothing is wrong with the connection itself: there is nothing to escalate.")
    return Evidence(
        title="QuickBooks cannot be used as it should be",
        because=because,
        written=stamp(),
        user=desk.who,
        connector=connector,
        last_run=_last_run(tell),
    )


def _contacts(found: Iterable[SourceRecord]) -> list[Contact]:
    """Return how to reach the parties of records: what is not to be told."""
    contacts = []
    for record in found:
        party = _party(record)
        contacts += [record.contact, *([party.contact] if party else [])]
    return contacts


def _party(record: SourceRecord) -> SourceRecord | None:
    """Return the customer or vendor of a transaction, where the source has one."""
    kind = kind_of(record.kind).party
    stored = records.get(RecordKey(kind, record.party_id)) if kind and record.party_id else None
    return stored.record if stored else None


def _title(found: Cases) -> str:
    if found.count > 1:
        return f"{found.count:,} records did not arrive in QuickBooks as they should"
    record = found.pages[0].record
    return f"{kind_of(record.kind).label} {record.mark} did not arrive in QuickBooks"


def _case(page: RecordPage, tell: Discretion) -> Case:
    record, kind = page.record, kind_of(page.record.kind)
    party = _party(record)
    return Case(
        record=record.name,
        kind=kind.label,
        number=record.number,
        source_id=record.source_id,
        party=tell(record.party_name or (party.party_name if party else "")),
        amount=f"{rounded(record.amount, record.currency):f}",
        currency=record.currency,
        date=str(record.date or ""),
        module=record.extra.get("module", "") or _MODULES.get(kind.side, "Accounting"),
        branch=record.branch,
        warehouse=record.extra.get("warehouse", ""),
        status=page.status.label,
        attempts=page.attempts,
        retries=max(page.attempts - 1, 0),
        first_seen=page.first_seen,
        changed=page.changed_at,
        last_attempt=page.last_attempt_at,
        expected=tell(_expected(page)),
        why=tuple(_said(row, tell) for row in page.warnings),
        tries=tuple(_try(row, tell) for row in page.attempt_rows),
        changes=_newest(_changes(page)),
    )


def _expected(page: RecordPage) -> str:
    record, kind = page.record, kind_of(page.record.kind)
    if page.deleted:
        return f"no {kind.label.lower()} in QuickBooks that still counts: the source has it no longer"
    if kind.is_name:
        return f"one active {kind.label.lower()} in QuickBooks named {record.party_name}, connected to it"
    amount = f"{record.currency} {shown(record.amount, record.currency)}"
    day = f", dated {record.date}" if record.date else ""
    return f"one {kind.label.lower()} in QuickBooks with the number {record.number} over {amount}{day}"


def _said(row: WarningRow, tell: Discretion) -> Said:
    return Said(
        sentence=tell(row.sentence),
        action=tell(row.action),
        dimension=row.dimension.label,
        who=str(row.who),
        since=row.opened_at,
        reason=row.reason,
        code=row.code,
        message=tell(row.message),
    )


def _try(row: AttemptRow, tell: Discretion) -> Try:
    return Try(
        run=row.run_id,
        started=row.started_at,
        ended=row.ended_at,
        operation=row.operation,
        outcome=row.outcome,
        http_status=row.http_status,
        intuit_tid=row.tid,
        requestid=row.requestid,
        code=row.code,
        message=tell(row.message),
        user=row.who,
    )


def _changes(page: RecordPage) -> list[Change]:
    """Tell what changed in the source, in decisions about the record, and in the mappings that it needs."""
    key = RecordKey(page.record.kind, page.record.source_id)
    seen = "changed in" if page.changed_at != page.first_seen else "first seen in"
    told = [Change(at=page.changed_at, what=f"{seen} the source")]
    told += [
        Change(at=one.at, what=f"{one.verb} by {one.who}") for one in decisions.of_subject(key.text, RECENT)
    ]
    for need in references.needs_of(key):
        row = mapping_row(need.to) if isinstance(need.to, MappingKey) else None
        if row is not None and row.changed_at:
            what = f"mapping {row.mapping.key.text} saved by {row.changed_by}"
            told.append(Change(at=row.changed_at, what=what))
    return told


def _newest(told: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(told, key=lambda one: (one.at, one.what), reverse=True)[:RECENT])


def _connector(desk: Desk, tell: Discretion) -> ConnectorFacts:
    company, realm = facts.company(), desk.realm
    about = [
        Change(at=one.at, what=f"{one.verb} by {one.who}")
        for one in decisions.of_subject(f"{_COMPANY}/{realm}", RECENT)
    ]
    says = warning_head(WarningQuery(subject_types=("connector",)), WHOLE)
    return ConnectorFacts(
        profile=desk.profile.name,
        source=str(desk.profile.source.get("type", "")),
        company=company.name if company else "",
        company_id=realm,
        environment=desk.profile.qbo.environment,
        says=tuple(_said(row, tell) for row in says),
        changes=_newest(about),
    )


def _last_run(tell: Discretion) -> RunFacts | None:
    run = log.last_run()
    if run is None:
        return None
    return RunFacts(
        id=run.id,
        started=run.started_at,
        ended=run.ended_at,
        outcome=run.outcome,
        sentence=tell(run.sentence),
        user=run.who,
    )
