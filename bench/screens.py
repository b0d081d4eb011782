"""First screen, keys, memory and idling: the console beside the minimal program, round by round."""

from collections.abc import Callable, Iterator, Sequence

from bench.names import RARE
from bench.place import Place
from bench.process import cpu_seconds, own_mib, rss_mib
from bench.report import Measure, median
from bench.subjects import BACK_TO_TOP, DOWN, PAGE_DOWN, PAGE_UP, Subject, console, minimal, moved, narrowed
from bench.terminal import Terminal

Taken = dict[str, float]
"""Medians of one program by what was measured."""

_AIMS = {"cursor down": 2.0, "page down": 2.0, "letter in the filter": 2.0}


def first_screen(place: Place, rounds: int) -> list[Measure]:
    """Measure from the start of the process to the first frame with rows, in turns."""
    ours, theirs = console(place), minimal(place)
    _start(place, ours)  # the first start writes compiled modules and warms the system's cache of files
    _start(place, theirs)
    pairs = [(_start(place, ours), _start(place, theirs)) for _ in range(rounds)]
    return [
        Measure(
            what="first useful screen, against a minimal app",
            unit="ms",
            measured=median([pair[0] for pair in pairs]),
            reference=median([pair[1] for pair in pairs]),
            aim=1.5,
        )
    ]


def in_use(place: Place, rounds: int, idle_seconds: float) -> list[Measure]:
    """Measure keys, memory and idling of both programs."""
    ours = _used(place, console(place), (PAGE_DOWN,), rounds, idle_seconds)
    theirs = _used(place, minimal(place), (PAGE_DOWN, PAGE_UP), rounds, idle_seconds)
    return [*_keys(ours, theirs), *_memory(ours, theirs), *_idling(ours, theirs), *_opened(place, rounds)]


def _start(place: Place, subject: Subject) -> float:
    with Terminal(subject.command, place.env, place.folder) as terminal:
        return terminal.wait(subject.first) - terminal.started


def _used(place: Place, subject: Subject, pages: Sequence[str], rounds: int, idle_seconds: float) -> Taken:
    taken: Taken = {}
    with subject.running(place) as terminal:
        pid = terminal.process.pid
        taken["memory"] = rss_mib(pid)
        taken["own memory"] = own_mib(pid) or 0.0
        taken["idle"] = _idle(terminal, idle_seconds)
        taken["cursor down"] = median([moved(subject, terminal, DOWN) for _ in range(rounds)])
        turns = [pages[turn % len(pages)] for turn in range(rounds)]
        taken["page down"] = median([moved(subject, terminal, key) for key in turns])
        terminal.press(BACK_TO_TOP)
        terminal.settle()
        letters = [letter for _ in range(max(1, rounds // len(RARE))) for letter in RARE]
        taken["letter in the filter"] = median([narrowed(subject, terminal, each) for each in letters])
        taken["memory after use"] = rss_mib(pid)
        taken["own memory after use"] = own_mib(pid) or 0.0
    return taken


def _idle(terminal: Terminal, seconds: float) -> float:
    """Return the share of a core that a program takes while nobody does anything."""
    before = cpu_seconds(terminal.process.pid)
    terminal.idle(seconds)
    after = cpu_seconds(terminal.process.pid)
    return 0.0 if before is None or after is None else (after - before) / seconds


def _keys(ours: Taken, theirs: Taken) -> Iterator[Measure]:
    for what, aim in _AIMS.items():
        yield Measure(
            what=f"key to paint: {what}", unit="ms", measured=ours[what], reference=theirs[what], aim=aim
        )


def _memory(ours: Taken, theirs: Taken) -> Iterator[Measure]:
    yield Measure(what="memory with all warnings open", unit="MiB", measured=ours["memory"], aim=60.0)
    yield Measure(what="memory after use", unit="MiB", measured=ours["memory after use"], aim=60.0)
    yield Measure(what="  of it shared with no file", unit="MiB", measured=ours["own memory after use"])
    yield Measure(what="  memory of the minimal app", unit="MiB", measured=theirs["memory after use"])


def _idling(ours: Taken, theirs: Taken) -> Iterator[Measure]:
    yield Measure(what="idle, share of a core: warnings", unit="%", measured=ours["idle"], aim=0.01)
    yield Measure(what="  idle, the minimal app", unit="%", measured=theirs["idle"])


def _opened(place: Place, rounds: int) -> Iterator[Measure]:
    yield Measure(what="idle, share of a core: overview", unit="%", measured=_idle_overview(place), aim=0.01)
    opening = median([_each(place, _open_warnings) for _ in range(rounds)])
    yield Measure(what="from the overview to all warnings", unit="ms", measured=opening)


def _each(place: Place, measure: Callable[[Subject, Terminal], float]) -> float:
    subject = console(place)
    with Terminal(subject.command, place.env, place.folder) as terminal:
        terminal.wait(subject.first)
        terminal.settle()
        return measure(subject, terminal)


def _open_warnings(subject: Subject, terminal: Terminal) -> float:
    pressed = terminal.press(subject.enter)
    return terminal.wait(subject.listed) - pressed


def _idle_overview(place: Place) -> float:
    return _each(place, lambda _, terminal: _idle(terminal, 10))
