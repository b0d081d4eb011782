"""Which object of QuickBooks a person means on the command line: by its id, or by what it is called."""

from collections.abc import Collection, Mapping

from awra_tui.cli.names import BY_ID
from awra_tui.records.errors import UnknownRecordError

NEAR = 8
"""So many objects are listed."""


def picked(wanted: str, there: Mapping[str, Collection[str]]) -> str:
    """Return the id of the one object that is wanted; ``there`` has what each is called, by its id.

    Raise UnknownRecordError where it is none or several, also where it is the id of one and the name or
    number of another.
    """
    if wanted.startswith(BY_ID) and wanted.removeprefix(BY_ID) in there:
        return wanted.removeprefix(BY_ID)
    called = [each for each, names in there.items() if wanted.casefold() in map(str.casefold, names)]
    found = list(dict.fromkeys([*([wanted] if wanted in there else []), *called]))
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{_title(each, there)} ({each})" for each in (found or [*there])[:NEAR])
    if not found:
        near = f"nearest: {listed}" if listed else "nothing there is like it"
        raise UnknownRecordError(f"{wanted} is not in QuickBooks; {near}.")
    what = (
        "the id of one object and the name of another" if wanted in there else "the name of several objects"
    )
    raise UnknownRecordError(f"{wanted} is {what}: {listed}. Write {BY_ID} and the id in brackets.")


def _title(qbo_id: str, there: Mapping[str, Collection[str]]) -> str:
    return next(filter(None, there[qbo_id]), qbo_id)
