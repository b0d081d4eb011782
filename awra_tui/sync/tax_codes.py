"""Tax codes and rates, which change data leaves out: read as seldom as they can be without being old."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from awra_tui.cache.pages.rates import rate_ids
from awra_tui.cache.store import facts, objects
from awra_tui.qbo.client import QboClient
from awra_tui.records.qbo import Json
from awra_tui.sync import listing
from awra_tui.sync.desk import Desk

_UNKNOWN = "qbo_unknown_rates"


def rates_in(changed: Mapping[str, Sequence[Json]]) -> set[str]:
    """Return the rates that changed transactions were taxed at, each as ``id=percent``."""
    transactions = (one for found in changed.values() for one in found)
    return {rate for one in transactions for rate in _taxed_at(one)}


async def read(desk: Desk, client: QboClient, used: set[str]) -> None:
    """Read the tax codes; raises QboError.

    The rates are read when a code has changed, or when a code names one, or a transaction used one at a
    percentage, that our copy does not have: once for each, for QuickBooks may not tell it. They are
    stored first, so that whoever is interrupted between the two still sees that the codes differ.
    """
    codes = await listing.read(desk, client, "TaxCode")
    named = used | {rate for one in codes.all for rate in rate_ids(one.content)}
    unknown = await desk.page(_unknown, named)
    if codes.changed or codes.gone or unknown:
        await desk.write(listing.keep, await listing.read(desk, client, "TaxRate"))
        await desk.write(_note_unknown, named)
    await desk.write(listing.keep, codes)


def _unknown(named: set[str]) -> set[str]:
    """Return which rates neither our copy has nor was asked for in vain. A job of the cache."""
    known = {told for rate in objects.of_entity("TaxRate") for told in (rate.id, *_at(rate.id, rate.content))}
    return named - known - set(facts.get(_UNKNOWN).split())


def _note_unknown(named: set[str]) -> None:
    """Note which rates were asked for in vain. A job of the cache."""
    facts.set(_UNKNOWN, " ".join(sorted({*facts.get(_UNKNOWN).split(), *_unknown(named)})))


def _at(rate_id: str, rate: Json) -> Iterator[str]:
    """Yield a rate as ``id=percent``, at its percentage of now and those of other times."""
    for one in (rate, *_dicts(rate.get("EffectiveTaxRate"))):
        if one.get("RateValue") is not None:
            yield _told(rate_id, one["RateValue"])


def _taxed_at(transaction: Json) -> Iterator[str]:
    for line in _dicts(_part(transaction, "TxnTaxDetail").get("TaxLine")):
        detail = _part(line, "TaxLineDetail")
        rate_id = _part(detail, "TaxRateRef").get("value")
        if rate_id and detail.get("TaxPercent") is not None:
            yield _told(str(rate_id), detail["TaxPercent"])


def _told(rate_id: str, percent: object) -> str:
    try:
        return f"{rate_id}={Decimal(str(percent)).normalize():f}"
    except InvalidOperation:
        return rate_id


def _part(value: Json, name: str) -> Json:
    part = value.get(name)
    return part if isinstance(part, dict) else {}


def _dicts(value: object) -> list[Json]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
