"""What actions answer: sentences and facts for screens, commands and scripts alike."""

import datetime as dt
from dataclasses import dataclass

from awra_tui.cache.pages.mappings import Choice
from awra_tui.cache.pages.overview import Money
from awra_tui.health.wording import name_title
from awra_tui.records.qbo import QboObject
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Something was done; ``decision_id`` names it in the audit and for undo, 0 where there is none."""

    sentence: str
    decision_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """A record that persons resent ``times`` times in vain, always for the same reason."""

    key: RecordKey
    name: str
    times: int

    @property
    def sentence(self) -> str:
        """Say so, and what is left to do."""
        often = "twice" if self.times == 2 else f"{self.times} times"
        title = name_title(self.name)
        return f"{title} was resent {often} and refused for the same reason each time: escalate it."


@dataclass(frozen=True, slots=True, kw_only=True)
class ResendQuestion:
    """What a person should know before a resend.

    ``unread`` says why QuickBooks could not be read again, and how old is what is known instead.
    ``quotes`` are QuickBooks' last messages exactly; ``blocked`` says what cannot go and why, one
    sentence for all that wait for the same record. ``blocker`` is the record that most of them wait
    for, ``blocker_name`` what it is called; ``twins`` may be in QuickBooks already, so that a person
    compares first. ``needs_yes`` is true where nothing changed since the last refusal.
    """

    sentence: str
    unread: str = ""
    quotes: tuple[str, ...] = ()
    unchanged: int = 0
    blocked: tuple[str, ...] = ()
    blocker: RecordKey | None = None
    blocker_name: str = ""
    twins: tuple[RecordKey, ...] = ()
    sendable: tuple[RecordKey, ...] = ()
    needs_yes: bool = False
    escalate: tuple[Escalation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResendResult:
    """What became of one record of a resend; ``escalate`` where resending it has not helped twice.

    ``name`` is the command line's; ``title`` is what people call the record.
    """

    key: RecordKey
    name: str
    status: Status
    sentence: str
    escalate: Escalation | None = None

    @property
    def title(self) -> str:
        """Return what people call the record: ``Invoice INV-1042``."""
        return name_title(self.name)

    @property
    def more(self) -> str:
        """Return what the sentence says beyond the status, or nothing where it only repeats that."""
        plain = self.sentence.rstrip(".").removeprefix("It is ")
        return "" if plain == self.status.label else self.sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A QuickBooks object that a mapping could point to; ``refused`` says why it cannot, if so."""

    choice: Choice
    score: int
    why: str
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectCandidate:
    """A QuickBooks object that may be the record; ``refused`` says why it cannot be connected."""

    object: QboObject
    score: int
    why: str
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectPreview:
    """What connecting or creating will bring, before it happens.

    ``start`` is the date from which on transactions are sent, chosen now, before, or by the profile;
    ``distinct`` is the usual name to create it by where QuickBooks uses its own already;
    ``late_payments`` pay what the start date leaves out, ``by_hand`` are ids of documents that
    somebody made in QuickBooks since then.
    """

    sentence: str
    follows: tuple[str, ...] = ()
    releases: int = 0
    money: tuple[Money, ...] = ()
    refused: str = ""
    suggested_start: dt.date | None = None
    start: dt.date | None = None
    distinct: str = ""
    late_payments: tuple[RecordKey, ...] = ()
    by_hand: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """A record was connected, or is to be created; what it released."""

    sentence: str
    released: tuple[RecordKey, ...] = ()
    decision_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field in which what would be sent and what QuickBooks has differ.

    ``last`` is what QuickBooks answered last, where that is part of the question.
    """

    field: str
    ours: str
    theirs: str
    last: str = ""
