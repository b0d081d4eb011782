"""``awra-tui warnings``: what a person must look at, in order of work."""

from collections.abc import Callable, Sequence
from typing import Any

import click

from awra_tui.cache.pages.warnings import SORTS, WarningQuery, WarningRow, warnings_all
from awra_tui.cli.desks import read
from awra_tui.cli.errors import ALL_WELL, WARNINGS
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import amount_text, say, write_columns, write_json
from awra_tui.cli.values import Word
from awra_tui.records.kinds import KINDS
from awra_tui.records.money import shown_minor
from awra_tui.records.status import Dimension

_DIMENSIONS = {one.label: one.value for one in Dimension}


@click.command()
@click.option("--kind", "kinds", multiple=True, type=Word(KINDS), help="Only this kind.")
@click.option(
    "--dimension",
    type=Word(_DIMENSIONS, {one.value: one.label for one in Dimension}),
    help="Only of this dimension.",
)
@click.option("--cause", default="", metavar="KEY", help="Only what one fix removes: a warning's cause.")
@click.option("--find", "text", default="", help="Only with this in number, party, reference or amount.")
@click.option("--sort", type=Word(SORTS), default="work", show_default=True, help="The order.")
@click.option("--descending", is_flag=True, help="The other way round.")
@click.option("--dismissed", is_flag=True, help="The dismissed ones instead.")
@click.option("--snoozed", is_flag=True, help="Those put aside until a day instead.")
@click.option("--waiting", is_flag=True, help="Only those that wait for somebody to change QuickBooks.")
@of_a_profile
def warnings(
    options: Options,
    kinds: tuple[str, ...],
    dimension: str | None,
    cause: str,
    text: str,
    sort: str,
    descending: bool,
    dismissed: bool,
    snoozed: bool,
    waiting: bool,
) -> int:
    """List warnings: customers first, then invoices, then payments."""
    query = WarningQuery(
        kinds=kinds,
        text=text,
        sort=sort,
        descending=descending,
        dismissed=dismissed,
        snoozed=snoozed,
        dimension=_DIMENSIONS.get(dimension or "", ""),
        cause=cause,
        waiting=waiting,
    )
    rows: list[WarningRow] = read(options, lambda desk: list(desk.cache.now(warnings_all, query)), [])
    if options.as_json:
        write_json([as_data(row) for row in rows])
    else:
        _write(rows, told=tray_words if waiting else in_words)
    return WARNINGS if rows and not dismissed and not snoozed else ALL_WELL


def as_data(row: WarningRow) -> dict[str, Any]:
    """Return a warning as scripts read it (docs/commands.md)."""
    return {
        "id": row.id,
        "subject": row.subject.type,
        "kind": row.kind,
        "number": row.number,
        "source_id": row.source_id,
        "party": row.party,
        "status": row.status,
        "dimension": row.dimension,
        "reason": row.sentence,
        "reason_key": row.reason,
        "cause": row.cause,
        "code": row.code,
        "message": row.message,
        "existing_id": row.existing_id,
        "action": row.action,
        "who": row.who,
        "owner": row.owner,
        "blocked_by": row.blocked_by,
        "awaits": row.awaits,
        "attempts": row.attempts,
        "last_attempt": row.last_attempt_at or None,
        "amount": amount_text(row.amount_minor, row.currency),
        "currency": row.currency,
        "date": row.date or None,
        "branch": row.branch,
        "reference": row.reference,
        "opened": row.opened_at,
        "note": row.note,
        "came_back": row.came_back,
        "snoozed_until": row.snoozed_until or None,
        "dismissed": {"by": row.dismissed_by, "at": row.dismissed_at, "why": row.dismissed_why}
        if row.dismissed
        else None,
    }


def _write(rows: Sequence[WarningRow], told: Callable[[WarningRow], str]) -> None:
    if not rows:
        say("No warnings." if told is in_words else "Nothing waits for a change in QuickBooks.")
        return
    write_columns([(*_cells(row), told(row)) for row in rows], right=(2,))


def _cells(row: WarningRow) -> tuple[str, ...]:
    money = shown_minor(row.amount_minor, row.currency) if row.amount_minor else ""
    return (f"{row.kind}/{row.number or row.source_id}", row.party, money)


def tray_words(row: WarningRow) -> str:
    """Say what a warning waits for, whose step that is, and since when."""
    return f"goes by itself when {row.awaits}; {row.owner or row.who}, since {row.opened_at[:10]}"


def in_words(row: WarningRow) -> str:
    """Say what is wrong and, where somebody must act, who does what."""
    return row.sentence if row.blocked_by else f"{row.sentence} {row.who.capitalize()}: {row.action}"
