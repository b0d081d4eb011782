"""``awra-tui unlink``: take the connection of a record to QuickBooks away."""

import click

from awra_tui.actions import unlink as unlinking
from awra_tui.cli.desks import deciding, run
from awra_tui.cli.errors import ALL_WELL
from awra_tui.cli.names import named
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import say, warn, write_json


@click.command()
@click.argument("record")
@of_a_profile
def unlink(options: Options, record: str) -> int:
    """Disconnect a record from its object in QuickBooks; nothing is deleted there, and undo takes it back."""
    with deciding(options, "unlink") as desk:
        key = named(desk, record)
        preview = run(unlinking.preview_unlink(desk, key))
        done = run(unlinking.unlink(desk, key))
        if options.as_json:
            write_json({"sentence": done.sentence, "means": preview.follows, "decision": done.decision_id})
        else:
            for sentence in preview.follows:
                warn(sentence)
            say(done.sentence)
    return ALL_WELL
