"""Asking QuickBooks for what our copy does not keep: what people book by hand in other forms."""

from collections.abc import Iterator

from awra_tui.qbo.client import QboClient
from awra_tui.qbo.errors import QboError
from awra_tui.qbo.objects import to_object
from awra_tui.qbo.query import Condition
from awra_tui.records.qbo import QboObject
from awra_tui.records.typed import Typed

_FORMS = {
    "SalesReceipt": ("DocNumber", "PaymentRefNum"),
    "VendorCredit": ("DocNumber",),
    "Purchase": ("DocNumber",),
}
"""What takes the place of an invoice with its payment, of a credit, of a bill; and what finds it."""

_WAYS = {"DocNumber": "number", "PaymentRefNum": "reference", "TotalAmt": "amount"}
_NO_QUESTION = frozenset({"4000", "4001"})
"""QuickBooks cannot be asked that: not every field is one that it searches by."""


async def beyond(
    client: QboClient, text: str, amount: Typed | None, limit: int
) -> list[tuple[QboObject, str]]:
    """Return objects of the entities that our copy lacks, each with what it was found by.

    One read for each question, at most seven. Raise QboError where QuickBooks cannot be asked.
    """
    found: dict[tuple[str, str], tuple[QboObject, str]] = {}
    for entity, condition in _questions(text, amount):
        for one in await _asked(client, entity, condition, limit):
            found.setdefault((entity, one.id), (one, _WAYS[condition[0]]))
    return list(found.values())


def _questions(text: str, amount: Typed | None) -> Iterator[tuple[str, Condition]]:
    for entity, fields in _FORMS.items():
        yield from ((entity, (field, "=", text)) for field in fields)
        if amount is not None:
            yield entity, ("TotalAmt", "=", amount.values[0])


async def _asked(client: QboClient, entity: str, condition: Condition, limit: int) -> list[QboObject]:
    try:
        return [to_object(entity, one) for one in await client.page(entity, 1, [condition], limit)]
    except QboError as error:
        if error.fault.code in _NO_QUESTION:
            return []
        raise
