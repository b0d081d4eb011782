"""Questions of the mapping editor: save, leave with changes, from which date, for which values; history."""

import datetime as dt
from collections.abc import Callable, Collection, Coroutine, Mapping
from typing import TYPE_CHECKING, Any

from textual.widgets import Static

from awra_tui.cache.pages.scopes import needed_currencies
from awra_tui.records import clock
from awra_tui.records.mapping import DEFAULT, MAPPING_KINDS, lookup_order
from awra_tui.records.subject import MappingKey, scope_of
from awra_tui.screens.base import BaseScreen, sentence_of
from awra_tui.screens.dialogs import Choice, Keyed, Line, Told
from awra_tui.screens.mapping_parts import NOTHING, key_text, kind_label, line_text
from awra_tui.screens.prose import counted
from awra_tui.screens.record_parts import moment

if TYPE_CHECKING:
    from awra_tui.actions.staging import ChangesPreview

Since = Callable[[dt.date | None], Coroutine[Any, Any, None]]
"""What is done with a day from which a change holds, or with nothing: for all records."""

ALL_RECORDS = "all records"
OTHER_KIND = "other"
SAVING: Mapping[str, str] = {"y": "save", "n": "not yet"}
"""What can be answered when somebody wants to save."""
ARRIVED: Mapping[str, str] = {"y": "save", "n": "keep it as a draft", "d": "drop"}
"""What can be answered right after an object was chosen for the mapping that somebody came for."""
LEAVING: Mapping[str, str] = {"y": "save", "d": "drop", "n": "stay"}
"""What can be answered when somebody leaves."""


class ChangesDialog(Keyed):
    """The changes that are not saved, one a line, and what they release together; its keys answer."""

    def __init__(
        self,
        changes: int,
        keys: Mapping[str, str],
        preview: Callable[[], Coroutine[Any, Any, "ChangesPreview"]],
        *,
        leaving: bool = False,
    ) -> None:
        unsaved = counted(changes, "change")
        question = f"{unsaved} not saved yet. Save?" if leaving else f"Save {unsaved}?"
        super().__init__(question, ["…"], keys)
        self._preview = preview

    def on_mount(self) -> None:
        """Read what they would mean."""
        self.run_worker(self._read(), group="load-changes", exit_on_error=False)

    async def _read(self) -> None:
        try:
            preview = await self._preview()
        except Exception as error:  # noqa: BLE001 - the question says it in words
            self.query_one("#told", Static).update(self.told([sentence_of(error)]))
            return
        lines = [line_text(line) for line in preview.lines]
        if preview.refused:
            self._answers.pop("y", None)
            self.query_one(".keys", Static).update(self.keys_said())
        told = f"This cannot be saved: {preview.refused}" if preview.refused else preview.sentence
        self.query_one("#told", Static).update(self.told([told, "", *lines]))


def ask_since(screen: BaseScreen, since: dt.date | None, then: Since) -> None:
    """Ask from which day on a change is to hold."""
    question = Line(
        "From the records of which day on?",
        ("What is dated before that day stays as it is now. Empty: it holds for all records.",),
        placeholder=ALL_RECORDS,
        value=f"{since or clock.today():%d %b %Y}",
        replacing=True,
        suggestions=[ALL_RECORDS, f"{clock.today():%d %b %Y}", f"{clock.today().replace(day=1):%d %b %Y}"],
        refusing=_since,
    )

    async def dated(text: str) -> None:
        await then(_since(text))

    screen.ask_first(question, dated)


def _since(text: str) -> dt.date | None:
    from awra_tui.actions.days import day_named

    return None if text.strip() in ("", ALL_RECORDS) else day_named(text)


async def ask_wider(
    screen: BaseScreen,
    key: MappingKey | None,
    there: Collection[MappingKey],
    then: Callable[[MappingKey], None],
) -> None:
    """Ask for which values at once a new mapping is to hold: what records need, with less of its scope.

    For accounts that QuickBooks chooses itself otherwise, one of the currencies that records have.
    """
    found = await _near(screen, key) if key else []
    wider = [one for one in found if one not in there]
    if not wider:
        _ask_kind(screen, there, then)
        return

    async def chosen(name: str) -> None:
        if name == OTHER_KIND:
            _ask_kind(screen, there, then)
        else:
            then(wider[int(name)])

    choices = [(str(place), key_text(one)) for place, one in enumerate(wider)]
    question = Choice("Map which values at once?", [*choices, (OTHER_KIND, "Every value of another kind …")])
    screen.ask_first(question, chosen)


async def _near(screen: BaseScreen, key: MappingKey) -> list[MappingKey]:
    """Return the mappings that would hold for a value too, the narrowest first."""
    if not MAPPING_KINDS[key.kind].optional:
        return list(lookup_order(key))
    currencies = await screen.page(needed_currencies)
    return [MappingKey(key.kind, DEFAULT, scope_of(currency=each)) for each in currencies]


def _ask_kind(screen: BaseScreen, there: Collection[MappingKey], then: Callable[[MappingKey], None]) -> None:
    kinds = [kind for kind in MAPPING_KINDS if MappingKey(kind, DEFAULT) not in there]
    if not kinds:
        screen.toast("Every kind has a mapping for every other value already.", "warning")
        return

    async def chosen(kind: str) -> None:
        then(MappingKey(kind, DEFAULT))

    choices = [(kind, kind_label(kind)) for kind in kinds]
    screen.ask_first(Choice("Map every other value of which kind?", choices), chosen)


async def show_history(screen: BaseScreen, key: MappingKey) -> None:
    """Show who changed a mapping, when, and from what to what, newest first."""
    from awra_tui.actions import staging

    events = await staging.history(screen.console.desk, key)
    lines = [
        f"{moment(one.at)}  {one.who}  {one.how}: {one.before or NOTHING} → {one.after or NOTHING}"
        for one in events
    ]
    screen.app.push_screen(Told(f"{key_text(key)}: who changed it", lines or ["Nobody has changed it yet."]))
