"""``awra-tui connect-customer``: connect a record to what QuickBooks has, or have it created."""

import datetime as dt

import click

from awra_tui.actions.connect import candidates, connect_record, create_new
from awra_tui.actions.desk import Desk
from awra_tui.actions.results import ConnectCandidate
from awra_tui.cli.common import desk_of, json_option, named, of_a_profile, run, say, write_json
from awra_tui.cli.errors import ALL_WELL, CANNOT
from awra_tui.records.errors import UnknownRecordError
from awra_tui.records.subject import RecordKey


@click.command()
@click.argument("record")
@click.option("--to", "target", default="", help="Name or id of the object in QuickBooks.")
@click.option("--create", is_flag=True, help="It is not in QuickBooks: create it with the next sync.")
@click.option("--start-date", type=click.DateTime(["%Y-%m-%d"]), help="Send what is dated from this day on.")
@of_a_profile
@json_option
def connect_customer(
    record: str,
    target: str,
    create: bool,
    start_date: dt.datetime | None,
    profile: str,
    overrides: tuple[str, ...],
    as_json: bool,
) -> int:
    """Connect a customer (or vendor, item, transaction); without --to or --create list candidates."""
    with desk_of(profile, overrides) as desk:
        key = named(desk, record if "/" in record else f"customer/{record}")
        start = start_date.date() if start_date else None
        if create:
            done = run(create_new(desk, key, start))
        elif target:
            done = run(connect_record(desk, key, _pick(desk, key, target), start))
        else:
            return _list(run(candidates(desk, key)), as_json=as_json)
        if as_json:
            write_json(done)
        else:
            say(done.sentence)
        return ALL_WELL


def _pick(desk: Desk, key: RecordKey, target: str) -> str:
    listed = run(candidates(desk, key, target)) + run(candidates(desk, key))
    found = {one.object.id for one in listed if one.object.id == target} or {
        one.object.id
        for one in listed
        if target.casefold() in (one.object.name.casefold(), one.object.number.casefold())
    }
    if len(found) == 1:
        return found.pop()
    near = ", ".join(f"{one.object.name or one.object.number} ({one.object.id})" for one in listed[:8])
    what = "is the name of several objects" if found else "is not in QuickBooks"
    raise UnknownRecordError(f"{target} {what}; nearest: {near or 'none'}.")


def _list(listed: list[ConnectCandidate], *, as_json: bool) -> int:
    if as_json:
        write_json(
            [
                {
                    "id": one.object.id,
                    "name": one.object.name,
                    "score": one.score,
                    "why": one.why,
                    "refused": one.refused,
                }
                for one in listed
            ]
        )
    for one in [] if as_json else listed:
        refused = f"  ({one.refused})" if one.refused else ""
        say(f"{one.object.id:>8}  {one.object.name or one.object.number}  {one.why}{refused}")
    return ALL_WELL if listed else CANNOT
