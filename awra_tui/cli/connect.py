"""``awra-tui connect``: put the secrets of a company into the profile's token store."""

from typing import BinaryIO

import click
import msgspec

from awra_tui.actions.authorize import Announced, import_secrets
from awra_tui.cli.desks import profile_of
from awra_tui.cli.errors import ALL_WELL
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import say, write_json
from awra_tui.records.errors import SecretError

LARGEST = 1_000_000
"""A line of secrets is far shorter; whatever is longer is another file."""


@click.command()
@click.option(
    "--import", "file", type=click.File("rb"), required=True, metavar="FILE",
    help="The line that awra-tui simulator --json prints; - for standard input.",
)  # fmt: skip
@of_a_profile
def connect(options: Options, file: BinaryIO) -> int:
    """Take client id, client secret and tokens from a file into the profile's token store."""
    profile = profile_of(options)
    announced = _announced(file)
    import_secrets(profile, announced)
    if options.as_json:
        store = profile.qbo.token_store
        write_json({"profile": profile.id, "realm_id": announced.realm_id, "token_store": store})
    else:
        say(f"{profile.name} can reach company {announced.realm_id} now: awra-tui sync")
    return ALL_WELL


def _announced(file: BinaryIO) -> Announced:
    try:
        return msgspec.json.decode(file.read(LARGEST), type=Announced)
    except msgspec.ValidationError:
        wrong = "a field is missing or of another type"
    except (msgspec.DecodeError, UnicodeDecodeError):
        wrong = "it is not JSON"
    # What is wrong is said without quoting the content: it holds secrets.
    fields = ", ".join(name for name in Announced.__struct_fields__ if not name.endswith("_url"))
    name = getattr(file, "name", "The input")
    raise SecretError(
        f"{name} is not the line that awra-tui simulator --json prints: {wrong}; it needs {fields}."
    )
