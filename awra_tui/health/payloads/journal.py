"""Bodies of journal entries."""

from awra_tui.health.needs import LINE_PARTIES
from awra_tui.health.payloads.refs import Refs, branch, filled, header, klass, ref
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Json
from awra_tui.records.record import Line
from awra_tui.records.subject import RecordKey

_POSTING = {"debit": "Debit", "credit": "Credit"}
_DETAIL = "JournalEntryLineDetail"


def journal(refs: Refs) -> Json:
    """Return the body of a journal entry."""
    lines = [_line(refs, line) for line in refs.record.lines]
    return header(refs) | filled(DocNumber=refs.record.number, Line=lines)


def _line(refs: Refs, line: Line) -> Json:
    # A journal entry has its location on the lines, unlike every other transaction.
    detail = {"PostingType": _POSTING[line.side], "AccountRef": refs.account(line)}
    body = filled(Description=line.description) | {"Amount": refs.amount(line.amount), "DetailType": _DETAIL}
    return body | {_DETAIL: detail | klass(refs, line) | branch(refs) | _entity(refs, line)}


def _entity(refs: Refs, line: Line) -> Json:
    if line.party_kind not in LINE_PARTIES or not line.party_id:
        return {}
    qbo_id = refs.link(RecordKey(line.party_kind, line.party_id))
    return {"Entity": {"Type": KINDS[line.party_kind].entity, "EntityRef": ref(qbo_id)}}
