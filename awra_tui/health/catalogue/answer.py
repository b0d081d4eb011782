"""Reasons that QuickBooks gave in an answer."""

from awra_tui.health.catalogue.reason import Reason
from awra_tui.records.status import Dimension, Who


def _source(key: str, sentence: str, action: str, who: Who = Who.OPERATOR, awaits: str = "") -> Reason:
    return Reason(
        key=key,
        dimension=Dimension.SOURCE_DATA,
        sentence=sentence,
        action=action,
        who=who,
        awaits=awaits,
    )


def _rejected(
    key: str,
    sentence: str,
    action: str,
    who: Who = Who.INTEGRATION,
    *,
    awaits: str = "",
    screen: str = "record",
) -> Reason:
    return Reason(
        key=key,
        dimension=Dimension.PROVIDER_REJECTION,
        sentence=sentence,
        action=action,
        who=who,
        screen=screen,
        awaits=awaits,
    )


def _mapping(key: str, sentence: str, action: str, screen: str = "mapping", awaits: str = "") -> Reason:
    return Reason(
        key=key,
        dimension=Dimension.MAPPING,
        sentence=sentence,
        action=action,
        who=Who.FINANCE,
        screen=screen,
        awaits=awaits,
    )


def _duplicate(key: str, sentence: str, action: str, awaits: str) -> Reason:
    return Reason(
        key=key,
        dimension=Dimension.DUPLICATE_RISK,
        sentence=sentence,
        action=action,
        who=Who.OPERATOR,
        screen="connect",
        awaits=awaits,
    )


_REPORT = "Report it with the attempt's evidence: this is a defect of ours."

