"""What a customer's card says: the balances, what differs and why, and the documents side by side."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from textual.content import Content

from awra_tui.actions.customer import Balance, CustomerCard, Pair
from awra_tui.health.statement import Paper
from awra_tui.records.kinds import KINDS
from awra_tui.records.money import shown
from awra_tui.screens.prose import paragraph, table
from awra_tui.widgets.cells import one_line
from awra_tui.widgets.columns import Cell, Column
from awra_tui.widgets.figures import day

MANY = 50
"""Sentences of one heading that are shown; the list below has every document."""


def _side(paper: Paper | None, part: str) -> Cell:
    if paper is None:
        return Cell("–", "muted")
    amount: Decimal = getattr(paper, part)
    return Cell(shown(amount, paper.currency) if amount or part == "amount" else "·")


def _agrees(pair: Pair) -> Cell:
    if pair.here is None:
        return Cell("▲ only there", "warn")
    if pair.there is None:
        return Cell("▲ only here", "warn")
    return Cell("▲ differs", "warn") if pair.gap else Cell("✓ same", "good")


PAIR_COLUMNS: tuple[Column[Pair], ...] = (
    Column(name="kind", label="Kind", cell=lambda pair: KINDS[pair.paper.kind].label, width=11, priority=2),
    Column(
        name="number", label="Number", cell=lambda pair: pair.paper.number or pair.paper.id, width=9,
        share=1, most=20,
    ),
    Column(name="date", label="Date", cell=lambda pair: day(str(pair.paper.date or "")), width=9, priority=3),
    Column(name="currency", label="", cell=lambda pair: pair.paper.currency, width=3, priority=5),
    Column(name="here", label="Source", cell=lambda pair: _side(pair.here, "amount"), width=11, right=True),
    Column(name="here_open", label="open", cell=lambda pair: _side(pair.here, "open"), width=11, right=True),
    Column(
        name="there", label="QuickBooks", cell=lambda pair: _side(pair.there, "amount"), width=11, right=True
    ),
    Column(
        name="there_open", label="open", cell=lambda pair: _side(pair.there, "open"), width=11, right=True
    ),
    Column(name="agrees", label="", cell=_agrees, width=12),
)  # fmt: skip


def _apart(one: Balance) -> str:
    if not one.difference:
        return "none"
    return f"{'+' if one.difference > 0 else ''}{shown(one.difference, one.currency)}"


def _told(one: Balance) -> str:
    return "^r asks" if one.told is None else shown(one.told, one.currency)


_BALANCES: tuple[Column[Balance], ...] = (
    Column(name="currency", label="Balance", cell=lambda one: one.currency, width=8),
    Column(name="here", label="Source", cell=lambda one: shown(one.here, one.currency), width=15, right=True),
    Column(
        name="there", label="QuickBooks", cell=lambda one: shown(one.there, one.currency), width=15,
        right=True,
    ),
    Column(name="apart", label="Difference", cell=_apart, width=15, right=True),
    Column(name="told", label="told by QuickBooks", cell=_told, width=18, right=True, priority=2),
)  # fmt: skip


def title(card: CustomerCard, width: int) -> Content:
    """Return name and number, and what it is connected to."""
    there = ", ".join(f"{thing.name} (id {thing.id})" for thing in card.held) or "not connected"
    name = one_line(card.name, max(width // 2, 12))
    rest = one_line(f"  {card.number} · QuickBooks: {there}", max(width - len(name), 8))
    return Content.assemble((name, "bold"), (rest, "$secondary"))


def about(card: CustomerCard, width: int) -> Content:
    """Return the balances and every sentence of the card."""
    lines = table(_BALANCES, card.balances, width) if card.balances else [Content("Nothing was ever sold.")]
    if card.balances and not card.differences:
        lines.append(Content.styled("✓ Both sides agree.", "$success"))
    for sentence in filter(None, (card.unread, card.drafts)):
        lines.append(paragraph(sentence, width, "$warning"))
    for heading, sentences in (
        ("What differs, the largest first", card.differences),
        ("Short by the withheld tax", card.shorts),
        ("Unapplied money (a suggestion: nothing is applied)", card.suggestions),
    ):
        lines += _block(heading, sentences, width)
    return Content("\n").join(lines)


def _block(heading: str, sentences: Sequence[str], width: int) -> Iterator[Content]:
    if not sentences:
        return
    yield Content.styled(heading, "bold $accent")
    for sentence in sentences[:MANY]:
        said = paragraph(sentence, width - 2).plain.replace("\n", "\n  ")
        yield Content(f"· {said}")
    if len(sentences) > MANY:
        yield Content.styled(f"  and {len(sentences) - MANY:,} more, in the list below", "$secondary")


def plain(card: CustomerCard) -> str:
    """Return the card as text to hand on, without the documents."""
    return f"{title(card, 100).plain}\n{about(card, 100).plain}"
