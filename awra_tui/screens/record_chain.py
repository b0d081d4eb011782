"""The chain of a record in words: each step with its verdict and the key that helps; title and warnings."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content

from awra_tui.actions.table import action
from awra_tui.cache.pages.records import LinkRow, Note, RecordPage
from awra_tui.cache.pages.warnings import WarningRow
from awra_tui.records.chosen import CHOICES
from awra_tui.records.clock import day_of
from awra_tui.records.finding import STEPS, Verdict
from awra_tui.records.kinds import KINDS
from awra_tui.records.mapping import MAPPING_KINDS
from awra_tui.records.money import shown
from awra_tui.records.record import SourceRecord
from awra_tui.records.status import Mark, Status
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.records.text import harmless
from awra_tui.screens.prose import hanging, wrapped
from awra_tui.screens.warning_parts import because
from awra_tui.widgets.cells import fit
from awra_tui.widgets.columns import Cell

STATUS_SIGNS: dict[Status, tuple[str, str]] = {
    Status.PENDING: ("○", "$secondary"),
    Status.SUCCEEDED: ("✓", "$success"),
    Status.FAILED: ("✕", "$error"),
    Status.SKIPPED: ("–", "$secondary"),
    Status.RETRYING: ("↻", "$warning"),
    Status.NEEDS_ATTENTION: ("▲", "$warning"),
    Status.UNKNOWN: ("?", "$warning"),
}
_STATUS_TONES: dict[Status, str] = {
    Status.PENDING: "muted",
    Status.SUCCEEDED: "good",
    Status.FAILED: "bad",
    Status.SKIPPED: "muted",
    Status.RETRYING: "warn",
    Status.NEEDS_ATTENTION: "warn",
    Status.UNKNOWN: "warn",
}
_MARK_STYLES = {
    Mark.OK: "$success",
    Mark.WAIT: "$warning",
    Mark.STOP: "$error",
    Mark.FAIL: "$error",
    Mark.NONE: "$secondary",
}
_UNTOUCHED = "not reached yet"


@dataclass(frozen=True, slots=True)
class Fix:
    """What does something about one step of the chain: an action of the table, and what to call it here."""

    action: str
    label: str
    key: str = ""

    @property
    def said(self) -> str:
        """The key and what it does."""
        return f"{self.key or action(self.action).shown_key}  {self.label}"


_MAP = Fix("map", "map it")
_CONNECT = Fix("connect", "connect")
_JSON = Fix("json", "JSON")
_ATTEMPTS = Fix("attempts", "attempts")
_OPEN = Fix("browser", "open")
_RESEND = Fix("resend", "resend")
_BLOCKER = Fix("blocker", "blocker")
_DECIDE = Fix("decide", "decide")
_CONNECTIONS = Fix("connections", "connect")
_BY_SCREEN = {"mapping": _MAP, "connect": _CONNECT}
"""What helps, by the screen that a reason names."""
FIXING = ("map", "connect", "blocker", "connections")
"""Actions that lead to where something is fixed; they change nothing themselves."""
_TROUBLE = (Mark.WAIT, Mark.STOP, Mark.FAIL)
_BEFORE_SENDING = STEPS[: STEPS.index("answer")]
_RESENDABLE = (Status.FAILED, Status.NEEDS_ATTENTION, Status.RETRYING, Status.PENDING)


def fix_of(step: str, page: RecordPage) -> Fix | None:
    """Return what helps at one step of this record, if anything does."""
    if step == "next":
        return _CONNECTIONS if _is_of_the_connection(page) else _next_fix(page)
    if step in _BEFORE_SENDING and verdict_of(step, page.verdicts).mark in _TROUBLE:
        return _trouble_fix(step, page) or (_JSON if step == "payload" else None)
    fixes = {
        "payload": _JSON,
        "answer": _ATTEMPTS if page.attempt_rows else None,
        "connection": _OPEN if live_links(page) else None,
    }
    return fixes.get(step)


def _is_of_the_connection(page: RecordPage) -> bool:
    return fixed_by(page, "connection")


def fixed_by(page: RecordPage, screen: str) -> bool:
    """Whether this screen fixes an open warning of the record, or what such a one waits for."""
    return any(warning.screen == screen for warning in (*open_warnings(page), *page.roots))


def _trouble_fix(step: str, page: RecordPage) -> Fix | None:
    """Return what removes the trouble of a step: a mapping, a connection, or a look at what blocks it."""
    if step == "mapping" and mapping_target(page):
        return _MAP
    if any(warning.reason in CHOICES for warning in open_warnings(page)):
        return _DECIDE
    if fixed_by(page, "connect"):
        return _CONNECT
    if blocker_target(page):
        return _BLOCKER
    return _CONNECT if connect_target(page) else None


def _next_fix(page: RecordPage) -> Fix | None:
    """Return what helps at the first step that is in trouble; what helps a refusal; else sending again."""
    marks = {step: verdict_of(step, page.verdicts).mark for step in _BEFORE_SENDING}
    troubled = next((step for step in _BEFORE_SENDING if marks[step] in _TROUBLE), None)
    if troubled:
        return _trouble_fix(troubled, page)
    if page.status not in _RESENDABLE or page.deleted:
        return None
    return _refusal_fix(page) or _RESEND


def _refusal_fix(page: RecordPage) -> Fix | None:
    """Return what helps where QuickBooks refused what seemed in order here, if a screen of ours does."""
    if any(warning.reason in CHOICES for warning in open_warnings(page)):
        return _DECIDE
    return next((fix for screen, fix in _BY_SCREEN.items() if fixed_by(page, screen)), None)


def verdict_of(step: str, verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict of a step, or one that says it was not reached."""
    found = next((verdict for verdict in verdicts if verdict.step == step), None)
    return found or Verdict(step, Mark.NONE, _UNTOUCHED)


