"""Reasons that lie in something that QuickBooks may have already."""

from awra_tui.health.catalogue.reason import Reason
from awra_tui.records.status import Dimension, Who


def _duplicate(key: str, sentence: str, action: str, awaits: str = "", screen: str = "connect") -> Reason:
    return Reason(
        key=key,
        dimension=Dimension.DUPLICATE_RISK,
        sentence=sentence,
        action=action,
        who=Who.OPERATOR,
        screen=screen,
        awaits=awaits,
    )


_COMPARE = "Compare the two: connect them if they are the same, or say that this one is another."

REASONS = (
    _duplicate(
        "same_number",
        "QuickBooks has {entity} {candidate} with this number already.",
        _COMPARE,
    ),
    _duplicate(
        "same_reference",
        "QuickBooks has {entity} {candidate} with the reference {reference} already.",
        _COMPARE,
    ),
    _duplicate(
        "same_amount",
        "QuickBooks has {entity} {candidate} of the same {party_label}, amount and nearly the same date.",
        _COMPARE,
    ),
    _duplicate(
        "same_name",
        "A {label} named {candidate} is already in QuickBooks.",
        "Connect it if it is the same.",
    ),
    _duplicate(
        "similar_name",
        "QuickBooks has a {label} with a similar name: {candidate}.",
        "Connect it if it is the same, or create a new one.",
    ),
    _duplicate(
        "name_is_taken",
        "QuickBooks uses the name {candidate} already, for {other_label}.",
        "Create it under a name of its own, or change one of the two: names are unique over all three.",
        "the name {candidate} is free",
    ),
    _duplicate(
        "name_connected_already",
        "The {label} {candidate} of QuickBooks is connected to another record of the source.",
        "Find out whether the source has it twice; if not, change one of the two names.",
    ),
    _duplicate(
        "disconnected",
        "{record} was disconnected from {entity} {candidate} of QuickBooks by a person.",
        "Connect it to the right one, or create it; until then what needs it is held.",
    ),
    _duplicate(
        "disconnected_but_marked",
        "{record} was disconnected from {entity} {candidate}, which bears its mark in QuickBooks: "
        "created, it would be there twice.",
        "Connect it again, or delete {entity} {candidate} in QuickBooks.",
        "{entity} {candidate} is deleted",
    ),
    _duplicate(
        "number_connected_already",
        "QuickBooks has {entity} {candidate} already, and {other_record} is connected to it.",
        "Find out whether the source has it twice; if not, give one of the two another number.",
        "its number is free",
    ),
    _duplicate(
        "id_given_by_source",
        "The source says that {record} is {entity} {candidate} of QuickBooks.",
        _COMPARE,
    ),
    _duplicate(
        "in_quickbooks_twice",
        "{count} transactions in QuickBooks carry our mark of {record}: those with the ids {ids}.",
        "Find out which is right, connect that one, and void the other in QuickBooks.",
        "only one of them carries our mark",
    ),
    _duplicate(
        "booked_twice",
        "{record} is in QuickBooks {count} times: as {entity} with the ids {ids}.",
        "Compare them, and void or delete in QuickBooks what is too many; then this goes by itself.",
        screen="record",
    ),
)
"""Reasons of duplicates."""
