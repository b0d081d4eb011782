"""``awra-tui log``: sync runs, the attempts inside them, and a single request with its answer."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click

from awra_tui.actions.desk import Desk
from awra_tui.cache.pages.log import AttemptRow, ExchangeRow, RunRow, attempts, exchange, run, runs
from awra_tui.cli.desks import read
from awra_tui.cli.errors import ALL_WELL
from awra_tui.cli.names import named
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import amount_text, say, write_columns, write_json
from awra_tui.cli.values import ROW_NUMBER, Whole
from awra_tui.records.errors import UnknownRecordError


@click.command()
@click.argument("run_id", metavar="[RUN]", required=False, type=ROW_NUMBER)
@click.option("--record", default="", help="The attempts of one record.")
@click.option("--find", "text", default="", help="Attempts by number, party, reference, amount, intuit_tid.")
@click.option("--request", "request_id", type=ROW_NUMBER, help="One request with its answer.")
@click.option("--limit", type=Whole(1, 100_000), default=50, show_default=True, help="At most so many.")
@of_a_profile
def log(
    options: Options, run_id: int | None, record: str, text: str, request_id: int | None, limit: int
) -> int:
    """Show the runs; with RUN, --record or --find the attempts; with --request one exchange."""
    if request_id is not None:
        _exchange(read(options, lambda desk: desk.cache.now(exchange, request_id), None), options, request_id)
    elif run_id is None and not record and not text:
        listed = lambda desk: desk.cache.now(runs, limit=limit, fold=not options.as_json)  # noqa: E731
        _runs(read(options, listed, []), options)
    else:
        found: list[AttemptRow] = read(options, lambda desk: _found(desk, run_id, record, text, limit), [])
        _attempts(found, options)
    return ALL_WELL


def _found(desk: Desk, run_id: int | None, record: str, text: str, limit: int) -> list[AttemptRow]:
    if run_id is not None and desk.cache.now(run, run_id) is None:
        raise UnknownRecordError(f"There is no run {run_id}: awra-tui log lists them.")
    key = named(desk, record) if record else None
    return desk.cache.now(
        attempts,
        run_id=run_id,
        text=text,
        kind=key.kind if key else "",
        source_id=key.source_id if key else "",
        limit=limit,
    )


def _runs(listed: Sequence[RunRow], options: Options) -> None:
    if options.as_json:
        write_json([run_data(row) for row in listed])
        return
    write_columns(
        [
            (str(row.id), _short(row.started_at), row.trigger, row.outcome or "running", _told(row))
            for row in listed
        ],
        right=(0,),
    )


def run_data(row: RunRow) -> dict[str, Any]:
    """Return a run as scripts read it (docs/commands.md)."""
    return {
        "id": row.id,
        "trigger": row.trigger,
        "direction": row.direction,
        "who": row.who,
        "started": row.started_at,
        "ended": row.ended_at or None,
        "outcome": row.outcome,
        "sentence": row.sentence,
        "counts": row.counts,
        "changed": row.changed,
    }


def _told(row: RunRow) -> str:
    folded = "1 run" if row.folded == 1 else f"{row.folded:,} runs"
    return row.sentence + (f" ({folded} without a change)" if row.folded else "")


def _attempts(found: Sequence[AttemptRow], options: Options) -> None:
    if options.as_json:
        write_json([attempt_data(row) for row in found])
        return
    if not found:
        say("No attempts: nothing of it was sent.")
    write_columns(
        [
            (
                _short(row.started_at),
                f"{row.kind}/{row.number or row.source_id}",
                row.operation,
                row.outcome,
                f"{row.code} {row.message}".strip() or row.because,
                row.tid,
            )
            for row in found
        ]
    )


def attempt_data(row: AttemptRow) -> dict[str, Any]:
    """Return an attempt as scripts read it (docs/commands.md)."""
    return {
        "id": row.id,
        "run": row.run_id,
        "request": row.request_id,
        "kind": row.kind,
        "number": row.number,
        "source_id": row.source_id,
        "party": row.party,
        "amount": amount_text(row.amount_minor, row.currency),
        "currency": row.currency,
        "role": row.role,
        "operation": row.operation,
        "outcome": row.outcome,
        "code": row.code,
        "message": row.message,
        "because": row.because,
        "http_status": row.http_status,
        "intuit_tid": row.tid,
        "requestid": row.requestid,
        "started": row.started_at,
        "ended": row.ended_at or None,
        "duration_ms": row.duration_ms,
        "who": row.who,
    }


def _exchange(found: ExchangeRow | None, options: Options, request_id: int) -> None:
    if found is None:
        raise UnknownRecordError(f"There is no request {request_id}: awra-tui log --json RUN lists them.")
    facts = exchange_data(found)
    if options.as_json:
        write_json(facts)
        return
    shown = [(name, str(value)) for name, value in facts.items() if name not in {"body", "answer"}]
    write_columns(shown, whole=True)
    say(found.body)
    say(found.answer)


def exchange_data(row: ExchangeRow) -> dict[str, Any]:
    """Return a request with its answer as scripts read it: bodies as text, secrets removed."""
    facts = asdict(row)
    times = {"created": "created_at", "sent": "sent_at", "answered": "answered_at"}
    renamed = {name: facts.pop(old) or None for name, old in times.items()}
    return {"intuit_tid": facts.pop("tid"), **facts, **renamed}


def _short(stamp: str) -> str:
    return f"{stamp[:19]}Z"