def connect_target(page: RecordPage) -> RecordKey | None:
    """Return what Connect should open: what a warning names, a name the record waits for, or the record."""
    own = RecordKey(page.record.kind, page.record.source_id)
    for warning in page.warnings:
        if warning.screen == "connect":
            return record_in(warning.cause) or own
    for root in page.roots:
        if root.screen == "connect":
            return record_in(root.cause) or key_of(root)
    for related in page.related:
        if related.how == "parent" and related.status is not Status.SUCCEEDED and is_name(related.kind):
            return RecordKey(related.kind, related.source_id)
    return own if is_name(page.record.kind) and not live_links(page) else None


def blocker_target(page: RecordPage) -> RecordKey | None:
    """Return the other record that holds this one up: what a warning names, else what it still needs."""
    own = RecordKey(page.record.kind, page.record.source_id)
    named = (record_in(warning.cause) for warning in page.warnings)
    needed = (
        RecordKey(related.kind, related.source_id)
        for related in page.related
        if related.how == "parent" and related.status is not Status.SUCCEEDED
    )
    return next((key for key in (*named, *needed) if key not in (None, own)), None)


def root_target(page: RecordPage) -> RecordKey | None:
    """Return the record that is to be put right first, where another one has to be."""
    return next((key_of(root) for root in page.roots if root.subject.type == "record"), None)


def key_of(warning: WarningRow) -> RecordKey:
    """Return which record a warning is about."""
    return RecordKey(warning.kind, warning.source_id)


def mapping_target(page: RecordPage) -> MappingKey | None:
    """Return the mapping that holds the record up, or what it waits for, if one does."""
    held = (*page.warnings, *page.roots)
    return next(filter(None, (mapping_in(warning.cause) for warning in held)), None)


def record_in(cause: str) -> RecordKey | None:
    """Return the record that a cause such as ``record:customer/c-7`` names, or nothing."""
    return RecordKey.of_cause(cause)


def mapping_in(cause: str) -> MappingKey | None:
    """Return the mapping that a cause such as ``mapping:tax_code/Zero@branch=Mombasa`` names, or nothing."""
    kind, _, rest = cause.removeprefix("mapping:").partition("/")
    if not cause.startswith("mapping:") or kind not in MAPPING_KINDS:
        return None
    value, _, scope = rest.rpartition("@")
    return MappingKey(kind, value, scope) if value and "=" in scope else MappingKey(kind, rest)


NO_CUSTOMER = "Only customers, and what is sold to them or paid by them, have a customer's account."


def has_customer(kind: str) -> bool:
    """Whether records of a kind are a customer or belong to one."""
    return kind == "customer" or (kind in KINDS and KINDS[kind].party == "customer")


def is_name(kind: str) -> bool:
    """Whether QuickBooks keeps this kind in a name list."""
    return kind in KINDS and KINDS[kind].is_name


