"""What was changed in the mapping editor and is not saved yet."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from awra_tui.actions.staging import ChangeLine, ChangesPreview
from awra_tui.cache.pages.mappings import MappingRow
from awra_tui.records.mapping import Mapping, MappingChange
from awra_tui.records.subject import MappingKey


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorRow:
    """A mapping as it is, and the change of it that is not saved, with what that would mean once known."""

    row: MappingRow
    change: MappingChange | None = None
    line: ChangeLine | None = None

    @property
    def key(self) -> MappingKey:
        """Which mapping."""
        return self.row.mapping.key

    @property
    def qbo_id(self) -> str:
        """The object that is chosen for this value alone, saved or not."""
        return self.change.qbo_id if self.change else self.row.mapping.qbo_id

    @property
    def since(self) -> dt.date | None:
        """The day from which another choice for this value holds, unless somebody names one."""
        return self.change.valid_from if self.change else self.row.mapping.kept_from

    @property
    def day(self) -> dt.date | None:
        """The day from which it holds, saved or not; nothing where for all records."""
        return self.change.valid_from if self.change else self.row.mapping.valid_from

    @property
    def is_chosen(self) -> bool:
        """Whether an object or an account is chosen for this value alone, saved or not."""
        account = self.change.account_id if self.change else self.row.mapping.account_id
        return bool(self.qbo_id or account)


class Draft:
    """Changes by their mappings, in the order in which they were made."""

    def __init__(self) -> None:
        self._changes: dict[MappingKey, MappingChange] = {}
        self._lines: dict[MappingKey, ChangeLine] = {}
        self.preview: ChangesPreview | None = None

    def __len__(self) -> int:
        return len(self._changes)

    def __contains__(self, key: object) -> bool:
        return key in self._changes

    @property
    def changes(self) -> tuple[MappingChange, ...]:
        """All changes."""
        return tuple(self._changes.values())

    @property
    def lines(self) -> tuple[ChangeLine, ...]:
        """What the changes would mean, as last looked at."""
        return tuple(self._lines.values())

    def put(self, changes: Iterable[MappingChange]) -> None:
        """Take changes in; of a mapping the latest holds."""
        for change in changes:
            self._changes[change.key] = change
            self._lines.pop(change.key, None)
        self.preview = None

    def drop(self, keys: Iterable[MappingKey]) -> int:
        """Drop the changes of these mappings; return how many there were."""
        dropped = [key for key in keys if self._changes.pop(key, None)]
        self.preview = None
        return len(dropped)

    def date(self, keys: Iterable[MappingKey], since: dt.date | None) -> None:
        """Let the changes of these mappings hold for records from a day on, for all without one."""
        self.put([replace(self._changes[key], valid_from=since) for key in keys if key in self._changes])

    def take(self, preview: ChangesPreview) -> None:
        """Take in what the changes would mean."""
        self.preview = preview
        self._lines = {line.key: line for line in preview.lines if line.key in self._changes}

    def of(self, row: MappingRow) -> EditorRow:
        """Return a mapping with its change, if it has one."""
        key = row.mapping.key
        return EditorRow(row=row, change=self._changes.get(key), line=self._lines.get(key))

    def rows(self, rows: Iterable[MappingRow]) -> list[EditorRow]:
        """Return the mappings with their changes, and first those that are only in the draft."""
        saved = [self.of(row) for row in rows]
        there = {one.key for one in saved}
        return [*(self.of(new_row(key)) for key in self._changes if key not in there), *saved]


def new_row(key: MappingKey) -> MappingRow:
    """Return a mapping that nobody chose and no record needs by this name."""
    return MappingRow(
        mapping=Mapping(key, sentence="Nobody has chosen what this is in QuickBooks yet."),
        records=0, waiting_records=0, waiting=(), object_name="", object_number="", object_type="",
        object_currency="", rate="", account_name="", changed_at="", changed_by="",
    )  # fmt: skip
