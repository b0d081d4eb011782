"""The rules of a profile that decide what is sent and how: what readiness, mappings and payloads ask."""

import datetime as dt
from dataclasses import dataclass, field

from awra_tui.records.kinds import KINDS

NO_START = dt.date.min
"""The start date that takes the one chosen before away, so that the profile's holds again, if it has one."""


def written_start(start_date: dt.date) -> str:
    """Return a start date as its fact keeps it, nothing for ``NO_START``."""
    return "" if start_date == NO_START else start_date.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the profile decides.

    ``kinds`` are sent, others are skipped. ``new_names`` says per name kind (customer, vendor,
    item) whether a missing one is created (``create``) or a person asked (``ask``).
    ``distinct_names`` gives per name kind the pattern of a name that QuickBooks can keep where the
    record's own, which stands for ``{name}``, is in use there.
    ``link_exact_names`` lets an exactly equal, unlinked name be connected without asking.
    ``scopes`` gives per mapping kind the record's parts (``branch``, ``currency``, ``side``,
    ``category``) that its mappings may depend on. ``branch_as`` is ``department``, ``class`` or
    empty. ``unready_states`` are shown as waiting. ``filed_until`` is the
    last day filed with the tax authority. Amounts nearer than ``days`` are look-alikes.
    """

    kinds: tuple[str, ...] = tuple(KINDS)
    new_names: dict[str, str] = field(default_factory=dict)
    distinct_names: dict[str, str] = field(default_factory=dict)
    link_exact_names: bool = False
    start_date: dt.date | None = None
    filed_until: dt.date | None = None
    scopes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    branch_as: str = ""
    item_type: str = "Service"
    look_alike_days: int = 3
    retry_limit: int = 5
    hold_partial_payments: bool = True

    def creates(self, kind: str) -> bool:
        """Return whether a missing name of this kind is created without asking."""
        return self.new_names.get(kind, "ask") == "create"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What the records of a profile carry, as far as settings of the company decide what becomes of it.

    ``kinds`` and ``currencies`` are those of records, ``mappings`` the kinds of mappings that records
    need. ``discounts`` says whether any has a discount; ``closed`` counts those that wait and are dated
    in the closed period.
    """

    kinds: frozenset[str] = frozenset()
    currencies: frozenset[str] = frozenset()
    mappings: frozenset[str] = frozenset()
    discounts: bool = False
    closed: int = 0
