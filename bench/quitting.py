"""Quitting while a sync is at work: waiting for an answer, or in the middle of reading the source."""

from collections.abc import Sequence

from bench.company import late_company
from bench.place import Place
from bench.report import Measure, median
from bench.subjects import Subject, console, minimal
from bench.terminal import Seen, Terminal

LATENCY_MS = 5_000
_AIM = 0.5


def quitting(place: Place, rounds: int) -> list[Measure]:
    """Measure from q to the end of the process."""
    idle = median([_ended(place, minimal(place).command, minimal(place).first, ()) for _ in range(rounds)])
    with late_company(place, LATENCY_MS) as addresses:
        waiting = [_while_syncing(place, addresses, _waiting) for _ in range(rounds)]
        many = (*addresses, f"source.path={place.folder / 'many'}")
        reading = [_while_syncing(place, many, _reading) for _ in range(rounds)]
    return [
        Measure(
            what="quitting while QuickBooks has not answered", unit="s", measured=median(waiting), aim=_AIM
        ),
        Measure(what="quitting while the source is read", unit="s", measured=median(reading), aim=_AIM),
        Measure(what="  quitting the minimal app, idle", unit="s", measured=idle),
    ]


def _waiting(text: str) -> bool:
    return "x stops" in text and "Reading invoices" not in text


def _reading(text: str) -> bool:
    return "x stops" in text and "records" in text


def _while_syncing(place: Place, overrides: Sequence[str], busy: Seen) -> float:
    subject: Subject = console(place)
    return _ended(place, place.console(overrides), subject.first, (busy,))


def _ended(place: Place, command: list[str], first: Seen, busy: Sequence[Seen]) -> float:
    with Terminal(command, place.env, place.folder) as terminal:
        terminal.wait(first)
        terminal.settle()
        for seen in busy:
            terminal.press("r")
            terminal.wait(seen)
            terminal.idle(0.5)
        pressed = terminal.press("q")
        return terminal.wait_for_end() - pressed
