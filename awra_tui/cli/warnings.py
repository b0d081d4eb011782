"""``awra-tui warnings``: what a person must look at, in order of work."""

from typing import Any

import click

from awra_tui.cache.pages.warnings import WarningQuery, WarningRow, warnings_all
from awra_tui.cli.common import amount_text, desk_of, json_option, of_a_profile, say, write_json
from awra_tui.cli.errors import ALL_WELL, WARNINGS
from awra_tui.records.kinds import KINDS
from awra_tui.records.money import shown_minor


@click.command()
@click.argument("kinds", nargs=-1, type=click.Choice(list(KINDS)), metavar="[KIND]...")
@click.option("--dimension", default="", help="Only warnings of one dimension, such as mapping.")
@click.option("--find", "text", default="", help="Only warnings with this in number, party or reference.")
@click.option("--dismissed", is_flag=True, help="The dismissed ones instead.")
@of_a_profile
@json_option
def warnings(
    kinds: tuple[str, ...],
    dimension: str,
    text: str,
    dismissed: bool,
    profile: str,
    overrides: tuple[str, ...],
    as_json: bool,
) -> int:
    """List warnings: customers first, then invoices, then payments."""
    query = WarningQuery(kinds=kinds, text=text, dimension=dimension, dismissed=dismissed)
    with desk_of(profile, overrides, read_only=True) as desk:
        rows = list(desk.cache.now(warnings_all, query))
        if as_json:
            write_json([as_data(row) for row in rows])
        else:
            for row in rows:
                _write(row)
        return WARNINGS if rows and not dismissed else ALL_WELL


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
        "code": row.code,
        "reason": row.sentence,
        "message": row.message,
        "action": row.action,
        "who": row.who,
        "blocked_by": row.blocked_by,
        "attempts": row.attempts,
        "amount": amount_text(row.amount_minor, row.currency),
        "currency": row.currency,
        "date": row.date,
        "opened": row.opened_at,
        "owner": row.owner,
        "dismissed": {"by": row.dismissed_by, "at": row.dismissed_at, "why": row.dismissed_why}
        if row.dismissed_at
        else None,
    }


def _write(row: WarningRow) -> None:
    name = f"{row.kind}/{row.number or row.source_id}"
    money = shown_minor(row.amount_minor, row.currency) if row.amount_minor else ""
    say(f"{name}  {row.party}  {money}".rstrip())
    say(f"    {row.sentence}")
    say(f"    {row.who}: {row.action}")
