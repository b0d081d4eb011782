"""Reasons that lie in a change after something was sent."""

from awra_tui.health.catalogue.reason import Reason
from awra_tui.records.status import Dimension, Who

REASONS = (
    Reason(
        key="gone_from_source",
        dimension=Dimension.SOURCE_DATA,
        sentence="{record} is in QuickBooks, but the source no longer has it.",
        action="Decide: void it in QuickBooks or take it back by a credit note, or restore it in the source.",
        who=Who.OPERATOR,
    ),
    Reason(
        key="back_after_credit_note",
        dimension=Dimension.SOURCE_DATA,
        sentence="{record} is wanted by the source again, but {memo} took it back in QuickBooks.",
        action="Delete {memo} in QuickBooks if {record} is to count again; else withdraw {record}.",
        who=Who.OPERATOR,
    ),
    Reason(
        key="deleted_in_quickbooks",
        dimension=Dimension.MAPPING,
        sentence="{record} was sent, but has been deleted in QuickBooks since.",
        action="Ask who deleted it. Decide: accept that, or send it again; or connect it to another.",
        who=Who.OPERATOR,
        screen="connect",
    ),
    Reason(
        key="voided_in_quickbooks",
        dimension=Dimension.MAPPING,
        sentence="{record} was sent, but is void in QuickBooks.",
        action="Ask who voided it. Decide: accept that, or send ours, which gives it its amounts back.",
        who=Who.OPERATOR,
    ),
    Reason(
        key="inactive_in_quickbooks",
        dimension=Dimension.MAPPING,
        sentence="{record} is inactive in QuickBooks.",
        action="Make it active in QuickBooks, connect {record} to another, or decide to accept it.",
        who=Who.OPERATOR,
        screen="connect",
    ),
    Reason(
        key="changed_in_quickbooks",
        dimension=Dimension.DUPLICATE_RISK,
        sentence="Somebody changed {record} in QuickBooks after it was sent: {difference}.",
        action="Look at the differences. Decide: accept what QuickBooks has, or send ours.",
        who=Who.OPERATOR,
    ),
    Reason(
        key="changed_on_both_sides",
        dimension=Dimension.DUPLICATE_RISK,
        sentence="{record} changed in the source and in QuickBooks: {fields}.",
        action="Look at the differences. Decide: accept what QuickBooks has, or send ours.",
        who=Who.OPERATOR,
    ),
    Reason(
        key="part_changed_in_quickbooks",
        dimension=Dimension.MAPPING,
        sentence="{part} {record}, {object}, {happened}.",
        action="Ask who did it. Decide: accept what QuickBooks has, or send ours, "
        "which makes anew what is gone.",
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
