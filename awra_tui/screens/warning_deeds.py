"""What can be done about warnings: open, map, connect, resend, dismiss, restore, hand on."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from awra_tui.cache.pages.groups import group_members
from awra_tui.cache.pages.warnings import WarningQuery, WarningRow, warning_rows
from awra_tui.records.kinds import KINDS
from awra_tui.records.status import Dimension
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.screens import people_keys
from awra_tui.screens.deciding import NOTHING, decide, is_decidable
from awra_tui.screens.filtering import FilteringScreen
from awra_tui.screens.record_chain import NO_CUSTOMER, has_customer, mapping_in, record_in


class WarningDeeds(FilteringScreen[WarningRow]):
    """The verbs of the warnings screen; each acts on the selected rows, or on the one under the cursor.

    In a list of causes, on every warning of the causes chosen.
    """

    query_now: WarningQuery

    def why_not(self, name: str) -> str:
        """Return why a key cannot act on the row under the cursor."""
        row = self.table.cursor_row
        if name not in _REFUSALS:
            return ""
        if row is None and not self.table.selected:
            return "There is no warning here."
        if row is not None and row.closed_at and name not in _OF_CLEARED:
            return "It is cleared already: there is nothing to do. enter opens its record."
        if name == "connect" and len(self.table.selected) > 1:
            return ""
        return _REFUSALS[name](row) if row is not None else ""

    def topic(self) -> str:
        """Return the reason of the warning under the cursor."""
        row = self.table.cursor_row
        return row.reason if row else super().topic()

    def do_open(self) -> None:
        """Open what the warning is about."""
        row = self.table.cursor_row
        if row is None:
            return
        if row.group is not None and row.group.count > 1:
            inside = replace(self.query_now, root=row.root, grouped=False, sort="work", descending=False)
            self.console.open_warnings(inside)
        elif row.subject.type == "mapping":
            self.console.open_mapping(mapping_of(row))
        elif row.subject.type == "connector":
            self.console.open_connections()
        else:
            self.console.open_record(RecordKey(row.kind, row.source_id))

    def do_map(self) -> None:
        """Open the mapping that is missing; all of them where QuickBooks did not say which one."""
        row = self.table.cursor_row
        self.console.open_mapping(mapping_of(row) if row else None)

    def do_connect(self) -> None:
        """Connect the record, or the one that it is blocked by; of several selected ones all together."""
        if len(self.table.selected) > 1:
            self.attend(self._connect_selected)
            return
        row = self.table.cursor_row
        key = record_of(row) if row else None
        if key is not None:
            self.console.open_connect(key)

    async def _connect_selected(self) -> None:
        rows = await self._chosen()
        keys = dict.fromkeys(key for row in rows if (key := record_of(row)) and KINDS[key.kind].is_name)
        if len(keys) > 1:
            self.console.open_connecting(list(keys))
        elif keys:
            self.console.open_connect(next(iter(keys)))
        else:
            self.toast("None of these waits for a customer, vendor or product to be connected.", "warning")

    def do_customer(self) -> None:
        """Open the account of the customer that the warning's record belongs to."""
        row = self.table.cursor_row
        if row is not None:
            self.console.open_customer(RecordKey(row.kind, row.source_id))

    def do_blocker(self) -> None:
        """Open the record that holds this one up."""
        row = self.table.cursor_row
        key = blocker_of(row) if row else None
        if key is not None:
            self.console.open_record(key)

    async def do_resend(self) -> None:
        """Send the chosen records again, after the question."""
        from awra_tui.screens.resending import resend_records

        rows = await self._chosen()
        keys = list(dict.fromkeys(RecordKey(row.kind, row.source_id) for row in rows if is_record(row)))
        if not keys:
            self.toast("None of these warnings is about a record.", "warning")
            return
        await resend_records(self, keys)
        self.table.select(())

    def do_check(self) -> None:
        """Check the records of the selected warnings; of all that the filter shows where none is selected."""
        from awra_tui.actions.check import Asked

        if self.table.selected:
            self.attend(self._check_selected)
        else:
            query = replace(self.query_now, grouped=False)
            self.console.open_check(Asked(warnings=query), "what this list shows")

    async def _check_selected(self) -> None:
        from awra_tui.actions.check import Asked

        rows = await self._chosen()
        keys = dict.fromkeys(RecordKey(row.kind, row.source_id) for row in rows if is_record(row))
        self.console.open_check(Asked(keys=tuple(keys)), "what is selected")

    async def do_decide(self) -> None:
        """Decide about what changed after it was sent."""
        rows = [row for row in await self._chosen() if is_record(row) and is_decidable(row.reason)]
        await decide(self, list(dict.fromkeys(RecordKey(row.kind, row.source_id) for row in rows)))
        self.table.select(())

    def do_dismiss(self) -> None:
        """Ask for a reason, then put the chosen warnings aside."""
        people_keys.ask_dismissal(self, self._meant())

    def do_snooze(self) -> None:
        """Put the chosen warnings aside until a day."""
        people_keys.ask_snooze(self, self._meant())

    async def do_restore(self) -> None:
        """Bring the chosen warnings back."""
        await people_keys.restore(self, self._meant())

    def do_owner(self) -> None:
        """Say which person takes care of the chosen warnings."""
        people_keys.ask_owner(self, self._meant())

    def do_hand_over(self) -> None:
        """Give the chosen warnings to a person, with a message."""
        people_keys.ask_hand_over(self, self._meant())

    def do_note(self) -> None:
        """Write a note about the chosen warnings."""
        people_keys.ask_note(self, self._meant())

    def _meant(self) -> people_keys.Meant:
        ids, row = self.table.chosen(), self.table.cursor_row
        members = people_keys.once(partial(self._members, ids))
        return people_keys.Meant(self._many(ids), members, row.owner if row else "", self._unselect)

    def _unselect(self) -> None:
        self.table.select(())

    async def do_escalate(self) -> None:
        """Copy and show everything that is known of the chosen warnings, to hand on."""
        from awra_tui.screens import evidence

        rows = await self._chosen()
        keys = [RecordKey(row.kind, row.source_id) for row in rows if is_record(row)]
        if keys:
            await evidence.hand_on(self, *keys)
        elif any(row.subject.type == "connector" for row in rows):
            await evidence.hand_on_connection(self)

    def do_copy(self) -> None:
        """Copy number and reason of the chosen warnings that are in sight, one a line."""
        row = self.table.cursor_row
        if row is not None:
            self.copy(
                f"{row.kind}/{row.number or row.source_id}\t{row.sentence}", row.number or row.source_id
            )

    async def _chosen(self) -> Sequence[WarningRow]:
        return await self.page(warning_rows, await self._members(self.table.chosen()))

    async def _members(self, ids: list[int]) -> list[int]:
        """Return the warnings that rows stand for: themselves, or all of their causes."""
        if not self.query_now.grouped:
            return ids
        return list(await self.page(group_members, self.query_now, ids))

    def _many(self, ids: Sequence[int]) -> str:
        row = self.table.cursor_row
        count = len(ids)
        if self.query_now.grouped and self.table.selected:
            return "all warnings of this cause" if count == 1 else f"all warnings of these {count:,} causes"
        if row is not None and row.group is not None and not self.table.selected:
            count = row.group.count
        return "this warning" if count == 1 else f"these {count:,} warnings"


