"""What screens ask of the program they stand in."""

from collections.abc import Awaitable, Callable, Collection
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.widgets.bars import Progressing, Standing

if TYPE_CHECKING:
    from awra_tui.actions.check import Asked
    from awra_tui.cache.pages.overview import Heading
    from awra_tui.cache.pages.warnings import WarningQuery

T = TypeVar("T")
Job = Callable[[Callable[[Progressing], None]], Awaitable[T]]
"""Work that takes time: called with a callback for its Progress."""
SENDING_STOPPED = "What was sent stays sent and known."


class Console(Protocol):
    """The program as screens know it: what they open, start and stop through it."""

    desk: Any
    clock_frozen: bool
    standing: Standing
    progress: Progressing | None

    def open_record(self, key: RecordKey) -> None:
        """Open the way of one record."""

    def open_mapping(self, key: MappingKey | None = None) -> None:
        """Open the mapping editor, at a mapping or at the first that is not ready."""

    def open_log(self, query: str = "") -> None:
        """Open the log, searching for ``query``."""

    def open_connect(self, key: RecordKey) -> None:
        """Open the screen that connects a record to what exists in QuickBooks."""

    def open_connecting(self, keys: Collection[RecordKey] = ()) -> None:
        """Open the customers, vendors and items that are not connected; only those named, if any are."""

    def open_connections(self) -> None:
        """Open what the profile is connected to."""

    def open_guide(self, topic: str = "") -> None:
        """Open the guide, at a reason or a page where one is named."""

    def open_warnings(self, query: "WarningQuery | None" = None) -> None:
        """Open the warnings that a WarningQuery asks for; all without one."""

    def open_audit(self) -> None:
        """Open what people and the program decided."""

    def open_lookup(self, text: str = "") -> None:
        """Open the look-up, with a text in its line."""

    def open_customer(self, key: RecordKey) -> None:
        """Open the account of a customer, or of the customer that a record belongs to."""

    def open_check(self, asked: "Asked", about: str = "") -> None:
        """Check the records asked for; ``about`` says in a few words which they are."""

    async def tell_tokens(self, there: bool) -> None:
        """Take into the header whether this machine has tokens for QuickBooks."""

    def tell_standing(self, page: "Heading") -> None:
        """Take what is known of profile, company and connection into the header."""

    def start(
        self,
        label: str,
        job: Job[T],
        then: Callable[[T], object] | None = None,
        *,
        stopped: str = SENDING_STOPPED,
    ) -> bool:
        """Run work that shows progress and can be stopped; false where other work runs already.

        ``stopped`` is what holds of it after that.
        """
        ...

    def stop(self) -> bool:
        """Stop the running work; false where none runs."""
        ...

    def leave(self) -> None:
        """Leave the program, asking first; running work is stopped and has a moment to note it."""

    def asks_first(self, leave: Callable[[], object]) -> bool:
        """Go to the uppermost screen with something unsaved, which asks, then leaves; false for none."""
        ...

    async def freshen(self) -> None:
        """Read anew what the header says."""
