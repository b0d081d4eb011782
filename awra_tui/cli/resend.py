"""``awra-tui resend``: send chosen records again, after saying what that means."""

import sys

import click

from awra_tui.actions.comparison import Comparison, compare
from awra_tui.actions.desk import Desk
from awra_tui.actions.resend import ask_resend
from awra_tui.actions.resend import resend as resend_records
from awra_tui.actions.results import Escalation, ResendQuestion
from awra_tui.cli.changes import decided, keys_of
from awra_tui.cli.desks import desk_of, run
from awra_tui.cli.dry_run import rehearsed
from awra_tui.cli.errors import ALL_WELL, CANNOT, WARNINGS
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import warn
from awra_tui.cli.progress import Shown
from awra_tui.cli.resent import write_results
from awra_tui.records.chosen import Choice
from awra_tui.records.errors import AwraError
from awra_tui.records.status import Status

COMPARED = 3
"""So many possible duplicates are shown side by side."""


@click.command()
@click.argument("records", nargs=-1, required=True, metavar="RECORD...")
@click.option("--ours", is_flag=True, help="Over what was changed, voided or deleted in QuickBooks.")
@click.option("--dry-run", "dry", is_flag=True, help="Only say, field by field, what it would change.")
@of_a_profile
def resend(options: Options, records: tuple[str, ...], ours: bool, dry: bool) -> int:
    """Send records again; asks first where nothing changed since QuickBooks refused them."""
    if dry:
        if ours:
            raise AwraError("Choose --dry-run or --ours; --ours shows the differences before it asks.")
        return rehearsed(options, records)
    with desk_of(options, "resend") as desk:
        keys = keys_of(desk, records)
        if ours:
            return decided(options, desk, Choice.OURS, keys)
        question = run(ask_resend(desk, keys))
        _explain(desk, question)
        if not question.sendable:
            if not question.blocked:
                warn(question.sentence)
            return CANNOT
        _agreed(question, options)
        shown = Shown(quiet=options.as_json)
        results = run(resend_records(desk, question.sendable, progress=shown, anyway=question.needs_yes))
        shown.end()
        write_results(results, as_json=options.as_json)
        for result in results:
            if result.escalate:
                warn(_proposal(result.escalate))
        arrived = all(one.status is Status.SUCCEEDED for one in results)
        return ALL_WELL if arrived and not question.blocked else WARNINGS


def _explain(desk: Desk, question: ResendQuestion) -> None:
    """Say what a person should know first: how old our copy is, what cannot go, what may be there already."""
    for sentence in (question.unread, *question.blocked):
        if sentence:
            warn(sentence)
    for key in question.twins[:COMPARED]:
        found = run(compare(desk, key))
        if found:
            _beside(found)


def _beside(found: Comparison) -> None:
    warn(f"Compare {found.name} with what QuickBooks has under the id {found.qbo_id}:")
    wide = max(len(pair.ours) for pair in found.pairs)
    for pair in found.pairs:
        warn(f"  {pair.label:<12}{pair.ours or '–':<{wide}}  {pair.sign}  {pair.theirs or '–'}")
    warn(f'The same: awra-tui connect-customer "{found.name}" {found.qbo_id}')
    warn(f'Another one, to be sent: awra-tui connect-customer "{found.name}" --new')


def _proposal(escalation: Escalation) -> str:
    return f'{escalation.sentence} awra-tui escalate "{escalation.name}"'


def _agreed(question: ResendQuestion, options: Options) -> None:
    """Ask where nothing has changed, quoting QuickBooks; raise AwraError where nobody can answer."""
    if not question.needs_yes:
        return
    for quote in question.quotes:
        warn(f'QuickBooks said: "{quote}"')
    for escalation in question.escalate:
        warn(_proposal(escalation))
    if options.yes:
        return
    if not sys.stdin.isatty():
        raise AwraError(f"{question.sentence} Nothing was sent; say --yes to send all the same.")
    click.confirm(question.sentence, abort=True, err=True)
