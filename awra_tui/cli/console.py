"""``awra-tui console``: the screens."""

import click

from awra_tui.cli.common import desk_of, of_a_profile


@click.command()
@of_a_profile
def console(profile: str, overrides: tuple[str, ...]) -> None:
    """Open the console (the default)."""
    from awra_tui.app import ConsoleApp

    with desk_of(profile, overrides) as desk:
        ConsoleApp(desk).run()
