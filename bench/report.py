"""What was measured: a line each, in words and as JSON."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass

_UNITS = {
    "s": (1, 2, "s"),
    "ms": (1000, 1, "ms"),
    "MiB": (1, 1, "MiB"),
    "%": (100, 2, "%"),
    "records": (1, 0, "records"),
    "requests": (1, 0, "requests"),
}
"""How a figure is written: by what it is multiplied, with how many digits, and the name of its unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measurement; seconds, MiB, a share of a core, or a number of records or requests.

    With a ``reference`` the ``aim`` is the ratio that is aimed at, without one it is the figure
    itself; None where there is none to hold up. ``at_least`` says that more is better.
    """

    what: str
    unit: str
    measured: float
    reference: float | None = None
    aim: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times the reference it is."""
        return self.measured / self.reference if self.reference else None

    @property
    def verdict(self) -> str:
        """Whether the aim is reached."""
        if self.aim is None:
            return ""
        figure = self.ratio if self.ratio is not None else self.measured
        return "reached" if (figure >= self.aim if self.at_least else figure <= self.aim) else "missed"

    def cells(self) -> tuple[str, ...]:
        """Return the measurement as the cells of the table."""
        aim = "" if self.aim is None else (f"{self.aim:g}×" if self.reference else self._said(self.aim))
        aim = f"≥ {aim}" if self.at_least else aim
        return (
            self.what,
            self._said(self.measured),
            "" if self.reference is None else self._said(self.reference),
            "" if self.ratio is None else f"{self.ratio:.2f}×",
            aim,
            self.verdict,
        )

    def _said(self, figure: float) -> str:
        factor, digits, name = _UNITS[self.unit]
        return f"{figure * factor:,.{digits}f} {name}"


HEADINGS = ("what", "measured", "reference", "ratio", "aim", "verdict")


def table(measures: Sequence[Measure]) -> str:
    """Return the measurements as a table in text."""
    rows = [HEADINGS, *(measure.cells() for measure in measures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADINGS))]
    lines = [
        "  ".join(
            cell.ljust(width) if place in (0, 5) else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "  ".join("─" * width for width in widths), *lines[1:]])


def as_json(measures: Sequence[Measure]) -> list[dict[str, object]]:
    """Return the measurements for scripts; seconds, MiB and shares as plain numbers."""
    return [
        {
            **asdict(measure),
            "what": measure.what.strip(),
            "ratio": measure.ratio,
            "verdict": measure.verdict or None,
        }
        for measure in measures
    ]


def median(figures: Sequence[float]) -> float:
    """Return the middle one, which one slow round does not move."""
    return statistics.median(figures)
