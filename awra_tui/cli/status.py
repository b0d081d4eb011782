"""``awra-tui status``: the overview as text or JSON."""

from typing import Any

import click

from awra_tui.actions.desk import Desk
from awra_tui.cache.pages.log import RunRow
from awra_tui.cache.pages.overview import KindRow, Overview, overview
from awra_tui.cache.pages.warnings import WarningQuery, warning_count
from awra_tui.cli.desks import profile_of, read
from awra_tui.cli.errors import ALL_WELL, WARNINGS
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import amounts, amounts_shown, say, write_columns, write_json
from awra_tui.records.clock import age
from awra_tui.records.kinds import KINDS, kind_of
from awra_tui.records.qbo import Company
from awra_tui.records.status import Dimension, MappingState
from awra_tui.settings.profile import Profile


@click.command()
@of_a_profile
def status(options: Options) -> int:
    """Show how many records of each kind arrived, wait, or need attention."""
    profile = profile_of(options)
    page, warnings = read(options, _overview, (nothing_yet(profile), 0))
    if options.as_json:
        write_json(as_data(page, profile))
    else:
        write_overview(page)
    return WARNINGS if warnings else ALL_WELL


def _overview(desk: Desk) -> tuple[Overview, int]:
    return desk.cache.now(overview), open_warnings(desk)


def open_warnings(desk: Desk) -> int:
    """Return how many warnings are open, of whatever subject."""
    return desk.cache.now(warning_count, WarningQuery())


def nothing_yet(profile: Profile) -> Overview:
    """Return the overview of a profile that was never synced."""
    return Overview(
        kinds=tuple(_empty(kind) for kind in KINDS),
        mappings=(),
        dimensions=(),
        connectors=(),
        rows_bad=0,
        last_run=None,
        running=None,
        released=0,
        company=None,
        profile_name=profile.name,
        next_sync="",
    )


def _empty(kind: str) -> KindRow:
    return KindRow(
        kind=kind,
        source=0,
        qbo=0,
        matched=0,
        pending=0,
        skipped=0,
        unknown=0,
        warnings=0,
        blocked=0,
        waiting=(),
        oldest="",
        dismissed=0,
    )


def as_data(page: Overview, profile: Profile) -> dict[str, Any]:
    """Return the overview as scripts read it (docs/commands.md)."""
    dimensions = dict(page.dimensions)
    return {
        "profile": page.profile_name,
        "company": _company(page.company) if page.company else None,
        "connection": _connection(page, profile),
        "last_sync": _run(page.last_run) if page.last_run else None,
        "running": page.running is not None,
        "next_sync": page.next_sync or None,
        "schedule_alive": page.schedule_alive or None,
        "kinds": {row.kind: _kind(row) for row in page.kinds},
        "dimensions": {str(dimension): dimensions.get(dimension, 0) for dimension in Dimension},
        "mappings": {
            row.kind: {
                "state": row.state,
                "sentence": row.sentence,
                "records": row.waiting_records,
                "waiting": amounts(row.waiting),
            }
            for row in page.mappings
        },
        "input_rows": page.rows_bad,
        "released": page.released,
        "tray": page.tray,
    }


def _company(company: Company) -> dict[str, Any]:
    return {
        "realm_id": company.realm,
        "name": company.name,
        "country": company.country,
        "home_currency": company.home_currency,
        "closing_date": company.closing_date,
    }


def _connection(page: Overview, profile: Profile) -> dict[str, Any]:
    trouble = "trouble" if page.connectors else ""
    return {
        "state": trouble or ("connected" if page.company else "never connected"),
        "environment": profile.qbo.environment,
        "realm_id": profile.qbo.realm_id or (page.company.realm if page.company else ""),
        "warnings": [
            {"sentence": one.sentence, "action": one.action, "who": one.who} for one in page.connectors
        ],
    }


def _run(row: RunRow) -> dict[str, Any]:
    return {
        "started": row.started_at,
        "ended": row.ended_at,
        "outcome": row.outcome,
        "sentence": row.sentence,
        "counts": row.counts,
    }


def _kind(row: KindRow) -> dict[str, Any]:
    return {
        "source": row.source,
        "qbo": row.qbo,
        "matched": row.matched,
        "pending": row.pending,
        "unknown": row.unknown,
        "skipped": row.skipped,
        "warnings": row.warnings,
        "blocked": row.blocked,
        "dismissed": row.dismissed,
        "snoozed": row.snoozed,
        "waiting": amounts(row.waiting),
        "oldest": row.oldest or None,
    }


_HEADS = ("Kind", "Source", "QuickBooks", "Matched", "Not tried", "Warnings", "Dismissed", "Waiting")


def write_overview(page: Overview) -> None:
    """Write the overview as text, the kinds in order of work."""
    company = page.company
    known = f"{company.name}, {company.home_currency}" if company else "not reached yet"
    say(f"{page.profile_name} · QuickBooks: {known}")
    for connector in page.connectors:
        say(f"! {connector.sentence} {connector.action}")
    say()
    shown = [row for row in page.kinds if row.source or row.qbo]
    if shown:
        write_columns([_HEADS, *(_cells(row) for row in shown)], right=range(1, 7))
    for mapping in page.mappings:
        if mapping.state is not MappingState.READY:
            say(f"Mapping {mapping.state}: {mapping.sentence}")
    if page.rows_bad:
        say(f"{page.rows_bad:,} rows of input could not be read.")
    if page.released:
        say(f"Wait, {page.released:,} still to sync.")
    if page.tray:
        say(f"Wait for a change in QuickBooks, {page.tray:,}: awra-tui warnings --waiting")
    if shown:
        say()
    say(_last(page))


def _cells(row: KindRow) -> tuple[str, ...]:
    counts = (row.source, row.qbo, row.matched, row.pending, row.warnings, row.dismissed)
    blocked = f"({row.blocked:,} blocked)" if row.blocked else ""
    waiting = " ".join(part for part in (amounts_shown(row.waiting), blocked) if part)
    return (kind_of(row.kind).plural, *(f"{count:,}" for count in counts), waiting)


def _last(page: Overview) -> str:
    if page.running:
        return "A sync is running."
    if page.last_run is None:
        return "Never synced: awra-tui sync"
    following = f" Next sync {page.next_sync[:16]}Z." if page.next_sync else ""
    if page.is_schedule_silent:
        following = f" The scheduled sync has been silent for {age(page.schedule_alive)}: start it again."
    return f"Last sync {_ago(page.last_run.started_at)}: {page.last_run.sentence}{following}"


def _ago(stamp: str) -> str:
    passed = age(stamp)
    return "just now" if passed == "now" else f"{passed} ago"
