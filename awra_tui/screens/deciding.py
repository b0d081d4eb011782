"""What changed after it was sent, decided by key: the difference, the choices, and what each will do."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from awra_tui.actions.results import Difference, ResendResult
from awra_tui.health.fields import label
from awra_tui.records.chosen import CHOICES, Choice
from awra_tui.records.subject import RecordKey
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.dialogs import ask_key, ask_yes, tell
from awra_tui.screens.resending import first, show_results
from awra_tui.widgets.bars import Progressing

if TYPE_CHECKING:
    from awra_tui.actions.changes import ChangeQuestion, Option

_KEYS = {Choice.ACCEPT: "a", Choice.OURS: "s", Choice.VOID: "v", Choice.CREDIT_NOTE: "c"}
_WORDS = {
    Choice.ACCEPT: "accept",
    Choice.OURS: "send ours",
    Choice.VOID: "take out",
    Choice.CREDIT_NOTE: "credit",
}

NOTHING = "Nothing to decide: neither side changed it after it was sent."


def is_decidable(reason: str) -> bool:
    """Return whether a warning of this reason waits for a person's choice."""
    return reason in CHOICES


async def decide(screen: BaseScreen, keys: Sequence[RecordKey]) -> None:
    """Show what differs, ask for a choice, say what it does, and carry it out."""
    from awra_tui.actions import changes

    if not keys:
        screen.toast(NOTHING, "warning")
        return
    question = await changes.ask_change(screen.console.desk, *keys)
    possible = {_KEYS[one.choice]: one for one in question.options if not one.refused}
    if not possible:
        await tell(screen, question.sentence, [one.refused for one in question.options])
        return
    answers = {key: _word(one) for key, one in possible.items()} | {"n": "nothing"}
    answer = await ask_key(screen, question.sentence, question_lines(question), answers)
    if answer in possible:
        await _carry_out(screen, possible[answer], question.differences)


def _word(one: "Option") -> str:
    """Return what the key of an option is called: what was deleted is created, not sent over."""
    from awra_tui.health.effects import AGAIN

    return "create again" if one.label == AGAIN else _WORDS[one.choice]


def question_lines(question: "ChangeQuestion") -> list[str]:
    """Return what stands below the question: the differences, then the choices."""
    return [*_differing(question.differences), *(_option_line(one) for one in question.options)]


def _differing(differences: Sequence[Difference]) -> list[str]:
    """Return the fields that differ, and an empty line below them."""
    lines = [difference_line(one) for one in differences]
    return [*first(lines), ""] if lines else []


def difference_line(one: Difference) -> str:
    """Return one field as the sides have it."""
    sides = (("ours", one.ours), ("QuickBooks", one.theirs), ("last", one.last))
    return f"≠ {label(one.field)}: " + ", ".join(f"{name} {value or '–'}" for name, value in sides)


def _option_line(one: "Option") -> str:
    if one.refused:
        return f"–  {one.label}: {one.refused}"
    return f"{_KEYS[one.choice]}  {one.label}. {' '.join(one.effects)}"


async def _carry_out(screen: BaseScreen, option: "Option", differences: Sequence[Difference]) -> None:
    from awra_tui.actions import deciding

    if not option.sends:
        done = await deciding.decide(screen.console.desk, option.choice, *option.keys)
        await screen.after(f"{done.sentence} u undoes.")
        return
    overwritten = _differing(differences) if option.choice is Choice.OURS else []
    if await ask_yes(screen, f"{option.label}?", [*overwritten, *option.effects]):
        _send(screen, option)


def _send(screen: BaseScreen, option: "Option") -> None:
    """Carry a choice out with the progress at the bottom of the screen."""

    async def job(report: Callable[[Progressing], None]) -> list[ResendResult]:
        from awra_tui.actions import deciding

        return await deciding.carry_out(screen.console.desk, option.choice, *option.keys, progress=report)

    name = option.keys[0].text if len(option.keys) == 1 else f"{len(option.keys):,} records"
    screen.console.start(f"Sending {name}", job, partial(show_results, screen.app))
