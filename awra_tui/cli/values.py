"""Values of options and arguments: words, whole numbers and days, refused in plain sentences."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

import click
from click.core import ParameterSource

from awra_tui.records.clock import day_begins, today
from awra_tui.records.rules import NO_START


class Word(click.Choice[str]):
    """One of a closed list of words, in upper or lower case; ``also`` has other names of some of them."""

    def __init__(self, words: Iterable[str], also: Mapping[str, str] | None = None) -> None:
        super().__init__([str(word) for word in words], case_sensitive=False)
        self._meant = {_plain(name): word for name, word in (also or {}).items()}
        self._meant |= {_plain(word): word for word in self.choices}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401 - click's interface
        """Return the word that is meant; blanks, dashes and underscores are the same."""
        found = self._meant.get(_plain(str(value)))
        if found is None:
            refuse(str(value), f"one of {', '.join(self.choices)}", param, ctx)
        return found


class Given(click.ParamType[str]):
    """Text that says something: what is empty, as a script's variable that was not set, is refused."""

    name = "text"

    def __init__(self, expected: str) -> None:
        self.expected = expected

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401 - click's interface
        """Return the text; what was not given at all keeps its default."""
        if not str(value).strip() and is_given(param, ctx):
            refuse(str(value), self.expected, param, ctx)
        return str(value)


class Whole(click.IntRange):
    """A whole number from ``min`` to ``max``."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401 - click's interface
        """Return the number; Python's own ways of writing one, such as 1_0, are none of people's."""
        plain: Any = "" if "_" in str(value) else value
        try:
            return super().convert(plain, param, ctx)
        except click.BadParameter:
            most = "" if self.max is None else f" to {self.max}"
            refuse(str(value), f"a whole number from {self.min}{most}", param, ctx)


ROW_NUMBER = Whole(1, 2**31 - 1)
"""The number of a warning, run or request; the cache gives no larger ones."""


class Day(click.ParamType[dt.date]):
    """A day written as 2026-11-01."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:  # noqa: ANN401 - click's interface
        """Return the day."""
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            refuse(str(value), "a day written year-month-day, such as 2026-11-01", param, ctx)


class StartDay(Day):
    """A day, or ``none`` for the start date that takes the one from before away."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:  # noqa: ANN401 - click's interface
        """Return the day, or ``NO_START``."""
        return NO_START if _plain(str(value)) == "none" else super().convert(value, param, ctx)


class Since(click.ParamType[str]):
    """A day, also ``today`` or ``yesterday``; the stamp of its beginning at this place."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401 - click's interface
        """Return the stamp, or nothing for no day."""
        ago = {"today": 0, "yesterday": 1}.get(_plain(str(value)))
        if not value and not is_given(param, ctx):
            return ""
        if ago is not None:
            return day_begins(today() - dt.timedelta(days=ago))
        try:
            return day_begins(dt.date.fromisoformat(str(value)))
        except ValueError:
            refuse(str(value), "yesterday, today or a day such as 2026-11-01", param, ctx)


def refuse(value: str, expected: str, param: click.Parameter | None, ctx: click.Context | None) -> NoReturn:
    """Raise UsageError that names the option, what it was given, and what is allowed."""
    raise click.UsageError(f'{_called(param)} is "{value}", but must be {expected}.', ctx)


def is_given(param: click.Parameter | None, ctx: click.Context | None) -> bool:
    """Return whether a value was written on the command line, and is no default."""
    if param is None or ctx is None or param.name is None:
        return False
    return ctx.get_parameter_source(param.name) is ParameterSource.COMMANDLINE


def _called(param: click.Parameter | None) -> str:
    if param is None:
        return "The value"
    return param.opts[-1] if isinstance(param, click.Option) else param.human_readable_name.strip("[].")


def _plain(word: str) -> str:
    return " ".join(word.replace("_", " ").replace("-", " ").split()).casefold()
