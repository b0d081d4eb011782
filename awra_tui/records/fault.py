"""A refusal or failure of QuickBooks, whatever envelope it came in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaultMessage:
    """One error of a fault, in QuickBooks' own words."""

    code: str
    message: str
    detail: str = ""
    element: str = ""

    @property
    def text(self) -> str:
        """Return message and detail as one text, without saying the same twice."""
        if not self.detail or self.detail == self.message:
            return self.message
        return f"{self.message}: {self.detail}" if self.message else self.detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Everything known of an answer that was no success.

    ``http_status`` is 0 when there was no answer. ``transport`` names what happened on the wire:
    empty for a proper fault, else ``timeout``, ``connect``, ``cut``, ``not_json``, ``empty``,
    ``no_op`` (an answer shaped like success that did nothing) or ``store`` (no token could be had from
    where they are kept, so nothing was asked). ``sent`` is false only when it is
    certain that nothing reached QuickBooks.
    """

    http_status: int
    messages: tuple[FaultMessage, ...] = ()
    type: str = ""
    tid: str = ""
    transport: str = ""
    sent: bool = True

    @property
    def code(self) -> str:
        """Return the first error's code, or nothing."""
        return self.messages[0].code if self.messages else ""
