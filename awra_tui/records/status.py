"""The closed lists of words: status, dimension, who must act, state of a mapping."""

from enum import StrEnum


class Status(StrEnum):
    """Where a source record stands."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    SKIPPED = "skipped"
    RETRYING = "retrying"
    NEEDS_ATTENTION = "needs_attention"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """What a screen calls it, in the words people use."""
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    Status.PENDING: "not tried",
    Status.SUCCEEDED: "in QuickBooks",
    Status.FAILED: "failed",
    Status.SKIPPED: "skipped",
    Status.RETRYING: "will retry",
    Status.NEEDS_ATTENTION: "needs attention",
    Status.UNKNOWN: "sent, no answer yet; checking",
}


class Dimension(StrEnum):
    """Why a record did not arrive: one of six."""

    AUTHORIZATION = "authorization"
    MAPPING = "mapping"
    SOURCE_DATA = "source data"
    PROVIDER_REJECTION = "provider rejection"
    DUPLICATE_RISK = "duplicate risk"
    TRANSPORT = "transport"

    @property
    def label(self) -> str:
        """What a screen calls it."""
        return "temporary problem" if self is Dimension.TRANSPORT else str(self.value)


class Who(StrEnum):
    """The role that can take the next step."""

    OPERATOR = "operator"
    FINANCE = "finance administrator"
    ADMIN = "organisation administrator"
    INTEGRATION = "integration owner"
    NOBODY = "nobody, it goes by itself"


class MappingState(StrEnum):
    """Whether a mapping can be used for sending."""

    READY = "ready"
    REVIEW = "review"
    BLOCKED = "blocked"


class Mark(StrEnum):
    """The verdict of one step of the way of a record."""

    OK = "ok"
    WAIT = "wait"
    STOP = "stop"
    FAIL = "fail"
    NONE = "none"

    @property
    def sign(self) -> str:
        """A sign that is readable without colour."""
        return {"ok": "✓", "wait": "◐", "stop": "■", "fail": "✕", "none": "○"}[self.value]
