"""Reasons that concern the connection to the company as a whole."""

from awra_tui.health.catalogue.reason import Reason
from awra_tui.records.status import Dimension, Who

_LOST = "connection:authorization"

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
        key="app_keys_refused",
        dimension=Dimension.AUTHORIZATION,
        sentence="QuickBooks does not accept our client ID and secret ({code}).",
        action="Enter the keys of the app again: awra-tui connect --app.",
        who=Who.INTEGRATION,
        screen="connection",
        cause=_LOST,
    ),
    Reason(
        key="no_permission",
        dimension=Dimension.AUTHORIZATION,
        sentence="The user who connected QuickBooks has no permission for this.",
        action="Ask an administrator of the QuickBooks company for the right, or authorise as one.",
        who=Who.ADMIN,
        screen="connection",
        cause="connection:permission",
    ),
    Reason(
        key="company_locked",
        dimension=Dimension.AUTHORIZATION,
        sentence="QuickBooks takes nothing in: the subscription ended or the company is locked.",
        action="Ask the administrator of the QuickBooks company to renew the subscription.",
        who=Who.ADMIN,
        screen="connection",
        cause="connection:subscription",
    ),
    Reason(
        key="credits_apply_themselves",
        dimension=Dimension.SOURCE_DATA,
        sentence="QuickBooks applies credits to new invoices by itself, so payments may not find them open.",
        action="Switch off automatic credits in QuickBooks (Account and settings, Advanced, Automation).",
        who=Who.FINANCE,
        screen="connection",
        cause="company:auto_apply_credit",
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
