"""What is handed on to whoever must help: one structure, as Markdown for people and as JSON for programs."""

from dataclasses import dataclass

import msgspec


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One reason why something did not arrive; ``message`` is QuickBooks' own, exactly."""

    sentence: str
    action: str
    dimension: str
    who: str
    since: str
    reason: str
    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One attempt: in which sync run, when, what came back, and what it is called at Intuit."""

    run: int
    started: str
    ended: str
    operation: str
    outcome: str
    http_status: int
    intuit_tid: str
    requestid: str
    code: str
    message: str
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that changed lately."""

    at: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """The last sync run."""

    id: int
    started: str
    ended: str
    outcome: str
    sentence: str
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorFacts:
    """The connection that is concerned: the profile's source, and its company in QuickBooks."""

    profile: str
    source: str
    company: str
    company_id: str
    environment: str
    says: tuple[Said, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One record; times are stamps of UTC, ``retries`` counts the times it was sent after the first."""

    record: str
    kind: str
    number: str
    source_id: str
    party: str
    amount: str
    currency: str
    date: str
    module: str
    branch: str
    warehouse: str
    status: str
    attempts: int
    retries: int
    first_seen: str
    changed: str
    last_attempt: str
    expected: str
    why: tuple[Said, ...] = ()
    tries: tuple[Try, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Records of which the evidence has nothing, with the reason, and how many more there are of them."""

    why: str
    records: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything that whoever must help needs; ``others`` are further records by name, ``because`` is why."""

    title: str
    because: str
    written: str
    user: str
    connector: ConnectorFacts
    last_run: RunFacts | None
    cases: tuple[Case, ...] = ()
    others: tuple[str, ...] = ()
    more: int = 0
    left_out: tuple[LeftOut, ...] = ()

    @property
    def missing(self) -> str:
        """Return in a sentence how many records it has nothing of; empty where it has all."""
        count = sum(len(one.records) + one.more for one in self.left_out)
        told = {0: "", 1: "1 record is left out; the text says which and why."}
        return told.get(count, f"{count:,} records are left out; the text says which and why.")

    @property
    def json(self) -> str:
        """Return it as JSON text, two spaces deep."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2).decode() + "\n"

    @property
    def markdown(self) -> str:
        """Return it as Markdown in which text from outside is text."""
        from awra_tui.actions.evidence_text import markdown

        return markdown(self)
