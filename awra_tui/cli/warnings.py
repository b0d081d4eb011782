"""``awra-tui warnings``: what a person must look at, in order of work."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import click

from awra_tui.cache.pages.groups import group_ids, group_rows, queue_view
from awra_tui.cache.pages.warnings import SORTS, WarningQuery, WarningRow, warnings_all
from awra_tui.cli.desks import read
from awra_tui.cli.errors import ALL_WELL, WARNINGS
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import amount_text, say, write_columns, write_json
from awra_tui.cli.status import open_warnings
from awra_tui.cli.values import Since, Word
from awra_tui.health.headings import heading, held
from awra_tui.health.importance import pressing
from awra_tui.records.clock import today
from awra_tui.records.issue import Issue
from awra_tui.records.kinds import KINDS
from awra_tui.records.money import shown_minor
from awra_tui.records.pressing import held_up
from awra_tui.records.status import Dimension
from awra_tui.sync.desk import Desk

_DIMENSIONS = {one.label: one.value for one in Dimension}


@click.command()
@click.option("--kind", "kinds", multiple=True, type=Word(KINDS), help="Only this kind.")
@click.option(
    "--dimension",
    type=Word(_DIMENSIONS, {one.value: one.label for one in Dimension}),
    help="Only of this dimension.",
)
@click.option(
    "--cause", default="", metavar="KEY", help="Only what one fix removes: a warning's cause or root."
)
@click.option(
    "--find", "text", default="", help="Only with these words in number, party, reference, amount or reason."
)
@click.option("--sort", type=Word((*SORTS, "count")), default="work", show_default=True, help="The order.")
@click.option("--descending", is_flag=True, help="The other way round.")
@click.option("--dismissed", is_flag=True, help="The dismissed ones instead.")
@click.option("--snoozed", is_flag=True, help="Those put aside until a day instead.")
@click.option(
    "--issue", type=Word(Issue), default=None, help="Only what is wrong between the books in this way."
)
@click.option(
    "--since",
    type=Since(),
    default="",
    metavar="DAY",
    help="What is new, came back and was cleared since then: yesterday, today or a day.",
)
@click.option("--by-cause", "grouped", is_flag=True, help="Causes, each with all that stands under it.")
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
    issue: str | None,
    since: str,
    grouped: bool,
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
        issue=issue or "",
        since=since,
        grouped=grouped and not since,
    )
    nothing: list[WarningRow] = []
    rows, every = read(options, lambda desk: (_found(desk, query), open_warnings(desk)), (nothing, 0))
    if options.as_json:
        write_json([as_data(row) for row in rows])
    elif not rows:
        say(_none(query, every))
    elif query.grouped:
        write_columns([_cause_cells(row) for row in rows], right=(1,))
    else:
        _write(rows, told=tray_words if waiting else in_words)
    is_open = any(not row.closed_at for row in rows)
    return WARNINGS if is_open and not dismissed and not snoozed else ALL_WELL


def _found(desk: Desk, query: WarningQuery) -> list[WarningRow]:
    view = desk.cache.now(queue_view)
    asked = replace(query, pressing=pressing(today(), view.closing, desk.profile.rules.filed_until))
    if not asked.grouped:
        rows = desk.cache.now(warnings_all, asked)
        return [replace(row, blocks=held_up(asked.pressing, row.kind, row.date)) for row in rows]
    return desk.cache.now(lambda: group_rows(asked, group_ids(asked)))


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
        "root": row.root,
        "code": row.code,
        "message": row.message,
        "existing_id": row.existing_id,
        "issue": row.issue,
        "holds_up": list(row.group.blocks if row.group else row.blocks),
        "stands_for": _group(row),
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
        "cleared": row.closed_at or None,
        "snoozed_until": row.snoozed_until or None,
        "dismissed": {"by": row.dismissed_by, "at": row.dismissed_at, "why": row.dismissed_why}
        if row.dismissed
        else None,
    }


def _group(row: WarningRow) -> dict[str, Any] | None:
    """Return what stands under a cause, where causes are listed."""
    if row.group is None:
        return None
    return {
        "warnings": row.group.count,
        "records": {share.kind: share.records for share in row.group.shares},
        "waiting": dict(row.group.waiting),
        "money": {part.currency: amount_text(part.minor, part.currency) for part in row.group.money},
        "oldest": row.group.oldest,
    }


def _write(rows: Sequence[WarningRow], told: Callable[[WarningRow], str]) -> None:
    write_columns([(*_cells(row), told(row)) for row in rows], right=(2,))


def _none(query: WarningQuery, every: int) -> str:
    """Say that nothing was found, of ``every`` open warning, without saying that nothing is wrong."""
    if query.waiting:
        return "Nothing waits for a change in QuickBooks."
    if query.dismissed or query.snoozed:
        return f"No warnings that were {'dismissed' if query.dismissed else 'put aside until a day'}."
    if not every:
        return "No warnings."
    return f"None of the open warnings ({every:,}) is as asked for."


def _cells(row: WarningRow) -> tuple[str, ...]:
    money = shown_minor(row.amount_minor, row.currency) if row.amount_minor else ""
    return (f"{row.kind}/{row.number or row.source_id}", row.party, money)


def _cause_cells(row: WarningRow) -> tuple[str, ...]:
    group = row.group
    if group is None or group.count < 2:
        return (*_cells(row)[::2], in_words(row))
    money = " + ".join(shown_minor(part.minor, part.currency) for part in group.money if part.minor)
    said = heading(row.root, row.sentence, row.blocked_by, group.count)
    return held(group.own, group.waiting), money, f"{said} {row.who.capitalize()}: {row.action}"


def tray_words(row: WarningRow) -> str:
    """Say what a warning waits for, whose step that is, and since when."""
    return f"goes by itself when {row.awaits}; {row.owner or row.who}, since {row.opened_at[:10]}"


def in_words(row: WarningRow) -> str:
    """Say what is wrong and, where somebody must act, who does what."""
    said = row.sentence if row.blocked_by else f"{row.sentence} {row.who.capitalize()}: {row.action}"
    return f"{row.change}: {said}" if row.closed_at or row.returned_at else said
