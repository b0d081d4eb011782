"""What the judge may ask of the world: everything it reads goes through this protocol."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from awra_tui.records.chosen import Chosen
from awra_tui.records.mapping import Mapping
from awra_tui.records.qbo import Company, Link, QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.rules import Rules
from awra_tui.records.status import Status
from awra_tui.records.subject import MappingKey, RecordKey


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentState:
    """Where a record stands that others need: enough to say whether they can go.

    ``name`` is what people call it (a number, or a name), ``amount`` is in ``currency``; ``party_id`` is
    its customer's or vendor's in the source.
    """

    key: RecordKey
    name: str = ""
    status: Status = Status.PENDING
    links: tuple[Link, ...] = ()
    approved: bool = True
    amount: Decimal = Decimal(0)
    currency: str = ""
    deleted: bool = False
    party_id: str = ""


class View(Protocol):
    """The world as it is now: the cache behind ``sync``, a dictionary in tests."""

    @property
    def company(self) -> Company:
        """Return the QuickBooks company."""

    @property
    def rules(self) -> Rules:
        """Return the rules of the profile."""

    def mapping(self, key: MappingKey) -> Mapping | None:
        """Return the mapping with exactly this key."""

    def mapping_object(self, mapping: Mapping) -> QboObject | None:
        """Return the object that a mapping points to."""

    def account_object(self, mapping: Mapping) -> QboObject | None:
        """Return the deposit account of a payment method's mapping."""

    def successor(self, obj: QboObject) -> QboObject | None:
        """Return the active object of the same entity, name and type as one that is not in use any more."""

    def record(self, key: RecordKey) -> ParentState | None:
        """Return where a record of the source stands, or None if the source has none such."""

    def object(self, entity: str, qbo_id: str) -> QboObject | None:
        """Return our copy of an object of QuickBooks, deleted ones too."""

    def links(self, key: RecordKey) -> tuple[Link, ...]:
        """Return the open links of a record."""

    def look_alikes(self, record: SourceRecord) -> Sequence[QboObject]:
        """Return unlinked objects that may be the record: by mark, number, reference, name, amount."""

    def marked_alike(self, record: SourceRecord, entity: str) -> Sequence[QboObject]:
        """Return unlinked objects of an entity that carry the mark of a record."""

    def number_held(self, record: SourceRecord) -> tuple[QboObject, RecordKey] | None:
        """Return an object that bears a record's number and which another record is connected to, and that.

        Of purchases only one of the same vendor.
        """

    def shares_mark(self, record: SourceRecord) -> bool:
        """Return whether another record of the source has the same kind and number, and so the same mark."""

    def made_when_sent(self, record: SourceRecord, obj: QboObject) -> bool:
        """Return whether QuickBooks made an object about when a record was last sent to be created."""

    def objects_named(self, kind: str, name: str) -> Sequence[QboObject]:
        """Return what has a name, whatever its case, that QuickBooks gives once to records of a kind.

        Customers, vendors and employees share their names; items have theirs where they stand in the tree.
        """

    def default_account(self, account_type: str) -> QboObject | None:
        """Return the first active account of a type."""

    def tax_rate_of(self, tax_code_id: str, side: str) -> Decimal | None:
        """Return the percentage of a tax code on a side, ``sale`` or ``purchase``."""

    def allowed_duplicate(self, key: RecordKey) -> bool:
        """Return whether a person said that the record is to be sent although it looks like another."""

    def allowed_beside(self, key: RecordKey, qbo_id: str) -> bool:
        """Return whether a person said of this object that the record is another one."""

    def given_name(self, record: SourceRecord) -> str:
        """Return the name that a person gave a record for QuickBooks, or nothing where it keeps its own."""

    def parted(self, key: RecordKey) -> str:
        """Return the id of the object that a person disconnected a record from, or nothing."""

    def chosen(self, key: RecordKey, role: str = "main") -> Chosen | None:
        """Return what a person chose for a record that changed after it was sent, or for a part of it."""