def is_record(row: WarningRow) -> bool:
    """Return whether a warning is about a record, which can be opened and sent."""
    return row.subject.type == "record"


def mapping_of(row: WarningRow) -> MappingKey | None:
    """Return the mapping that a warning is about or goes back to, if one is."""
    if row.subject.type == "mapping":
        return mapping_in(f"mapping:{row.subject.id}")
    return mapping_in(row.cause) or mapping_in(row.root)


def record_of(row: WarningRow) -> RecordKey | None:
    """Return the record that is to be connected: what this one waits for in the end, or this one."""
    blocker = record_in(row.root) or record_in(row.cause) if row.blocked_by else None
    return blocker or (RecordKey(row.kind, row.source_id) if is_record(row) else None)


def blocker_of(row: WarningRow) -> RecordKey | None:
    """Return the other record that a warning is caused by, if one is."""
    key = record_in(row.cause)
    return key if key != RecordKey(row.kind, row.source_id) else None


def _not_blocked(row: WarningRow) -> str:
    return "" if blocker_of(row) else "No other record holds this one up: what to do stands below."


def _not_mapping(row: WarningRow) -> str:
    if mapping_of(row) is not None or row.screen == "mapping":
        return ""
    if row.blocked_by:
        return f"Nothing to map: this one waits for {row.blocked_by}."
    if row.dimension is Dimension.MAPPING:
        return "Nothing to map: what is missing is a connection; c makes it."
    return f"Nothing to map: this warning is about {row.dimension.label}."


def _not_connecting(row: WarningRow) -> str:
    if row.screen == "connect" or (is_record(row) and row.dimension is Dimension.DUPLICATE_RISK):
        return ""
    key = record_of(row)
    if key is not None and KINDS[key.kind].is_name:
        return ""
    return "Nothing to connect: no customer, vendor or product is missing, and it is no possible duplicate."


def _not_about_record(row: WarningRow) -> str:
    return "" if is_record(row) else "This warning is about no record: m has the mappings, l the log."


def _not_escalating(row: WarningRow) -> str:
    if is_record(row) or row.subject.type == "connector":
        return ""
    return "There is no record here to look for: escalate one that waits for it."


def _not_deciding(row: WarningRow) -> str:
    return "" if is_record(row) and is_decidable(row.reason) else NOTHING


def _not_open(row: WarningRow) -> str:
    opens = row.subject.type in ("record", "mapping", "connector") or (row.group and row.group.count > 1)
    return "" if opens else f"No record to open: {row.sentence}"


def _not_dismissing(row: WarningRow) -> str:
    return "It is put aside already; R brings it back." if row.dismissed else ""


def _not_restoring(row: WarningRow) -> str:
    if row.dismissed:
        return ""
    return "It is not put aside; D shows the dismissed ones, Z the snoozed ones."


def _no_customer(row: WarningRow) -> str:
    return "" if is_record(row) and has_customer(row.kind) else NO_CUSTOMER


def _anything(_row: WarningRow) -> str:
    return ""


_OF_CLEARED = ("open", "blocker", "customer", "escalate", "copy")
"""What can still be done about a warning that is cleared."""

_REFUSALS: dict[str, Callable[[WarningRow], str]] = {
    "open": _not_open,
    "map": _not_mapping,
    "connect": _not_connecting,
    "blocker": _not_blocked,
    "resend": _not_about_record,
    "decide": _not_deciding,
    "dismiss": _not_dismissing,
    "snooze": _not_dismissing,
    "restore": _not_restoring,
    "owner": _anything,
    "hand_over": _anything,
    "note": _anything,
    "escalate": _not_escalating,
    "copy": _anything,
    "customer": _no_customer,
}
