"""``awra-tui log``: sync runs, and the attempts inside them."""

import click

from awra_tui.cache.pages.log import attempts, runs
from awra_tui.cli.common import desk_of, json_option, named, of_a_profile, say, write_json


@click.command()
@click.option("--run", "run_id", type=int, help="The attempts of one run.")
@click.option("--record", default="", help="The attempts of one record.")
@click.option(
    "--find", "text", default="", help="Attempts by number, party, reference, amount or intuit_tid."
)
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@of_a_profile
@json_option
def log(
    run_id: int | None,
    record: str,
    text: str,
    limit: int,
    profile: str,
    overrides: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show the runs; with --run, --record or --find, the attempts."""
    with desk_of(profile, overrides, read_only=True) as desk:
        if run_id is None and not record and not text:
            listed = desk.cache.now(runs, limit=limit, fold=not as_json)
            if as_json:
                write_json(listed)
            for row in [] if as_json else listed:
                folded = f" ({row.folded} runs without a change)" if row.folded else ""
                head = f"{row.id:>6}  {row.started_at[:19]}  {row.trigger:<8} {row.outcome:<8}"
                say(f"{head} {row.sentence}{folded}")
            return
        key = named(desk, record) if record else None
        found = desk.cache.now(
            attempts,
            run_id=run_id,
            text=text,
            kind=key.kind if key else "",
            source_id=key.source_id if key else "",
            limit=limit,
        )
        if as_json:
            write_json(found)
        for attempt in [] if as_json else found:
            name = f"{attempt.kind}/{attempt.number}"
            said = f"  {attempt.code} {attempt.message}" if attempt.message else ""
            head = f"{attempt.started_at[:19]}  {name:<28} {attempt.operation} {attempt.outcome}"
            say(f"{head}{said}  {attempt.tid}")
