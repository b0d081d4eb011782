"""Several mappings changed at once: suggested, previewed together, saved together by one decision."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from awra_tui.actions.known import counted, known_company
from awra_tui.actions.mapping_words import MappingEvent, described, history
from awra_tui.actions.suggesting import Shelf
from awra_tui.actions.telling import telling
from awra_tui.cache.pages.overview import Money
from awra_tui.cache.store import mappings, objects
from awra_tui.cache.store.telling import Tell, to_nobody
from awra_tui.health import deposits
from awra_tui.health.mappings import choice_problem, finding_of
from awra_tui.health.reasons import explain
from awra_tui.records.errors import AwraError
from awra_tui.records.mapping import MAPPING_KINDS, Mapping, MappingChange, changed
from awra_tui.records.qbo import Company
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.sync import release, waiting
from awra_tui.sync.desk import Desk
from awra_tui.sync.mapping_states import judged_all, recheck
from awra_tui.sync.progress import Report, silent

__all__ = [
    "ChangeLine",
    "ChangesPreview",
    "ChangesSaved",
    "MappingEvent",
    "certain_suggestions",
    "history",
    "preview_changes",
    "save_changes",
]


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
    releases: int = 0
    money: tuple[Money, ...] = ()
    sentence: str
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesSaved:
    """Changes were saved by one decision: the state of each mapping, and the records that they released."""

    sentence: str
    released: tuple[RecordKey, ...] = ()
    decision_id: int = 0
    states: tuple[MappingState, ...] = ()


async def certain_suggestions(desk: Desk, keys: Sequence[MappingKey]) -> dict[MappingKey, MappingChange]:
    """Return for each of these values the one object that it certainly means, ready to be used.

    What a mapping from a day on keeps for earlier dates stays. Values that may mean several objects, or
    none for certain, are left out.
    """
    return await desk.page(_certain, keys)


def _certain(keys: Sequence[MappingKey]) -> dict[MappingKey, MappingChange]:
    shelf = Shelf()
    found = [change for key in dict.fromkeys(keys) if (change := _certain_change(key, shelf))]
    judged = judged_all([changed(mappings.get(one.key), one) for one in found], known_company())
    ready = (one.key for one in judged if one.state is MappingState.READY)
    by_key = {change.key: change for change in found}
    return {key: by_key[key] for key in ready}


def _certain_change(key: MappingKey, shelf: Shelf) -> MappingChange | None:
    kind = MAPPING_KINDS[key.kind]
    qbo_id = shelf.certain(key, kind.entity)
    account_id = shelf.certain(key, kind.account_entity) if qbo_id and kind.account_entity else ""
    if not qbo_id or (kind.account_entity and not account_id):
        return None
    known = mappings.get(key)
    return MappingChange(key, qbo_id, account_id, known.kept_from if known else None)


async def preview_changes(desk: Desk, changes: Sequence[MappingChange]) -> ChangesPreview:
    """Say what saving these changes together would mean: each mapping's state, and what is released.

    Nothing is kept. What cannot be saved is refused with the reason, also on its line.
    """
    return await desk.page(_preview, desk, changes)


def _preview(desk: Desk, changes: Sequence[MappingChange]) -> ChangesPreview:
    company = known_company()
    found = _supposed(changes, company)
    refused = [_refusal(change, company) for change in changes]
    lines = tuple(_line(one, said) for one, said in zip(found, refused, strict=True))
    why = next((said for said in refused if said), "") or _repeated(changes)
    if why or not found:
        return ChangesPreview(lines=lines, sentence=why or "Nothing is changed.", refused=why)
    if all(one.state is MappingState.BLOCKED and one.is_chosen for one in found):
        return ChangesPreview(lines=lines, sentence=found[0].sentence)
    gone = [one for one in found if not one.is_chosen and one.state is MappingState.BLOCKED]
    told = waiting.for_mappings([one for one in found if one not in gone], company, desk.profile.rules)
    looked_at = [one.sentence for one in found if one.state is MappingState.REVIEW]
    released = [told.sentence] if len(gone) < len(found) else []
    sentence = " ".join([*looked_at[:1], *released, *_held([one.key for one in gone])])
    return ChangesPreview(lines=lines, releases=told.count, money=told.money, sentence=sentence)


def _held(gone: Sequence[MappingKey]) -> list[str]:
    """Say how many records nothing would serve any more, because their mappings are taken away."""
    count = len(release.waiting_for_mappings(gone))
    if not count:
        return ["No record waits for it."] if gone else []
    return [f"{counted(count, 'record')} not in QuickBooks yet would have to wait."]


def _supposed(changes: Sequence[MappingChange], company: Company) -> list[Mapping]:
    """Return the mappings as the changes make them, with their states then."""
    found = [changed(mappings.get(one.key), _completed(one)) for one in changes]
    return judged_all(found, company, [one.key for one in changes if one.meant])


def _completed(change: MappingChange) -> MappingChange:
    """Return a change with the account in which cash waits to be deposited, where none was chosen."""
    if change.account_id or not change.qbo_id or not deposits.is_cash(change.key):
        return change
    found = [one for one in objects.of_entity("Account", active_only=True) if deposits.is_undeposited(one)]
    return replace(change, account_id=found[0].id) if len(found) == 1 else change


def _refusal(change: MappingChange, company: Company) -> str:
    """Say why a mapping cannot be changed so, or nothing."""
    kind = MAPPING_KINDS[change.key.kind]
    pairs = ((kind.entity, change.qbo_id), (kind.account_entity, change.account_id))
    return next((said for pair in pairs if (said := _object_refusal(change.key, *pair, company))), "")


def _object_refusal(key: MappingKey, entity: str, qbo_id: str, company: Company) -> str:
    if not qbo_id:
        return ""
    if not entity:
        return f"{key.text} has no deposit account: only payment methods have one."
    obj = objects.get(entity, qbo_id)
    if obj is None:
        return f"QuickBooks has no {entity} with the id {qbo_id}, as far as it was read: choose another."
    found = choice_problem(key, obj, company)
    if found is None:
        return ""
    said = explain(finding_of(key, found))
    return f"{said.sentence} {said.action}"


def _repeated(changes: Iterable[MappingChange]) -> str:
    often = [key for key, count in Counter(change.key for change in changes).items() if count > 1]
    return f"{often[0].text} is changed twice; decide for one." if often else ""


def _line(mapping: Mapping, refused: str) -> ChangeLine:
    return ChangeLine(
        key=mapping.key,
        before=described(mappings.get(mapping.key)),
        after=described(mapping),
        state=MappingState.BLOCKED if refused else mapping.state,
        sentence=refused or mapping.sentence,
    )


async def save_changes(
    desk: Desk,
    changes: Sequence[MappingChange],
    progress: Report = silent,
    *,
    shown: Sequence[ChangeLine] = (),
) -> ChangesSaved:
    """Save changes together, by one decision, and judge again what they serve.

    Raise AwraError where one of them cannot be saved, or is no longer what it was when the changes were
    ``shown``; nothing is saved then. What waits is counted only where somebody watches.
    """
    keys = [change.key for change in changes]
    watched = progress is not silent
    waiting = len(await desk.page(release.after_these, keys)) if watched else 0
    return await telling(
        f"Saving {counted(len(changes), 'mapping')}",
        waiting,
        progress,
        lambda tell: desk.write(_save, desk, changes, shown, tell if watched else to_nobody),
    )


def _save(
    desk: Desk, changes: Sequence[MappingChange], shown: Sequence[ChangeLine], tell: Tell
) -> ChangesSaved:
    _check_unchanged(shown)
    company = known_company()
    refused = [f"{change.key.text}: {said}" for change in changes if (said := _refusal(change, company))]
    why = "\n".join(refused) or _repeated(changes)
    if why or not changes:
        raise AwraError(f"{why or 'No mapping is to be changed.'} Nothing was saved.")
    found = _supposed(changes, company)
    decision = mappings.save_all(found, desk.who)
    tell(0)
    recheck(company)
    keys = [one.key for one in found]
    released = release.after_mappings(keys, company, desk.profile.rules, desk.who, tell)
    tell(0)
    return ChangesSaved(
        sentence=_told(found, released.keys),
        released=released.keys,
        decision_id=decision,
        states=tuple(one.state for one in found),
    )


def _check_unchanged(shown: Sequence[ChangeLine]) -> None:
    """Raise AwraError where somebody decided otherwise about a mapping since it was shown."""
    for line in shown:
        now = described(mappings.get(line.key))
        if now != line.before:
            raise AwraError(
                f"{line.key.text} was changed meanwhile, to {now or 'nothing'}. Nothing was saved: look at "
                "it and save again, or drop the change."
            )


def _told(found: Sequence[Mapping], released: Sequence[object]) -> str:
    """Say what became of the changes: whether they can be used, and what goes now."""
    saved = "Saved" if len(found) == 1 else f"Saved {len(found):,} mappings"
    gone = [one for one in found if not one.is_chosen]
    if len(gone) == len(found):
        saved = f"Took away {counted(len(gone), 'mapping')}"
    unready = [one for one in found if one.is_chosen and one.state is not MappingState.READY]
    told = [f"{saved}."] if not unready else [_unready(saved, unready, len(found))]
    if released:
        told.append(f"{counted(len(released), 'record')} can be sent now.")
    elif not unready:
        told.append(f"No record was waiting for {'it' if len(found) == 1 else 'them'} alone.")
    return " ".join(told)


def _unready(saved: str, unready: Sequence[Mapping], count: int) -> str:
    blocked = [one for one in unready if one.state is MappingState.BLOCKED]
    what = "not usable yet" if blocked else "to be looked at"
    how_many = "" if count == 1 else f"{len(blocked or unready):,} "
    return f"{saved}, {how_many}{what}: {(blocked or unready)[0].sentence}"
