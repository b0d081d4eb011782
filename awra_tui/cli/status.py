"""``awra-tui status``: the overview as text or JSON."""

from typing import Any

import click

from awra_tui.cache.pages.log import RunRow
from awra_tui.cache.pages.overview import KindRow, Overview, overview
from awra_tui.cli.common import desk_of, json_option, of_a_profile, say, write_json
from awra_tui.cli.errors import ALL_WELL, WARNINGS
from awra_tui.records.clock import age
from awra_tui.records.kinds import kind_of
from awra_tui.records.money import shown_minor
from awra_tui.records.status import MappingState


@click.command()
@of_a_profile
@json_option
def status(profile: str, overrides: tuple[str, ...], as_json: bool) -> int:
    """Show how many records of each kind arrived, wait, or need attention."""
    with desk_of(profile, overrides, read_only=True) as desk:
        page = desk.cache.now(overview)
        if as_json:
            write_json(as_data(page))
        else:
            write_overview(page, desk.profile.name)
        return WARNINGS if open_warnings(page) else ALL_WELL


def open_warnings(page: Overview) -> int:
    """Return how many warnings are open, of whatever subject."""
    return sum(row.warnings for row in page.kinds) + page.rows_bad + len(page.connectors)


def as_data(page: Overview) -> dict[str, Any]:
    """Return the overview as scripts read it (docs/commands.md)."""
    return {
        "profile": page.profile_name,
        "company": _company(page),
        "connection": {
            "ok": not page.connectors,
            "sentences": [connector.sentence for connector in page.connectors],
        },
        "last_sync": _run(page.last_run),
        "next_sync": page.next_sync,
        "kinds": {
            row.kind: {
                "source": row.source,
                "qbo": row.qbo,
                "matched": row.matched,
                "pending": row.pending,
                "unknown": row.unknown,
                "skipped": row.skipped,
                "warnings": row.warnings,
                "blocked": row.blocked,
                "dismissed": row.dismissed,
                "waiting": {money.currency: money.minor for money in row.waiting},
            }
            for row in page.kinds
        },
        "dimensions": {str(dimension): count for dimension, count in page.dimensions},
        "mappings": {row.kind: {"state": row.state, "sentence": row.sentence} for row in page.mappings},
        "input_rows": page.rows_bad,
        "released": page.released,
    }


def _company(page: Overview) -> dict[str, Any] | None:
    company = page.company
    if company is None:
        return None
    return {
        "realm": company.realm,
        "name": company.name,
        "home_currency": company.home_currency,
        "closing_date": company.closing_date,
    }


def _run(row: RunRow | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "started": row.started_at,
        "ended": row.ended_at,
        "outcome": row.outcome,
        "sentence": row.sentence,
        "counts": row.counts,
    }


def write_overview(page: Overview, name: str) -> None:
    """Write the overview as text, the kinds in order of work."""
    company = page.company
    known = (
        f"QuickBooks: {company.name}, {company.home_currency}" if company else "QuickBooks: not reached yet"
    )
    say(f"{name} · {known}")
    for connector in page.connectors:
        say(f"! {connector.sentence} {connector.action}")
    say()
    say(
        f"{'Kind':<18}{'Source':>8}{'QuickBooks':>12}{'Matched':>9}{'Not tried':>11}{'Warnings':>10}  Waiting"
    )
    for row in page.kinds:
        if row.source or row.qbo:
            say(_kind_line(row))
    unready = [row for row in page.mappings if row.state is not MappingState.READY]
    for mapping in unready:
        say(f"Mapping {mapping.state}: {mapping.sentence}")
    if page.rows_bad:
        say(f"{page.rows_bad:,} rows of input could not be read.")
    say()
    say(_last(page.last_run))


def _kind_line(row: KindRow) -> str:
    waiting = ", ".join(shown_minor(money.minor, money.currency) for money in row.waiting if money.minor)
    blocked = f" ({row.blocked:,} blocked)" if row.blocked else ""
    return (
        f"{kind_of(row.kind).plural:<18}{row.source:>8,}{row.qbo:>12,}{row.matched:>9,}{row.pending:>11,}"
        f"{row.warnings:>10,}  {waiting}{blocked}"
    )


def _last(row: RunRow | None) -> str:
    if row is None:
        return "Never synced: awra-tui sync"
    return f"Last sync {age(row.started_at)} ago: {row.sentence}" if row.ended_at else "A sync is running."
