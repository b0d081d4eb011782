"""From what QuickBooks answered to a reason of the catalogue, decided on code and HTTP status.

The codes and their meaning are Intuit's documentation and recorded traffic. Code 6000 stands for any
business rule, so there the text must decide, in whatever language it came.
"""

import re

from awra_tui.records.fault import Fault, FaultMessage

_CODES = {
    "3200": "access_ended",
    "3100": "wrong_company",
    "100": "user_not_known",
    "120": "user_not_known",
    "130": "user_not_known",
    "invalid_grant": "authorization_ended",
    "company_not_connected": "company_not_connected",
    "invalid_client": "app_keys_refused",
    "unauthorized_client": "app_keys_refused",
    "invalid_token": "access_ended",
    "3001": "throttled",
    "610": "connected_to_inactive",
    "620": "cannot_be_applied",
    "2010": "unknown_field",
    "2020": "field_missing",
    "2030": "invalid_id",
    "2050": "text_too_long",
    "2170": "value_not_offered",
    "2500": "refers_to_nothing",
    "4000": "query_refused",
    "4001": "query_refused",
    "4002": "query_failed",
    "5010": "changed_meanwhile",
    "5020": "no_permission",
    "6070": "rounding_refused",
    "6140": "number_is_taken",
    "6190": "company_locked",
    "6210": "period_is_closed",
    "6240": "name_is_used",
    "6430": "account_type_refused",
    "6520": "inventory_date",
    "6540": "deposited_already",
    "500": "not_supported",
    "10000": "error_of_quickbooks",
    "10100": "report_too_large",
}
"""The reason of each code that QuickBooks is known to give."""

_PASSING_WITH_5XX = {"3100": "gateway_error", "120": "gateway_error"} | dict.fromkeys(
    ("500", "10000", "10100"), "server_error"
)

_BY_STATUS = {401: "user_not_known", 403: "wrong_company", 429: "throttled"}

_WORDS = {
    "busy": (
        "wait a (few|couple|moment)", "few minutes", "try again (later|in)", "quelques (minutes|instants)",
        "patientez", "einige minuten", "unos minutos", "alguns minutos", "enkele minuten",
    ),
    "tax_not_worked_out": (r"calculat\w* (the )?(sales )?tax",),
    "tax_code_refused": (
        "tax code", r"\b(tax|vat|gst|hst|pst|qst)\b[^.]*\brates?\b", r"\b(tps|tvh|tva|tvq|taxe)\b",
        r"\b(iva|impuesto|imposto|mwst|umsatzsteuer|steuersatz|steuercode|btw)\b",
    ),
    "needs_two_lines": (
        "at least two", "two (detail )?lines", "au moins deux", "mindestens zwei", "al menos dos",
        "pelo menos duas",
    ),
    "text_too_long": (
        "too long", "maximum (length|number of characters)", "characters or (less|fewer)", "trop long",
        "zu lang", "demasiado larg", "muito long", "te lang",
    ),
    "account_needs_a_name": (r"accounts (receivable|payable), you must choose a (customer|vendor|supplier)",),
    "amount_not_given": ("must set a transaction amount",),
    "charge_billed_already": ("has already been invoiced",),
    "linked_to_nothing": ("that you are trying to link does not exist",),
    "unexpected_internal_error": ("unexpected internal error",),
}  # fmt: skip
_ANY_RULE = "refused_by_a_rule"
_BUSINESS_PATTERNS = tuple(
    (reason, re.compile("|".join(words), re.IGNORECASE)) for reason, words in _WORDS.items()
)
_BY_WORD = {
    "2020": ("DetailType", "line_type_missing"),
    "2500": ("Categories cannot be used", "category_on_a_line"),
    "5010": ("account period has closed", "period_is_closed"),
}
"""Codes that are another reason where a word stands in the element or the detail."""


def reason_of(fault: Fault, message: FaultMessage) -> str:
    """Return the key of the reason for one error of a fault."""
    code = message.code
    if fault.http_status >= 500:
        return _PASSING_WITH_5XX.get(code) or (_known(message) or "server_error")
    return _known(message) or ("refused" if code else reason_without_code(fault))


_PASSING = {
    "timeout": "no_answer_in_time",
    "connect": "no_connection",
    "cut": "connection_broke",
    "not_json": "answer_not_readable",
    "empty": "empty_answer",
    "store": "token_store_unusable",
}
"""What went wrong on the wire, and the reason it is."""


def reason_without_code(fault: Fault) -> str:
    """Return the key of the reason for a fault that names no error at all."""
    if fault.transport == "no_op":
        return "nothing_done"
    if fault.http_status >= 500:
        return "server_error"
    if fault.http_status in _BY_STATUS:
        return _BY_STATUS[fault.http_status]
    if fault.http_status >= 400:
        return "unreadable_answer"
    return _PASSING.get(fault.transport, "empty_answer")


def codes_of(reason: str) -> tuple[str, ...]:
    """Return the codes by which QuickBooks gives a reason, those that its words decide (6000) too."""
    by_rule = ("6000",) if reason in _WORDS or reason == _ANY_RULE else ()
    by_word = (code for code, (_, each) in _BY_WORD.items() if each == reason)
    return (*(code for code, each in _CODES.items() if each == reason != code), *by_word, *by_rule)


def _known(message: FaultMessage) -> str:
    if message.code == "6000":
        return _business_rule(message.text)
    word, reason = _BY_WORD.get(message.code, ("", ""))
    if word and word in message.element + message.detail:
        return reason
    return _CODES.get(message.code, "")


def _business_rule(text: str) -> str:
    return next((reason for reason, found in _BUSINESS_PATTERNS if found.search(text)), _ANY_RULE)
