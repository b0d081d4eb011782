"""Batches: up to thirty independent operations and queries in one request."""

from awra_tui.simulator import faults, search
from awra_tui.simulator.company import Company
from awra_tui.simulator.entities import entity_named
from awra_tui.simulator.jsontext import Json
from awra_tui.simulator.operations import perform
from awra_tui.simulator.records import Body

LIMIT = 30


def performed(company: Company, body: Json) -> list[Body]:
    """Return the answers of all items in their order; a refused item answers with its Fault.

    Queries see the books as they were before the batch. Raises a Fault for a batch that is no
    batch or has too many items (1040).
    """
    items = body.get("BatchItemRequest") if isinstance(body, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise faults.malformed()
    if len(items) > LIMIT:
        detail = f"The batch size exceeds the allowed limit of {LIMIT}. Supplied value:{len(items)}"
        raise faults.fault("1040", "Batch size exceeds allowed limit", detail)
    queried = {n: _item(company, item) for n, item in enumerate(items) if "Query" in item}
    return [queried[n] if n in queried else _item(company, item) for n, item in enumerate(items)]


def _item(company: Company, item: Body) -> Body:
    try:
        answer = _answered(company, item)
    except faults.FaultError as refusal:
        answer = refusal.body()
    return {**answer, "bId": item["bId"]} if "bId" in item else answer


def _answered(company: Company, item: Body) -> Body:
    if "Query" in item:
        return {"QueryResponse": search.answer(company, str(item["Query"]))}
    for name, body in item.items():
        entity = entity_named(name)
        if entity is not None:
            words = str(item.get("optionsData", "")).lower().replace("include=", "")
            operation = str(item.get("operation", "")).lower()
            return perform(company, entity, operation, body, frozenset(words.split(",")))
    raise faults.unsupported("batch item without a known entity")
