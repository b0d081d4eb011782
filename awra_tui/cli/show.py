"""``awra-tui show``: one record with its whole chain."""

from typing import Any

import click
import msgspec

from awra_tui.actions.desk import Desk
from awra_tui.actions.escalate import evidence as evidence_of
from awra_tui.actions.record import differences, open_record, record_url
from awra_tui.cache.pages.log import AttemptRow
from awra_tui.cache.pages.records import LinkRow, RecordPage, RelatedRow
from awra_tui.cli.desks import reading, run
from awra_tui.cli.errors import ALL_WELL, WARNINGS
from awra_tui.cli.names import named
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import amount_text, say, write_columns, write_json, write_text
from awra_tui.cli.warnings import as_data as warning_data
from awra_tui.cli.warnings import in_words
from awra_tui.records.clock import day_of
from awra_tui.records.kinds import kind_of
from awra_tui.records.money import shown
from awra_tui.records.status import Mark
from awra_tui.records.subject import RecordKey


@click.command()
@click.argument("record")
@click.option("--evidence", is_flag=True, help="Everything known about it as Markdown, to hand on.")
@of_a_profile
def show(options: Options, record: str, evidence: bool) -> int:
    """Show a record, kind/number or kind/source_id, with every step of its way."""
    with reading(options) as desk:
        key = named(desk, record)
        if evidence:
            return _evidence(desk, key, as_json=options.as_json)
        page = run(open_record(desk, key))
        if options.as_json:
            write_json(_whole(desk, key, page))
        else:
            _write(page)
        return WARNINGS if any(not row.dismissed for row in page.warnings) else ALL_WELL


def _evidence(desk: Desk, key: RecordKey, *, as_json: bool) -> int:
    found = run(evidence_of(desk, key))
    if as_json:
        write_json({"record": key.text, "markdown": found.markdown})
    else:
        write_text(found.markdown)
    return ALL_WELL


def _whole(desk: Desk, key: RecordKey, page: RecordPage) -> dict[str, Any]:
    links = [_link(link, record_url(desk, link.entity, link.qbo_id)) for link in page.links]
    return as_data(page) | {"links": links, "differences": run(differences(desk, key))}


def as_data(page: RecordPage) -> dict[str, Any]:
    """Return a record with its chain as scripts read it (docs/commands.md)."""
    record = page.record
    return {
        "kind": record.kind,
        "number": record.number,
        "source_id": record.source_id,
        "party": record.party_name,
        "amount": f"{record.amount:f}",
        "currency": record.currency,
        "date": record.date,
        "status": page.status,
        "skipped_because": page.skipped_because,
        "attempts": page.attempts,
        "last_attempt": page.last_attempt_at or None,
        "first_seen": page.first_seen,
        "changed": page.changed_at or None,
        "deleted": page.deleted,
        "record": record,
        "chain": [
            {"step": verdict.step, "mark": verdict.mark, "sentence": verdict.sentence}
            for verdict in page.verdicts
        ],
        "payload": _parsed(page.shipment),
        "warnings": [warning_data(row) for row in page.warnings],
        "notes": [{"at": one.at, "who": one.who, "to": one.owner, "text": one.text} for one in page.notes],
        "attempt_log": [_attempt(row) for row in page.attempt_rows],
        "related": [_related(row) for row in page.related],
    }


def _parsed(text: str) -> msgspec.Raw | None:
    """Return JSON text as it is, digit for digit, for putting into JSON."""
    return msgspec.Raw(text.encode()) if text else None


def _attempt(row: AttemptRow) -> dict[str, Any]:
    return {
        "run": row.run_id,
        "operation": row.operation,
        "started": row.started_at,
        "ended": row.ended_at or None,
        "outcome": row.outcome,
        "code": row.code,
        "message": row.message,
        "because": row.because,
        "http_status": row.http_status,
        "intuit_tid": row.tid,
        "requestid": row.requestid,
        "who": row.who,
    }


def _related(row: RelatedRow) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "number": row.number,
        "source_id": row.source_id,
        "how": row.how,
        "party": row.party,
        "amount": amount_text(row.amount_minor, row.currency),
        "currency": row.currency,
        "status": row.status,
    }


def _link(link: LinkRow, url: str) -> dict[str, Any]:
    return {
        "role": link.role,
        "entity": link.entity,
        "qbo_id": link.qbo_id,
        "how": link.how,
        "connected": link.created_at,
        "by": link.created_by,
        "closed": link.closed_at or None,
        "url": url,
        "sent": _parsed(link.sent),
        "answer": _parsed(link.answer),
    }


def _write(page: RecordPage) -> None:
    record = page.record
    money = f"{record.currency} {shown(record.amount, record.currency)}".strip() if record.amount else ""
    head = (f"{kind_of(record.kind).label} {record.number}", record.party_name, money, page.status.label)
    say(" · ".join(part for part in head if part))
    write_columns([(Mark(one.mark).sign, one.step, one.sentence) for one in page.verdicts])
    for row in page.warnings:
        if row.message:
            say(f'QuickBooks said: "{row.message}" ({row.code})')
    for row in page.warnings:
        if not row.dismissed:
            say(in_words(row))
    for root in page.roots:
        say(f"To be fixed first: {in_words(root)}")
    for note in page.notes:
        say(f"Note of {note.who}, {day_of(note.at)}: {note.text}")
