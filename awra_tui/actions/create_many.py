"""Create many customers, vendors and items at once: by its own name, or the usual one if that is taken."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from awra_tui.actions.connect import (
    begin,
    distinct_name,
    leave_as_before,
    no_creation,
    not_new_any_more,
    not_now,
    take_for_new,
    unanswered,
)
from awra_tui.actions.connect_many import counted_names, finished, subject_of
from awra_tui.actions.known import known_company, known_record
from awra_tui.actions.results import Connected
from awra_tui.cache.store import decisions, facts
from awra_tui.cache.store.decisions import Decision
from awra_tui.cache.stored import StoredRecord
from awra_tui.health.wording import name_of
from awra_tui.records.errors import AwraError, PendingError, SupersededError
from awra_tui.records.rules import written_start
from awra_tui.records.subject import RecordKey
from awra_tui.sync import release, waiting
from awra_tui.sync.desk import Desk
from awra_tui.sync.judging import prepared
from awra_tui.sync.view import CacheView, start_fact

VERB = "create many"
"""The verb of the decision."""
_KEPT = ("given", "allowed", "parted")
"""What the decision keeps of each record as it was before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNames:
    """What creating records together means: their ``names`` there, of those ``renamed`` own and other."""

    sentence: str
    names: Mapping[RecordKey, str]
    renamed: tuple[tuple[str, str], ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class _New:
    stored: StoredRecord
    name: str

    @property
    def own(self) -> str:
        return name_of(self.stored.record)

    @property
    def shown(self) -> str:
        return self.name or self.own


async def preview_new(desk: Desk, keys: Sequence[RecordKey]) -> NewNames:
    """Say what creating these together means, before it happens."""
    return await desk.page(_preview, desk, keys)


def _preview(desk: Desk, keys: Sequence[RecordKey]) -> NewNames:
    found, refused = _looked_at(desk, keys)
    what = found[0].shown if len(found) == 1 else counted_names(keys)
    return NewNames(
        sentence=f"Creates {what}. {waiting.for_new(keys).sentence}",
        names={one.stored.key: one.shown for one in found},
        renamed=tuple((one.own, one.name) for one in found if one.name),
        refused=refused,
    )


def _looked_at(desk: Desk, keys: Sequence[RecordKey]) -> tuple[list[_New], str]:
    """Return records with the names they get, and why the first that cannot be created cannot."""
    stored = [known_record(key) for key in keys]
    view = prepared(stored, known_company(), desk.profile.rules)
    found = [_New(one, distinct_name(desk, one, view)) for one in stored]
    return found, next(_refusals(desk, found, view), "")


def _refusals(desk: Desk, found: Sequence[_New], view: CacheView) -> Iterator[str]:
    """Yield why records cannot be created, the first in order of work first."""
    # Items have names of their own; customers, vendors and employees share theirs.
    times = Counter(_place(one) for one in found)
    for one in found:
        refused = not_now(one.stored.key) or no_creation(desk, one.stored, one.name, view)
        if not refused and times[_place(one)] > 1:
            refused = "another of these would have the same name"
        if refused:
            yield f"{one.own}: {refused.rstrip('.')}"


def _place(one: _New) -> tuple[bool, str]:
    return one.stored.key.kind == "item", one.shown.casefold()


async def create_many(desk: Desk, keys: Sequence[RecordKey], start_date: dt.date | None = None) -> Connected:
    """Say that records are new in QuickBooks, as one decision.

    Raise AwraError, and do nothing, where one of them cannot be created.
    """
    return await desk.write(_create, desk, keys, start_date)


def _create(desk: Desk, keys: Sequence[RecordKey], start_date: dt.date | None) -> Connected:
    found, refused = _looked_at(desk, keys)
    if not found:
        raise AwraError("Nothing will be created: select something first.")
    if refused:
        raise AwraError(f"Nothing will be created. {refused}.")
    kept = {one.stored.key.text: take_for_new(desk, one.stored, one.name) for one in found}
    before = {
        "start_dates": {key.text: begin(key, start_date) for key in keys},
        **{part: {text: each[part] for text, each in kept.items()} for part in _KEPT},
    }
    after = {
        "names": {one.stored.key.text: one.shown for one in found},
        "start_date": written_start(start_date) if start_date else "",
    }
    what = counted_names(keys)
    decision = decisions.add(VERB, subject_of(keys), before, after, desk.who)
    return finished(desk, keys, decision, f"{what} will be created in QuickBooks.")


def take_back(desk: Desk, decision: Decision) -> tuple[str, dict[str, str]]:
    """Let what is not created yet not be created; return what was done, and which names that were.

    A job of the cache.
    """
    names: Mapping[str, str] = decision.after["names"]
    keys = [RecordKey.of(text) for text in names]
    is_pending = any(unanswered(key) for key in keys)
    told = {key: not_new_any_more(key, _before(decision, key)) for key in keys if not unanswered(key)}
    ended = [key for key, why in told.items() if not why]
    if not ended and is_pending:
        raise PendingError("They were sent and have no answer yet; the next sync looks it up.")
    if not ended:
        raise SupersededError(_none_left(list(told.values())))
    for key in ended:
        leave_as_before(key, _before(decision, key))
        facts.set(start_fact(key), decision.before["start_dates"].get(key.text, ""))
    release.after_records(ended, known_company(), desk.profile.rules, desk.who)
    left = len(keys) - len(ended)
    kept = f"; {left:,} were sent to QuickBooks, or connected there, meanwhile and stay so" if left else ""
    return f"{_left(decision, ended)}{kept}.", {key.text: names[key.text] for key in ended}


def _left(decision: Decision, ended: Sequence[RecordKey]) -> str:
    still = sum(bool(_before(decision, key).get("allowed")) for key in ended)
    if not still:
        return f"{counted_names(ended)} will not be created"
    return f"{counted_names(ended)} as before: {still:,} to be created by an earlier decision"


def _before(decision: Decision, key: RecordKey) -> dict[str, str]:
    states = ((part, decision.before.get(part, {})) for part in _KEPT)
    return {part: state[key.text] for part, state in states if key.text in state}


def _none_left(why: Sequence[str]) -> str:
    if len(why) == 1:
        return why[0]
    return f"All of them were sent to QuickBooks, or connected there, meanwhile. {why[0]}"
