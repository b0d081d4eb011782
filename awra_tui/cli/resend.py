"""``awra-tui resend``: send chosen records again, after saying what that means."""

import click

from awra_tui.actions.resend import ask_resend
from awra_tui.actions.resend import resend as resend_records
from awra_tui.cli.common import desk_of, json_option, named, of_a_profile, run, say, write_json, yes_option
from awra_tui.cli.errors import ALL_WELL, CANNOT, WARNINGS
from awra_tui.records.status import Status


@click.command()
@click.argument("records", nargs=-1, required=True, metavar="RECORD...")
@of_a_profile
@json_option
@yes_option
def resend(
    records: tuple[str, ...], profile: str, overrides: tuple[str, ...], as_json: bool, yes: bool
) -> int:
    """Send records again: each as kind/number or kind/source_id."""
    with desk_of(profile, overrides) as desk:
        keys = [named(desk, name) for name in records]
        question = run(ask_resend(desk, keys))
        for sentence in question.blocked:
            click.echo(sentence, err=True)
        if not question.sendable:
            return CANNOT
        for quote in question.quotes:
            click.echo(f'QuickBooks said: "{quote}"', err=True)
        if question.needs_yes and not yes:
            click.confirm(question.sentence, abort=True, err=True)
        results = run(resend_records(desk, question.sendable, anyway=question.needs_yes))
        if as_json:
            write_json(
                [{"record": one.name, "status": one.status, "sentence": one.sentence} for one in results]
            )
        else:
            for one in results:
                say(f"{one.name}: {one.status.label}. {one.sentence}")
        arrived = all(one.status is Status.SUCCEEDED for one in results)
        return ALL_WELL if arrived and not question.blocked else WARNINGS
