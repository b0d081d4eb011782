"""Links: which object of QuickBooks a source record is, in which role."""

from collections.abc import Sequence
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile, realm
from awra_tui.cache.schema import LinkTable, db
from awra_tui.cache.store.intake import by_kind
from awra_tui.records.clock import stamp
from awra_tui.records.errors import CacheError
from awra_tui.records.qbo import Link
from awra_tui.records.subject import RecordKey

_FIELDS = (
    LinkTable.kind, LinkTable.source_id, LinkTable.role, LinkTable.entity, LinkTable.qbo_id,
    LinkTable.fingerprint, LinkTable.sent, LinkTable.answer, LinkTable.how,
)  # fmt: skip


def add(link: Link, who: str) -> None:
    """Store a link, or renew the one that is there to the same object; ``add_many`` for many."""
    add_many([link], who)


def add_many(links: Sequence[Link], who: str) -> None:
    """Store links, or renew those that are there to the same objects.

    Raise CacheError when a record is linked to another object in that role: one of the two would
    be forgotten in the books.
    """
    with db.atomic():
        there = {row[1:4]: row for row in _standing(links)}
        new, same = [], []
        for link in links:
            known = there.get((link.kind, link.source_id, link.role))
            if known is None:
                new.append(_values(link, who))
            else:
                _same_object(link, known)
                same.append((link.fingerprint, link.sent, link.answer, known[0]))
        rows.insert_many(LinkTable, _STORED, new)
        rows.update_many(LinkTable, ("fingerprint", "sent", "answer"), same)


def of(key: RecordKey) -> tuple[Link, ...]:
    """Return the open links of a record."""
    return of_many([key]).get(key, ())


def of_many(keys: Sequence[RecordKey]) -> dict[RecordKey, tuple[Link, ...]]:
    """Return the open links of many records; records without any are left out."""
    found: dict[RecordKey, tuple[Link, ...]] = {}
    for kind, ids in by_kind(keys).items():
        for some in rows.chunks(ids):
            statement = _LINKS_OF.format(ids=rows.marks(len(some)))
            for link in map(_link, rows.select(statement, (profile(), realm(), kind, *some))):
                key = RecordKey(link.kind, link.source_id)
                found[key] = (*found.get(key, ()), link)
    return found


def by_object(entity: str, qbo_id: str) -> list[Link]:
    """Return the open links to an object of QuickBooks."""
    return _found((LinkTable.entity == entity) & (LinkTable.qbo_id == qbo_id))


def made_at(key: RecordKey, role: str = "main") -> str:
    """Return the stamp at which the open link of a record in a role was made, or nothing."""
    query = LinkTable.select(LinkTable.created_at).where(
        *_open(), LinkTable.kind == key.kind, LinkTable.source_id == key.source_id, LinkTable.role == role
    )
    return next((str(row[0]) for row in rows.tuples(query)), "")


def close(key: RecordKey, role: str, who: str) -> bool:
    """Close the link of a record in a role; it is kept. Return whether there was one."""
    closed = (
        LinkTable.update(closed_at=stamp(), closed_by=who)
        .where(
            *_open(), LinkTable.kind == key.kind, LinkTable.source_id == key.source_id, LinkTable.role == role
        )
        .execute()
    )
    return bool(closed)


def reopen(key: RecordKey, role: str, entity: str, qbo_id: str) -> bool:
    """Open again the link of a record to an object that was closed last; return whether there was one.

    What it keeps of the exchanges stays as it was.
    """
    closed = (
        LinkTable.profile == profile(), LinkTable.realm == realm(), LinkTable.closed_at != "",
        LinkTable.kind == key.kind, LinkTable.source_id == key.source_id, LinkTable.role == role,
        LinkTable.entity == entity, LinkTable.qbo_id == qbo_id,
    )  # fmt: skip
    query = (
        LinkTable.select(LinkTable.id)
        .where(*closed)
        .order_by(LinkTable.closed_at.desc(), LinkTable.id.desc())
    )
    last = rows.tuples(query.limit(1))
    if last:
        LinkTable.update(closed_at="", closed_by="").where(LinkTable.id == last[0][0]).execute()
    return bool(last)


def _open() -> tuple[Any, ...]:
    return (LinkTable.profile == profile(), LinkTable.realm == realm(), LinkTable.closed_at == "")


def _found(condition: object) -> list[Link]:
    query = LinkTable.select(*_FIELDS).where(*_open(), condition).order_by(LinkTable.id)
    return [_link(row) for row in rows.tuples(query)]


def _link(row: tuple[Any, ...]) -> Link:
    kind, source_id, role, entity, qbo_id, fingerprint, sent, answer, how = row
    return Link(
        kind=kind,
        source_id=source_id,
        role=role,
        entity=entity,
        qbo_id=qbo_id,
        fingerprint=fingerprint,
        sent=sent,
        answer=answer,
        how=how,
    )


_STORED = (
    "profile", "realm", "kind", "source_id", "role", "entity", "qbo_id", "fingerprint", "how", "sent",
    "answer", "created_at", "created_by",
)  # fmt: skip
_LINKS_OF = """
    SELECT kind, source_id, role, entity, qbo_id, fingerprint, sent, answer, how FROM link
    WHERE profile = ? AND realm = ? AND closed_at = '' AND kind = ? AND source_id IN ({ids}) ORDER BY id"""
_OPEN_OF = """
    SELECT id, kind, source_id, role, entity, qbo_id FROM link
    WHERE profile = ? AND realm = ? AND closed_at = '' AND kind = ? AND source_id IN ({ids})"""


def _standing(links: Sequence[Link]) -> list[tuple[Any, ...]]:
    """Return number, kind, source id, role, entity and object id of the open links of these records."""
    found: list[tuple[Any, ...]] = []
    for kind, ids in by_kind(RecordKey(link.kind, link.source_id) for link in links).items():
        for some in rows.chunks(ids):
            found += rows.select(
                _OPEN_OF.format(ids=rows.marks(len(some))), (profile(), realm(), kind, *some)
            )
    return found


def _same_object(link: Link, known: tuple[Any, ...]) -> None:
    entity, qbo_id = known[4:]
    if (entity, qbo_id) != (link.entity, link.qbo_id):
        raise CacheError(
            f"{link.kind}/{link.source_id} is linked to {entity} {qbo_id} already, not to "
            f"{link.entity} {link.qbo_id}. Disconnect it from the one before connecting it to the other."
        )


def _values(link: Link, who: str) -> tuple[object, ...]:
    return (
        profile(),
        realm(),
        link.kind,
        link.source_id,
        link.role,
        link.entity,
        link.qbo_id,
        link.fingerprint,
        link.how,
        link.sent,
        link.answer,
        stamp(),
        who,
    )
