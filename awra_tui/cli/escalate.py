"""``awra-tui escalate``: the evidence for whoever must help, as Markdown or JSON, written to a file too."""

import click

from awra_tui.actions.desk import Desk
from awra_tui.actions.escalate import evidence, evidence_of_cause, evidence_of_connection
from awra_tui.actions.escalation import evidence_of_all
from awra_tui.actions.evidence import Evidence
from awra_tui.cli.desks import reading, run
from awra_tui.cli.errors import ALL_WELL
from awra_tui.cli.names import named
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import say, warn, write_json, write_text
from awra_tui.cli.values import Given
from awra_tui.settings.exports import export


@click.command()
@click.argument("records", metavar="[RECORD]...", nargs=-1)
@click.option("--cause", default="", metavar="KEY", help="All records that one fix would help.")
@click.option("--connection", is_flag=True, help="The connection to QuickBooks itself.")
@click.option("--proposed", is_flag=True, help="What the rules say is to be handed on now.")
@click.option(
    "--output",
    type=Given("the name of a file"),
    default="",
    metavar="FILE",
    help="Write a new file that only you can read.",
)
@of_a_profile
def escalate(
    options: Options, records: tuple[str, ...], cause: str, connection: bool, proposed: bool, output: str
) -> int:
    """Write everything known about records, a cause or the connection, to hand on; no secrets."""
    if bool(records) + bool(cause) + connection + proposed != 1:
        raise click.UsageError("Name records, or one --cause, or say --connection or --proposed.", _context())
    with reading(options) as desk:
        found = run(evidence_of_all(desk)) if proposed else _evidence(desk, records, cause)
    if found.missing:
        warn(found.missing)
    if output:
        text = found.json if options.as_json else found.markdown
        say(f"Written to {export(output, text.encode('utf-8', 'replace'))}; only you can read it.")
    elif options.as_json:
        write_json(found)
    else:
        write_text(found.markdown)
    return ALL_WELL


def _evidence(desk: Desk, names: tuple[str, ...], cause: str) -> Evidence:
    if cause:
        return run(evidence_of_cause(desk, cause))
    if not names:
        return run(evidence_of_connection(desk))
    return run(evidence(desk, *(named(desk, name) for name in names)))


def _context() -> click.Context:
    return click.get_current_context()
