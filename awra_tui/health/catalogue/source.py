"""Reasons that lie in the record as the source has it."""

from awra_tui.health.catalogue.reason import OWN, Reason
from awra_tui.records.status import Dimension, Who


def _source(
    key: str,
    sentence: str,
    action: str = "Correct it in the source.",
    who: Who = Who.OPERATOR,
    cause: str = OWN,
    *,
    awaits: str = "",
) -> Reason:
    return Reason(
        key=key,
        dimension=Dimension.SOURCE_DATA,
        sentence=sentence,
        action=action,
        who=who,
        cause=cause,
        awaits=awaits,
    )


REASONS = (
    _source("missing_date", "{record} has no date.", "Give it a date in the source."),
    _source("missing_party", "{record} has no {party_label}.", "Name the {party_label} in the source."),
    _source("missing_name", "{record} has no name.", "Give it a name in the source."),
    _source(
        "missing_amount",
        "{record} has no amount.",
        "Give it an amount in the source, or void it there.",
    ),
    _source("missing_lines", "{record} has no lines.", "Give it at least one line in the source."),
    _source("missing_currency", "{record} has no currency.", "Give it a currency in the source."),
    _source("missing_applications", "{record} does not say what it pays.", "Apply it in the source."),
    _source(
        "closed_period",
        "The date {date} of {record} is in a closed period: QuickBooks is closed until {closing}.",
        "Ask finance to re-date it in the source, or to reopen the period in QuickBooks.",
        Who.FINANCE,
        "closed:{closing_iso}",
        awaits="the books are open for {date} again",
    ),
    _source(
        "number_too_long",
        "The number {number} has {length} characters; QuickBooks takes at most {limit}.",
        "Shorten the number in the source.",
    ),
    _source(
        "numbers_are_automatic",
        "QuickBooks numbers transactions by itself, so {number} would be lost.",
        "Switch on custom transaction numbers in QuickBooks (Account and settings, Sales).",
        Who.FINANCE,
        "company:custom_numbers",
        awaits="custom transaction numbers are switched on",
    ),
    _source(
        "name_too_long",
        "The name of {record} has {length} characters; QuickBooks takes at most {limit}.",
        "Shorten the name in the source.",
    ),
    _source(
        "forbidden_sign",
        "The name of {record} contains {sign}, which QuickBooks does not allow.",
        "Take it out of the name in the source.",
    ),
    _source(
        "sums_do_not_match",
        "The lines and tax of {record} come to {computed}, but its total is {amount}.",
        "Correct the lines, the tax or the total in the source.",
    ),
    _source(
        "prices_include_tax",
        "The prices of {record} include tax, but this QuickBooks company adds tax to prices: "
        "{amount} would become more.",
        "Give the prices without tax in the source.",
    ),
    _source(
        "tax_rate_unknown",
        'Line {line} of {record} has prices with tax, but the rate of "{value}" is not known.',
        "Give the line its tax rate in the source, or map the category to a code that has one.",
    ),
    _source(
        "currency_not_in_use",
        "{record} is in {currency}, but QuickBooks keeps this company in {home} only.",
        "Switch on multi-currency in QuickBooks, or correct the currency in the source.",
        Who.FINANCE,
        "company:currency/{currency}",
        awaits="multi-currency is switched on",
    ),
    _source(
        "other_currency",
        "{record} is in {currency}, but its {party_label} {party} is kept in {theirs} in QuickBooks.",
        "Use a {party_label} of that currency: QuickBooks keeps one currency for each.",
    ),
    _source(
        "debits_not_credits",
        "The debits of {record} are {debits}, its credits {credits}.",
        "Balance the journal entry in the source.",
    ),
    _source(
        "too_few_lines",
        "{record} has fewer than two lines.",
        "Complete the journal entry in the source.",
    ),
    _source(
        "line_side_missing",
        "Line {line} of {record} says neither debit nor credit.",
        "Say for each line of the journal entry in the source whether it is a debit or a credit.",
    ),
    _source(
        "line_account_missing",
        "Line {line} of {record} has no account.",
        "Give the line an account in the source.",
    ),
    _source(
        "line_names_nobody",
        "Line {line} of {record} is on {account}, which needs a {party_label}.",
        "Name the {party_label} on the line in the source.",
    ),
    _source(
        "applied_to_wrong_kind",
        "{record} is applied to {kind} {value}, which QuickBooks does not allow.",
        "Apply it in the source to {allowed}.",
    ),
    _source(
        "line_names_unknown",
        'Line {line} of {record} names a party of the kind "{value}", not a customer or vendor.',
        "Name a customer or vendor on the line in the source.",
    ),
    _source(
        "applied_too_much",
        "{record} is applied to {applied}, more than its amount {amount}.",
        "Correct in the source what it is applied to.",
    ),
    _source(
        "too_little_open",
        "{record} applies {applied} to {parent}, of which only {amount} is open in QuickBooks.",
        "See in QuickBooks what paid it already, credits above all; then correct one of the two sides.",
        awaits="{applied} of {parent} is open again",
    ),
    _source(
        "applied_to_anothers",
        "{record} is applied to {parent}, which belongs to {theirs} in QuickBooks, not to {party}.",
        "Apply it in the source to what {party} owes, or give it the right customer or vendor there.",
    ),
    _source(
        "settles_two_accounts",
        "{record} settles {parent} on {account} and {other} on {theirs}; "
        "QuickBooks takes one {kind} account for both.",
        "Split it in the source into one for each account, or bring both documents to one in QuickBooks.",
        Who.FINANCE,
    ),
    _source(
        "credit_spent",
        "{record} is to be applied with {applied}, but in QuickBooks only {amount} of it is left.",
        "See in QuickBooks what the credit was spent on; then correct one of the two sides.",
        awaits="{applied} of the credit is free again",
    ),
    _source(
        "too_many_decimals",
        "The amount {amount}{place} of {record} has more decimals than {currency} has; "
        "QuickBooks would round it.",
    ),
    _source(
        "rounds_to_zero",
        "The amount {amount} of {record} would be zero in QuickBooks, rounded to the decimals of {currency}.",
    ),
    _source(
        "negative_total",
        "The total of {record} is negative: {amount}.",
        "Make it {instead}.",
    ),
    _source(
        "withdrawn_after_sending",
        "{record} is in QuickBooks, but the source no longer counts it as approved ({state}).",
        "Approve it again in the source, or void it in QuickBooks.",
    ),
    _source(
        "unreadable_row",
        "{place}{found} expected was {expected}.",
        "Correct the row in the file; the other rows have been read.",
        cause="row:{file}:{line}:{column}",
    ),
    _source(
        "refers_to_missing",
        "{record} belongs to {parent}, which the source does not have.",
        "Add it to the source, or correct the reference.",
        cause="record:{parent_key}",
    ),
    _source(
        "refers_to_unsent",
        "{record} belongs to {parent}, which is not sent to QuickBooks ({why}).",
        "Connect {parent} to the one in QuickBooks, or move the start date.",
        cause="record:{parent_key}",
    ),
)
"""Reasons of source records."""
