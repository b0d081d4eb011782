"""``awra-tui accept`` and ``void``: decide about what changed, or went, after it was sent."""

import sys
from collections.abc import Sequence

import click

from awra_tui.actions.changes import ChangeQuestion, Option, ask_change
from awra_tui.actions.deciding import carry_out, decide
from awra_tui.actions.desk import Desk
from awra_tui.cli.desks import deciding, desk_of, run
from awra_tui.cli.errors import ALL_WELL, WARNINGS
from awra_tui.cli.names import named
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import say, warn, write_json
from awra_tui.cli.progress import Shown
from awra_tui.cli.resent import write_results
from awra_tui.health.fields import label
from awra_tui.records.chosen import Choice
from awra_tui.records.errors import AwraError
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey

_GOOD = (Status.SUCCEEDED, Status.SKIPPED)


@click.command()
@click.argument("records", nargs=-1, required=True, metavar="RECORD...")
@of_a_profile
def accept(options: Options, records: tuple[str, ...]) -> int:
    """Take for right what QuickBooks has, or no longer has, of records; nothing is sent."""
    with deciding(options, "decide") as desk:
        keys = keys_of(desk, records)
        for key in keys:
            option_for(desk, Choice.ACCEPT, key)
        done = run(decide(desk, Choice.ACCEPT, *keys))
    if options.as_json:
        write_json({"sentence": done.sentence, "decision": done.decision_id})
    else:
        say(done.sentence)
    return ALL_WELL


@click.command()
@click.argument("record")
@click.option("--credit-note", is_flag=True, help="Leave it, and create a credit of the same lines.")
@of_a_profile
def void(options: Options, record: str, credit_note: bool) -> int:
    """Take out of the books of QuickBooks what the source withdrew; says first what that does."""
    choice = Choice.CREDIT_NOTE if credit_note else Choice.VOID
    with desk_of(options, "decide") as desk:
        return decided(options, desk, choice, keys_of(desk, (record,)))


def keys_of(desk: Desk, names: Sequence[str]) -> list[RecordKey]:
    """Return the records that names mean, each once."""
    return list(dict.fromkeys(named(desk, name) for name in names))


def decided(options: Options, desk: Desk, choice: Choice, keys: Sequence[RecordKey]) -> int:
    """Preview a choice, ask for a yes, carry it out and write what became of each record."""
    for key in keys:
        question, option = option_for(desk, choice, key)
        _preview(question, option)
    _agreed(options, f"Do this to {keys[0].text if len(keys) == 1 else f'{len(keys)} records'}?")
    shown = Shown(quiet=options.as_json)
    results = run(carry_out(desk, choice, *keys, progress=shown))
    shown.end()
    write_results(results, as_json=options.as_json)
    return ALL_WELL if all(one.status in _GOOD for one in results) else WARNINGS


def option_for(desk: Desk, choice: Choice, key: RecordKey) -> tuple[ChangeQuestion, Option]:
    """Return the question about a record and a choice of it; raise AwraError where it has none such."""
    question = run(ask_change(desk, key))
    option = question.option(choice)
    if option is None:
        raise AwraError(question.sentence if not question.options else _not_that(question))
    if option.refused:
        raise AwraError(option.refused)
    return question, option


def _not_that(question: ChangeQuestion) -> str:
    possible = ", ".join(option.label for option in question.options if not option.refused)
    return f"That cannot be chosen here. {question.sentence} Possible: {possible}."


def _preview(question: ChangeQuestion, option: Option) -> None:
    warn(question.sentence)
    for one in question.differences:
        ours, theirs, last = (text or "-" for text in (one.ours, one.theirs, one.last))
        warn(f"  {label(one.field)}: ours {ours}, QuickBooks {theirs}, last {last}")
    warn(f"{option.label}: {' '.join(option.effects)}")


def _agreed(options: Options, question: str) -> None:
    """Ask for a yes; raise AwraError where nobody can answer."""
    if options.yes:
        return
    if not sys.stdin.isatty():
        raise AwraError("Nothing was sent; say --yes to do it.")
    click.confirm(question, abort=True, err=True)
