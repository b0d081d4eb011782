"""Which tax code a tax category of the source means: by rate and by what the words say, not by spelling."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from awra_tui.health.wording import number
from awra_tui.records.mapping import SideRate, StatedRates
from awra_tui.records.qbo import QboObject
from awra_tui.records.text import sort_key

OUT_OF_SCOPE = "out of scope"
_MEANINGS = {
    OUT_OF_SCOPE: r"out(side)? (of )?(the )?scope|no (vat|tax|gst)\b|(not|non)[ -]?tax|hors champ",
    "exempt": r"\bexempt|\bexent|\bexonere|befreit|\bisent",
    "zero": r"\bzero\b|\bzero[- ]?rated|\bz\b|\bnil\b",
    "reduced": r"\breduced\b|\breduit|ermassigt",
    "standard": r"\bstandard\b|\bnormal\b|\bfull\b|\bs\b|\btaxable\b",
}
"""What makes a text mean a kind of tax; the first that fits counts. QuickBooks abbreviates to S and Z."""
_CLEARLY = {
    OUT_OF_SCOPE: r"out(side)? (of )?(the )?scope|no vat\b|hors champ",
    "exempt": _MEANINGS["exempt"],
    "zero-rated": r"\bzero\b|% z\b",
}
"""Words that leave no doubt which of the three codes without tax is meant; a tax return lists these apart."""
_NEGATED = re.compile(r"\b(non|not)\b")
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")
_LISTS = {"purchase": ("PurchaseTaxRateList", "SalesTaxRateList")}
_SALES_FIRST = ("SalesTaxRateList", "PurchaseTaxRateList")
_SIDES = {"sale": "SalesTaxRateList", "purchase": "PurchaseTaxRateList"}

_SAME, _RATE_ALONE, _NEAR, _OTHER = 95, 60, 40, 5
_NEARLY = ({"zero", "exempt"},)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text says of tax: a kind of tax, a percentage; either may be unsaid."""

    kind: str = ""
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a tax code suits a category, 0–100, and why."""

    score: int
    why: str


def meaning(text: str) -> Meaning:
    """Return what a text says of tax."""
    plain = sort_key(text)
    found = _PERCENT.search(plain)
    percent = Decimal(found.group(1).replace(",", ".")) if found else None
    kind = next((kind for kind, words in _MEANINGS.items() if re.search(words, plain)), "")
    if not kind and percent == 0:
        kind = "zero"
    return Meaning(kind, Decimal(0) if kind == "zero" and percent is None else percent)


def other_meaning(value: str, code: QboObject) -> tuple[str, str] | None:
    """Return what a category and a tax code say where they clearly say different things, or None.

    Zero-rated, exempt and out of scope are three codes, whose rate is the same.
    """
    ours, theirs = _clearly(value), _clearly(f"{code.name} {code.content.get('Description') or ''}")
    return (ours, theirs) if ours and theirs and ours != theirs else None


def _clearly(text: str) -> str:
    """Return which code without tax a text means, or nothing where it says several, none, or “not”."""
    plain = sort_key(text)
    said = [kind for kind, words in _CLEARLY.items() if re.search(words, plain)]
    return said[0] if len(said) == 1 and not _NEGATED.search(plain) else ""


def code_rate(code: QboObject, rates: Mapping[str, Decimal], side: str = "") -> Decimal | None:
    """Return the percentage of a tax code, on sales unless ``side`` says purchase; None where unknown.

    ``rates`` are the percentages of TaxRate objects by their ids.
    """
    found = (_listed_rate(code, name, rates) for name in _LISTS.get(side, _SALES_FIRST))
    return next((rate for rate in found if rate is not None), None)


def _listed_rate(code: QboObject, name: str, rates: Mapping[str, Decimal]) -> Decimal | None:
    """Return the sum of the rates in one list of a tax code, or None where none is known."""
    details: list[Any] = (code.content.get(name) or {}).get("TaxRateDetail") or []
    ids = [str((each.get("TaxRateRef") or {}).get("value", "")) for each in details]
    known = [rates[each] for each in ids if each in rates]
    return sum(known, Decimal(0)) if known else None


def served_rates(code: QboObject, rates: Mapping[str, Decimal]) -> frozenset[SideRate]:
    """Return the percentages of a tax code on the sides on which it has any."""
    found = ((side, _listed_rate(code, name, rates)) for side, name in _SIDES.items())
    return frozenset((side, rate) for side, rate in found if rate is not None)


def differing(stated: StatedRates, rates: frozenset[SideRate]) -> tuple[SideRate, ...]:
    """Return the rates that the source states and a tax code has not; nothing where that is as it was.

    What records that wait state must all be there; of what is in QuickBooks already one is enough, as
    rates change over the years. Where a code has no rate on a side, nothing is said of that side.
    """
    sides = {side for side, _ in rates}
    every = {one for one in stated.every if one[0] in sides}
    missing = {one for one in stated.waiting if one[0] in sides} - rates
    if not missing and every and not every & rates:
        missing = every
    return tuple(sorted(missing))


def fit(
    value: str,
    code: QboObject,
    rates: Mapping[str, Decimal],
    side: str = "",
    stated: frozenset[Decimal] = frozenset(),
) -> Fit | None:
    """Return how well a tax code suits a category, or None where words and rates say nothing of it.

    ``stated`` are the percentages that records state with a category whose words name none.
    """
    wanted = meaning(value)
    if wanted.percent is None and len(stated) == 1:
        wanted = Meaning(wanted.kind, *stated)
    said = meaning(f"{code.name} {code.content.get('Description') or ''}")
    rate = code_rate(code, rates, side)
    theirs = Meaning(said.kind, said.percent if rate is None else rate)
    if not wanted.kind and wanted.percent is None:
        return Fit(_OTHER, _why(theirs)) if theirs.kind == OUT_OF_SCOPE else None
    return Fit(_score(wanted, theirs), _why(theirs))


def _score(wanted: Meaning, theirs: Meaning) -> int:
    if _contradicts(wanted, theirs):
        return _OTHER
    if wanted.kind == theirs.kind or (not wanted.kind and wanted.percent == theirs.percent):
        return _SAME if wanted.kind or wanted.percent else _RATE_ALONE  # which kind of no tax is not said
    if {wanted.kind, theirs.kind} in _NEARLY:
        return _NEAR
    return _RATE_ALONE if not theirs.kind and theirs.percent is not None else _OTHER


def _contradicts(wanted: Meaning, theirs: Meaning) -> bool:
    if theirs.percent is None:
        return False
    if wanted.percent is not None:
        return wanted.percent != theirs.percent
    return (wanted.kind in {"standard", "reduced"}) == (theirs.percent == 0)


def _why(theirs: Meaning) -> str:
    parts = (
        f"rate {number(theirs.percent)}%" if theirs.percent is not None else "",
        f"the name says {theirs.kind}" if theirs.kind else "",
    )
    return ", ".join(part for part in parts if part)
