"""What a warning can be about, and the keys that name it in the cache."""

from dataclasses import dataclass
from typing import Self

from awra_tui.records.kinds import KINDS


@dataclass(frozen=True, slots=True, order=True)
class MappingKey:
    """Which mapping: its kind, the source's value, and a scope that may be empty.

    The scope is canonical text such as ``branch=Mombasa;currency=USD``; ``scope_of`` writes it.
    The value ``*`` is the default of its kind.
    """

    kind: str
    value: str
    scope: str = ""

    @property
    def text(self) -> str:
        """Return the key as one line, as warnings and commands name it."""
        return f"{self.kind}/{self.value}" + (f"@{self.scope}" if self.scope else "")


@dataclass(frozen=True, slots=True, order=True)
class RecordKey:
    """Which source record: kind and source id."""

    kind: str
    source_id: str

    @property
    def text(self) -> str:
        """Return ``kind/source_id``."""
        return f"{self.kind}/{self.source_id}"

    @property
    def cause(self) -> str:
        """Return the cause of what goes when this record is put right."""
        return f"record:{self.text}"

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a key as ``text`` writes it; a source id may have slashes of its own."""
        kind, _, source_id = text.partition("/")
        return cls(kind, source_id)

    @classmethod
    def of_cause(cls, cause: str) -> Self | None:
        """Return the record that a cause such as ``record:customer/c-7`` names, or nothing."""
        found = cls.of(cause.removeprefix("record:"))
        return found if cause.startswith("record:") and found.kind in KINDS else None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a warning is about: ``record``, ``mapping``, ``connector`` or ``row``, and which one."""

    type: str
    kind: str
    id: str


def record_subject(kind: str, source_id: str) -> Subject:
    """Return the subject of warnings about a record."""
    return Subject("record", kind, source_id)


def mapping_subject(key: MappingKey) -> Subject:
    """Return the subject of warnings about a mapping."""
    return Subject("mapping", key.kind, key.text)


def scope_of(**parts: str) -> str:
    """Write a scope canonically: sorted by name, empty parts left out."""
    return ";".join(f"{name}={value}" for name, value in sorted(parts.items()) if value)


def scope_parts(scope: str) -> dict[str, str]:
    """Read a scope that ``scope_of`` wrote."""
    return dict(part.split("=", 1) for part in scope.split(";") if part)
