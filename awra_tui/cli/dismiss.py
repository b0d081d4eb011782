"""``awra-tui dismiss`` and ``restore``: take warnings off the list with a reason, and bring them back."""

import click

from awra_tui.actions import dismiss as actions
from awra_tui.cache.pages.warnings import warnings_of
from awra_tui.cli.common import desk_of, named, of_a_profile, run, say
from awra_tui.cli.errors import ALL_WELL, CANNOT
from awra_tui.records.subject import record_subject


@click.command()
@click.argument("record")
@click.option("--why", required=True, help="The reason, for whoever asks later.")
@of_a_profile
def dismiss(record: str, why: str, profile: str, overrides: tuple[str, ...]) -> int:
    """Dismiss the open warnings of a record."""
    return _apply(record, profile, overrides, why)


@click.command()
@click.argument("record")
@of_a_profile
def restore(record: str, profile: str, overrides: tuple[str, ...]) -> int:
    """Bring back the dismissed warnings of a record."""
    return _apply(record, profile, overrides, None)


def _apply(record: str, profile: str, overrides: tuple[str, ...], why: str | None) -> int:
    with desk_of(profile, overrides) as desk:
        key = named(desk, record)
        found = desk.cache.now(warnings_of, record_subject(key.kind, key.source_id))
        ids = [row.id for row in found if bool(row.dismissed_at) is (why is None)]
        if not ids:
            say(f"{record} has no {'dismissed' if why is None else 'open'} warning.")
            return CANNOT
        work = actions.restore(desk, ids) if why is None else actions.dismiss(desk, ids, why)
        say(run(work).sentence)
        return ALL_WELL
