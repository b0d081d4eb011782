"""What a person chose for a record that changed, or went, after it was sent."""

from dataclasses import dataclass
from enum import StrEnum


class Choice(StrEnum):
    """Who is right, or how what the source withdrew leaves the books."""

    ACCEPT = "accept"
    OURS = "ours"
    VOID = "void"
    CREDIT_NOTE = "credit_note"


WITHDRAWALS = (Choice.VOID, Choice.CREDIT_NOTE)
"""Choices about what the source no longer wants."""


CHOICES: dict[str, tuple[Choice, ...]] = {
    "gone_from_source": WITHDRAWALS,
    "withdrawn_after_sending": WITHDRAWALS,
    "deleted_in_quickbooks": (Choice.ACCEPT, Choice.OURS),
    "voided_in_quickbooks": (Choice.ACCEPT, Choice.OURS),
    "inactive_in_quickbooks": (Choice.ACCEPT, Choice.OURS),
    "changed_in_quickbooks": (Choice.ACCEPT, Choice.OURS),
    "changed_on_both_sides": (Choice.ACCEPT, Choice.OURS),
    "part_changed_in_quickbooks": (Choice.ACCEPT, Choice.OURS),
}
"""What a person can choose, by the reason of the warning; dismissing is always possible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A choice that stands: by whom, on which day as sentences write it, of which content.

    ``fingerprint`` is the source's when it was chosen. ``fields`` are those in which ours was chosen.
    """

    choice: Choice
    who: str
    day: str
    fingerprint: str = ""
    fields: tuple[str, ...] = ()

    @property
    def by(self) -> str:
        """Say who chose, and when."""
        return f"by {self.who} on {self.day}"
