"""Several mappings changed at once: suggested, previewed together, saved together, and their history."""

from collections.abc import Sequence
from dataclasses import dataclass

from awra_tui.actions.known import counted
from awra_tui.actions.mapping import account_suggestions, preview_mapping, save_mapping, suggestions
from awra_tui.actions.results import Suggestion
from awra_tui.cache.pages.mappings import mapping_row
from awra_tui.cache.pages.overview import Money
from awra_tui.cache.store import decisions
from awra_tui.records.mapping import MAPPING_KINDS, MappingChange
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.sync.desk import Desk

CERTAIN = 95
"""The score from which a suggestion is certain, if no other object has it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One change in words: what the mapping is now and would be, its state then and why."""

    key: MappingKey
    before: str
    after: str
    state: MappingState
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPreview:
    """What saving changes together would mean; ``refused`` says why they cannot be saved, if so."""

    lines: tuple[ChangeLine, ...]
    releases: int
    money: tuple[Money, ...]
    sentence: str
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesSaved:
    """Changes were saved by one decision; the records that they released."""

    sentence: str
    released: tuple[RecordKey, ...]
    decision_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingEvent:
    """One change of a mapping: when (UTC), by whom, from what to what, and how it came about."""

    at: str
    who: str
    before: str
    after: str
    how: str


async def certain_suggestions(desk: Desk, keys: Sequence[MappingKey]) -> dict[MappingKey, MappingChange]:
    """Return for each of these values the one object that it certainly means; others are left out."""
    found: dict[MappingKey, MappingChange] = {}
    for key in keys:
        qbo_id = _certain(await suggestions(desk, key))
        account = MAPPING_KINDS[key.kind].account_entity
        account_id = _certain(await account_suggestions(desk, key)) if account else ""
        if qbo_id and (account_id or not account):
            found[key] = MappingChange(key, qbo_id, account_id)
    return found


def _certain(listed: Sequence[Suggestion]) -> str:
    sure = [one for one in listed if one.score >= CERTAIN and not one.refused]
    return sure[0].choice.id if len(sure) == 1 else ""


async def preview_changes(desk: Desk, changes: Sequence[MappingChange]) -> ChangesPreview:
    """Say what saving these changes together would mean: each mapping's state, and what is released."""
    lines = []
    releases, money = 0, tuple[Money, ...]()
    sentence = "Nothing is changed."
    for change in changes:
        said = await preview_mapping(desk, change.key, change.qbo_id, change.account_id)
        row = await desk.page(mapping_row, change.key)
        before = row.object_name if row else ""
        line = ChangeLine(
            key=change.key, before=before, after=change.qbo_id, state=said.state, sentence=said.sentence
        )
        lines.append(line)
        releases, money, sentence = releases + said.releases, said.money, said.sentence
    return ChangesPreview(lines=tuple(lines), releases=releases, money=money, sentence=sentence)


async def save_changes(desk: Desk, changes: Sequence[MappingChange]) -> ChangesSaved:
    """Save changes together and release what waited for them; raise AwraError if one cannot be saved."""
    released: list[RecordKey] = []
    decision = 0
    for change in changes:
        saved = await save_mapping(desk, change.key, change.qbo_id, change.account_id)
        released += saved.released
        decision = saved.decision_id
    told = f"Saved. {counted(len(released), 'record')} can be sent now."
    return ChangesSaved(sentence=told, released=tuple(dict.fromkeys(released)), decision_id=decision)


async def history(desk: Desk, key: MappingKey) -> list[MappingEvent]:
    """Return who changed a mapping, when, and from what to what, newest first."""
    found = await desk.page(decisions.of_subject, key.text)
    return [
        MappingEvent(
            at=one.at,
            who=one.who,
            before=str(one.before.get("qbo_id", "")),
            after=str(one.after.get("qbo_id", "")),
            how=one.verb,
        )
        for one in found
    ]
