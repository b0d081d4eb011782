"""``awra-tui audit``: what people and the program decided, as a list, JSON or a table for spreadsheets."""

import click

from awra_tui.actions.audit import about, as_data, line, sheet
from awra_tui.actions.audit import audit as found_in
from awra_tui.actions.verbs import done
from awra_tui.cache.pages.audit import AuditQuery, AuditRow
from awra_tui.cli.desks import read, run
from awra_tui.cli.errors import ALL_WELL
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import say, write_columns, write_json, write_text
from awra_tui.cli.values import Given, Since, Whole
from awra_tui.records.sheet import to_file
from awra_tui.settings.exports import export

SHOWN = 50
"""Decisions that are listed unless more are asked for; JSON and CSV have all."""


@click.command()
@click.option("--find", "text", default="", help="Decisions with this in person, verb, subject, party, text.")
@click.option("--who", default="", metavar="USER@HOST", help="Of this person; awra-tui for the program.")
@click.option("--verb", default="", help="Of this verb, as JSON names it.")
@click.option("--since", type=Since(), default="", metavar="DATE", help="From this day on; also yesterday.")
@click.option(
    "--csv",
    "file",
    type=Given("the name of a file"),
    default="",
    metavar="FILE",
    help="A new file for spreadsheets, or - for none.",
)
@click.option("--limit", type=Whole(1, 1_000_000), help="At most so many.")
@of_a_profile
def audit(
    options: Options,
    text: str,
    who: str,
    verb: str,
    since: str,
    file: str,
    limit: int | None,
) -> int:
    """Show what was decided: who, when, about what, before and after, and whether it was undone."""
    query = AuditQuery(text=text, who=who, verb=verb, since=since)
    most = limit or (None if file or options.as_json else SHOWN)
    found: list[AuditRow] = read(options, lambda desk: run(found_in(desk, query, most)), [])
    if file == "-":
        write_text(sheet(found))
    elif file:
        say(f"Written to {export(file, to_file(sheet(found)))}; only you can read it.")
    elif options.as_json:
        write_json([as_data(row) for row in found])
    else:
        write_columns([_shown(row) for row in found], right=(0,))
    return ALL_WELL


def _shown(row: AuditRow) -> tuple[str, ...]:
    one = row.decision
    undone = f"taken back by decision {one.undone_by}" if one.undone_by else ""
    change = " → ".join(part for part in (line(one.before), line(one.after)) if part)
    left = f"could not be undone: {row.not_undone}" if row.not_undone else ""
    told = "; ".join(part for part in (change, undone, left) if part)
    return str(one.id), f"{one.at[:19]}Z", one.who, done(one), about(row), told
