"""Reasons that lie in a change after something was sent."""

from awra_tui.health.catalogue.reason import Reason
from awra_tui.records.status import Dimension, Who

REASONS = (
    Reason(
        key="gone_from_source",
        dimension=Dimension.SOURCE_DATA,
        sentence="{record} is in QuickBooks, but the source no longer has it.",
        action="Void it in QuickBooks if it was deleted on purpose, or restore it in the source.",
        who=Who.OPERATOR,
    ),
    Reason(
        key="deleted_in_quickbooks",
        dimension=Dimension.MAPPING,
        sentence="{record} was sent, but has been deleted in QuickBooks since.",
        action="Ask who deleted it: connect it to another, or say that it is to be sent again.",
        who=Who.OPERATOR,
        screen="connect",
    ),
    Reason(
        key="inactive_in_quickbooks",
        dimension=Dimension.MAPPING,
        sentence="{record} is inactive in QuickBooks.",
        action="Make it active in QuickBooks, or connect {record} to another.",
        who=Who.OPERATOR,
        screen="connect",
        awaits="it is active again",
    ),
    Reason(
        key="changed_on_both_sides",
        dimension=Dimension.DUPLICATE_RISK,
        sentence="{record} changed in the source and in QuickBooks: {fields}.",
        action="Look at the differences and decide which side is right; nothing is overwritten.",
        who=Who.OPERATOR,
    ),
    Reason(
        key="changed_in_source",
        dimension=Dimension.SOURCE_DATA,
        sentence="{record} changed in the source after it was sent, in a way that cannot be updated.",
        action="Correct {record} in QuickBooks by hand, or void it there and send it anew.",
        who=Who.OPERATOR,
    ),
)
"""Reasons of changes."""
