"""From every reason that names a screen one key leads there: from its warning, and from its record."""

from collections import Counter
from typing import Any

import pytest

from awra_tui.actions.table import action
from awra_tui.app import ConsoleApp
from awra_tui.cache.pages.warnings import WarningRow
from awra_tui.health.catalogue import REASONS, Reason
from awra_tui.health.reasons import explain
from awra_tui.records.chosen import CHOICES
from awra_tui.records.finding import Finding
from awra_tui.records.status import Mark
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.screens import record_keys
from awra_tui.screens.record_chain import chain_text, connect_target, mapping_target
from awra_tui.screens.warning_parts import KEYS
from tests.screens import fakes_detail
from tests.screens.driving import press, settle
from tests.screens.fakes import FakeDesk, a_warning

VALUES = {
    "mapping": "tax_code/Zero-rated@branch=Mombasa",
    "parent": "customer Baobab Café",
    "parent_key": "customer/C-7",
}
FIELDS = ("reason", "sentence", "action", "who", "screen", "cause", "blocked_by")
TAX = MappingKey("tax_code", "Zero-rated", "branch=Mombasa")
NAMED = {
    f"mapping:{VALUES['mapping']}": TAX,
    "record:customer/C-7": RecordKey("customer", "C-7"),
}
"""What the causes name that name another than the record itself."""

LEADING = [reason for reason in REASONS.values() if reason.screen in {"mapping", "connect", "connection"}]


def shown(reason: Reason, number: int, make: Any, **more: Any) -> WarningRow:
    """Return the warning that a reason makes of an invoice, as the cache would give it."""
    values = {**VALUES, "key": f"invoice/I-{number}", "record": "Invoice INV-1"}
    blocker = RecordKey("customer", "C-7") if "parent_key" in reason.cause else None
    told = explain(Finding(reason=reason.key, values=values, blocker=blocker))
    fields = {name: getattr(told, name) for name in FIELDS}
    row: WarningRow = make(id=number, **fields, dimension=told.dimension, source_id=f"I-{number}", **more)
    return row


def expected(reason: Reason, row: WarningRow) -> Any:
    """Return what the key of a reason opens."""
    target = NAMED.get(row.cause)
    if reason.screen == "connection":
        return "connections"
    if reason.screen == "mapping":
        return ("mapping", target)
    return ("connect", target or RecordKey("invoice", row.source_id))


class Noting(ConsoleApp):
    """A console that notes what would be opened."""

    def __init__(self, desk: Any) -> None:
        super().__init__(desk, clock_frozen=True)
        self.opened: list[Any] = []

    def open_mapping(self, key: MappingKey | None = None) -> None:
        self.opened.append(("mapping", key))

    def open_connect(self, key: RecordKey) -> None:
        self.opened.append(("connect", key))

    def open_connections(self) -> None:
        self.opened.append("connections")


def a_row(**fields: Any) -> WarningRow:
    return a_warning(fields.pop("id"), **fields)


def test_reasons_lead_to_each_of_the_screens() -> None:
    assert Counter(reason.screen for reason in LEADING).keys() == KEYS.keys()
    assert {reason.screen for reason in REASONS.values()} == {*KEYS, "record", ""}


async def test_the_key_of_a_warning_opens_what_fixes_it() -> None:
    rows = [shown(reason, number, a_row) for number, reason in enumerate(LEADING, 1)]
    app = Noting(FakeDesk(rows))
    wanted: list[Any] = []
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        for _ in rows:
            row = app.screen.table.cursor_row  # type: ignore[attr-defined]
            wanted.append(expected(REASONS[row.reason], row))
            await pilot.press(KEYS[row.screen].strip(" ()"))
            await settle(pilot)
            assert app.opened == wanted, row.reason
            await press(pilot, "down")
    assert len({str(each) for each in wanted}) > 3


@pytest.mark.parametrize("reason", LEADING, ids=lambda reason: reason.key)
def test_the_record_of_a_warning_leads_there_too(reason: Reason) -> None:
    answered = fakes_detail.verdicts(mapping=(Mark.OK, "4 values mapped"))
    page = fakes_detail.page(
        record=fakes_detail.source(source_id="I-1"),
        warnings=(shown(reason, 1, fakes_detail.warning),),
        verdicts=answered,
        related=(),
    )
    key = "v" if reason.key in CHOICES else KEYS[reason.screen].strip(" ()")
    assert f"{key}  " in chain_text(page, 120).plain.splitlines()[7][-14:]
    if reason.screen == "connection":
        assert {"warnings", "record"} <= set(action("connections").screens)
        return
    verb = {"mapping": "map", "connect": "connect"}[reason.screen]
    assert record_keys.REFUSALS[verb](page) == ""
    target = mapping_target(page) if verb == "map" else connect_target(page)
    assert expected(reason, page.warnings[0]) == (reason.screen, target)
