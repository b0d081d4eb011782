"""Who takes the next step on warnings, and what people tell each other about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from awra_tui.actions.known import counted
from awra_tui.actions.questions import questions
from awra_tui.actions.results import Done
from awra_tui.actions.telling import telling
from awra_tui.cache.pages.warnings import WarningQuery, warnings_all
from awra_tui.cache.store import owners
from awra_tui.records.errors import AwraError
from awra_tui.sync.desk import Desk
from awra_tui.sync.progress import Report, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Done):
    """Warnings were handed over; ``text`` bundles everything that the person has to answer."""

    owner: str
    text: str


async def set_owner(desk: Desk, warning_ids: Sequence[int], owner: str, progress: Report = silent) -> Done:
    """Give warnings to a person; an empty name takes them back."""
    name = await desk.page(_written, desk, owner)
    job = partial(desk.write, owners.set_owner, list(warning_ids), name, desk.who)
    decision = await telling("Giving", len(warning_ids), progress, job)
    sentence = f"{name or 'Nobody'} has {counted(len(warning_ids), 'warning')} now."
    return Done(sentence=sentence, decision_id=decision)


async def hand_over(
    desk: Desk, warning_ids: Sequence[int], owner: str, message: str, progress: Report = silent
) -> HandedOver:
    """Give warnings to a person with a message, and bundle all that the person has into one text."""
    name = await desk.page(_written, desk, owner)
    if not name:
        raise AwraError("Nothing was handed over: say to whom.")
    said, ids = message.strip(), list(warning_ids)
    job = partial(desk.write, owners.hand_over, ids, name, said, desk.who)
    decision = await telling("Handing over", len(ids) * (2 if said else 1), progress, job)
    sentence = f"Handed {counted(len(warning_ids), 'warning')} over to {name}."
    return HandedOver(
        sentence=sentence, decision_id=decision, owner=name, text=await questions_for(desk, name)
    )


async def questions_for(desk: Desk, name: str) -> str:
    """Return everything that a person has to answer as one text, grouped by cause."""
    query = await queue_of(desk, name)
    rows = await desk.page(warnings_all, query)
    people = desk.profile.people
    return questions(people.called(name), rows, people.person(desk.who).reached)


async def queue_of(desk: Desk, name: str = "") -> WarningQuery:
    """Return what asks for the warnings of a person, however the name is written; one's own without."""
    wanted = name or myself(desk)
    return WarningQuery(owners=await desk.page(_spellings, desk, wanted))


def myself(desk: Desk) -> str:
    """Return how the person at this desk is written as an owner."""
    return desk.profile.people.person(desk.who).shown


async def note(desk: Desk, warning_ids: Sequence[int], text: str, progress: Report = silent) -> Done:
    """Write a note about warnings; earlier ones are kept."""
    if not text.strip():
        raise AwraError("Nothing was noted: write something.")
    job = partial(desk.write, owners.note, list(warning_ids), text.strip(), desk.who)
    decision = await telling("Noting", len(warning_ids), progress, job)
    return Done(sentence=f"Noted about {counted(len(warning_ids), 'warning')}.", decision_id=decision)


def _spellings(desk: Desk, name: str) -> tuple[str, ...]:
    """Return how a person is written among the owners. A job of the cache."""
    called = desk.profile.people.called(name)
    alike = {called.casefold(), name.strip().casefold()}
    return tuple(sorted({one for one in owners.owners() if one.casefold() in alike} | {called}))


def _written(desk: Desk, name: str) -> str:
    """Return a name as it is written among the owners already, else as it is. A job of the cache."""
    called = desk.profile.people.called(name)
    alike = [one for one in owners.owners() if one.casefold() == called.casefold()]
    return called if called in alike or not alike else alike[0]
