"""What commands write: lines and columns for people, JSON for scripts."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TextIO

import click
import msgspec

from awra_tui.records.errors import AwraError
from awra_tui.records.money import from_minor, shown_minor
from awra_tui.records.text import cut, harmless, harmless_json, width_of

if TYPE_CHECKING:  # the cache's package costs what no help text needs
    from awra_tui.cache.pages.money import Money

GAP = "  "
PIPED, NARROWEST, LINES = 120, 40, 3
"""Characters of a line without a terminal, of the narrowest terminal, and how many lines a cell may fill."""


def say(text: str = "") -> None:
    """Write one line for people; text from outside cannot command the terminal."""
    _put(harmless(text))


def warn(text: str) -> None:
    """Write one line to standard error."""
    _put(harmless(text), err=True)


def write_json(value: Any) -> None:  # noqa: ANN401 - anything that JSON can hold
    """Write JSON in UTF-8, two spaces deep; decimals are strings."""
    _put(harmless_json(msgspec.json.format(_encoded(value), indent=2).decode()).encode())


def write_json_line(value: Any) -> None:  # noqa: ANN401 - anything that JSON can hold
    """Write JSON on one line, for commands that report again and again."""
    _put(harmless_json(_encoded(value).decode()).encode())


def write_text(text: str) -> None:
    """Write a document of several lines as it is: whoever made it has made it harmless."""
    _put(text, newline=False)


def write_columns(rows: Iterable[Sequence[str]], right: Sequence[int] = (), *, whole: bool = False) -> None:
    """Write rows in columns as wide as their widest cell; those numbered in ``right`` end flush.

    One overlong cell does not make every line as long: all columns but the last share the terminal's
    width, and the last is cut where it would fill more than three lines, unless they must stay ``whole``.
    """
    cells = [[harmless(cell) for cell in row] for row in rows]
    if not cells:
        return
    widths = [max(map(width_of, column)) for column in zip(*cells, strict=True)]
    if not whole:
        widths = _fitting(widths, _room())
    for row in cells:
        fitting = (cut(cell, width) for cell, width in zip(row, widths, strict=True))
        _put(GAP.join(_padded(cell, widths[at], at in right) for at, cell in enumerate(fitting)).rstrip())


def amount_text(minor: int, currency: str) -> str:
    """Return an amount for scripts: a plain decimal."""
    amount: Decimal = from_minor(minor, currency)
    return f"{amount:f}"


def amounts(money: "Iterable[Money]") -> dict[str, str]:
    """Return sums of money for scripts: plain decimals by currency, without those of nothing."""
    return {one.currency: amount_text(one.minor, one.currency) for one in money if one.minor}


def amounts_shown(money: "Iterable[Money]") -> str:
    """Return sums of money for people, largest first."""
    return ", ".join(shown_minor(one.minor, one.currency) for one in money if one.minor)


def forgiving() -> None:
    """Let standard output and error replace what their encoding lacks, instead of failing on it.

    A stream that whoever started the command has closed leads nowhere; else the next file that is
    opened would take its place.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - while it runs
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def finish() -> None:
    """Flush what was written; raise AwraError where it cannot be kept, as on a full disk."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            _forget(stream)
        except OSError as error:
            raise _unwritten(error) from None


def _unwritten(error: OSError) -> AwraError:
    """Return what is to be said where the output is full: a script must not do again what is done."""
    return AwraError(f"The output could not be written ({error.strerror}); what was done stands.")


def discard() -> None:
    """Give up what could not be written, so that nothing tries again when the program ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            _forget(stream)


def _encoded(value: Any) -> bytes:  # noqa: ANN401 - anything that JSON can hold
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        # Half a character, as in a file name of another encoding, is no text: it cannot be UTF-8.
        return msgspec.json.encode(_whole(msgspec.to_builtins(value)))


def _whole(value: Any) -> Any:  # noqa: ANN401 - anything that JSON can hold
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_whole(name): _whole(inner) for name, inner in value.items()}
    return [_whole(inner) for inner in value] if isinstance(value, list) else value


def _put(text: str | bytes, *, err: bool = False, newline: bool = True) -> None:
    try:
        click.echo(text, nl=newline, err=err)
    except BrokenPipeError:
        _forget(sys.stderr if err else sys.stdout)
    except OSError as error:
        raise _unwritten(error) from None


def _forget(stream: TextIO) -> None:
    """Send the rest nowhere: a pager that was closed early is no failure, and the work goes on."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _room() -> int:
    """Return how many characters of a line are in sight."""
    return max(shutil.get_terminal_size((PIPED, 24)).columns, NARROWEST) if sys.stdout.isatty() else PIPED


def _fitting(widths: Sequence[int], room: int) -> list[int]:
    """Return the widths of columns: the widest ones are lowered until they fit."""
    *padded, last = widths
    most = room
    while padded and sum(min(width, most) for width in padded) > room:
        most -= 1
    return [*(min(width, most) for width in padded), min(last, room * LINES)]


def _padded(cell: str, width: int, right: bool) -> str:
    space = " " * (width - width_of(cell))
    return space + cell if right else cell + space
