"""Reasons that lie in another record, which this one needs first."""

from awra_tui.health.catalogue.reason import Reason
from awra_tui.records.status import Dimension, Who

REASONS = (
    Reason(
        key="not_connected",
        dimension=Dimension.MAPPING,
        sentence="{record} is not connected to a {label} of QuickBooks.",
        action="Connect it to the one that exists, or create a new one.",
        who=Who.OPERATOR,
        screen="connect",
    ),
    Reason(
        key="waits_for_another",
        dimension=Dimension.MAPPING,
        sentence="{record} waits for {parent}.",
        action="Fix {parent}; {record} is then sent by itself.",
        who=Who.NOBODY,
        screen="record",
        cause="record:{parent_key}",
    ),
    Reason(
        key="no_longer_active",
        dimension=Dimension.MAPPING,
        sentence="{object} is {standing} in QuickBooks.",
        action="Make it active in QuickBooks, or connect {parent} to another.",
        who=Who.OPERATOR,
        screen="connect",
        cause="record:{parent_key}",
        awaits="{own} is active again",
    ),
)
"""Reasons of parent records."""
