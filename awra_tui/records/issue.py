"""What is wrong between source and QuickBooks, in four words: missing, failed, duplicated, mismatched."""

from enum import StrEnum

from awra_tui.records.status import Dimension, Status


class Issue(StrEnum):
    """What a person would see if both books lay side by side."""

    MISSING = "missing"
    FAILED = "failed"
    DUPLICATED = "duplicated"
    MISMATCHED = "mismatched"

    @property
    def label(self) -> str:
        """What a screen calls it."""
        return "missing in QuickBooks" if self is Issue.MISSING else str(self.value)


MISMATCHES = (
    "gone_from_source",
    "back_after_credit_note",
    "voided_in_quickbooks",
    "inactive_in_quickbooks",
    "changed_in_quickbooks",
    "changed_on_both_sides",
    "part_changed_in_quickbooks",
    "changed_in_source",
)
"""Reasons of records that both sides have, and have differently."""

REFUSED = (Status.FAILED, Status.RETRYING)
"""Statuses of records that were sent and did not get in."""

ABOUT_RECORDS = ("record", "row")
"""Subjects of warnings that have an issue: records, and rows of input that would be records."""


def issue_of(subject_type: str, reason: str, dimension: Dimension, status: Status) -> Issue | None:
    """Return the issue of a warning; nothing where it is about no record."""
    if subject_type not in ABOUT_RECORDS:
        return None
    if reason in MISMATCHES:
        return Issue.MISMATCHED
    if dimension is Dimension.DUPLICATE_RISK:
        return Issue.DUPLICATED
    if status is Status.SUCCEEDED:
        return Issue.MISMATCHED
    return Issue.FAILED if status in REFUSED else Issue.MISSING
