"""``awra-tui customer``: what a customer owes on both sides, what differs and why."""

from decimal import Decimal
from typing import Any

import click

from awra_tui.actions.customer import CustomerCard, Pair, ask_quickbooks, customer_card
from awra_tui.cli.desks import desk_of, reading, run
from awra_tui.cli.errors import ALL_WELL, WARNINGS
from awra_tui.cli.lookup import object_data
from awra_tui.cli.names import named
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import say, write_columns, write_json
from awra_tui.health.statement import Paper
from awra_tui.records.money import shown


@click.command()
@click.argument("record")
@click.option("--ask", is_flag=True, help="Ask QuickBooks itself, too: our copy may be an hour old.")
@of_a_profile
def customer(options: Options, record: str, ask: bool) -> int:
    """Show the account of a customer, or of the customer that a record belongs to."""
    with desk_of(options) if ask else reading(options) as desk:
        asked = ask_quickbooks if ask else customer_card
        card = run(asked(desk, named(desk, record)))
    if options.as_json:
        write_json(_data(card))
    else:
        _write(card)
    return WARNINGS if card.differences else ALL_WELL


def _data(card: CustomerCard) -> dict[str, Any]:
    return {
        "customer": card.key.text,
        "name": card.name,
        "number": card.number,
        "connected": [object_data(thing) for thing in card.held],
        "balances": [
            {
                "currency": one.currency,
                "source": f"{one.here:f}",
                "quickbooks": f"{one.there:f}",
                "difference": f"{one.difference:f}",
                "told": None if one.told is None else f"{one.told:f}",
            }
            for one in card.balances
        ],
        "differences": card.differences,
        "short": card.shorts,
        "suggestions": card.suggestions,
        "documents": [_pair(pair) for pair in card.pairs],
        "drafts": card.drafts,
        "unread": card.unread,
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "kind": pair.paper.kind,
        "source": _paper(pair.here),
        "quickbooks": _paper(pair.there),
        "difference": pair.gap,
    }


def _paper(paper: Paper | None) -> dict[str, Any] | None:
    if paper is None:
        return None
    return {
        "id": paper.id,
        "number": paper.number,
        "date": paper.date,
        "amount": f"{paper.amount:f}",
        "open": f"{paper.open:f}",
        "currency": paper.currency,
        "reference": paper.reference,
    }


def _write(card: CustomerCard) -> None:
    there = ", ".join(f"{thing.name} (id {thing.id})" for thing in card.held) or "not connected"
    say(f"{card.name} · {card.number} · QuickBooks: {there}")
    rows = [
        (one.currency, shown(one.here, one.currency), shown(one.there, one.currency), _apart(one.difference))
        for one in card.balances
    ]
    write_columns([("", "source", "QuickBooks", "difference"), *rows], right=(1, 2, 3))
    for heading, sentences in (
        ("What differs:", card.differences),
        ("Short by withheld tax:", card.shorts),
        ("Unapplied money:", card.suggestions),
    ):
        if sentences:
            say(heading)
        for sentence in sentences:
            say(f"  {sentence}")
    still_open = [pair for pair in card.pairs if pair.paper.open]
    if still_open:
        say("Open, in the source and in QuickBooks:")
    write_columns([_line(pair) for pair in still_open], right=(3, 4))
    for sentence in filter(None, (card.drafts, card.unread)):
        say(sentence)


def _line(pair: Pair) -> tuple[str, ...]:
    paper = pair.paper
    sides = (shown(each.open, each.currency) if each else "–" for each in (pair.here, pair.there))
    return (f"  {paper.kind}/{paper.number or paper.id}", str(paper.date or ""), paper.currency, *sides)


def _apart(difference: Decimal) -> str:
    return f"{difference:+,}" if difference else "none"
