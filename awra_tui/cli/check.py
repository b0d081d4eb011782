"""``awra-tui check``: what would become of records if they were sent now; nothing is sent."""

from typing import Any

import click

from awra_tui.actions.check import Asked, Checked, Group
from awra_tui.actions.check import check as check_records
from awra_tui.actions.outlook import Fate, Outlook
from awra_tui.cli.changes import keys_of
from awra_tui.cli.desks import desk_of, reading, run
from awra_tui.cli.errors import ALL_WELL, WARNINGS
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import amount_text, amounts, amounts_shown, say, write_columns, write_json
from awra_tui.cli.progress import Shown
from awra_tui.cli.values import Word
from awra_tui.records.errors import AwraError
from awra_tui.records.kinds import KINDS

NAMED = 20
"""Up to so many records are told one by one; of more, the causes, unless each is asked for."""


@click.command()
@click.argument("records", nargs=-1, metavar="[RECORD]...")
@click.option("--kind", "kinds", multiple=True, type=Word(KINDS), help="Only this kind.")
@click.option("--offline", is_flag=True, help="Judge by our copy of QuickBooks, without reading it again.")
@click.option("--each", is_flag=True, help="Name every record, however many there are.")
@of_a_profile
def check(
    options: Options, records: tuple[str, ...], kinds: tuple[str, ...], offline: bool, each: bool
) -> int:
    """Say what would be sent, what would fail and why, and what is blocked; nothing is sent."""
    if records and kinds:
        raise AwraError("Name records or kinds, not both.")
    with reading(options) if offline else desk_of(options) as desk:
        asked = Asked(keys=tuple(keys_of(desk, records)) if records else None, kinds=kinds)
        shown = Shown(quiet=options.as_json)
        found = run(check_records(desk, asked, offline=offline, progress=shown))
        shown.end()
    if options.as_json:
        write_json(_data(found))
    else:
        _write(found, each=each)
    return ALL_WELL if found.is_well else WARNINGS


def _data(found: Checked) -> dict[str, Any]:
    return {
        "sentence": found.sentence,
        "unread": found.unread,
        "company": [
            {"reason": one.sentence, "reason_key": one.reason, "action": one.action, "who": str(one.who)}
            for one in found.company
        ],
        "counts": {str(fate): found.counts[fate] for fate in Fate},
        "groups": [_group(group) for group in found.groups],
    }


def _group(group: Group) -> dict[str, Any]:
    first = group.members[0]
    return {
        "outcome": str(group.fate),
        "cause": group.cause,
        "reason": group.sentence,
        "action": first.action,
        "who": first.who,
        "count": len(group.members),
        "money": amounts(group.money),
        "records": [_record(one) for one in group.members],
    }


def _record(one: Outlook) -> dict[str, Any]:
    return {
        "kind": one.key.kind,
        "source_id": one.key.source_id,
        "record": one.name,
        "party": one.party,
        "amount": amount_text(one.minor, one.currency),
        "currency": one.currency,
        "reason": one.sentence,
        "also": one.also,
        "blocked_by": one.blocked_by,
    }


def _write(found: Checked, *, each: bool) -> None:
    for sentence in (found.unread, *(f"The company: {one.sentence} {one.action}" for one in found.company)):
        if sentence:
            say(sentence)
    say(found.sentence)
    if found.total > NAMED and not each:
        write_columns([_line(group) for group in found.groups], right=(1,))
        return
    for group in found.groups:
        for one in group.members:
            say(f"{one.name} {one.fate.label}: {' '.join((one.sentence, *one.also, one.action)).strip()}")


def _line(group: Group) -> tuple[str, ...]:
    return (group.fate.label, f"{len(group.members):,}", amounts_shown(group.money), group.sentence)
