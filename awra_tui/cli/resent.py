"""What became of records that a command sent, as columns or as JSON."""

from collections.abc import Sequence

from awra_tui.actions.results import ResendResult
from awra_tui.cli.output import write_columns, write_json


def write_results(results: Sequence[ResendResult], *, as_json: bool) -> None:
    """Write what became of each record, as columns or as JSON."""
    if not as_json:
        write_columns([(one.title, one.status.label, one.more) for one in results])
        return
    write_json(
        [
            {
                "kind": one.key.kind,
                "source_id": one.key.source_id,
                "record": one.name,
                "status": one.status,
                "sentence": one.sentence,
                "escalate": one.escalate.sentence if one.escalate else "",
            }
            for one in results
        ]
    )
