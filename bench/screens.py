"""First screen, keys, memory and idling: the console beside the minimal program, round by round."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from bench.names import RARE
from bench.place import Place
from bench.process import cpu_seconds, own_mib, rss_mib
from bench.report import Measure, median
from bench.subjects import BACK_TO_TOP, DOWN, PAGE_DOWN, PAGE_UP, Subject, console, minimal, moved, narrowed
from bench.terminal import Terminal

Taken = dict[str, list[float]]
"""What was measured of one program, round by round."""

_IDLE_AIM = 0.01


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
    """Measure keys in turns, so that whatever else runs slows both programs; then memory and idling."""
    ours, theirs = console(place), minimal(place)
    with ours.running(place) as our_terminal, theirs.running(place) as their_terminal:
        us, them = _Used(ours, our_terminal), _Used(theirs, their_terminal)
        for used in (us, them):
            used.rest(idle_seconds)
        _press_in_turns(us, them, rounds)
        for used in (us, them):
            used.weigh("memory after use")
    return [
        *_keys(us.taken, them.taken),
        *_memory(us.taken, them.taken),
        *_idling(us.taken, them.taken),
        *_opened(place, rounds, idle_seconds),
    ]


def _start(place: Place, subject: Subject) -> float:
    with Terminal(subject.command, place.env, place.folder) as terminal:
        return terminal.wait(subject.first) - terminal.started


class _Used:
    """One program while it is used: what was taken of it, key by key."""

    def __init__(self, subject: Subject, terminal: Terminal) -> None:
        self._subject = subject
        self._terminal = terminal
        self.taken: Taken = defaultdict(list)

    def rest(self, seconds: float) -> None:
        self.weigh("memory")
        self.taken["idle"].append(_idle(self._terminal, seconds))

    def weigh(self, when: str) -> None:
        pid = self._terminal.process.pid
        self.taken[when].append(rss_mib(pid))
        self.taken[f"own {when}"].append(own_mib(pid) or 0.0)

    def move(self, what: str, key: str) -> None:
        self.taken[what].append(moved(self._subject, self._terminal, key))

    def narrow(self, letter: str) -> None:
        self.taken["letter in the filter"].append(narrowed(self._subject, self._terminal, letter))

    def to_top(self) -> None:
        self._terminal.press(BACK_TO_TOP)
        self._terminal.settle()


def _press_in_turns(us: _Used, them: _Used, rounds: int) -> None:
    for _ in range(rounds):
        us.move("cursor down", DOWN)
        them.move("cursor down", DOWN)
    for turn in range(rounds):
        us.move("page down", PAGE_DOWN)
        # Its list is too short to go on and on.
        them.move("page down", (PAGE_DOWN, PAGE_UP)[turn % 2])
    us.to_top()
    them.to_top()
    for _ in range(max(1, rounds // len(RARE))):
        for letter in RARE:
            us.narrow(letter)
            them.narrow(letter)


def _idle(terminal: Terminal, seconds: float) -> float:
    """Return the share of a core that a program takes while nobody does anything.

    First it is left alone as long again: what is looked at and said once after a start is no idling.
    """
    terminal.idle(seconds)
    before = cpu_seconds(terminal.process.pid)
    terminal.idle(seconds)
    after = cpu_seconds(terminal.process.pid)
    return 0.0 if before is None or after is None else (after - before) / seconds


def _keys(ours: Taken, theirs: Taken) -> Iterator[Measure]:
    for what in ("cursor down", "page down", "letter in the filter"):
        yield Measure(
            what=f"key to paint: {what}",
            unit="ms",
            measured=median(ours[what]),
            reference=median(theirs[what]),
            aim=2.0,
        )


def _memory(ours: Taken, theirs: Taken) -> Iterator[Measure]:
    after, own = "memory after use", "own memory after use"
    yield Measure(what="memory with all warnings open", unit="MiB", measured=median(ours["memory"]), aim=60.0)
    yield Measure(what="memory after use", unit="MiB", measured=median(ours[after]), aim=60.0)
    yield Measure(what="  of it shared with no file", unit="MiB", measured=median(ours[own]))
    yield Measure(what="  memory of the minimal app", unit="MiB", measured=median(theirs[after]))


def _idling(ours: Taken, theirs: Taken) -> Iterator[Measure]:
    yield Measure(
        what="idle, share of a core: warnings", unit="%", measured=median(ours["idle"]), aim=_IDLE_AIM
    )
    yield Measure(what="  idle, the minimal app", unit="%", measured=median(theirs["idle"]))


def _opened(place: Place, rounds: int, idle_seconds: float) -> Iterator[Measure]:
    idle = _each(place, lambda _, terminal: _idle(terminal, idle_seconds))
    yield Measure(what="idle, share of a core: overview", unit="%", measured=idle, aim=_IDLE_AIM)
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