def live_links(page: RecordPage) -> list[LinkRow]:
    """Return the connections that still hold, the main one first."""
    held = [link for link in page.links if not link.closed_at]
    return sorted(held, key=lambda link: link.role != "main")


def chain_text(page: RecordPage, width: int) -> Content:
    """Return the eight steps, each a sign, its name, its sentence, the key that helps; then the warnings."""
    steps = [_step(verdict_of(step, page.verdicts), fix_of(step, page), width) for step in STEPS]
    return Content("\n").join([*steps, Content(""), warning_text(page, width)])


def _step(verdict: Verdict, fix: Fix | None, width: int) -> Content:
    key = fix.said if fix else ""
    sign = "→" if verdict.step == "next" else verdict.mark.sign
    style = "$accent" if verdict.step == "next" else _MARK_STYLES[verdict.mark]
    # A blank stays between the sentence and the key.
    lines = wrapped(verdict.sentence, width - 15 - 12 - bool(key))
    head = Content.assemble(
        (f"{sign} ", style),
        (fit(verdict.step, 12), "bold" if verdict.mark in (Mark.STOP, Mark.FAIL) else ""),
        " ",
        fit(lines[0], max(width - 27, 12)),
        (fit(key, 12), "$accent"),
    )
    return Content("\n").join([head, *(Content(" " * 15 + further) for further in lines[1:])])


def title_text(page: RecordPage, width: int) -> Content:
    """Return the title of the record: kind, number, party, amount, and its status at the right."""
    record = page.record
    sign, style = STATUS_SIGNS[page.status]
    status = f"{sign} {page.status.label}" + (" · deleted in the source" if page.deleted else "")
    parts = [
        f"{label_of(record.kind)} {record.number or record.source_id}",
        record.party_name,
        amount_of(record),
    ]
    left = fit(" · ".join(harmless(part[:200]) for part in parts if part), max(width - len(status) - 1, 10))
    return Content.assemble((left, "bold"), " ", (status, style))


def amount_of(record: SourceRecord) -> str:
    """Return the record's amount with its currency, nothing where it has none."""
    return f"{record.currency} {shown(record.amount, record.currency)}".strip() if record.amount else ""


def status_cell(status: Status) -> Cell:
    """Return a status with its sign, for a column."""
    sign, _ = STATUS_SIGNS[status]
    return Cell(f"{sign} {status.label}", _STATUS_TONES[status])


def label_of(kind: str) -> str:
    """Return what a screen calls a kind."""
    return KINDS[kind].label if kind in KINDS else kind


def open_warnings(page: RecordPage) -> list[WarningRow]:
    """Return the warnings of the record that nobody dismissed."""
    return [warning for warning in page.warnings if not warning.dismissed]


def warning_text(page: RecordPage, width: int) -> Content:
    """Return why, what to do, who, and QuickBooks' own words; dismissed warnings with their reason."""
    blocks = [_warning(warning, page.heads.get(warning.root), width) for warning in page.warnings]
    if page.notes:
        blocks.append([hanging("Notes", _note(page.notes[0]), width, indent=12)])
        blocks[-1] += [hanging("", _note(one), width, indent=12) for one in page.notes[1:]]
    return Content("\n\n").join(Content("\n").join(block) for block in blocks)


def _warning(warning: WarningRow, head: WarningRow | None, width: int) -> list[Content]:
    quoted = f"“{warning.message}”" + (f" ({warning.code})" if warning.code else "")
    put_aside = f"{warning.dismissed_why} · {warning.dismissed_by}" if warning.dismissed else ""
    until = f"until {day_of(warning.snoozed_until)}: " if warning.snoozed_until else ""
    root = "" if warning.screen else because(warning, head, " (enter)")
    pairs = [
        ("Why", warning.sentence),
        ("Because", root),
        ("Blocked by", "" if root and warning.blocked_by in warning.sentence else warning.blocked_by),
        ("Do", warning.action),
        ("Who", str(warning.who) + (f" · {warning.owner}" if warning.owner else "")),
        ("QBO said", quoted if warning.message else ""),
        ("Snoozed" if until else "Dismissed", until + put_aside),
        ("Came back", warning.came_back),
    ]
    return [hanging(label, text, width, indent=12) for label, text in pairs if text]


def _note(note: Note) -> str:
    to = f", to {note.owner}" if note.owner else ""
    return f"{note.text} ({note.who}{to}, {day_of(note.at)})"
