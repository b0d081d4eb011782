"""``awra-tui lookup``: what became of anything that one can paste, before somebody creates it by hand."""

from typing import Any

import click

from awra_tui.actions.lookup import LookedUp, ask_quickbooks, holders, look_up
from awra_tui.actions.whereabouts import LookAlike, described
from awra_tui.cache.pages.sought import SoughtRecord
from awra_tui.cache.pages.sought_objects import SoughtObject
from awra_tui.cli.desks import desk_of, reading, run
from awra_tui.cli.errors import ALL_WELL
from awra_tui.cli.log import attempt_data
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import amount_text, say, write_columns, write_json
from awra_tui.records.errors import AwraError
from awra_tui.records.money import shown_minor
from awra_tui.records.qbo import QboObject


@click.command()
@click.argument("text")
@click.option("--ask", is_flag=True, help="Ask QuickBooks itself, too: our copy may be an hour old.")
@of_a_profile
def lookup(options: Options, text: str, ask: bool) -> int:
    """Look up a number, a payment code, an amount, a name or an intuit_tid."""
    if not text.strip():
        raise AwraError("There is nothing to look up: give a number, a payment code, an amount or a name.")
    if ask:
        with desk_of(options) as desk:
            looked = run(ask_quickbooks(desk, text))
    else:
        with reading(options) as desk:
            looked = run(look_up(desk, text))
    if options.as_json:
        write_json(_data(looked))
    else:
        _write(looked)
    return ALL_WELL


def _data(looked: LookedUp) -> dict[str, Any]:
    found = looked.found
    return {
        "text": found.text,
        "verdict": looked.verdict,
        "as_of": looked.as_of or None,
        "unread": looked.unread,
        "more": found.more,
        "records": [_record(one, looked.alikes.get(one.key, ())) for one in found.records],
        "objects": [_found(one) for one in found.objects],
        "attempts": [attempt_data(row) for row in found.attempts],
    }


def _record(one: SoughtRecord, alike: tuple[LookAlike, ...]) -> dict[str, Any]:
    row = one.row
    return {
        "kind": row.kind,
        "number": row.number,
        "source_id": row.source_id,
        "party": row.party,
        "amount": amount_text(row.amount_minor, row.currency),
        "currency": row.currency,
        "date": row.date or None,
        "status": row.status,
        "found_by": row.how,
        "deleted": one.deleted,
        "waits": one.waits,
        "connected": [object_data(each) for each in one.held],
        "looks_like": [object_data(each.object) | {"why": each.why} for each in alike],
    }


def _found(one: SoughtObject) -> dict[str, Any]:
    return object_data(one.object) | {
        "found_by": one.how,
        "records": [key.text for key in one.records],
    }


def object_data(one: QboObject) -> dict[str, Any]:
    """Return an object of QuickBooks as scripts read it (docs/commands.md)."""
    return {
        "entity": one.entity,
        "qbo_id": one.id,
        "number": one.number,
        "name": one.name,
        "date": one.date,
        "amount": f"{one.amount:f}",
        "currency": one.currency,
        "reference": one.reference,
        "deleted": one.deleted,
    }


def _write(looked: LookedUp) -> None:
    say(looked.verdict)
    if looked.unread:
        say(looked.unread)
    found = looked.found
    write_columns(
        [
            (
                f"{one.row.kind}/{one.row.number or one.row.source_id}",
                one.row.party,
                shown_minor(one.row.amount_minor, one.row.currency) if one.row.amount_minor else "",
                one.row.date,
                one.row.status.label,
                f"by {one.row.how}",
            )
            for one in found.records
        ],
        right=(2,),
    )
    write_columns(
        [
            (described(one.object), holders(looked, one) or "not ours", f"by {one.how}")
            for one in found.objects
        ]
    )
    write_columns(
        [
            (row.started_at[:19] + "Z", f"{row.kind}/{row.number or row.source_id}", row.outcome, row.tid)
            for row in found.attempts
        ]
    )
    if found.more:
        say("There is more; write more of it.")
