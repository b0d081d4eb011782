"""Evidence for whoever must help: everything about one record that is known, and no secrets."""

from awra_tui.cache.pages.log import AttemptRow
from awra_tui.cache.pages.mappings import mapping_row
from awra_tui.cache.pages.records import RecordPage, record_page
from awra_tui.cache.store import decisions, references
from awra_tui.records.clock import stamp
from awra_tui.records.errors import AwraError, UnknownRecordError
from awra_tui.records.kinds import kind_of
from awra_tui.records.money import shown
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.records.text import harmless
from awra_tui.sync.desk import Desk

RECENT = 10
"""So many of the last changes are told."""
_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in r"\`*_{}[]<>#|"})


async def evidence(desk: Desk, key: RecordKey) -> str:
    """Return the evidence for one record as Markdown.

    Raise AwraError where it would help nobody: without a number to look for, or without anything said.
    """
    return await desk.page(_evidence, desk, key)


def _evidence(desk: Desk, key: RecordKey) -> str:
    page = record_page(key.kind, key.source_id)
    if page is None:
        raise UnknownRecordError(f"There is no record {key.text} in the cache.")
    if not page.record.number and not page.record.source_id:
        raise AwraError("This record has no number: nobody could look for it. Give it one in the source.")
    if not _said(page):
        raise AwraError(f"Nothing has been said about {key.text} so far: there is nothing to escalate.")
    parts = (_head(desk, page), _why(page), _attempts(page.attempt_rows), _changes(page, key))
    return "\n".join(line for part in parts for line in part) + "\n"


def _said(page: RecordPage) -> bool:
    return bool(page.warnings) or any(row.message for row in page.attempt_rows)


def _head(desk: Desk, page: RecordPage) -> list[str]:
    record, qbo = page.record, desk.profile.qbo
    rows = {
        "Record": f"{record.kind}/{record.number} (source id {record.source_id})",
        "Party": record.party_name,
        "Amount": f"{record.currency} {shown(record.amount, record.currency)}",
        "Date": str(record.date or ""),
        "Branch": record.branch,
        "Status": page.status.label,
        "Tried": f"{page.attempts} times, last {page.last_attempt_at or 'never'}",
        "Company": f"{desk.profile.name}, company ID {qbo.realm_id} ({qbo.environment})",
        "Expected": f"one {kind_of(record.kind).label.lower()} in QuickBooks with this number and amount",
        "Written": f"{stamp()} by {desk.who}",
    }
    return [
        f"# {_plain(kind_of(record.kind).label)} {_plain(record.number)} did not arrive in QuickBooks",
        "",
        *(f"- {name}: {_plain(value)}" for name, value in rows.items() if value),
    ]


def _why(page: RecordPage) -> list[str]:
    told = ["", "## Why"]
    for warning in page.warnings:
        told.append(f"- {_plain(warning.sentence)} ({warning.dimension.label}, {warning.who})")
        if warning.message:
            told.append(f"  - QuickBooks said: {_plain(warning.message)} ({_plain(warning.code)})")
        told.append(f"  - To do: {_plain(warning.action)}")
    return told


def _attempts(rows: tuple[AttemptRow, ...]) -> list[str]:
    if not rows:
        return []
    told = ["", "## Attempts"]
    told += [
        f"- {row.started_at} {row.operation} {row.outcome}, HTTP {row.http_status or '–'}, "
        f"intuit_tid {_plain(row.tid) or '–'}, requestid {row.requestid}: {_plain(row.message) or '–'}"
        for row in rows
    ]
    return told


def _changes(page: RecordPage, key: RecordKey) -> list[str]:
    """Tell what changed lately in the source, in decisions about it, and in the mappings that it needs."""
    seen = "changed in" if page.changed_at != page.first_seen else "first seen in"
    told = [(page.changed_at, f"{seen} the source")]
    told += [(one.at, f"{one.verb} by {one.who}") for one in decisions.of_subject(key.text, RECENT)]
    for need in references.needs_of(key):
        row = mapping_row(need.to) if isinstance(need.to, MappingKey) else None
        if row is not None and row.changed_at:
            told.append((row.changed_at, f"mapping {row.mapping.key.text} saved by {row.changed_by}"))
    newest = sorted(told, reverse=True)[:RECENT]
    return ["", "## What changed recently", *(f"- {at} {_plain(what)}" for at, what in newest)]


def _plain(text: str) -> str:
    return harmless(text).translate(_SPECIAL)
