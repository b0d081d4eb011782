"""``awra-tui evidence``: what to hand over when somebody else must help."""

import click

from awra_tui.actions.escalate import evidence as evidence_of
from awra_tui.cli.common import desk_of, named, of_a_profile, run


@click.command()
@click.argument("record")
@of_a_profile
def evidence(record: str, profile: str, overrides: tuple[str, ...]) -> None:
    """Write everything known about a record as Markdown."""
    with desk_of(profile, overrides, read_only=True) as desk:
        click.echo(run(evidence_of(desk, named(desk, record))), nl=False)
