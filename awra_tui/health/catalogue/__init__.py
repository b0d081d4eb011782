"""The catalogue of reasons, one table."""

from awra_tui.health.catalogue import answer, change, company, duplicate, mapping, parent, source, wire
from awra_tui.health.catalogue.reason import Reason

_PARTS = (answer, change, company, duplicate, mapping, parent, source, wire)

REASONS: dict[str, Reason] = {reason.key: reason for part in _PARTS for reason in part.REASONS}
"""Every reason by its key."""

__all__ = ["REASONS", "Reason"]
