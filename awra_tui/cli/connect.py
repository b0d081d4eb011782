"""``awra-tui connect``: put the secrets of a company into the profile's token store."""

from pathlib import Path
from typing import TextIO

import click
import msgspec

from awra_tui.actions.authorize import Announced, import_secrets
from awra_tui.cli.common import of_a_profile, say
from awra_tui.records.errors import SecretError
from awra_tui.settings.profile import load_profile


@click.command()
@click.option(
    "--import",
    "file",
    type=click.File("r"),
    required=True,
    metavar="FILE",
    help="The line that the simulator announces; - for standard input.",
)
@of_a_profile
def connect(file: TextIO, profile: str, overrides: tuple[str, ...]) -> None:
    """Take client id, client secret and tokens from a file into the profile's token store."""
    try:
        announced = msgspec.json.decode(file.read(), type=Announced)
    except msgspec.MsgspecError as error:
        raise SecretError(
            f"{Path(file.name).name} is not the line a simulator announces: {_place(error)}."
        ) from None
    loaded = load_profile(profile, overrides)
    import_secrets(loaded, announced)
    say(f"{loaded.name} can reach company {announced.realm_id} now: awra-tui sync")


def _place(error: msgspec.MsgspecError) -> str:
    """Say what is wrong without quoting the content: it holds secrets."""
    return (
        "a field is missing or of another type" if isinstance(error, msgspec.ValidationError) else "not JSON"
    )
