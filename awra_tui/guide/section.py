"""One section of the guide: blocks of text, and for a reason what the catalogue says of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter

from awra_tui.health import wording
from awra_tui.health.catalogue import REASONS, Reason
from awra_tui.health.codes import codes_of
from awra_tui.health.reasons import explain
from awra_tui.records.finding import Finding

CAUSE, NOT = "Cause", "Not"
"""What a page says of a reason in its own words; everything else is the catalogue's."""

POINT = "–"
"""The label of one of several points."""

UNKNOWN = "…"
_STANDING_IN = {
    "after": "two minutes",
    "entity": "transaction",
    "existing": "",
    "found": "… stands there;",
    "instead": "what it really is: a credit note or a refund in the source, a vendor credit in QuickBooks",
    "label": "customer, vendor or product/service",
    "memo": "the credit note",
    "object_label": "object",
    "object_title": "the object",
    "other_label": "another customer, vendor or employee",
    "other_record": "another record of the source",
    "parent": "the other record",
    "party_label": "customer or vendor",
    "place": "",
    "source": "the source",
    "standing": "inactive or deleted",
    "value_label": "the value of the source",
    "what": "something",
}
"""General words for what a sentence of the catalogue names; what has none is shown as an ellipsis."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or with a label a fact or a point of a list."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section: ``id`` is a reason's key, or page and heading in lower case; ``codes`` are QuickBooks'."""

    id: str
    page: str
    title: str
    blocks: tuple[Block, ...]
    reason: str = ""
    codes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Everything it says, for searching."""
        return "\n".join(f"{block.label} {block.text}" for block in self.blocks)


def of_reason(reason: Reason, page: str, own: tuple[Block, ...] = ()) -> Section:
    """Return the section of a reason: sentence, remedy and role are the catalogue's, the rest the page's."""
    codes = codes_of(reason.key)
    return Section(
        id=reason.key,
        page=page,
        title=wording.capital(wording.words_of(reason.key)),
        blocks=tuple(_blocks(reason, codes, own)),
        reason=reason.key,
        codes=codes,
    )


def _blocks(reason: Reason, codes: tuple[str, ...], own: tuple[Block, ...]) -> Iterator[Block]:
    said = explain(Finding(reason=reason.key, values=_general(reason)))
    yield Block("Says", wording.capital(_tidy(said.sentence)))
    yield from (block for block in own if block.label == CAUSE)
    yield Block("Do", _tidy(said.action))
    yield Block("Who", wording.capital(str(reason.who)) + ".")
    if said.awaits:
        yield Block("Waits", f"It goes by itself when {_tidy(said.awaits)}.")
    yield from (block for block in own if block.label != CAUSE)
    yield Block("Dimension", _dimension(reason, codes))


def _dimension(reason: Reason, codes: tuple[str, ...]) -> str:
    passing = "; passes by itself" if reason.transient else ""
    answered = f"; code of QuickBooks: {', '.join(codes)}" if codes else ""
    return f"{wording.capital(reason.dimension.label)}{passing}{answered}."


def _general(reason: Reason) -> dict[str, str]:
    templates = (reason.sentence, reason.action, reason.awaits)
    names = {name for text in templates for _, name, _, _ in Formatter().parse(text) if name}
    return {name: _STANDING_IN.get(name, UNKNOWN) for name in names - {"record"}}


def _tidy(text: str) -> str:
    """Make one ellipsis of several, which needs no full stop after it."""
    return re.sub(rf"{UNKNOWN}(?:[ ,:%]*{UNKNOWN})+", UNKNOWN, text).replace(f"{UNKNOWN}.", UNKNOWN)


def missing(key: str) -> Section:
    """Return the section of a reason that no page has: what the catalogue says alone."""
    return of_reason(REASONS[key], "Reasons")
