"""Resend: the question first, then the progress, then what became of each record."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from textual.app import App

from awra_tui.actions.results import Escalation, ResendQuestion, ResendResult
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.records.text import cut
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.console import Console
from awra_tui.screens.dialogs import Keyed, ask_key, while_asking
from awra_tui.screens.evidence import hand_on
from awra_tui.screens.record_chain import STATUS_SIGNS
from awra_tui.widgets.bars import Progressing
from awra_tui.widgets.toasts import ToastingApp

Report = Callable[[Progressing], None]

SHOWN = 12
"""Lines of a question or a result that are named one by one."""
NAMED = 3
"""So many of the records that share a line are named in it."""
READING = "Reading again in QuickBooks what decides whether it goes …"


async def resend_records(screen: BaseScreen, keys: Sequence[RecordKey], *, before: str = "") -> None:
    """Ask, quoting QuickBooks' last messages exactly; then send and say what became of each record.

    ``before`` is what was done just now and stands before the question. What QuickBooks may have
    already is compared first.
    """
    from awra_tui.actions import resend

    question = await while_asking(screen, READING, partial(resend.ask_resend, screen.console.desk, keys))
    if question is None:
        screen.toast("Nothing was sent.")
        return
    if len(keys) == 1 and question.twins:
        screen.console.open_connect(question.twins[0])
        screen.toast(
            f"QuickBooks may have it already: compare first. {' '.join(question.blocked)}",
            "warning",
            lasts=True,
        )
        return
    answer = await ask_key(
        screen, f"{before} {question.sentence}".strip(), question_lines(question), answers(question)
    )
    if answer == "y":
        send(screen, question.sendable, anyway=question.needs_yes)
    elif answer in _ELSEWHERE:
        await _ELSEWHERE[answer](screen, question)


def answers(question: ResendQuestion) -> dict[str, str]:
    """Return the keys that answer a question, with what each does."""
    keys = {"y": "yes", "n": "no"} if question.sendable else {"enter": "close"}
    if question.blocker:
        keys["b"] = f"go to {cut(question.blocker_name, 30)}"
    if question.twins:
        keys["c"] = "compare"
    if question.escalate:
        keys["e"] = "escalate"
    return keys


async def _blocker(screen: BaseScreen, question: ResendQuestion) -> None:
    if question.blocker:
        screen.console.open_record(question.blocker)


async def _compare(screen: BaseScreen, question: ResendQuestion) -> None:
    screen.console.open_connect(question.twins[0])


async def _escalate(screen: BaseScreen, question: ResendQuestion) -> None:
    await hand_on(screen, *(one.key for one in question.escalate))


_ELSEWHERE = {"b": _blocker, "c": _compare, "e": _escalate}
"""What keys do that answer a question by going somewhere else first."""


def send(screen: BaseScreen, keys: Sequence[RecordKey], *, anyway: bool) -> None:
    """Send records with the progress at the bottom of the screen."""

    async def job(report: Report) -> list[ResendResult]:
        from awra_tui.actions import resend

        return await resend.resend(screen.console.desk, list(keys), progress=report, anyway=anyway)

    name = keys[0].text if len(keys) == 1 else f"{len(keys):,} records"
    screen.console.start(f"Sending {name}", job, partial(show_results, screen.app))


async def show_results(app: App[None], results: Sequence[ResendResult]) -> None:
    """Say what became of each record, on whatever screen is open: one as a toast, several as a list.

    Where resending has not helped twice, it is proposed to escalate.
    """
    await cast("Console", app).freshen()
    hopeless = [result.escalate for result in results if result.escalate]
    if len(results) == 1 and not hopeless:
        good = results[0].status is Status.SUCCEEDED
        said = cut(result_line(results[0]), 600)
        cast("ToastingApp", app).notify(
            said, markup=False, severity="information" if good else "warning", lasts=True
        )
        return
    sentence, *proposals = [
        *([] if len(results) == 1 else [_outcome(results)]),
        *(one.sentence for one in hopeless),
    ]
    lines = [*first(proposals), *first(result_lines(results))]
    keys = {"enter": "close"} | ({"e": "escalate"} if hopeless else {})
    app.push_screen(Keyed(sentence, lines, keys), partial(_answered, app, hopeless))


def _outcome(results: Sequence[ResendResult]) -> str:
    done = sum(result.status is Status.SUCCEEDED for result in results)
    return f"{done:,} of {len(results):,} records are in QuickBooks now."


def _troubled_first(results: Sequence[ResendResult]) -> list[ResendResult]:
    return sorted(results, key=lambda result: result.status is Status.SUCCEEDED)


def _answered(app: App[None], hopeless: Sequence[Escalation], answer: str | None) -> None:
    screen = app.screen
    if answer == "e" and isinstance(screen, BaseScreen):
        screen.attend(partial(hand_on, screen, *(one.key for one in hopeless)))


def result_lines(results: Sequence[ResendResult]) -> list[str]:
    """Return what became of records, troubled ones first; where the same is said, one line."""
    alike: dict[tuple[Status, str], list[ResendResult]] = {}
    for result in _troubled_first(results):
        alike.setdefault((result.status, result.more), []).append(result)
    return [result_line(some[0]) if len(some) == 1 else _several_line(some) for some in alike.values()]


def _several_line(some: Sequence[ResendResult]) -> str:
    named = ", ".join(result.title for result in some[:NAMED])
    left = len(some) - NAMED
    names = f"{named} and {left:,} more" if left > 0 else named
    sign, _ = STATUS_SIGNS[some[0].status]
    said = f"{sign} {len(some):,} records: {some[0].status.label}. {some[0].more}".rstrip()
    return f"{said} ({names})"


def result_line(result: ResendResult) -> str:
    """Return what became of one record, in one line with a sign."""
    sign, _ = STATUS_SIGNS[result.status]
    return f"{sign} {result.title}: {result.status.label}. {result.more}".rstrip()


def question_lines(question: ResendQuestion) -> list[str]:
    """Return what stands below the question: QuickBooks' last words, and what cannot go."""
    lines = [question.unread] if question.unread else []
    lines += [f"QuickBooks said: “{quote}”" for quote in question.quotes]
    if question.unchanged:
        lines.append(_unchanged(question))
    lines += first([one.sentence for one in question.escalate])
    if question.blocked:
        lines += [*(["These cannot go:"] if question.sendable else []), *first(question.blocked)]
    return lines


def _unchanged(question: ResendQuestion) -> str:
    if len(question.sendable) == 1:
        return "Nothing has changed since then: QuickBooks will probably say the same again."
    return f"For {question.unchanged:,} of them nothing has changed since then."


def first(lines: Sequence[str]) -> list[str]:
    """Return the first lines, and how many more there are."""
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], *([f"… and {more:,} more"] if more > 0 else [])]
