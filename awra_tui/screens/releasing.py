"""Screens on which people decide one thing after the other; what that released is offered on leaving."""

from collections.abc import Iterable, Sequence
from functools import partial

from textual.widgets import Static

from awra_tui.actions.table import Action
from awra_tui.records.subject import RecordKey
from awra_tui.screens import stack
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.prose import counted
from awra_tui.screens.resending import resend_records

NOTHING_RELEASED = "Nothing was decided here yet that released something."


class ReleasedLine(Static):
    """How many records can be sent because of what was decided here, and the key that sends them."""

    DEFAULT_CSS = """
    ReleasedLine { height: 1; padding: 0 1; color: $success; display: none; }
    ReleasedLine.-open { display: block; }
    """

    def show(self, count: int) -> None:
        """Show a count; nothing for 0."""
        self.set_class(bool(count), "-open")
        self.update(f"◐ {counted(count, 'record')} can be sent: r sends them.")


class ReleasingScreen(BaseScreen):
    """A screen with a ``ReleasedLine`` that keeps what its decisions released and still waits."""

    def __init__(self) -> None:
        super().__init__()
        self.released: tuple[RecordKey, ...] = ()

    def keep_released(self, keys: Iterable[RecordKey]) -> None:
        """Keep records that a decision here released, beside those from before."""
        self._keep(dict.fromkeys((*self.released, *keys)))

    async def load_released(self) -> None:
        """Forget what was sent or is held again meanwhile."""
        asked = self.released
        if asked:
            # A decision may have released more while this was read.
            gone = {*asked} - {*await _still_waiting(self, asked)}
            self._keep(key for key in self.released if key not in gone)

    def _keep(self, keys: Iterable[RecordKey]) -> None:
        self.released = tuple(keys)
        self.query_one(ReleasedLine).show(len(self.released))

    def why_not(self, name: str) -> str:
        """Return why a key can do nothing now."""
        return NOTHING_RELEASED if name == "send_released" and not self.released else super().why_not(name)

    def label_of(self, action: Action) -> str:
        """Count what the key sends."""
        if action.id == "send_released" and self.released:
            return f"{action.label} ({len(self.released):,})"
        return super().label_of(action)

    async def do_send_released(self) -> None:
        """Send what was released here."""
        await resend_records(self, self.released)

    def do_back(self) -> None:
        """Leave, and offer on the screen below to send what was released here."""
        below = stack.below(self)
        super().do_back()
        is_left = self not in self.app.screen_stack
        if is_left and isinstance(below, BaseScreen) and self.released:
            below.attend(partial(_offer, below, self.released))


async def _offer(screen: BaseScreen, keys: Sequence[RecordKey]) -> None:
    if waiting := await _still_waiting(screen, keys):
        await resend_records(screen, waiting)


async def _still_waiting(screen: BaseScreen, keys: Sequence[RecordKey]) -> tuple[RecordKey, ...]:
    from awra_tui.actions.resend import still_waiting

    return await still_waiting(screen.console.desk, keys)
