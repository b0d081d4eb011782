"""What the steps of a record's way find out: findings, verdicts, and the warnings made of them."""

from dataclasses import dataclass, field

from awra_tui.records.qbo import Json
from awra_tui.records.status import Dimension, Mark, Status, Who
from awra_tui.records.subject import MappingKey, RecordKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, as a reason of the catalogue with its values filled in later.

    ``values`` fill the reason's sentences. ``blocker`` names the record whose own trouble this is
    only the consequence of; ``mapping`` the mapping that is to be fixed. ``message`` and ``code``
    are QuickBooks' own, exactly as they came.
    """

    reason: str
    values: dict[str, str] = field(default_factory=dict)
    blocker: RecordKey | None = None
    mapping: MappingKey | None = None
    code: str = ""
    message: str = ""
    existing_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A finding in words: what a person reads, does, and who does it.

    ``cause`` is equal for findings that one fix removes. ``screen`` names what fixes it. ``awaits``
    says what has to change in QuickBooks for the record to go by itself, if that can help.
    """

    reason: str
    dimension: Dimension
    sentence: str
    action: str
    who: Who
    transient: bool
    cause: str
    screen: str = ""
    blocked_by: str = ""
    code: str = ""
    message: str = ""
    existing_id: str = ""
    awaits: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one step of the way says of a record, in one line."""

    step: str
    mark: Mark
    sentence: str


STEPS = ("source", "ready", "mapping", "duplicates", "payload", "answer", "connection", "next")
"""The steps of the way in the order in which a person sees them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """One thing to send to QuickBooks for a record: an operation on an entity with its body.

    Of an update, ``ours`` is the whole record as we would send it, and ``fields`` are those that it
    changes; both are empty where they are not known.
    """

    kind: str
    source_id: str
    role: str
    entity: str
    operation: str
    body: Json
    ours: Json = field(default_factory=dict)
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An object of QuickBooks that may be the record already, and why it looks so.

    ``score`` is 0–100; ``certain`` is true only where no person need be
    asked: our own mark, the id the source knows, a name that the profile lets be connected.
    """

    entity: str
    qbo_id: str
    name: str
    score: int
    why: str
    certain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the judge says of a record: its verdicts, status, findings and what would be sent.

    ``inputs`` is equal as long as nothing that decides the outcome has changed: the payload, the
    QuickBooks objects it refers to, the company's settings. ``connect`` is the object that the record
    may be connected to without asking; ``candidates`` are what a person is to compare it with.
    ``waits_for`` are records that go first and that nothing hinders, as far as is known.
    """

    verdicts: tuple[Verdict, ...]
    status: Status
    findings: tuple[Finding, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    inputs: str = ""
    skipped_because: str = ""
    connect: Candidate | None = None
    waits_for: tuple[RecordKey, ...] = ()
    candidates: tuple[Candidate, ...] = ()
