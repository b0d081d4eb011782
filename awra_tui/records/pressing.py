"""What a record holds up as long as it is not in QuickBooks, by kind and date."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressing:
    """One thing that waits for records of some kinds, dated within two ISO days; names have no date.

    A larger ``weight`` comes first where lists are sorted by what is held up.
    """

    name: str
    weight: int
    kinds: tuple[str, ...]
    first: str = ""
    last: str = "9999-12-31"

    def waits_for(self, kind: str, date: str) -> bool:
        """Return whether a record of this kind and date holds it up."""
        return kind in self.kinds and self.first <= date <= self.last


def held_up(pressing: tuple[Pressing, ...], kind: str, date: str) -> tuple[str, ...]:
    """Return the names of all that a record holds up, weightiest first."""
    return tuple(one.name for one in pressing if one.waits_for(kind, date))
