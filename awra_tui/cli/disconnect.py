"""``awra-tui disconnect``: end the profile's connection to QuickBooks."""

import click

from awra_tui.cli.asking import agreed, answerable
from awra_tui.cli.desks import desk_of, run
from awra_tui.cli.errors import ALL_WELL
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import say, write_json


@click.command()
@click.option("--force", is_flag=True, help="Remove the tokens here even where Intuit cannot be reached.")
@click.option("--app", is_flag=True, help="Forget client id and secret, too.")
@of_a_profile
def disconnect(options: Options, force: bool, app: bool) -> int:
    """Revoke the connection at Intuit and remove its tokens; connections of records stay."""
    with desk_of(options, "disconnect") as desk:
        from awra_tui.actions import revocation

        answerable(options)
        agreed(
            f"Disconnect {desk.profile.name} from QuickBooks? Nothing is sent until it is connected again.",
            options,
            "Nothing was changed.",
        )
        ended = run(revocation.disconnect(desk, force=force, forget_keys=app))
        if options.as_json:
            write_json({"revoked": ended.revoked, "removed": ended.removed, "sentence": ended.sentence})
        else:
            say(ended.sentence)
    return ALL_WELL
