"""Which record a name means: one, or a sentence that lists the candidates."""

from collections.abc import Sequence

from awra_tui.actions.desk import Desk
from awra_tui.cache.pages import records as pages
from awra_tui.cache.store import records
from awra_tui.cli.output import amount_text
from awra_tui.records.errors import UnknownRecordError
from awra_tui.records.kinds import KINDS
from awra_tui.records.money import to_minor
from awra_tui.records.subject import RecordKey

BY_ID = "id="
"""Before a source id: it then means nothing else, though another record should have it as number."""
MANY = 8
"""So many candidates are listed."""


def named(desk: Desk, name: str) -> RecordKey:
    """Return the one record that ``kind/number``, ``kind/source_id`` or a number names.

    Raise UnknownRecordError, listing the candidates, where there is none or more than one.
    """
    found = desk.cache.now(pages.find_records, name) or desk.cache.now(_by_id, name)
    if len(found) == 1:
        return found[0]
    raise UnknownRecordError(_several(desk, name, found) if found else _none(desk, name))


def _by_id(name: str) -> list[RecordKey]:
    kind, _, rest = name.partition("/")
    key = RecordKey(kind, rest.removeprefix(BY_ID))
    return [key] if rest.startswith(BY_ID) and records.get(key) else []


def _several(desk: Desk, name: str, found: Sequence[RecordKey]) -> str:
    listed = "; ".join(desk.cache.now(_candidate, key) for key in found[:MANY])
    more = f"; and {len(found) - MANY:,} more" if len(found) > MANY else ""
    return f"{name} is the name of {len(found):,} records: {listed}{more}. Name one of them as written here."


def name_of(key: RecordKey) -> str:
    """Return a name that means this record only. A job of the cache."""
    return key.text if pages.find_records(key.text) == [key] else f"{key.kind}/{BY_ID}{key.source_id}"


def _candidate(key: RecordKey) -> str:
    stored, name = records.get(key), name_of(key)
    if stored is None:
        return name
    record = stored.record
    amount = amount_text(to_minor(record.amount, record.currency), record.currency)
    facts = (record.party_name, f"{record.currency} {amount}".strip(), str(record.date or ""))
    return f"{name} ({', '.join(fact for fact in facts if fact)})"


def _none(desk: Desk, name: str) -> str:
    kind, slash, rest = name.partition("/")
    if slash and kind not in KINDS:
        return f"There is no record {name}, and no kind {kind}: kinds are {', '.join(KINDS)}."
    near = desk.cache.now(pages.search_records, rest or name, MANY)
    similar = ", ".join(f"{row.kind}/{row.number or row.source_id}" for row in near)
    if similar:
        return f"No record is called {name}; these have it in number, party, reference or amount: {similar}."
    return f"No record is called {name}. Write kind/number or kind/source_id, for example invoice/INV-1042."
