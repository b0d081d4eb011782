"""One reason of the catalogue: why a record did not arrive, and what helps."""

from dataclasses import dataclass

from awra_tui.records.status import Dimension, Who

OWN = "record:{key}"
"""The cause of what goes when this one record is put right, together with all that waits for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something did not arrive, as templates that a finding's values fill.

    ``screen`` names what fixes it: ``mapping``, ``connect``, ``record``, ``connection`` or nothing.
    ``cause`` comes out equal for findings that one fix removes. ``awaits`` completes "goes by itself
    when": what somebody may change in QuickBooks; empty where the remedy lies elsewhere.
    """

    key: str
    dimension: Dimension
    sentence: str
    action: str
    who: Who
    transient: bool = False
    screen: str = "record"
    cause: str = OWN
    awaits: str = ""
