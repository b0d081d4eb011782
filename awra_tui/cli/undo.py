"""``awra-tui undo``: take back your last decision."""

import click

from awra_tui.actions.undo import undo_last
from awra_tui.cli.common import desk_of, of_a_profile, run, say


@click.command()
@of_a_profile
def undo(profile: str, overrides: tuple[str, ...]) -> None:
    """Take back your last decision: a dismissal, a mapping, a connection."""
    with desk_of(profile, overrides) as desk:
        say(run(undo_last(desk)).sentence)
