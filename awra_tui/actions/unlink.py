"""Disconnect a record from what it is connected to in QuickBooks; nothing is changed there."""

from dataclasses import dataclass

from awra_tui.actions.connect import main_link, not_now, taken_since, unanswered
from awra_tui.actions.known import known_company, known_record
from awra_tui.actions.results import Done
from awra_tui.cache.store import choices, decisions, facts, links, objects, parted, records, references
from awra_tui.cache.store.decisions import Decision
from awra_tui.cache.stored import StoredRecord
from awra_tui.health import wording
from awra_tui.records.errors import AwraError, PendingError, SupersededError
from awra_tui.records.kinds import kind_of
from awra_tui.records.qbo import Json, Link
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync import release
from awra_tui.sync.desk import Desk
from awra_tui.sync.view import allowance
from awra_tui.sync.waiting import counted_by_kind

VERB = "unlink"
"""The verb of the decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkPreview:
    """What disconnecting a record means, before it happens; ``refused`` says why it cannot be, if so."""

    sentence: str
    follows: tuple[str, ...] = ()
    refused: str = ""


async def preview_unlink(desk: Desk, key: RecordKey) -> UnlinkPreview:
    """Say what disconnecting a record means."""
    return await desk.page(_preview, key)


def _preview(key: RecordKey) -> UnlinkPreview:
    stored, link = known_record(key), main_link(key)
    if link is None or (refused := not_now(key, disconnect=True)):
        return UnlinkPreview(sentence="", refused="it is not connected" if link is None else refused)
    title = wording.inside(wording.title_of(stored.record))
    return UnlinkPreview(
        sentence=f"Disconnects {title} from {_there(link)} in QuickBooks.",
        follows=tuple(sentence for sentence in _follows(stored) if sentence),
    )


def _there(link: Link) -> str:
    found = objects.get(link.entity, link.qbo_id)
    called = wording.object_title(found) if found else wording.entity_label(link.entity)
    return f"{called} (id {link.qbo_id})"


def _follows(stored: StoredRecord) -> tuple[str, ...]:
    heads = list(records.heads(references.children_of(stored.key)).values())
    connected = links.of_many([one.key for one in heads])
    there = [one for one in heads if one.key in connected]
    held = [one for one in heads if one.key not in connected and one.status is not Status.SKIPPED]
    is_name = kind_of(stored.key.kind).is_name
    return (
        "Nothing is deleted or changed in QuickBooks: what it was connected to stays there as it is.",
        f"What is in QuickBooks already stays connected there: {counted_by_kind(there)}." if there else "",
        f"What waits for it is held until it is connected again: {counted_by_kind(held)}." if held else "",
        "" if is_name else _TWICE,
        "It is neither connected nor sent again by itself: c says what it is.",
    )


_TWICE = "If it is wrong there, void or delete it there: sent again beside it, it would be there twice."


async def unlink(desk: Desk, key: RecordKey) -> Done:
    """Disconnect a record; raise AwraError where it is not connected, or cannot be disconnected now."""
    return await desk.write(_unlink, desk, key)


def _unlink(desk: Desk, key: RecordKey) -> Done:
    preview = _preview(key)
    if preview.refused:
        raise AwraError(f"{key.text} cannot be disconnected: {preview.refused}.")
    standing = links.of(key)
    main = next(link for link in standing if link.role == "main")
    before = {
        "links": [[link.role, link.entity, link.qbo_id] for link in standing],
        "qbo_id": main.qbo_id,
        "allowed": facts.get(allowance(key)),
        "parted": parted.of(key),
        "chosen": {link.role: choices.as_json(choices.of(key, link.role)) for link in standing},
    }
    for link in standing:
        links.close(key, link.role, desk.who)
        choices.keep(key, None, link.role)
    parted.keep(key, main.qbo_id)
    facts.set(allowance(key), "")
    decision = decisions.add(VERB, key.text, before, {}, desk.who)
    release.after_record(key, known_company(), desk.profile.rules, desk.who)
    return Done(
        sentence=f"Disconnected from {_there(main)}; QuickBooks was not changed.", decision_id=decision
    )


def take_back(desk: Desk, decision: Decision) -> str:
    """Connect a record again as it was; raise AwraError where that cannot be. A job of the cache."""
    key, before = RecordKey.of(decision.subject), decision.before
    if on_its_way := unanswered(key):
        raise PendingError(f"{decision.subject} cannot be connected again now: {on_its_way}.")
    if links.of(key):
        raise SupersededError(
            f"{decision.subject} was connected anew meanwhile; where that is wrong, disconnect it first."
        )
    if facts.get(allowance(key)):
        raise SupersededError(
            f"{decision.subject} is to be created in QuickBooks since; where that is wrong, connect it."
        )
    for role, entity, qbo_id in before["links"]:
        link = Link(kind=key.kind, source_id=key.source_id, role=role, entity=entity, qbo_id=qbo_id)
        if taken := taken_since(key, link):
            raise SupersededError(
                f"{decision.subject} cannot be connected again: {taken} is connected to it now."
            )
        links.reopen(key, role, entity, qbo_id)
    parted.keep(key, before["parted"])
    facts.set(allowance(key), before["allowed"])
    for role, chosen in _by_role(before["chosen"]).items():
        choices.keep(key, choices.from_json(chosen), role)
    release.after_record(key, known_company(), desk.profile.rules, desk.who)
    return f"{decision.subject} is connected again as before; QuickBooks was not changed."


def _by_role(chosen: Json) -> Json:
    """Return choices by role, also where only that about the record itself was kept, as up to cache 0013."""
    return {"main": chosen} if "choice" in chosen else chosen
