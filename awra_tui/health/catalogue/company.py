"""Reasons that concern the connection to the company as a whole."""

from awra_tui.health.catalogue.reason import Reason
from awra_tui.records.status import Dimension, Who

_LOST = "connection:authorization"


def _settings(
    key: str, sentence: str, action: str, who: Who = Who.FINANCE, cause: str = "company:{reason}"
) -> Reason:
    return Reason(
        key=key,
        dimension=Dimension.SOURCE_DATA,
        sentence=sentence,
        action=action,
        who=who,
        screen="connection",
        cause=cause,
    )


REASONS = (
    Reason(
        key="access_ended",
        dimension=Dimension.AUTHORIZATION,
        sentence="QuickBooks no longer accepts our access token.",
        action="Renewing it is tried once by itself; if this stays, authorise QuickBooks again.",
        who=Who.ADMIN,
        screen="connection",
        cause=_LOST,
    ),
    Reason(
        key="wrong_company",
        dimension=Dimension.AUTHORIZATION,
        sentence="QuickBooks does not let us into this company: wrong company ID, host or scope.",
        action="Connect this company again, with the accounting scope: awra-tui connect.",
        who=Who.ADMIN,
        screen="connection",
        cause=_LOST,
    ),
    Reason(
        key="user_not_known",
        dimension=Dimension.AUTHORIZATION,
        sentence="QuickBooks does not know who we are: the user who connected may have been removed.",
        action="Let an administrator of the QuickBooks company authorise again.",
        who=Who.ADMIN,
        screen="connection",
        cause=_LOST,
    ),
    Reason(
        key="authorization_ended",
        dimension=Dimension.AUTHORIZATION,
        sentence="QuickBooks ended our authorization: the refresh token is no longer valid.",
        action="Connect QuickBooks again: awra-tui connect.",
        who=Who.ADMIN,
        screen="connection",
        cause=_LOST,
    ),
    Reason(
        key="company_not_connected",
        dimension=Dimension.AUTHORIZATION,
        sentence="This profile is not connected to QuickBooks.",
        action="Run awra-tui connect.",
        who=Who.ADMIN,
        screen="connection",
        cause="connection:none",
    ),
    Reason(
        key="app_keys_refused",
        dimension=Dimension.AUTHORIZATION,
        sentence="QuickBooks does not accept our client ID and secret ({code}).",
        action="Enter the keys of the app again: awra-tui connect --app.",
        who=Who.INTEGRATION,
        screen="connection",
        cause=_LOST,
    ),
    Reason(
        key="token_store_unusable",
        dimension=Dimension.AUTHORIZATION,
        sentence="The place where the tokens of QuickBooks are kept cannot be used. {message}",
        action="Put that right, then sync again; a scheduled sync tries by itself.",
        who=Who.ADMIN,
        screen="connection",
        cause="connection:store",
    ),
    Reason(
        key="no_permission",
        dimension=Dimension.AUTHORIZATION,
        sentence="The user who connected QuickBooks has no permission for this.",
        action="Ask an administrator of the QuickBooks company for the right, or authorise as one.",
        who=Who.ADMIN,
        screen="connection",
        cause="connection:permission",
        awaits="the user who connected has that right",
    ),
    Reason(
        key="company_locked",
        dimension=Dimension.AUTHORIZATION,
        sentence="QuickBooks takes nothing in: the subscription ended or the company is locked.",
        action="Ask the administrator of the QuickBooks company to renew the subscription.",
        who=Who.ADMIN,
        screen="connection",
        cause="connection:subscription",
        awaits="the subscription allows it again",
    ),
    Reason(
        key="subscription_ended",
        dimension=Dimension.AUTHORIZATION,
        sentence="QuickBooks takes nothing in: the company's subscription is {state}.",
        action="Ask the administrator of the QuickBooks company to renew the subscription.",
        who=Who.ADMIN,
        screen="connection",
        cause="connection:subscription",
        awaits="the subscription allows it again",
    ),
    _settings(
        "credits_apply_themselves",
        "QuickBooks applies credits to new invoices by itself, so payments may not find them open.",
        "Switch off automatic credits in QuickBooks (Account and settings, Advanced, Automation).",
        cause="company:auto_apply_credit",
    ),
    _settings(
        "edition_lacks",
        "The edition {edition} has no {kinds}, but the source has some.",
        "Change to an edition that has them, or leave them out with kinds in [sync] of the profile.",
        Who.ADMIN,
    ),
    _settings(
        "bills_are_off",
        "Bills are switched off in QuickBooks, but the source has some.",
        "Switch bills on in QuickBooks (Account and settings, Expenses).",
    ),
    _settings(
        "company_numbers_itself",
        "QuickBooks numbers transactions by itself, so the numbers of the source would be lost.",
        "Switch on custom transaction numbers in QuickBooks (Account and settings, Sales).",
        cause="company:custom_numbers",
    ),
    _settings(
        "one_currency_only",
        "The source has records in {currencies}, but QuickBooks keeps its books in {home} only.",
        "Switch on multicurrency in QuickBooks (Account and settings, Advanced, Currency).",
    ),
    _settings(
        "tax_is_off",
        "Records of the source carry tax, but sales tax is not set up in QuickBooks.",
        "Set up sales tax in QuickBooks (Taxes).",
    ),
    _settings(
        "classes_are_off",
        "Records carry classes, but class tracking is off in QuickBooks, so they would be lost.",
        "Switch on class tracking in QuickBooks (Account and settings, Advanced, Categories).",
    ),
    _settings(
        "locations_are_off",
        "Records carry locations, but location tracking is off in QuickBooks, so they would be lost.",
        "Switch on location tracking in QuickBooks (Account and settings, Advanced, Categories).",
    ),
    Reason(
        key="many_records_missing",
        dimension=Dimension.SOURCE_DATA,
        sentence="{count} of {total} {kind} are missing from {source}; none was marked as deleted.",
        action="Check the source; if they are gone on purpose, run awra-tui sync --accept-deletions.",
        who=Who.OPERATOR,
        screen="connection",
        cause="source:{kind}",
    ),
)
"""Reasons of the connection."""
