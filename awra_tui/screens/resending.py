"""Resend: the question first, then the progress, then what became of each record."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from textual.app import App

from awra_tui.actions.results import ResendQuestion, ResendResult
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.records.text import cut
from awra_tui.screens.base import BaseScreen, Console
from awra_tui.screens.dialogs import Told, ask_yes, tell
from awra_tui.screens.record_chain import STATUS_SIGNS
from awra_tui.widgets.bars import Progressing

Report = Callable[[Progressing], None]

SHOWN = 12
"""Lines of a question or a result that are named one by one."""


async def resend_records(screen: BaseScreen, keys: Sequence[RecordKey], *, before: str = "") -> None:
    """Ask, quoting QuickBooks' last messages exactly; then send and say what became of each record.

    ``before`` is what was done just now and stands before the question.
    """
    from awra_tui.actions import resend

    question = await resend.ask_resend(screen.console.desk, keys)
    sentence = f"{before} {question.sentence}".strip()
    if not question.sendable:
        await tell(screen, sentence, first(question.blocked))
        return
    if await ask_yes(screen, sentence, question_lines(question)):
        send(screen, question.sendable, anyway=question.needs_yes)


def send(screen: BaseScreen, keys: Sequence[RecordKey], *, anyway: bool) -> None:
    """Send records with the progress at the bottom of the screen."""

    async def job(report: Report) -> list[ResendResult]:
        from awra_tui.actions import resend

        return await resend.resend(screen.console.desk, list(keys), progress=report, anyway=anyway)

    name = keys[0].text if len(keys) == 1 else f"{len(keys):,} records"
    screen.console.start(f"Sending {name}", job, partial(show_results, screen.app))


async def show_results(app: App[None], results: Sequence[ResendResult]) -> None:
    """Say what became of each record, on whatever screen is open: one as a toast, several as a list."""
    await cast("Console", app).freshen()
    if len(results) == 1:
        good = results[0].status is Status.SUCCEEDED
        said = cut(result_line(results[0]), 600)
        app.notify(said, markup=False, severity="information" if good else "warning")
        return
    done = sum(result.status is Status.SUCCEEDED for result in results)
    trouble = [result for result in results if result.status is not Status.SUCCEEDED]
    ordered = [*trouble, *(one for one in results if one not in trouble)]
    sentence = f"{done:,} of {len(results):,} records are in QuickBooks now."
    app.push_screen(Told(sentence, first([result_line(result) for result in ordered])))


def result_line(result: ResendResult) -> str:
    """Return what became of one record, in one line with a sign."""
    sign, _ = STATUS_SIGNS[result.status]
    said = "" if result.sentence.rstrip(".") == result.status.label else f" {result.sentence}"
    return f"{sign} {result.name}: {result.status.label}.{said}"


def question_lines(question: ResendQuestion) -> list[str]:
    """Return what stands below the question: QuickBooks' last words, and what cannot go."""
    lines = [f"QuickBooks said: “{quote}”" for quote in question.quotes]
    if question.unchanged:
        lines.append(_unchanged(question))
    if question.blocked:
        lines += [f"{len(question.blocked):,} cannot go:", *first(question.blocked)]
    return lines


def _unchanged(question: ResendQuestion) -> str:
    if len(question.sendable) == 1:
        return "Nothing has changed since then: QuickBooks will probably say the same again."
    return f"For {question.unchanged:,} of them nothing has changed since then."


def first(lines: Sequence[str]) -> list[str]:
    """Return the first lines, and how many more there are."""
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], *([f"… and {more:,} more"] if more > 0 else [])]
