"""``awra-tui undo``: take back your last decision."""

import click

from awra_tui.actions.undo import undo_last
from awra_tui.cli.desks import deciding, run
from awra_tui.cli.errors import ALL_WELL, CANNOT
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import say, warn, write_json


@click.command()
@of_a_profile
def undo(options: Options) -> int:
    """Take back your last decision: what was put aside, given to somebody, mapped or connected."""
    with deciding(options, "undo") as desk:
        done = run(undo_last(desk))
    if options.as_json:
        write_json({"sentence": done.sentence, "decision": done.decision_id})
    if not done.decision_id:
        warn(done.sentence)
        return CANNOT
    if not options.as_json:
        say(done.sentence)
    return ALL_WELL