REASONS = (
    _duplicate(
        "number_is_taken",
        "QuickBooks has a transaction with this number already{existing}.",
        "Compare the two; connect {record} to the one in QuickBooks if they are the same.",
        "its number is free",
    ),
    _duplicate(
        "name_is_used",
        "QuickBooks uses this name already for another {whom}{existing}.",
        "Connect {record} to the one in QuickBooks, or change one of the two names.",
        "its name is free",
    ),
    _mapping(
        "connected_to_inactive",
        "Something that {record} is connected to or refers to is inactive or gone in QuickBooks.",
        "Connect it again or make it active in QuickBooks, then resend.",
        "connect",
        "that is active again",
    ),
    _mapping(
        "refers_to_nothing",
        "QuickBooks does not find or no longer uses {what} that {record} refers to.",
        "Choose another one in the mapping, or make it active in QuickBooks, then resend.",
        awaits="{what} is in use again",
    ),
    _mapping(
        "tax_code_refused",
        "QuickBooks misses a tax code on a line of {record}.",
        "Map the tax category of its lines to a QuickBooks tax code, then resend.",
    ),
    _mapping(
        "account_type_refused",
        "An account of {record} is of a type that QuickBooks does not allow there.",
        "Choose an account of another type in the mapping, then resend.",
    ),
    _mapping(
        "category_on_a_line",
        "A line of {record} is on a category; QuickBooks takes products or services only.",
        "Map or connect the product/service of that line to one that is no category, then resend.",
    ),
    _source(
        "cannot_be_applied",
        "QuickBooks cannot apply {record} to that transaction: other customer, or no longer open.",
        "Correct in the source what it is applied to; check whether credits were applied by themselves.",
    ),
    _source(
        "field_missing",
        "QuickBooks misses a required field of {record}: {field}.",
        "Fill the field in the source, then resend.",
    ),
    _source(
        "invalid_id",
        "{record} names an id{given} that QuickBooks does not take for one.",
        "Correct the id in the source, then resend.",
    ),
    _source(
        "text_too_long",
        "A text of {record} is longer than QuickBooks allows: {field}{size}.",
        "Shorten it in the source, then resend.",
    ),
    _source(
        "value_not_offered",
        "A field of {record} has a value that QuickBooks does not offer: {value}.",
        "Correct the value in the source, then resend.",
    ),
    _source(
        "rounding_refused",
        "On a line of {record} the amount{given} is not quantity times price; QuickBooks rounds half up.",
        "Correct the rounding in the source, then resend.",
    ),
    _source(
        "period_is_closed",
        "The books of QuickBooks are closed for the date of {record}.",
        "Ask finance to re-date it in the source or to reopen the period, then resend.",
        Who.FINANCE,
        "the books are open for its date again",
    ),
    _source(
        "needs_two_lines",
        "QuickBooks wants at least two lines on {record}.",
        "Complete the lines in the source, then resend.",
    ),
    _source(
        "inventory_date",
        "An item of {record} has an inventory start date after the date of {record}.",
        "Re-date it in the source, or use a non-inventory item.",
    ),
    _rejected(
        "unknown_field",
        "QuickBooks does not know a field{unknown} that we sent for {record}.",
        _REPORT,
    ),
    _rejected("line_type_missing", "We sent a line of {record} without its type.", _REPORT),
    _rejected("query_refused", "QuickBooks did not understand a query of ours.", _REPORT),
    _rejected(
        "query_failed",
        "One bad record in QuickBooks made a whole query fail.",
        "Find and correct that record in QuickBooks; report it if this does not help.",
    ),
    _rejected(
        "changed_meanwhile",
        "{other} changed {record} in QuickBooks at the same time.",
        "It is read again and compared; look at the differences, then resend.",
        Who.OPERATOR,
    ),
    _rejected(
        "refused_by_a_rule",
        "QuickBooks refused {record} by one of its rules: {message}",
        "Read what QuickBooks said, correct it there or in the source, then resend.",
        Who.OPERATOR,
    ),
    _rejected(
        "tax_not_worked_out",
        "QuickBooks could not work out the tax of {record}.",
        "Look in QuickBooks at the rate of the tax code that its lines are mapped to, then resend.",
        Who.FINANCE,
        screen="mapping",
    ),
    _rejected(
        "account_needs_a_name",
        "A line of {record} is on accounts receivable or payable, which need a customer or vendor.",
        "Name the customer or vendor in the source, or map the line to another account, then resend.",
        Who.OPERATOR,
    ),
    _rejected(
        "amount_not_given",
        "QuickBooks wants an amount on {record}.",
        "Give it an amount in the source, or void it there.",
        Who.OPERATOR,
    ),
    _rejected(
        "charge_billed_already",
        "{record} bills a charge or expense that is billed already, or gone in QuickBooks.",
        "See in QuickBooks which invoice bills it, and take it off one of the two.",
        Who.OPERATOR,
    ),
    _rejected(
        "linked_to_nothing",
        "{record} is linked to {linked}, which QuickBooks does not have.",
        "Correct in the source what it belongs to, then resend.",
        Who.OPERATOR,
    ),
    _rejected(
        "unexpected_internal_error",
        "QuickBooks came to a halt over {record} without saying why: {message}",
        "See whether its customer or vendor is active in QuickBooks, then resend; escalate it if it stays.",
        Who.OPERATOR,
    ),
    _rejected(
        "deposited_already",
        "{record} is part of a deposit in QuickBooks and can no longer be changed.",
        "Take it out of the deposit in QuickBooks first, then resend.",
        Who.FINANCE,
        awaits="it is taken out of the deposit",
    ),
    _rejected(
        "not_supported",
        "QuickBooks does not support this operation here: {message}",
        _REPORT,
    ),
    _rejected(
        "error_of_quickbooks",
        "QuickBooks stopped with an error of its own: {message}",
        "Resend once; if it comes again, report it to QuickBooks support with the intuit_tid.",
    ),
    _rejected(
        "report_too_large",
        "The report is too large for QuickBooks.",
        "Ask for a shorter period.",
        Who.OPERATOR,
    ),
    _rejected(
        "nothing_done",
        "QuickBooks answered as if it were done, but did nothing.",
        "Do it in QuickBooks by hand and look at {record} there.",
        Who.OPERATOR,
    ),
    _rejected(
        "unreadable_answer",
        "QuickBooks refused with HTTP {status}, in a form that is no answer of its API.",
        "Check the address of the API in the profile; report it if this does not help.",
    ),
    _rejected(
        "refused",
        "QuickBooks refused {record} with code {code}: {message}",
        "Read what QuickBooks said, correct it there or in the source, then resend.",
        Who.OPERATOR,
    ),
)
"""Reasons of answers."""
