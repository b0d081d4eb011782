"""What should be known about a company before anything is sent to it."""

from awra_tui.records.finding import Finding
from awra_tui.records.qbo import Company
from awra_tui.records.rules import Rules


def preflight(company: Company, rules: Rules) -> tuple[Finding, ...]:
    """Return what in the company's settings will make records fail later.

    QuickBooks that spends credits on new invoices by itself leaves the real payment nothing to pay (620).
    """
    paid = {"payment", "credit_note"} & set(rules.kinds)
    return (Finding(reason="credits_apply_themselves"),) if company.auto_apply_credit and paid else ()
