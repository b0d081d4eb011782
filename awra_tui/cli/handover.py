"""``awra-tui handover`` and ``queue``: what one person has to answer."""

import click

from awra_tui.actions import owner as owning
from awra_tui.actions.desk import Desk
from awra_tui.cache.pages.warnings import WarningRow, warnings_all
from awra_tui.cli.desks import deciding, read, run
from awra_tui.cli.dismiss import Meant, cause_option, chosen_ids, ids_option
from awra_tui.cli.errors import ALL_WELL, WARNINGS
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import say, write_columns, write_json
from awra_tui.cli.values import Given
from awra_tui.cli.warnings import as_data, in_words
from awra_tui.records.money import shown_minor
from awra_tui.settings.exports import export


@click.command()
@click.argument("name")
@click.argument("records", nargs=-1, metavar="[RECORD]...")
@ids_option
@cause_option
@click.option("--message", default="", metavar="TEXT", help="What to say with it; kept as a note.")
@click.option(
    "--output",
    type=Given("the name of a file"),
    default="",
    metavar="FILE",
    help="Write the text to a new file, not to the terminal.",
)
@of_a_profile
def handover(
    options: Options,
    name: str,
    records: tuple[str, ...],
    ids: tuple[int, ...],
    cause: str,
    message: str,
    output: str,
) -> int:
    """Hand warnings over to a person, and bundle all that the person has to answer into one text."""
    meant = Meant(records, ids, cause)
    if message and not str(meant):
        raise click.UsageError("Say which warnings the message is about.", click.get_current_context())
    with deciding(options, "hand_over" if str(meant) else "") as desk:
        chosen = chosen_ids(desk, meant) if str(meant) else []
        done = _handed(desk, chosen, name, message)
        written = str(export(output, done.text.encode())) if output else ""
    if options.as_json:
        write_json(
            {
                "sentence": done.sentence,
                "owner": done.owner,
                "warnings": chosen,
                "decision": done.decision_id,
                "text": done.text,
                "file": written,
            }
        )
        return ALL_WELL
    for line in (f"{done.sentence}\nWritten to {written}." if written else done.text).splitlines():
        say(line)
    return ALL_WELL


def _handed(desk: Desk, chosen: list[int], name: str, message: str) -> owning.HandedOver:
    """Hand warnings over; without any, say what the person has already."""
    if chosen:
        return run(owning.hand_over(desk, chosen, name, message))
    text = run(owning.questions_for(desk, name))
    return owning.HandedOver(sentence="Nothing new was handed over.", owner=name, text=text)


@click.command()
@click.argument("name", default="")
@of_a_profile
def queue(options: Options, name: str) -> int:
    """List the warnings that a person takes care of; yours without a name."""
    rows: list[WarningRow] = read(
        options, lambda desk: desk.cache.now(warnings_all, run(owning.queue_of(desk, name))), []
    )
    if options.as_json:
        write_json([as_data(row) for row in rows])
    elif rows:
        write_columns([(*_cells(row), in_words(row), row.note) for row in rows], right=(2,))
    else:
        say(f"{name or 'You'} {'is' if name else 'are'} the owner of no open warning.")
    return WARNINGS if rows else ALL_WELL


def _cells(row: WarningRow) -> tuple[str, ...]:
    money = shown_minor(row.amount_minor, row.currency) if row.amount_minor else ""
    return (f"{row.kind}/{row.number or row.source_id}", row.party, money)
