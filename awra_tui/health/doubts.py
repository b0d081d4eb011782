"""What is doubtful about a mapping that can be used, and whether a person said that it is meant so."""

from collections.abc import Iterator

from awra_tui.health import wording
from awra_tui.health.tax_words import differing, other_meaning
from awra_tui.records.mapping import Mapping, SideRate, StatedRates
from awra_tui.records.qbo import QboObject
from awra_tui.records.subject import MappingKey
from awra_tui.records.text import sort_key

_SIDES = {"sale": "on sales", "purchase": "on purchases"}
TOO_EARLY = "what is dated before its day waits"


def doubts(
    key: MappingKey,
    obj: QboObject | None,
    rates: frozenset[SideRate],
    stated: StatedRates,
    *,
    too_early: bool = False,
) -> tuple[str, ...]:
    """Return what a person looks at where a mapping is doubtful, nothing where it is not.

    The first says what a tax code is, with its name and ``rates``, the others what speaks against it:
    whatever of it changes makes another doubt. ``too_early`` says that records wait that are dated
    before the mapping holds.
    """
    code = obj if obj and obj.entity == "TaxCode" else None
    against = [
        *(_against(key, code, rates, stated) if code else ()),
        *([TOO_EARLY] if too_early else []),
    ]
    return (*([_described(code, rates)] if code and against else ()), *against)


def is_meant(mapping: Mapping, found: tuple[str, ...]) -> bool:
    """Say whether a person looked at all these doubts about a mapping and found it meant so."""
    return bool(found) and set(found) <= set(mapping.reviewed.splitlines())


def _against(
    key: MappingKey, code: QboObject, rates: frozenset[SideRate], stated: StatedRates
) -> Iterator[str]:
    if said := other_meaning(key.value, code):
        yield f"{said[0]} in the source, {said[1]} in QuickBooks"
    for one in differing(stated, rates):
        yield f"{_rate(one)} in the source"


def _described(code: QboObject, rates: frozenset[SideRate]) -> str:
    """Return what a code is on one line; case, accents and spaces of its name do not count."""
    named = (code.name, str(code.content.get("Description") or ""))
    names = " · ".join(text for name in named if (text := " ".join(sort_key(name).split())))
    told = ", ".join(_rate(one) for one in sorted(rates))
    return f"tax code {code.id} · {names}" + (f": {told}" if told else "")


def _rate(rate: SideRate) -> str:
    side, percent = rate
    return f"{wording.number(percent)}% {_SIDES[side]}"
