"""What a decision about several is about: its records and mappings, and what people call them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from awra_tui.cache import rows
from awra_tui.cache.schema import RecordTable
from awra_tui.cache.store import intake
from awra_tui.records.qbo import Json
from awra_tui.records.subject import RecordKey

WARNINGS = ("ids", "owners")
"""Fields of a decision's states that have the numbers of warnings."""
KEYS = ("keys", "connections", "names", "records")
"""Fields of a decision's states that have the keys of records."""

Reference = int | str
"""The number of a warning, or the key of a record as text."""

_NAMED = (RecordTable.kind, RecordTable.source_id, RecordTable.number, RecordTable.party)
_OF_WARNINGS = """
    SELECT warning.id, warning.kind, warning.subject_id, COALESCE(record.number, warning.number),
        COALESCE(record.party, warning.party)
    FROM warning LEFT JOIN record ON record.id = warning.record_id WHERE warning.id IN ({ids})"""


@dataclass(frozen=True, slots=True)
class Called:
    """A record with its number and party; empty of what is no record, or unknown by now."""

    kind: str
    id: str
    number: str = ""
    party: str = ""


def references(before: Json, after: Json) -> list[Reference]:
    """Return the warnings and records that the states of a decision name, each once."""
    return list(dict.fromkeys(one for state in (after, before) for one in _listed(state)))


def _listed(state: Json) -> Iterator[Reference]:
    yield from (int(one) for field in WARNINGS for one in state.get(field) or ())
    yield from (str(one) for field in KEYS for one in state.get(field) or ())


def called(wanted: Sequence[Reference]) -> dict[Reference, Called]:
    """Return what people call each of these; warnings that there are none of are left out."""
    numbers = sorted({one for one in wanted if isinstance(one, int)})
    texts = [one for one in wanted if isinstance(one, str)]
    return dict([*_of_warnings(numbers), *_of_keys(texts)])


def _of_warnings(numbers: Sequence[int]) -> Iterator[tuple[int, Called]]:
    for some in rows.chunks(numbers):
        for number, *known in rows.select(_OF_WARNINGS.format(ids=rows.marks(len(some))), some):
            yield number, Called(*known)


def _of_keys(texts: Sequence[str]) -> Iterator[tuple[str, Called]]:
    keys = [RecordKey.of(text) for text in texts]
    yield from ((key.text, Called(key.kind, key.source_id)) for key in keys)
    for kind, source_id, number, party in intake.by_keys(keys, _NAMED):
        yield RecordKey(kind, source_id).text, Called(kind, source_id, number, party)


def words(before: Json, after: Json) -> Iterable[str]:
    """Return everything that the records and mappings of a decision are searched by, each once."""
    found = called(references(before, after)).values()
    of_records = (word for one in found for word in (one.number, one.party, one.id) if word)
    # Keys of mappings are looked up nowhere: some of their kinds are called as kinds of records are.
    return dict.fromkeys([*of_records, *before.get("mappings", ()), *after.get("mappings", ())])
