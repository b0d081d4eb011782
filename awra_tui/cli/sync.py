"""``awra-tui sync``: one pass, or one every so often without a screen."""

import click

from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.overview import overview
from awra_tui.cli.common import desk_of, json_option, of_a_profile, run, say, write_json
from awra_tui.cli.errors import ALL_WELL, CANNOT, WARNINGS
from awra_tui.cli.progress import Shown


@click.command()
@of_a_profile
@json_option
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def sync(profile: str, overrides: tuple[str, ...], as_json: bool, quiet: bool) -> int:
    """Read the source, send what is ready, and say what needs attention."""
    with desk_of(profile, overrides) as desk:
        shown = Shown(quiet=quiet or as_json)
        result = run(sync_now(desk, trigger="command", progress=shown))
        shown.end()
        open_warnings = sum(row.warnings for row in desk.cache.now(overview).kinds)
        if as_json:
            write_json(
                {
                    "outcome": result.outcome,
                    "sentence": result.sentence,
                    "counts": result.counts,
                    "warnings": open_warnings,
                }
            )
        else:
            say(result.sentence)
            if open_warnings:
                say(f"{open_warnings:,} warnings need attention: awra-tui warnings")
        if result.outcome in ("failed", "stopped", "busy"):
            return CANNOT
        return WARNINGS if open_warnings else ALL_WELL
