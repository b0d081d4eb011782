"""Refusals that one fix removes: those in which QuickBooks names one and the same thing.

Refusals that name nothing, or only the record itself, are never taken together: equal words of
QuickBooks may have different causes.
"""

import re
from zlib import crc32

from awra_tui.records.finding import Finding

_QUOTED = re.compile(r"[\"“«](?P<thing>[^\"“”«»]{2,60})[\"”»]")
_NAMED: dict[str, re.Pattern[str]] = {
    "refers_to_nothing": re.compile(r":\s*(?P<thing>\w+\s+element id \d+)"),
    "unknown_field": re.compile(r'Unrecognized field "(?P<thing>\w{1,60})"'),
    "line_type_missing": re.compile(r"(?P<thing>Line\.DetailType)"),
    "not_supported": re.compile(r"(?P<thing>Operation \w+) is not supported"),
    "period_is_closed": re.compile(r"(?P<thing>account books)"),
    "refused_by_a_rule": _QUOTED,
    "refused": _QUOTED,
}
"""What to look for in the messages of a reason."""


def cause_of(finding: Finding) -> str:
    """Return the cause that a refusal shares with those that name the same; empty where it names nothing.

    Where QuickBooks names something in a sentence of which we know nothing, the sentences must be equal too.
    """
    pattern = _NAMED.get(finding.reason)
    found = pattern.search(finding.message) if pattern else None
    if found is None:
        return ""
    sentence = f"#{crc32(finding.message.encode()):08x}" if pattern is _QUOTED else ""
    return f"refused:{finding.code}/{found['thing']}{sentence}"
