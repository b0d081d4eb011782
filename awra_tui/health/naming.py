"""What a customer, vendor or item is called in QuickBooks: its own name, unless a person gave it another."""

from awra_tui.health import wording
from awra_tui.health.mappings import category
from awra_tui.health.names import same_name
from awra_tui.health.view import View
from awra_tui.records.kinds import KINDS
from awra_tui.records.record import SourceRecord

NAME_LIMITS = {"customer": 500, "vendor": 500, "item": 100}
"""Characters that QuickBooks takes in a DisplayName or Name."""
PLACE = "{name}"
"""Where the own name stands in a pattern of ``Rules.distinct_names``."""
FORBIDDEN = {":": "a colon", "\t": "a tab", "\n": "a line break", "\r": "a line break"}
"""Signs that QuickBooks takes in no name (Intuit: field rules), with what a sentence calls them."""
NAMED_ANEW = (
    "same_name", "name_is_taken", "name_connected_already", "name_is_used", "name_too_long", "forbidden_sign",
)  # fmt: skip
"""The reasons that another name in QuickBooks puts right."""
_TRIED = 50


def called(record: SourceRecord, view: View) -> str:
    """Return the name that a record has, or is to have, in QuickBooks."""
    return view.given_name(record) or wording.name_of(record)


def full_name(name: str, record: SourceRecord, view: View) -> str:
    """Return a name as QuickBooks writes it where it gives it once: an item's with the category above it."""
    above = category(record, view)
    there = view.mapping_object(above) if above else None
    return f"{there.name}:{name}" if there and there.active and not there.deleted else name


def distinct(record: SourceRecord, view: View) -> str:
    """Return the usual name for a record whose own is in use there, or breaks the rules of names.

    Its own without what breaks them, if nobody has that. Else one made by the profile's pattern, without
    it of the kind (``Baobab Café (Customer)``), or of the currency where that of the same kind has
    another; from the second on with a number.
    """
    pattern = view.rules.distinct_names.get(record.kind) or f"{PLACE} ({_addition(record, view)})"
    plain = _allowed(record)
    if plain != wording.name_of(record) and not _used(plain, record, view):
        return plain
    tries = (_made(record, pattern, number) for number in range(1, _TRIED))
    return next((name for name in tries if not _used(name, record, view)), "")


def _addition(record: SourceRecord, view: View) -> str:
    """Return what tells a record from whoever has its name: its currency, if that differs, else its kind."""
    kind = KINDS[record.kind]
    named = (one for one in view.objects_named(record.kind, wording.name_of(record)) if not one.deleted)
    others = {one.currency for one in named if one.entity == kind.entity} - {"", record.currency}
    return record.currency if record.currency and others else kind.label.partition("/")[0]


def _allowed(record: SourceRecord) -> str:
    """Return a record's own name without forbidden signs, as long as QuickBooks takes one."""
    own, limit = wording.name_of(record), NAME_LIMITS[record.kind]
    if len(own) <= limit and not any(sign in own for sign in FORBIDDEN):
        return own
    plain = "".join(" " if sign in FORBIDDEN else sign for sign in own)
    return " ".join(plain.split())[:limit].strip()


def _made(record: SourceRecord, pattern: str, number: int) -> str:
    more = f" {number}" if number > 1 else ""
    room = NAME_LIMITS[record.kind] - len(pattern) - len(more) + len(PLACE)
    return pattern.replace(PLACE, _allowed(record)[:room]) + more


def _used(name: str, record: SourceRecord, view: View) -> bool:
    named = view.objects_named(record.kind, full_name(name, record, view))
    if any(not one.deleted for one in named):
        return True
    free = view.look_alikes(record) if record.kind == "item" else ()
    return any(same_name(name, wording.own_name(one)) for one in free if not one.deleted)
