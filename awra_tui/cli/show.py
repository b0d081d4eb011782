"""``awra-tui show``: one record with its whole chain."""

from typing import Any

import click

from awra_tui.actions.record import differences, open_record, record_url
from awra_tui.cache.pages.records import LinkRow, RecordPage
from awra_tui.cli.common import desk_of, json_option, named, of_a_profile, run, say, write_json
from awra_tui.cli.errors import ALL_WELL, WARNINGS
from awra_tui.cli.warnings import as_data as warning_data
from awra_tui.records.kinds import kind_of
from awra_tui.records.money import shown
from awra_tui.records.status import Mark


@click.command()
@click.argument("record")
@of_a_profile
@json_option
def show(record: str, profile: str, overrides: tuple[str, ...], as_json: bool) -> int:
    """Show a record: kind/number or kind/source_id."""
    with desk_of(profile, overrides, read_only=True) as desk:
        key = named(desk, record)
        page = run(open_record(desk, key))
        if as_json:
            differing = run(differences(desk, key))
            urls = {link.qbo_id: record_url(desk, link.entity, link.qbo_id) for link in page.links}
            write_json(as_data(page, urls) | {"differences": differing})
        else:
            _write(page)
        return WARNINGS if any(not row.dismissed_at for row in page.warnings) else ALL_WELL


def as_data(page: RecordPage, urls: dict[str, str]) -> dict[str, Any]:
    """Return a record with its chain as scripts read it (docs/commands.md)."""
    record = page.record
    return {
        "kind": record.kind,
        "number": record.number,
        "source_id": record.source_id,
        "status": page.status,
        "skipped_because": page.skipped_because,
        "attempts": page.attempts,
        "last_attempt": page.last_attempt_at,
        "record": record,
        "chain": [
            {"step": verdict.step, "mark": verdict.mark, "sentence": verdict.sentence}
            for verdict in page.verdicts
        ],
        "warnings": [warning_data(row) for row in page.warnings],
        "links": [_link(link, urls.get(link.qbo_id, "")) for link in page.links],
        "attempt_log": [
            {
                "started": row.started_at,
                "outcome": row.outcome,
                "code": row.code,
                "message": row.message,
                "http_status": row.http_status,
                "intuit_tid": row.tid,
                "requestid": row.requestid,
            }
            for row in page.attempt_rows
        ],
        "related": [{"record": f"{row.kind}/{row.number}", "status": row.status} for row in page.related],
    }


def _link(link: LinkRow, url: str) -> dict[str, Any]:
    return {
        "role": link.role,
        "entity": link.entity,
        "qbo_id": link.qbo_id,
        "how": link.how,
        "connected": link.created_at,
        "by": link.created_by,
        "closed": link.closed_at,
        "url": url,
    }


def _write(page: RecordPage) -> None:
    record = page.record
    label = kind_of(record.kind).label
    money = f" · {record.currency} {shown(record.amount, record.currency)}" if record.amount else ""
    say(f"{label} {record.number} · {record.party_name}{money} · {page.status.label}")
    for verdict in page.verdicts:
        say(f"  {Mark(verdict.mark).sign} {verdict.step:<12} {verdict.sentence}")
    for row in page.warnings:
        if row.message:
            say(f'  QuickBooks said: "{row.message}" ({row.code})')
