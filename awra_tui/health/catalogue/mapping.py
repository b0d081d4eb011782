"""Reasons that lie in a mapping."""

from awra_tui.health.catalogue.reason import Reason
from awra_tui.records.status import Dimension, Who


def _mapping(key: str, sentence: str, action: str, awaits: str = "") -> Reason:
    return Reason(
        key=key,
        dimension=Dimension.MAPPING,
        sentence=sentence,
        action=action,
        who=Who.FINANCE,
        screen="mapping",
        cause="mapping:{mapping}",
        awaits=awaits,
    )


REASONS = (
    _mapping(
        "not_mapped",
        "{value_label} is not mapped to a QuickBooks {object_label}.",
        "Map it to the QuickBooks {object_label} that it means.",
    ),
    _mapping(
        "mapped_from_later",
        "{value_label} is mapped for what is dated {since} or later; this is dated before.",
        "Map it for earlier dates too, or correct the date in the source.",
    ),
    _mapping(
        "mapped_to_renamed",
        "{object_title} {was} is called {object} in QuickBooks since {value_label} was mapped to it.",
        "Save the mapping again if it still means the same, or map {value_label} to another {object_label}.",
    ),
    _mapping(
        "mapped_to_nothing",
        "The {object_label} that {value_label} is mapped to is not in QuickBooks.",
        "Map it to another {object_label}.",
    ),
    _mapping(
        "mapped_to_deleted",
        "{object_title} {object} has been deleted in QuickBooks.",
        "Map {value_label} to another {object_label}; "
        "QuickBooks deletes from its lists only what was merged into something else.",
    ),
    _mapping(
        "mapped_to_merged",
        "{object_title} {object} is no longer in use in QuickBooks, but another of that name is: "
        "it was merged into that one, or made anew.",
        "Map {value_label} to the {object_label} {object} with the id {successor}, if that is meant now.",
    ),
    _mapping(
        "mapped_to_inactive",
        "{object_title} {object} is inactive in QuickBooks.",
        "Make it active in QuickBooks, or map {value_label} to another {object_label}.",
        "{object_label} {own} is active again",
    ),
    _mapping(
        "mapped_to_category",
        "{object} is a category in QuickBooks; transactions take products or services only.",
        "Map {value_label} to a product or service.",
    ),
    _mapping(
        "mapped_to_no_category",
        "{object} is a product or service; products stand under categories only.",
        "Map {value_label} to a category.",
    ),
    _mapping(
        "wrong_account_type",
        "The account {object} is of type {type}; here QuickBooks takes {allowed}.",
        "Map {value_label} to an account of another type.",
    ),
    _mapping(
        "wrong_account_currency",
        "The account {object} is kept in {theirs}, not in {currency}.",
        "Map {value_label} to an account in {currency}.",
    ),
    _mapping(
        "no_deposit_account",
        "{value_label} has no deposit account.",
        "Choose the QuickBooks account that the money goes to.",
    ),
    _mapping(
        "deposit_account_inactive",
        "The deposit account {object} of {value_label} is inactive or gone in QuickBooks.",
        "Choose another deposit account, or make it active in QuickBooks.",
        "account {own} is active again",
    ),
    _mapping(
        "wrong_deposit_account",
        "The deposit account {object} is of type {type}; here QuickBooks takes {allowed}.",
        "Choose a deposit account of another type.",
    ),
    _mapping(
        "tax_code_not_taken",
        "QuickBooks does not take the tax code {object}, to which {value_label} is mapped.",
        "Look at its rates in QuickBooks, or map {value_label} to another tax code.",
    ),
    _mapping(
        "account_not_taken",
        "QuickBooks does not take the account {object}, to which {value_label} is mapped, here: wrong type.",
        "Map {value_label} to an account of another type.",
    ),
    _mapping(
        "tax_rate_differs",
        "{value_label} is {source_rate}% in the source, but {object} is {qbo_rate}% in QuickBooks.",
        "Map it to the code with the same rate, or correct the rate in the source.",
    ),
)
"""Reasons of mappings."""
