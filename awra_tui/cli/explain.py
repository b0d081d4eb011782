"""``awra-tui explain``: understand any answer of QuickBooks."""

from typing import BinaryIO

import click

from awra_tui.actions.explain import explain_answer
from awra_tui.cli.errors import ALL_WELL
from awra_tui.cli.options import given_before
from awra_tui.cli.output import say, write_json
from awra_tui.cli.values import Whole


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--http-status", type=Whole(0, 599), default=0, help="The HTTP status it came with.")
@click.option("--content-type", default="", help="The content type it came with.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for scripts.")
def explain(file: BinaryIO, http_status: int, content_type: str, as_json: bool) -> int:
    """Say of an answer (JSON, XML, HTML, cut off; - for standard input) what it means and who does what."""
    told = explain_answer(http_status, content_type, file.read())
    if as_json or given_before().as_json:
        write_json(told)
        return ALL_WELL
    for message in told["messages"]:
        say(f"QuickBooks said: {message}")
    say(told["reason"])
    say(f"What to do ({told['who']}): {told['action']}" if told["who"] else told["action"])
    return ALL_WELL
