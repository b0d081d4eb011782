"""What every source is: a reading of records that also says whether it was whole."""

from collections.abc import Iterator
from typing import Protocol, TypeVar

from awra_tui.records.errors import ConfigError
from awra_tui.records.record import BadRow, SourceRecord

T = TypeVar("T")
Key = tuple[str | int, ...]
"""The way to a setting in a profile: names of tables, places in arrays from 0."""


class Source(Protocol):
    """Something that yields records.

    ``complete`` is meaningful after ``read`` was exhausted: only then can a record that did not
    come be called deleted. A reading never guesses; what it cannot read comes as a ``BadRow`` and
    makes it incomplete.
    """

    name: str
    complete: bool

    def signature(self) -> str:
        """Return what is equal as long as a reading would bring the same; empty when it cannot be told."""
        ...

    def read(self) -> Iterator[SourceRecord | BadRow]:
        """Yield every record and every bad row; raise SourceError if nothing can be read at all."""
        ...

    def stop(self) -> None:
        """End a reading that is under way on another thread, which is then good for nothing."""
        ...


class Convert(Protocol):
    """Turns the profile's ``[source]`` table into a type, or raises ConfigError with file and line."""

    def __call__(self, type: type[T], /) -> T:  # noqa: A002 - positional only, never passed by name
        """Return the table as an instance of ``type``."""
        ...


class Refuse(Protocol):
    """Makes the error about a setting of the profile: its file and line, then the sentence."""

    def __call__(self, key: Key, sentence: str, /) -> ConfigError:
        """Return the error about the setting at ``key``."""
        ...
