"""What an error of QuickBooks names: the field, the object, the other user, as words for sentences.

QuickBooks writes in the language of the company; where a pattern does not fit, general words stand in,
and its own message stands beside them as it came.
"""

import re
from dataclasses import dataclass

from awra_tui.health import fields, wording
from awra_tui.records.fault import FaultMessage


@dataclass(frozen=True, slots=True)
class _Detail:
    """A value of sentences: what to look for in a message, how to say what was found, and what else."""

    found: re.Pattern[str]
    said: str
    otherwise: str = ""


_TAKEN_BY = re.compile(
    r"DocNumber=(?P<number>.*?) is assigned to TxnType=(?P<entity>\w+) with TxnId=(?P<id>\d+)"
)
_EXISTING = re.compile(r"(?:TxnId|\bId)=(\d+)")
_REFERENCE = re.compile(r":\s*(?P<list>\w+)\s+element id (?P<id>\d+)", re.IGNORECASE)
_LIST = re.compile(r":\s*(\w+)\s+(?:element id|cannot)", re.IGNORECASE)
_REQUIRED = re.compile(r"Required parameter (\S+) is missing")

_DETAILS = {
    "given": _Detail(re.compile(r"Supplied value:\s*(?P<value>\S.{0,60})"), " {value}"),
    "size": _Detail(
        re.compile(r"Max:(?P<limit>[\d,.]+).*Supplied length:\s*(?P<length>[\d,.]+)", re.DOTALL),
        ", {length} characters of at most {limit}",
    ),
    "unknown": _Detail(re.compile(r'Unrecognized field "(?P<name>\w{1,60})"'), ", {name},"),
    "other": _Detail(re.compile(r"You and (?P<name>[^<]{1,60}?) were working on this"), "{name}", "Somebody"),
    "whom": _Detail(
        re.compile(r"Another \$*(?P<what>[\w/ ]{1,40}?)\$* is already using", re.IGNORECASE),
        "{what}",
        "customer, vendor or employee",
    ),
    "linked": _Detail(
        re.compile(r"The entity (?P<what>.{1,60}?) that you are trying to link"), "{what}", "a transaction"
    ),
    "value": _Detail(re.compile(r"^[^:]+:\s*(?P<value>\S.*)$", re.DOTALL), "{value}"),
}  # fmt: skip
"""By the name of the value in the catalogue."""

LISTS = {
    "accounts": ("Account",),
    "klasses": ("Class",),
    "depts": ("Department",),
    "names": ("Customer", "Vendor"),
    "items": ("Item",),
    "terms": ("Term",),
    "categories": ("Item",),
}
"""The entities that a list can hold which QuickBooks names in a refused reference (code 2500)."""

_LIST_WORDS = {"names": "a customer or vendor", "items": "a product/service", "terms": "terms"}


def details(message: FaultMessage) -> dict[str, str]:
    """Return what an error names, by the names that sentences of the catalogue have for it."""
    told = {name: _told(detail, message.detail) for name, detail in _DETAILS.items()}
    told["value"] = told["value"] or message.text
    return told | {"field": _field(message), "what": _what(message), "existing": _existing(message)}


def existing_id(message: FaultMessage) -> str:
    """Return the id of the object that QuickBooks names as the one in the way, or nothing."""
    found = _EXISTING.search(message.detail) if message.code in {"6140", "6240"} else None
    return found.group(1) if found else ""


def refused_reference(message: str) -> tuple[tuple[str, ...], str]:
    """Return the entities that a refused reference may be of, and its id, both empty if not named."""
    found = _REFERENCE.search(message)
    return (LISTS.get(found["list"].lower(), ()), found["id"]) if found else ((), "")


def _told(detail: _Detail, text: str) -> str:
    found = detail.found.search(text)
    return detail.said.format_map(found.groupdict()) if found else detail.otherwise


def _field(message: FaultMessage) -> str:
    """Return the field that an error is about in people's words, else what the error says."""
    named = message.element or next(iter(_REQUIRED.findall(message.detail)), "")
    return fields.label(named) if named else message.detail or message.message


def _what(message: FaultMessage) -> str:
    """Return what kind of thing a refused reference was, and its id where QuickBooks tells it."""
    found = _LIST.search(message.detail)
    name = found.group(1).lower() if found else ""
    entity = next(iter(LISTS.get(name, ())), "")
    word = _LIST_WORDS.get(name) or (
        wording.with_article(wording.entity_label(entity)) if entity else "something"
    )
    _, qbo_id = refused_reference(message.detail)
    return f"{word} with the id {qbo_id}" if qbo_id else word


def _existing(message: FaultMessage) -> str:
    """Return what is in the way as the end of a sentence: by its title where QuickBooks names it."""
    if found := _TAKEN_BY.search(message.detail) if message.code == "6140" else None:
        return f": {wording.entity_label(found['entity'])} {found['number']} with the id {found['id']}"
    number = existing_id(message)
    return f": it has the id {number}" if number else ""
