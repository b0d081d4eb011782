"""Which mappings a record really needs in this company, and what is wrong with them."""

from collections.abc import Iterator
from decimal import Decimal

from awra_tui.health import wording
from awra_tui.health.mappings import Problem, check_key, check_optional, finding_of, resolve
from awra_tui.health.needs import Needs, mapping_key
from awra_tui.health.payloads.lines import line_rate, tax_code, taxed
from awra_tui.health.payloads.refs import Refs
from awra_tui.health.view import View
from awra_tui.records.finding import Finding
from awra_tui.records.kinds import KINDS
from awra_tui.records.mapping import DEFAULT
from awra_tui.records.record import Line, SourceRecord
from awra_tui.records.subject import MappingKey

_PARTY_OF = {"Accounts Receivable": "customer", "Accounts Payable": "vendor"}


def required_keys(record: SourceRecord, needed: Needs, view: View) -> tuple[MappingKey, ...]:
    """Return the mappings without which a record cannot go to this company.

    Where QuickBooks works out the tax, and where nothing is taxed, no tax code is needed; elsewhere a
    line without a category needs the default one. Classes and locations count where they are in use.
    """
    refs = Refs(record, view)
    used = [key for key in needed.mappings if _counts(key, refs)]
    untold = any(not line.tax_category and not line.discount for line in record.lines)
    if untold and _coded(refs):
        used.append(mapping_key("tax_code", DEFAULT, record, view.rules))
    return tuple(dict.fromkeys(used))


def mapping_findings(record: SourceRecord, keys: tuple[MappingKey, ...], view: View) -> tuple[Finding, ...]:
    """Return what is wrong with a record's mappings; a mapping is named once."""
    side = KINDS[record.kind].side
    found = [finding for key in keys if (finding := check_key(key, view, record.date, side=side))]
    return (
        *found,
        *check_optional(record, view),
        *_rates(record, view),
        *_unknown_rates(record, view),
        *_deposit_currency(record, view),
        *_journal_parties(record, view),
    )


def _counts(key: MappingKey, refs: Refs) -> bool:
    company = refs.view.company
    if key.kind == "tax_code":
        return _coded(refs)
    if key.kind == "class":
        return company.uses_classes
    return key.kind != "department" or company.uses_locations


def _coded(refs: Refs) -> bool:
    """Say whether every line must carry a mapped tax code: outside the US, on sales and purchases."""
    sided = bool(KINDS[refs.record.kind].side) and bool(refs.record.lines)
    return sided and not refs.view.company.us_tax and taxed(refs)


def _rates(record: SourceRecord, view: View) -> Iterator[Finding]:
    refs, seen = Refs(record, view), set[str]()
    for line in record.lines if _coded(refs) else ():
        code = tax_code(refs, line) if line.tax_rate is not None else ""
        theirs = view.tax_rate_of(code, KINDS[record.kind].side) if code else None
        if theirs is None or theirs == line.tax_rate or code in seen:
            continue
        seen.add(code)
        yield _rate_finding(record, line, theirs, view)


def _rate_finding(record: SourceRecord, line: Line, theirs: Decimal, view: View) -> Finding:
    key = mapping_key("tax_code", line.tax_category or DEFAULT, record, view.rules)
    mapping = resolve(key, view, record.date)
    obj = view.mapping_object(mapping) if mapping else None
    values = {
        "source_rate": wording.number(line.tax_rate or Decimal(0)),
        "qbo_rate": wording.number(theirs),
        "object": obj.name if obj else "the tax code",
    }
    return finding_of(mapping.key if mapping else key, Problem("tax_rate_differs", values))


def _unknown_rates(record: SourceRecord, view: View) -> Iterator[Finding]:
    refs = Refs(record, view)
    if record.tax_mode != "inclusive" or not _coded(refs):
        return
    for place, line in enumerate(record.lines, start=1):
        if tax_code(refs, line) and line_rate(refs, line) is None:
            values = {"line": str(place), "value": line.tax_category}
            yield Finding(reason="tax_rate_unknown", values=values)


def _deposit_currency(record: SourceRecord, view: View) -> Iterator[Finding]:
    """Money goes into an account of its own currency or of the home currency, no third one."""
    if not record.method or not view.company.multi_currency:
        return
    key = mapping_key("payment_method", record.method, record, view.rules)
    mapping = resolve(key, view, record.date)
    account = view.account_object(mapping) if mapping else None
    fitting = {record.currency, view.company.home_currency, ""}
    if mapping and account and account.currency not in fitting:
        values = {"object": account.name, "theirs": account.currency, "currency": record.currency}
        yield finding_of(mapping.key, Problem("wrong_account_currency", values))


def _journal_parties(record: SourceRecord, view: View) -> Iterator[Finding]:
    for place, line in enumerate(record.lines if record.kind == "journal" else (), start=1):
        mapping = resolve(mapping_key("account", line.account, record, view.rules), view, record.date)
        account = view.mapping_object(mapping) if mapping else None
        party = _PARTY_OF.get(account.type, "") if account else ""
        if account and party and line.party_kind != party:
            values = {"line": str(place), "account": account.name, "party_label": party}
            yield Finding(reason="line_names_nobody", values=values)
