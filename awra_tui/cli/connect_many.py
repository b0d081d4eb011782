"""``awra-tui connect-many``: connect customers, vendors and items that are not connected, several at once."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import click

from awra_tui.actions import connect_many as many
from awra_tui.actions.connect_many import NAME_KINDS, Unconnected
from awra_tui.actions.create_many import create_many, preview_new
from awra_tui.actions.desk import Desk
from awra_tui.actions.results import Connected
from awra_tui.cli.desks import deciding, reading, run
from awra_tui.cli.errors import ALL_WELL
from awra_tui.cli.names import named
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import amounts, say, warn, write_columns, write_json
from awra_tui.cli.values import StartDay, Word
from awra_tui.records.errors import AwraError
from awra_tui.records.kinds import kind_of
from awra_tui.records.subject import RecordKey


@click.command()
@click.argument("record", nargs=-1)
@click.option("--certain", is_flag=True, help="Connect all that leave no question.")
@click.option(
    "--new", is_flag=True, help="They are not in QuickBooks: create each RECORD with the next sync."
)
@click.option("--kind", type=Word(NAME_KINDS), help="Only customers, vendors or items.")
@click.option("--start", type=StartDay(), help="Send what is dated from this day on; none for all.")
@of_a_profile
def connect_many(
    options: Options,
    record: tuple[str, ...],
    certain: bool,
    new: bool,
    kind: str | None,
    start: dt.date | None,
) -> int:
    """Connect each RECORD to what it most likely is in QuickBooks; alone, list all that are not connected."""
    if record and certain:
        raise click.UsageError("Give either RECORD or --certain, not both.", click.get_current_context())
    if new and not record:
        raise click.UsageError("--new goes with RECORD only.", click.get_current_context())
    kinds = (kind,) if kind else NAME_KINDS
    if not record and not certain:
        with reading(options) as desk:
            return _list(run(many.unconnected(desk, kinds)), kind, as_json=options.as_json)
    if new:
        with deciding(options, "create_names") as desk:
            return _create(options, desk, [named(desk, name) for name in record], start)
    with deciding(options, "connect_chosen") as desk:
        rows = run(many.unconnected(desk, kinds))
        chosen = _certain(rows) if certain else _named(desk, rows, record)
        return _connect(options, desk, chosen, start)


def _certain(rows: Sequence[Unconnected]) -> dict[RecordKey, str]:
    chosen = {row.key: row.best.object.id for row in rows if row.is_certain and row.best}
    if not chosen:
        raise AwraError("Nothing was connected: none of them is certain. awra-tui connect-many lists them.")
    return chosen


def _named(desk: Desk, rows: Sequence[Unconnected], names: Sequence[str]) -> dict[RecordKey, str]:
    known = {row.key: row for row in rows}
    chosen: dict[RecordKey, str] = {}
    for key in [named(desk, name) for name in names]:
        row = known.get(key)
        if row is None or row.best is None or row.best.refused:
            why = row.best.refused if row and row.best else ""
            said = why or ("nothing in QuickBooks is like it" if row else "it does not wait to be connected")
            raise AwraError(f"Nothing was connected. {key.text}: {said}.")
        chosen[key] = row.best.object.id
    return chosen


def _create(options: Options, desk: Desk, keys: Sequence[RecordKey], start: dt.date | None) -> int:
    keys = list(dict.fromkeys(keys))
    if wrong := next((key for key in keys if key.kind not in NAME_KINDS), None):
        raise AwraError(f"Nothing will be created. {wrong.text} is no customer, vendor or item.")
    preview = run(preview_new(desk, keys))
    if not options.as_json and not preview.refused:
        for sentence in (preview.sentence, *(f"{own} as {name}." for own, name in preview.renamed)):
            warn(sentence)
    return _told(options, run(create_many(desk, keys, start)), "created", preview.names)


def _connect(options: Options, desk: Desk, chosen: dict[RecordKey, str], start: dt.date | None) -> int:
    preview = run(many.preview_many(desk, chosen, start))
    if not options.as_json and not preview.refused:
        for sentence in (preview.sentence, *preview.follows):
            warn(sentence)
    return _told(options, run(many.connect_many(desk, chosen, start)), "connected", chosen)


def _told(options: Options, done: Connected, verb: str, what: Mapping[RecordKey, str]) -> int:
    if options.as_json:
        write_json(
            {
                "sentence": done.sentence,
                verb: {key.text: said for key, said in what.items()},
                "released": [released.text for released in done.released],
                "decision": done.decision_id,
            }
        )
    else:
        say(done.sentence)
    return ALL_WELL


def _list(rows: Sequence[Unconnected], kind: str | None, *, as_json: bool) -> int:
    if as_json:
        write_json([_as_data(row) for row in rows])
    elif not rows:
        named = kind_of(kind).label.lower().partition("/")[0] if kind else "customer, vendor and product"
        say(f"Every {named} is connected, or needs no decision.")
    else:
        write_columns([_cells(row) for row in rows])
    return ALL_WELL


def _cells(row: Unconnected) -> tuple[str, ...]:
    best = row.best
    if best is None:
        taken = f"{row.namesake} has the name; --new creates it as {row.distinct}"
        told = taken if row.namesake else "nothing in QuickBooks is like it"
        return row.record.name, row.record.party_name, "", "", told
    sure = "certain" if row.is_certain else f"{best.score}%"
    return row.record.name, row.record.party_name, best.object.name, sure, best.refused or best.why


def _as_data(row: Unconnected) -> dict[str, Any]:
    best = row.best
    return {
        "record": row.record.name,
        "source_id": row.record.source_id,
        "name": row.record.party_name,
        "qbo_id": best.object.id if best else "",
        "candidate": best.object.name if best else "",
        "score": best.score if best else 0,
        "why": best.why if best else "",
        "refused": best.refused if best else "",
        "certain": row.is_certain,
        "others": row.others,
        "namesake": row.namesake,
        "distinct": row.distinct,
        "waits": row.waits,
        "money": amounts(row.held),
    }
