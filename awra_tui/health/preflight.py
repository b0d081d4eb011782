"""The settings of a company beside what a profile sends: what will make records fail or lose something."""

from collections.abc import Callable
from dataclasses import dataclass

from awra_tui.health import wording
from awra_tui.records.finding import Finding
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Company
from awra_tui.records.rules import Rules, Sending

READ_ONLY = frozenset({"EXPIRED", "RESTRICTED", "SUSPENDED", "CANCELED", "CANCELLED"})
"""States of a subscription in which a company can only be read (Intuit: Subscription states)."""

_LACKING = {
    "simple start": ("purchase_order", "bill", "bill_payment"),
    "easystart": ("purchase_order", "bill", "bill_payment"),
    "essentials": ("purchase_order",),
}
"""What editions do not have, by a word of their name (Intuit: QuickBooks Online plans)."""

_NUMBERED = frozenset({"invoice", "credit_note", "refund"})
"""Kinds whose numbers QuickBooks keeps only where custom transaction numbers are on."""

_BILLS = frozenset({"bill", "bill_payment"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting of the company: as it is there, what this profile sends, and what comes of the two.

    ``company`` is empty where QuickBooks does not tell it. ``finding`` is what will make records fail
    or lose something; ``note`` a sentence that is only worth knowing.
    """

    name: str
    company: str
    profile: str = ""
    finding: Finding | None = None
    note: str = ""


def preflight(company: Company, rules: Rules, sending: Sending) -> tuple[Finding, ...]:
    """Return what in the company's settings will make records of this profile fail or lose something."""
    return tuple(each.finding for each in settings(company, rules, sending) if each.finding)


def settings(company: Company, rules: Rules, sending: Sending) -> tuple[Setting, ...]:
    """Return the company's settings that matter to a profile, each beside what the profile sends."""
    return tuple(check(company, rules, sending) for check in _CHECKS)


def refused_kinds(company: Company, rules: Rules) -> dict[str, Finding]:
    """Return the kinds of which this company takes in nothing, each with what stands in the way."""
    everything = frozenset(rules.kinds)
    sending = Sending(kinds=everything)
    refused: dict[str, Finding] = {}
    for check, kinds in ((_edition, _lacking(company)), (_bills, _BILLS), (_subscription, everything)):
        found = check(company, rules, sending).finding
        if found is not None:
            refused |= dict.fromkeys(everything.intersection(kinds), found)
    return refused


def _sent(rules: Rules, sending: Sending) -> frozenset[str]:
    return sending.kinds & frozenset(rules.kinds)


def _edition(company: Company, rules: Rules, sending: Sending) -> Setting:
    missed = [KINDS[kind].plural.lower() for kind in _lacking(company) if kind in _sent(rules, sending)]
    values = {"edition": company.edition, "kinds": " or ".join(missed)}
    return Setting(
        name="Edition",
        company=company.edition,
        profile=f"{', '.join(missed)} too" if missed else "",
        finding=Finding(reason="edition_lacks", values=values) if missed else None,
    )


def _lacking(company: Company) -> tuple[str, ...]:
    """Return the kinds that the company's edition does not have."""
    named = company.edition.casefold()
    return next((kinds for word, kinds in _LACKING.items() if word in named), ())


def _subscription(company: Company, _rules: Rules, _sending: Sending) -> Setting:
    state = company.subscription
    ended = state.upper() in READ_ONLY
    trial = "The subscription is a trial: when it ends, QuickBooks takes nothing in."
    return Setting(
        name="Subscription",
        company=state.lower(),
        finding=Finding(reason="subscription_ended", values={"state": state.lower()}) if ended else None,
        note=trial if state.upper() == "TRIAL" else "",
    )


def _bills(company: Company, rules: Rules, sending: Sending) -> Setting:
    sent = bool(_BILLS & _sent(rules, sending))
    return Setting(
        name="Bills",
        company=_switch(company.takes_bills),
        profile=_sends("bills", sent),
        finding=Finding(reason="bills_are_off") if sent and not company.takes_bills else None,
    )


def _numbers(company: Company, rules: Rules, sending: Sending) -> Setting:
    sent = bool(_NUMBERED & _sent(rules, sending))
    return Setting(
        name="Custom numbers",
        company=_switch(company.custom_numbers),
        profile=_sends("numbers of its own", sent),
        finding=Finding(reason="company_numbers_itself") if sent and not company.custom_numbers else None,
    )


def _currencies(company: Company, _rules: Rules, sending: Sending) -> Setting:
    home = company.home_currency
    foreign = sorted(sending.currencies - {home}) if home else []
    values = {"currencies": ", ".join(foreign), "home": home}
    wrong = bool(foreign) and not company.multi_currency
    return Setting(
        name="Multicurrency",
        company=f"{_switch(company.multi_currency)}, home {home}"
        if home
        else _switch(company.multi_currency),
        profile=_sends(", ".join(sorted(sending.currencies)), bool(sending.currencies)),
        finding=Finding(reason="one_currency_only", values=values) if wrong else None,
    )


def _tax(company: Company, _rules: Rules, sending: Sending) -> Setting:
    taxed = "tax_code" in sending.mappings
    unused = "QuickBooks works tax out by itself, so the mappings of tax codes are not used."
    return Setting(
        name="Tax",
        company=_tax_mode(company),
        profile=_sends("tax", taxed),
        finding=Finding(reason="tax_is_off") if taxed and not company.charges_tax else None,
        note=unused if taxed and company.us_tax and company.charges_tax else "",
    )


def _tax_mode(company: Company) -> str:
    if not company.charges_tax:
        return "not set up"
    if company.automated_tax:
        return "automated sales tax"
    return "taxable or not, by line (US)" if company.us_tax else "tax codes"


def _classes(company: Company, rules: Rules, sending: Sending) -> Setting:
    sent = "class" in sending.mappings
    words = "branches as classes" if rules.branch_as == "class" else "classes"
    return Setting(
        name="Classes",
        company=_switch(company.uses_classes),
        profile=_sends(words, sent),
        finding=Finding(reason="classes_are_off") if sent and not company.uses_classes else None,
    )


def _locations(company: Company, _rules: Rules, sending: Sending) -> Setting:
    sent = "department" in sending.mappings
    return Setting(
        name="Locations",
        company=_switch(company.uses_locations),
        profile=_sends("branches as locations", sent),
        finding=Finding(reason="locations_are_off") if sent and not company.uses_locations else None,
    )


def _discounts(company: Company, _rules: Rules, sending: Sending) -> Setting:
    netted = sending.discounts and not company.allows_discount
    said = "Discounts are off in QuickBooks, so lines are sent at the price after discount."
    return Setting(
        name="Discounts",
        company=_switch(company.allows_discount),
        profile="taken off the prices" if netted else "",
        note=said if netted else "",
    )


def _credits(company: Company, rules: Rules, _sending: Sending) -> Setting:
    """QuickBooks that spends credits by itself leaves the real payment nothing to pay (620)."""
    paid = bool({"payment", "credit_note"} & set(rules.kinds))
    return Setting(
        name="Automatic credits",
        company=_switch(company.auto_apply_credit),
        profile=_sends("payments and credit notes", paid),
        finding=Finding(reason="credits_apply_themselves") if paid and company.auto_apply_credit else None,
    )


def _closing(company: Company, rules: Rules, sending: Sending) -> Setting:
    closed = wording.counted(sending.closed, "record that waits is", "records that wait are")
    said = f"{closed} dated in the closed period: ask finance to re-date them, or to reopen it."
    return Setting(
        name="Books closed",
        company=f"to {wording.day(company.closing_date)}" if company.closing_date else "no",
        profile=f"starts {wording.day(rules.start_date)}" if rules.start_date else "",
        note=said if sending.closed else "",
    )


def _switch(on: bool) -> str:
    return "on" if on else "off"


def _sends(what: str, sent: bool) -> str:
    return f"sends {what}" if sent else "sends none"


_CHECKS: tuple[Callable[[Company, Rules, Sending], Setting], ...] = (
    _edition, _subscription, _bills, _numbers, _currencies, _tax, _classes, _locations, _discounts,
    _credits, _closing,
)  # fmt: skip
