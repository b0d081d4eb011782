"""One record as it stands now: its chain judged afresh, its address and its differences."""

from dataclasses import replace

from awra_tui.actions.known import known_record
from awra_tui.actions.results import Difference
from awra_tui.cache.pages.records import RecordPage, record_page
from awra_tui.cache.store import attempts, facts
from awra_tui.health import compare
from awra_tui.qbo.json import decode_object
from awra_tui.records.errors import UnknownRecordError
from awra_tui.records.kinds import KINDS
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.chain import with_answers
from awra_tui.sync.desk import Desk
from awra_tui.sync.judging import look, prepared

_HOSTS = {"production": "app.qbo.intuit.com", "sandbox": "app.sandbox.qbo.intuit.com"}
_REFUSED = (Status.FAILED, Status.RETRYING, Status.NEEDS_ATTENTION)
"""Statuses in which the last answer says more than judging afresh."""


async def open_record(desk: Desk, key: RecordKey) -> RecordPage:
    """Return everything about a record, its chain judged afresh; nothing is written."""
    return await desk.page(_open, desk, key)


def _open(desk: Desk, key: RecordKey) -> RecordPage:
    stored = known_record(key)
    page = record_page(key.kind, key.source_id)
    if page is None:
        raise UnknownRecordError(f"There is no record {key.text} in the cache; has the source been read?")
    company = facts.company()
    if company is None or stored.status is Status.UNKNOWN:
        return page
    view = prepared([stored], company, desk.profile.rules)
    [judgement] = look([stored], view)
    refused = stored.status in _REFUSED and not judgement.findings
    if refused and page.verdicts:
        return page
    chain = with_answers(
        judgement.verdicts,
        stored.status if refused else judgement.status,
        judgement.findings,
        last=attempts.last_of(key) if stored.attempts else None,
        attempts=stored.attempts,
        links=view.links(key),
        company=company,
        skipped_because=judgement.skipped_because,
    )
    return replace(page, verdicts=chain)


def record_url(desk: Desk, entity: str, qbo_id: str) -> str:
    """Return the address at which people see an object in QuickBooks."""
    page = next((kind.page for kind in KINDS.values() if kind.entity == entity and kind.page), "")
    host = _HOSTS.get(desk.profile.qbo.environment, _HOSTS["sandbox"])
    return f"https://{host}/app/{page.format(id=qbo_id)}"


async def differences(desk: Desk, key: RecordKey) -> list[Difference]:
    """Return the fields in which what was sent and what QuickBooks has now differ."""
    return await desk.page(_differences, key)


def _differences(key: RecordKey) -> list[Difference]:
    page = record_page(key.kind, key.source_id)
    main = next((link for link in page.links if link.role == "main"), None) if page else None
    if main is None or main.object is None or not main.sent:
        return []
    return [
        Difference(field=one.field, ours=one.ours, theirs=one.theirs)
        for one in compare.differences(decode_object(main.sent), main.object.content)
    ]
