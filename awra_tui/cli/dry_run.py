"""``awra-tui resend --dry-run``: field by field what QuickBooks has and what would be sent."""

from collections.abc import Sequence
from typing import Any

from awra_tui.actions.dry_run import DryRun, dry_run
from awra_tui.actions.outlook import Fate
from awra_tui.cli.changes import keys_of
from awra_tui.cli.desks import desk_of, run
from awra_tui.cli.errors import ALL_WELL, WARNINGS
from awra_tui.cli.options import Options
from awra_tui.cli.output import say, write_json


def rehearsed(options: Options, records: Sequence[str]) -> int:
    """Say what resending records would change; nothing is sent."""
    with desk_of(options) as desk:
        found = [run(dry_run(desk, key)) for key in keys_of(desk, records)]
    if options.as_json:
        write_json([_data(one) for one in found])
    else:
        for one in found:
            say(f"{one.outlook.name} {one.outlook.fate.label}.")
            for line in one.lines:
                say(line)
    return ALL_WELL if all(one.outlook.fate in (Fate.GOES, Fate.NOTHING) for one in found) else WARNINGS


def _data(one: DryRun) -> dict[str, Any]:
    told = one.outlook
    return {
        "kind": told.key.kind,
        "source_id": told.key.source_id,
        "record": told.name,
        "outcome": str(told.fate),
        "reason": told.sentence,
        "also": told.also,
        "action": told.action,
        "beside": one.beside,
        "fields": [
            {"field": each.name, "now": each.now, "sent": each.sent, "changes": each.changes}
            for each in one.fields
        ],
        "payload": one.body,
        "then": one.then,
        "unread": one.unread,
    }
