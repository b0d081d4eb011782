"""``awra-tui connect-customer``: connect a record to what QuickBooks has, or have it created."""

import datetime as dt
import shlex
from collections.abc import Sequence
from typing import Any

import click

from awra_tui.actions.connect import candidates, connect_record, create_new, preview_connect
from awra_tui.actions.desk import Desk
from awra_tui.actions.known import known_record
from awra_tui.actions.results import ConnectCandidate, Connected, ConnectPreview
from awra_tui.cache.pages import records as pages
from awra_tui.cache.store import records
from awra_tui.cli.desks import deciding, reading, run
from awra_tui.cli.errors import ALL_WELL
from awra_tui.cli.names import BY_ID, name_of, named
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import say, warn, write_columns, write_json
from awra_tui.cli.picking import NEAR, picked
from awra_tui.cli.values import Given, StartDay
from awra_tui.health import wording
from awra_tui.records.errors import AwraError
from awra_tui.records.kinds import KINDS, kind_of
from awra_tui.records.subject import RecordKey


@click.command()
@click.argument("record")
@click.argument("target", type=Given("an id, a name or a number"), required=False, metavar="[QBO]")
@click.option("--new", is_flag=True, help="It is not in QuickBooks: create it with the next sync.")
@click.option("--name", default="", help="With --new: create it by this name; the source keeps its own.")
@click.option("--start", type=StartDay(), help="Send what is dated from this day on; none for all.")
@of_a_profile
def connect_customer(
    options: Options, record: str, target: str | None, new: bool, name: str, start: dt.date | None
) -> int:
    """Connect a customer (or vendor, item, transaction) to QBO, an id or name; alone, list candidates."""
    if new and target:
        raise click.UsageError("Give either QBO or --new, not both.", click.get_current_context())
    if name and not new:
        raise click.UsageError("--name goes with --new only.", click.get_current_context())
    if not new and not target:
        with reading(options) as desk:
            return _list(run(candidates(desk, _named(desk, record))), as_json=options.as_json)
    with deciding(options, "connect") as desk:
        key = _named(desk, record)
        return (
            _create(options, desk, key, start, name)
            if new
            else _connect(options, desk, key, target or "", start)
        )


def _named(desk: Desk, record: str) -> RecordKey:
    if record.partition("/")[0] in KINDS:
        return named(desk, record)
    if not desk.cache.now(pages.find_records, f"customer/{record}") and (
        told := desk.cache.now(_document, record)
    ):
        raise AwraError(told)
    return named(desk, f"customer/{record}")


def _document(number: str) -> str:
    """Say whose document is called so, and how to connect either, or nothing. A job of the cache."""
    found = [key for key in pages.find_records(number) if not kind_of(key.kind).is_name]
    told = " ".join(map(_whose, found[:NEAR]))
    return f"No customer is called {number}. {told}" if found else ""


def _whose(key: RecordKey) -> str:
    kind, stored = kind_of(key.kind), known_record(key)
    party = RecordKey(kind.party, stored.record.party_id)
    itself = f"connects the {kind.label.lower()} itself"
    title = wording.title_of(stored.record)
    if not kind.party or (known := records.get(party)) is None:
        return f"{title} has no customer or vendor in the source; {_command(key)} {itself}."
    whose = f"{kind.party} {wording.name_of(known.record)}"
    return f"{title} is of {whose}: {_command(party)} connects that {kind.party}, {_command(key)} {itself}."


def _command(key: RecordKey) -> str:
    return f"awra-tui connect-customer {shlex.quote(name_of(key))}"


def _connect(options: Options, desk: Desk, key: RecordKey, target: str, start: dt.date | None) -> int:
    qbo_id = _pick(desk, key, target)
    preview = run(preview_connect(desk, key, qbo_id, start))
    if preview.refused:
        raise AwraError(f"{key.text} cannot be connected to {target}: {preview.refused.rstrip('.')}.")
    _foretell(options, preview)
    return _told(options, run(connect_record(desk, key, qbo_id, start)))


def _create(options: Options, desk: Desk, key: RecordKey, start: dt.date | None, name: str) -> int:
    preview = run(preview_connect(desk, key, "", start, name=name))
    if preview.refused:
        other = f' --name "{preview.distinct}" creates it by a name of its own.' if preview.distinct else ""
        raise AwraError(f"{key.text} cannot be created: {preview.refused.rstrip('.')}.{other}")
    _foretell(options, preview)
    return _told(options, run(create_new(desk, key, start, name=name)))


def _foretell(options: Options, preview: ConnectPreview) -> None:
    """Say beforehand what follows."""
    if not options.as_json:
        for sentence in (preview.sentence, *preview.follows):
            warn(sentence)


def _told(options: Options, done: Connected) -> int:
    if options.as_json:
        write_json(
            {
                "sentence": done.sentence,
                "released": [released.text for released in done.released],
                "decision": done.decision_id,
            }
        )
    else:
        say(done.sentence)
    return ALL_WELL


def _pick(desk: Desk, key: RecordKey, target: str) -> str:
    """Return the id of the one object that is wanted by id, name or number."""
    sought = candidates(desk, key, target.removeprefix(BY_ID))
    listed = (*run(sought), *run(candidates(desk, key)))
    return picked(target, {one.object.id: (one.object.name, one.object.number) for one in listed})


def _list(listed: Sequence[ConnectCandidate], *, as_json: bool) -> int:
    if as_json:
        write_json([_candidate(one) for one in listed])
    elif not listed:
        say("Nothing in QuickBooks looks like it; --new creates it with the next sync.")
    else:
        write_columns(
            [(one.object.id, one.object.name or one.object.number, one.why, one.refused) for one in listed],
            right=(0,),
        )
    return ALL_WELL


def _candidate(one: ConnectCandidate) -> dict[str, Any]:
    found = one.object
    return {
        "entity": found.entity,
        "qbo_id": found.id,
        "name": found.name,
        "number": found.number,
        "date": found.date,
        "amount": f"{found.amount:f}",
        "currency": found.currency,
        "active": found.active,
        "score": one.score,
        "why": one.why,
        "refused": one.refused,
    }
