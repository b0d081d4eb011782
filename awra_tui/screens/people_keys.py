"""What people decide about warnings and tell each other: dismiss, snooze, bring back, hand over, note."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from awra_tui.actions.results import Done
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.dialogs import Line, ask_text, needing
from awra_tui.screens.json_view import Document, JsonScreen

if TYPE_CHECKING:
    from awra_tui.actions.owner import HandedOver

WHY = (
    "Entered by hand in QuickBooks",
    "Test record, never to be sent",
    "Will be corrected in the source",
    "Too small to matter",
    "Belongs to a closed period, agreed with the accountant",
)
"""Reasons for a dismissal that are often given."""
_DISMISSED = "Nothing is sent or changed in QuickBooks. It comes back when record, reason or amount change."
_SNOOZED = "It comes back on that day, or sooner when record, reason or amount change."


D = TypeVar("D", bound=Done)


@dataclass(frozen=True, slots=True)
class Meant:
    """Which warnings a key acts on: what to call them, how to get their numbers, and who has them now."""

    called: str
    ids: Callable[[], Awaitable[list[int]]]
    owner: str = ""
    then: Callable[[], object] = lambda: None


async def these(ids: Sequence[int]) -> list[int]:
    """Return numbers that are known already."""
    return list(ids)


def once(look: Callable[[], Awaitable[list[int]]]) -> Callable[[], Awaitable[list[int]]]:
    """Return what looks numbers up only once: a sync must not add to what a question has counted."""
    found: list[int] | None = None

    async def looked_up() -> list[int]:
        nonlocal found
        if found is None:
            found = await look()
        return found

    return looked_up


def ask_dismissal(screen: BaseScreen, meant: Meant) -> None:
    """Ask for a reason, with how many and how much it is, and dismiss."""
    question = Line(
        f"Why dismiss {meant.called}?",
        (_DISMISSED,),
        placeholder="the reason",
        suggestions=WHY,
        first=partial(_told, screen, meant),
        refusing=needing("Nothing is dismissed without a reason."),
    )
    screen.ask_first(question, partial(_dismiss, screen, meant))


async def _dismiss(screen: BaseScreen, meant: Meant, why: str) -> None:
    from awra_tui.actions.dismiss import dismiss

    ids = await meant.ids()
    await _done_in_sight(screen, meant, ids, partial(dismiss, screen.console.desk, ids, why.strip()))


def ask_snooze(screen: BaseScreen, meant: Meant) -> None:
    """Ask until when, and why, and put aside until then."""
    from awra_tui.actions.days import suggested
    from awra_tui.actions.dismiss import snooze_day

    question = Line(
        f"Put {meant.called} aside until when?",
        (_SNOOZED,),
        placeholder="tomorrow, in a week, month end, or a date",
        suggestions=suggested(),
        first=partial(_told, screen, meant),
        refusing=snooze_day,
    )
    screen.ask_first(question, partial(_snooze, screen, meant))


async def _snooze(screen: BaseScreen, meant: Meant, named: str) -> None:
    from awra_tui.actions.dismiss import snooze, snooze_day

    day = snooze_day(named)
    why = await ask_text(screen, f"Why snooze it until {day:%d %b %Y}?", "the reason; may be empty")
    if why is not None:
        ids = await meant.ids()
        await _done_in_sight(screen, meant, ids, partial(snooze, screen.console.desk, ids, day, why))


async def restore(screen: BaseScreen, meant: Meant) -> None:
    """Bring back what was put aside."""
    from awra_tui.actions.dismiss import restore as bring_back

    ids = await meant.ids()
    await _done_in_sight(screen, meant, ids, partial(bring_back, screen.console.desk, ids))


async def undo(screen: BaseScreen) -> None:
    """Take the last decision back, in sight where it was about many warnings."""
    from awra_tui.actions.undo import undo_last, warnings_of_last

    desk = screen.console.desk
    many = await warnings_of_last(desk)
    if many <= MANY or screen.console.progress is not None:
        done = await undo_last(desk)
        screen.app.clear_notifications()
        await screen.after(done.sentence)
        return

    async def then(done: Done) -> None:
        screen.app.clear_notifications()
        await screen.after(done.sentence)

    screen.console.start(f"{many:,} warnings", partial(undo_last, desk), then, stopped=STOPPED)


def ask_owner(screen: BaseScreen, meant: Meant) -> None:
    """Ask who takes care of warnings."""
    question = Line(
        f"Who takes care of {meant.called}?",
        placeholder="a name; empty for nobody",
        value=meant.owner,
        replacing=True,
        suggestions=[_oneself(screen), *_others(screen)],
    )
    screen.ask_first(question, partial(_give, screen, meant))


async def _give(screen: BaseScreen, meant: Meant, name: str) -> None:
    from awra_tui.actions.owner import set_owner

    ids = await meant.ids()
    await _done_in_sight(screen, meant, ids, partial(set_owner, screen.console.desk, ids, name))


def ask_hand_over(screen: BaseScreen, meant: Meant) -> None:
    """Ask to whom, with which message, and hand over; the text for the person is copied and shown."""
    question = Line(
        f"Hand {meant.called} over to whom?",
        placeholder="a name",
        value=meant.owner,
        suggestions=_others(screen),
        first=partial(_told, screen, meant),
        refusing=needing("Nothing is handed over without a name."),
    )
    screen.ask_first(question, partial(_hand_over, screen, meant))


async def _hand_over(screen: BaseScreen, meant: Meant, name: str) -> None:
    from awra_tui.actions.owner import hand_over

    message = await ask_text(screen, f"What to say to {name.strip()}?", "a message; kept as a note")
    if message is None:
        return
    ids = await meant.ids()
    deed = partial(hand_over, screen.console.desk, ids, name, message)
    await _done_in_sight(screen, meant, ids, deed, partial(_show_questions, screen))


def _oneself(screen: BaseScreen) -> str:
    desk = screen.console.desk
    return str(desk.profile.people.person(desk.who).shown)


def _others(screen: BaseScreen) -> list[str]:
    """Return the names of the other people of the profile."""
    named = screen.console.desk.profile.people.named.values()
    return [one.shown for one in named if one.shown != _oneself(screen)]


def _show_questions(screen: BaseScreen, done: "HandedOver") -> None:
    heading = f"Questions for {done.owner}"
    screen.app.push_screen(JsonScreen(heading, [Document("Questions", done.text)]))
    screen.copy(done.text, f"all questions for {done.owner}; paste them into a message")


def ask_note(screen: BaseScreen, meant: Meant) -> None:
    """Ask for a note about warnings."""
    question = Line(
        f"What is to be known of {meant.called}?",
        placeholder="a note; earlier ones are kept",
        refusing=needing("An empty note says nothing."),
    )
    screen.ask_first(question, partial(_note, screen, meant))


async def _note(screen: BaseScreen, meant: Meant, text: str) -> None:
    from awra_tui.actions.owner import note

    ids = await meant.ids()
    await _done_in_sight(screen, meant, ids, partial(note, screen.console.desk, ids, text))


STOPPED = "It is done wholly or not at all: the list shows which. Nothing was sent."
MANY = 2_500
"""Warnings whose deed takes longer than a blink."""


async def _done_in_sight(
    screen: BaseScreen,
    meant: Meant,
    ids: Sequence[int],
    deed: Callable[..., Coroutine[Any, Any, D]],
    shown: Callable[[D], object] = lambda _: None,
) -> None:
    """Do what takes long with its progress in sight, as long as no other work shows its own."""

    async def then(done: D) -> None:
        meant.then()
        await screen.after(f"{done.sentence} u undoes.")
        shown(done)

    if len(ids) <= MANY or screen.console.progress is not None:
        await then(await deed())
    else:
        label = f"{len(ids):,} warnings"
        screen.console.start(label, lambda report: deed(progress=report), then, stopped=STOPPED)


async def _told(screen: BaseScreen, meant: Meant) -> str:
    from awra_tui.actions.dismiss import told_of

    return f"{await told_of(screen.console.desk, await meant.ids())}."
