"""Why chosen records cannot be sent now: what they wait for, named once for all that wait for it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from awra_tui.cache.store.attempts import LastAttempt
from awra_tui.cache.stored import StoredRecord
from awra_tui.health import wording
from awra_tui.health.view import View
from awra_tui.records.finding import Judgement
from awra_tui.records.status import Dimension, Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.judging import explain

NAMED = 3
"""So many of the records that wait for the same one are named."""


@dataclass(frozen=True, slots=True)
class Held:
    """A record that cannot be sent: why, whether QuickBooks may have it already, and what it waits for."""

    stored: StoredRecord
    why: str
    is_twin: bool = False
    blocker: RecordKey | None = None
    blocker_name: str = ""

    @classmethod
    def of(cls, one: StoredRecord, judgement: Judgement, view: View, last: LastAttempt | None) -> "Held":
        """Say why a record that was judged cannot go."""
        if one.status is Status.UNKNOWN or (last is not None and last.is_open):
            return cls(one, "was sent and has no answer yet; it is being looked up first")
        if judgement.status is Status.SUCCEEDED:
            return cls(one, "is in QuickBooks already")
        told = explain(one.record, judgement.findings)
        if judgement.waits_for and not told:
            blocker = judgement.waits_for[0]
            return cls(one, "", blocker=blocker, blocker_name=_name(blocker, view))
        if not told:
            return cls(one, f"is not sent: {judgement.skipped_because or 'there is nothing to send'}")
        cause = judgement.findings[0].blocker
        return cls(
            one,
            told[0].sentence,
            is_twin=told[0].dimension is Dimension.DUPLICATE_RISK,
            blocker=cause,
            blocker_name=_name(cause, view) if cause else "",
        )

    @property
    def sentence(self) -> str:
        """Return why this one record cannot go."""
        name = wording.title_of(self.stored.record)
        if not self.why:
            return f"{name} waits for {self.blocker_name}, which goes first."
        if self.why.startswith(name):
            return self.why
        return f"{name}: {self.why}" if self.why.endswith((".", "”", '"')) else f"{name} {self.why}."


def _name(key: RecordKey, view: View) -> str:
    state = view.record(key)
    return wording.key_title(key, state.name if state else "")


def sentences(held: Sequence[Held]) -> tuple[str, ...]:
    """Return why records cannot go: each by itself, those that wait for the same one together."""
    waiting: dict[RecordKey, list[Held]] = defaultdict(list)
    for one in held:
        if one.blocker is not None:
            waiting[one.blocker].append(one)
    together = {key: several for key, several in waiting.items() if len(several) > 1}
    alone = [one.sentence for one in held if one.blocker not in together]
    return (*map(_together, together.values()), *alone)


def _together(several: Sequence[Held]) -> str:
    names = [wording.inside(wording.title_of(one.stored.record)) for one in several]
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return f"{len(names):,} wait for {several[0].blocker_name}: {', '.join(names[:NAMED])}{more}."
