"""What can be done in the mapping editor: changes are made in a draft, shown, saved together or dropped."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as MappingOf
from functools import partial
from typing import TYPE_CHECKING

from awra_tui.actions.table import Action
from awra_tui.records.mapping import MAPPING_KINDS, Mapping, MappingChange, confirmed
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey
from awra_tui.screens import stack
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.chooser import ChooserScreen
from awra_tui.screens.mapping_dialogs import (
    ARRIVED,
    LEAVING,
    SAVING,
    ChangesDialog,
    ask_since,
    ask_wider,
    show_history,
)
from awra_tui.screens.mapping_draft import Draft, EditorRow, new_row
from awra_tui.screens.mapping_parts import key_text
from awra_tui.screens.prose import counted
from awra_tui.screens.releasing import ReleasingScreen
from awra_tui.screens.resending import resend_records
from awra_tui.screens.selecting import SelectingScreen

if TYPE_CHECKING:
    from awra_tui.actions.staging import ChangesPreview, ChangesSaved
    from awra_tui.actions.sync import Report

MANY = 12
"""Mappings that take longer than a blink to save together,"""
MANY_RECORDS = 100
"""and records that they release."""


class MappingDeeds(SelectingScreen, ReleasingScreen):
    """The verbs of the mapping editor; each acts on the selected mappings, or on the one under the cursor.

    ``arrived`` says that somebody came from elsewhere to mend one mapping: what they choose is asked to
    be saved at once, and saving leads back to where they were, with the question whether to send. Else
    what was released is offered when they leave.
    """

    def __init__(self, *, arrived: bool) -> None:
        super().__init__()
        self.draft = Draft()
        self.arrived = arrived
        self._is_saving = False

    def chosen(self) -> list[EditorRow]:
        """Return the selected mappings, or the one under the cursor."""
        raise NotImplementedError

    def listed(self) -> list[EditorRow]:
        """Return the mappings that kind, state and filter leave."""
        raise NotImplementedError

    def known(self) -> dict[MappingKey, EditorRow]:
        """Return every mapping that there is, saved or not."""
        raise NotImplementedError

    def draft_changed(self) -> None:
        """Show the draft as it is now."""
        raise NotImplementedError

    def saved(self) -> None:
        """Go on after changes were saved."""
        raise NotImplementedError

    def why_not(self, name: str) -> str:
        """Return why a key can do nothing now."""
        if name in ("save", "drop_all"):
            return "" if self.draft else _UNCHANGED
        rows = self.chosen() if self.is_mounted else []
        if name in _OF_ROWS and not rows:
            return "No mapping is highlighted."
        return _REFUSALS[name](rows) if name in _REFUSALS else super().why_not(name)

    def label_of(self, action: Action) -> str:
        """Count what the key is for."""
        number = len(self.draft) if action.id == "save" else 0
        if action.id in ("choose", "certain", "confirm", "drop", "take_away") and self.is_mounted:
            number = len(self.table.selected)
        return f"{action.label} ({number:,})" if number else super().label_of(action)

    def do_choose(self) -> None:
        """Choose one object for the chosen values."""
        self._choose(self.chosen())

    def do_deposit(self) -> None:
        """Choose the deposit account of the chosen payment methods."""
        self.app.push_screen(ChooserScreen(self.chosen(), self._staged, account_only=True))

    def _choose(self, rows: Sequence[EditorRow]) -> None:
        self.app.push_screen(ChooserScreen(rows, self._staged))

    def _staged(self, changes: Sequence[MappingChange]) -> None:
        if not self._stage(changes):
            self.toast("That is what it is already: nothing changes.")
        elif self.arrived:
            self.attend(self._ask_at_once)

    def _stage(self, changes: Iterable[MappingChange]) -> int:
        """Take changes into the draft and return how many; what is so already is none."""
        known = self.known()
        new, same = list[MappingChange](), list[MappingKey]()
        for change in changes:
            if change.key in known and _is_so(known[change.key].row.mapping, change):
                same.append(change.key)
            else:
                new.append(change)
        self.draft.drop(same)
        self.draft.put(new)
        self.table.select(())
        self.draft_changed()
        return len(new)

    async def do_certain(self) -> None:
        """Take the certain suggestions of the selected values; where none is, of all that are blocked."""
        from awra_tui.actions import staging

        rows = self.chosen() if self.table.selected else [one for one in self.listed() if _lacks(one)]
        found = await staging.certain_suggestions(self.console.desk, [one.key for one in rows])
        taken = self._stage(found.values())
        if left := len(rows) - len(found):
            self.toast(_told(taken, left), "information" if taken else "warning")
        elif not taken:
            self.toast("Every value has a mapping that can be used.")

    def do_take_away(self) -> None:
        """Take the objects of the chosen values away."""
        self._stage(MappingChange(one.key, "") for one in self.chosen() if one.is_chosen)

    def do_confirm(self) -> None:
        """Save again what is chosen for the chosen values: somebody looked at it, and it is meant so."""
        self._stage(confirmed(one.row.mapping) for one in self.chosen() if _is_doubtful(one))

    def do_from_date(self) -> None:
        """Let the changes of the chosen mappings hold for records from a date on."""
        rows = [one for one in self.chosen() if one.change]
        first = rows[0].change.valid_from if rows[0].change else None
        ask_since(self, first, partial(self._dated, [one.key for one in rows]))

    async def _dated(self, keys: Sequence[MappingKey], since: dt.date | None) -> None:
        self.draft.date(keys, since)
        self.draft_changed()

    async def do_wider(self) -> None:
        """Map many values at once: all of a kind, or those of a branch, currency or side."""
        rows = self.chosen()
        await ask_wider(self, rows[0].key if rows else None, self.known(), self._choose_new)

    def _choose_new(self, key: MappingKey) -> None:
        self._choose([self.draft.of(new_row(key))])

    def do_drop(self) -> None:
        """Drop the changes of the chosen mappings."""
        self._dropped(self.draft.drop([one.key for one in self.chosen()]))

    def do_drop_all(self) -> None:
        """Drop all changes."""
        self._dropped(self.draft.drop([change.key for change in self.draft.changes]))

    def _dropped(self, number: int) -> None:
        self.toast(f"Dropped {counted(number, 'change')}; what is saved stays as it is.")
        self.draft_changed()

    async def do_history(self) -> None:
        """Show who changed the mapping."""
        await show_history(self, self.chosen()[0].key)

    def do_save(self) -> None:
        """Ask, with every change and what all release together, and save."""
        self.ask_first(self._question(SAVING), self._answered)

    async def look_ahead(self) -> "ChangesPreview":
        """Return what the changes would mean, and keep it."""
        from awra_tui.actions import staging

        preview = await staging.preview_changes(self.console.desk, self.draft.changes)
        self.draft.take(preview)
        return preview

    async def _ask_at_once(self) -> None:
        answer = await self.app.push_screen_wait(self._question(ARRIVED))
        await self._answered(answer or "")

    def _question(self, keys: MappingOf[str, str], *, leaving: bool = False) -> ChangesDialog:
        return ChangesDialog(len(self.draft), keys, self.look_ahead, leaving=leaving)

    async def _answered(self, answer: str) -> None:
        if answer == "y":
            await self._save(self._after_saving)
        elif answer == "d":
            self.do_drop_all()

    async def _save(self, then: "Callable[[ChangesSaved], object]") -> None:
        """Save the draft, which is empty meanwhile: nothing is saved twice, and what is chosen now stays."""
        saving, self.draft, self._is_saving = self.draft, Draft(), True
        if not _takes_long(saving) or self.console.progress is not None:
            then(await self._saved(saving))
        elif not self.console.start(
            counted(len(saving), "mapping"), lambda report: self._saved(saving, progress=report), then
        ):
            self._put_back(saving)

    async def _saved(self, saving: Draft, **watching: "Report") -> "ChangesSaved":
        """Save a draft; where that fails, or is stopped, it is the draft again."""
        from awra_tui.actions import staging

        try:
            saved = await staging.save_changes(
                self.console.desk, saving.changes, shown=saving.lines, **watching
            )
        except BaseException:
            self._put_back(saving)
            raise
        self._is_saving = False
        return saved

    def _put_back(self, saving: Draft) -> None:
        saving.put(self.draft.changes)
        self.draft, self._is_saving = saving, False

    def _after_saving(self, saved: "ChangesSaved") -> None:
        """Go back to where somebody came from to mend one mapping, and ask there; else stay."""
        below = stack.below(self)
        if self.arrived and not self.draft and isinstance(below, BaseScreen) and stack.leave(self):
            below.attend(partial(_offer_sending, below, saved))
            return
        self.keep_released(saved.released)
        self.saved()
        self.attend(partial(self.after, f"{saved.sentence} u undoes."))

    def do_back(self) -> None:
        """Leave; what is not saved is asked about first."""
        if self.unsaved:
            self.ask_unsaved(super().do_back)
        else:
            super().do_back()

    @property
    def unsaved(self) -> bool:
        """Whether there are changes that are not saved yet."""
        return bool(self.draft) or self._is_saving

    def ask_unsaved(self, leave: Callable[[], object]) -> None:
        """Ask what is to become of the changes, then leave; what is being saved is waited for."""
        if self._is_saving:
            self.toast("The changes are being saved. Leave when they are.", "warning")
            return
        self.ask_first(self._question(LEAVING, leaving=True), partial(self._leaving, leave))

    async def _leaving(self, leave: Callable[[], object], answer: str) -> None:
        if answer == "y":
            await self._save(partial(self._saved_leaving, leave))
        elif answer == "d":
            self.draft = Draft()
            leave()

    def _saved_leaving(self, leave: Callable[[], object], saved: "ChangesSaved") -> None:
        self.keep_released(saved.released)
        self.toast(f"{saved.sentence} u undoes.", lasts=True)
        if not self.draft:
            leave()


async def _offer_sending(screen: BaseScreen, saved: "ChangesSaved") -> None:
    """Say what was saved, and offer to send what it released."""
    await screen.after(f"{saved.sentence} u undoes.")
    if saved.released:
        await resend_records(screen, saved.released, before=saved.sentence)


def _takes_long(saving: Draft) -> bool:
    releases = saving.preview.releases if saving.preview else 0
    return len(saving) > MANY or releases > MANY_RECORDS


def _lacks(one: EditorRow) -> bool:
    return one.change is None and one.row.mapping.state is MappingState.BLOCKED


def _told(taken: int, left: int) -> str:
    rest = f"{counted(left, 'value')} {'has' if left == 1 else 'have'} none that is certain."
    return f"Took {counted(taken, 'certain suggestion')}; s saves. {rest}" if taken else rest


def _is_so(mapping: Mapping, change: MappingChange) -> bool:
    now = (mapping.qbo_id, mapping.account_id, mapping.valid_from)
    same = now == (change.qbo_id, change.account_id, change.valid_from)
    return same and (mapping.state is MappingState.READY or not mapping.is_chosen)


def _is_doubtful(one: EditorRow) -> bool:
    """Whether something is chosen, nothing else instead of it, and somebody is to look at it."""
    mapping = one.row.mapping
    return one.change is None and mapping.is_chosen and mapping.state is not MappingState.READY


def _of_kinds(rows: Sequence[EditorRow]) -> str:
    if len({one.key.kind for one in rows}) == 1:
        return ""
    return "What is selected is of several kinds: one object cannot be all of them. [ and ] show one kind."


def _no_deposit(rows: Sequence[EditorRow]) -> str:
    if any(not MAPPING_KINDS[one.key.kind].account_entity for one in rows):
        return "Only payment methods have a deposit account."
    if all(one.qbo_id for one in rows):
        return ""
    return "Choose the payment method first (enter); its account follows."


def _nothing_chosen(rows: Sequence[EditorRow]) -> str:
    return "" if any(one.is_chosen for one in rows) else "Nothing is chosen for this value alone."


def _not_doubtful(rows: Sequence[EditorRow]) -> str:
    if any(_is_doubtful(one) for one in rows):
        return ""
    wider = (one.row.served_by for one in rows if one.row.mapping.state is not MappingState.READY)
    if key := next(filter(None, wider), None):
        return f"The doubt is about a wider mapping: confirm it there, on {key_text(key)}."
    return "There is nothing to confirm here."


def _not_changed(rows: Sequence[EditorRow]) -> str:
    return (
        "" if any(one.change for one in rows) else "Choose an object first (enter); nothing is changed here."
    )


_UNCHANGED = "Nothing is changed that is not saved."
_OF_ROWS = ("choose", "deposit", "waiting", "copy", "take_away", "confirm", "from_date", "drop", "history")
"""Keys that need a mapping."""
_REFUSALS: dict[str, Callable[[Sequence[EditorRow]], str]] = {
    "choose": _of_kinds,
    "deposit": _no_deposit,
    "take_away": _nothing_chosen,
    "confirm": _not_doubtful,
    "from_date": _not_changed,
    "drop": _not_changed,
}
