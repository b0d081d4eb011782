"""Objects of one company in memory, indexed, undone on refusal, written through to SQLite."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from awra_tui.simulator import jsontext
from awra_tui.simulator.jsontext import Json
from awra_tui.simulator.ledger import Ledger
from awra_tui.simulator.records import Body, Key, Posting, Record, applied, moved, ref_id

INDEXED = ("DisplayName", "Name", "FullyQualifiedName", "DocNumber")
INDEXED_REFS = ("CustomerRef", "VendorRef", "ParentRef")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS object (
    entity TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL, postings BLOB NOT NULL,
    deleted INTEGER NOT NULL, PRIMARY KEY (entity, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answer (
    requestid TEXT PRIMARY KEY, status INTEGER NOT NULL, media TEXT NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
"""
_OBJECTS = "SELECT entity, id, body, postings, deleted FROM object ORDER BY entity, length(id), id"
_ANSWER = "SELECT status, media, body FROM answer WHERE requestid = ?"

Answer = tuple[int, str, bytes]


def folded(value: object) -> str:
    """Return a text as names are compared: without regard to case and outer space."""
    return str(value).strip().casefold()


class Store:
    """All state of a company: objects, facts (settings, tokens) and answers kept by requestid.

    Raises OSError for a file that is in use and ValueError for one of another kind.

    Everything is held in memory; `flush` commits what changed since the last one, so that an
    answer sent after it survives the process. Without a path nothing is written.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.ledger = Ledger()
        self.facts: dict[str, Json] = {}
        self._answers: dict[str, Answer] = {}
        self._records: dict[str, dict[str, Record]] = defaultdict(dict)
        self._index: dict[tuple[str, str], dict[str, dict[str, None]]] = defaultdict(dict)
        self._links: dict[Key, dict[Key, Decimal]] = defaultdict(dict)
        self._undo: list[dict[Key, Record | None]] = []
        # In order of change, and whether they are new; those of the last flush are known until the next.
        self._dirty: dict[Key, bool] = {}
        self.flushed: dict[Key, bool] = {}
        self._dirty_facts: set[str] = set()
        self._base = _open(path) if path else None
        if self._base:
            self._load(self._base)

    def get(self, entity: str, id_: str) -> Record | None:
        """Return a live object, or None when it does not exist or was deleted."""
        found = self._records.get(entity, {}).get(id_)
        return None if found is None or found.deleted else found

    def last(self, key: Key) -> Record | None:
        """Return an object or what is left of a deleted one."""
        return self._records.get(key.entity, {}).get(key.id)

    def live(self, entity: str) -> Iterator[Record]:
        """Yield all objects of an entity that are not deleted."""
        return (record for record in self._records.get(entity, {}).values() if not record.deleted)

    def everything(self, entity: str) -> Iterator[Record]:
        """Yield all objects of an entity, tombstones too."""
        return iter(self._records.get(entity, {}).values())

    def posted(self) -> Iterator[Record]:
        """Yield all objects that move an account."""
        return (record for kept in self._records.values() for record in kept.values() if record.postings)

    def ids(self, entity: str) -> Iterator[str]:
        """Yield the ids ever used by an entity."""
        return iter(self._records.get(entity, {}))

    def find(self, entity: str, field: str, value: object) -> list[Record]:
        """Return the live objects whose indexed field has a value, in order of creation."""
        found = self._index[entity, field].get(folded(value), {})
        return [self._records[entity][id_] for id_ in found]

    def settled_by(self, target: Key) -> dict[Key, Decimal]:
        """Return the payments linked to a transaction, with the amounts they settle."""
        return dict(self._links.get(target, {}))

    def counts(self) -> dict[str, int]:
        """Return the number of live objects per entity."""
        return {entity: count for entity in self._records if (count := sum(1 for _ in self.live(entity)))}

    def put(self, record: Record) -> None:
        """Store an object in place of the one that had its key."""
        old = self._records.get(record.key.entity, {}).get(record.key.id)
        if self._undo:
            self._undo[-1].setdefault(record.key, old)
        self._replace(record.key, old, record)

    def _replace(self, key: Key, old: Record | None, new: Record | None) -> None:
        if old is not None:
            self._forget(old)
        if new is None:
            del self._records[key.entity][key.id]
        else:
            self._records[key.entity][key.id] = new
            self._remember(new)
        self._dirty.setdefault(key, old is None)

    def _remember(self, record: Record) -> None:
        self.ledger.add(record.postings)
        for field, value in _indexed(record):
            ids = self._index[record.key.entity, field].setdefault(value, {})
            ids[record.key.id] = None
        for target, amount in applied(record):
            links = self._links[target]
            links[record.key] = links.get(record.key, Decimal(0)) + amount
        for item, quantity in moved(record):
            self.ledger.move_stock(item, quantity)

    def _forget(self, record: Record) -> None:
        self.ledger.remove(record.postings)
        for field, value in _indexed(record):
            ids = self._index[record.key.entity, field]
            ids[value].pop(record.key.id, None)
            if not ids[value]:
                del ids[value]
        for target, _ in applied(record):
            self._links[target].pop(record.key, None)
        for item, quantity in moved(record):
            self.ledger.move_stock(item, -quantity)

    @contextmanager
    def change(self) -> Iterator[None]:
        """Keep all changes made inside, or none of them when an exception leaves the block."""
        self._undo.append({})
        clean = len(self._dirty)
        try:
            yield
        except BaseException:
            for key, old in self._undo.pop().items():
                self._replace(key, self._records[key.entity].get(key.id), old)
            for key in list(self._dirty)[clean:]:
                del self._dirty[key]
            raise
        done = self._undo.pop()
        if self._undo:
            self._undo[-1] = done | self._undo[-1]

    def set_fact(self, name: str, value: Json) -> None:
        """Keep a fact (a JSON value) under a name."""
        self.facts[name] = value
        self._dirty_facts.add(name)

    def answer(self, requestid: str) -> Answer | None:
        """Return the answer once given to a requestid: status, media type, body."""
        kept = self._answers.get(requestid)
        if kept is None and self._base:
            kept = self._base.execute(_ANSWER, (requestid,)).fetchone()
        return kept

    def keep_answer(self, requestid: str, answer: Answer) -> None:
        """Keep the answer given to a requestid."""
        self._answers[requestid] = answer

    def flush(self) -> None:
        """Commit all changes since the last flush."""
        if self._base:
            self._write(self._base)
            # What is in the file is found there; 20,000 answers need not be in memory too.
            self._answers.clear()
        self.flushed, self._dirty = self._dirty, {}
        self._dirty_facts.clear()

    def _write(self, base: sqlite3.Connection) -> None:
        if not (self._dirty or self._dirty_facts or self._answers):
            base.commit()
            return
        for key in self._dirty:
            record = self._records[key.entity].get(key.id)
            if record is None:
                base.execute("DELETE FROM object WHERE entity=? AND id=?", key)
            else:
                base.execute("REPLACE INTO object VALUES (?,?,?,?,?)", _row(record))
        base.executemany(
            "REPLACE INTO fact VALUES (?,?)",
            [(name, jsontext.dumps(self.facts[name])) for name in self._dirty_facts],
        )
        base.executemany(
            "REPLACE INTO answer VALUES (?,?,?,?)",
            [(requestid, *answer) for requestid, answer in self._answers.items()],
        )
        base.commit()

    def _load(self, base: sqlite3.Connection) -> None:
        for entity, id_, body, postings, deleted in base.execute(_OBJECTS):
            key = Key(entity, id_)
            record = Record(key, jsontext.loads(body), _postings(postings), bool(deleted))
            self._records[entity][id_] = record
            self._remember(record)
        for name, value in base.execute("SELECT * FROM fact"):
            self.facts[name] = jsontext.loads(value)

    def erase(self) -> None:
        """Empty the file and close it; open a new Store to begin anew."""
        if self._base:
            self._base.executescript("DELETE FROM object; DELETE FROM fact; DELETE FROM answer;")
            self._base.close()
            self._base = None

    def close(self) -> None:
        """Commit and close the file."""
        self.flush()
        if self._base:
            self._base.close()
            self._base = None


def _open(path: Path) -> sqlite3.Connection:
    """Open the file for this process alone: two would write over each other's books."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        base = sqlite3.connect(path, timeout=1, check_same_thread=False)
    except sqlite3.OperationalError as error:
        raise OSError(f"the state file {path} cannot be opened ({error})") from error
    try:
        base.execute("PRAGMA locking_mode=EXCLUSIVE")
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=NORMAL")
        base.executescript(_SCHEMA)
    except sqlite3.OperationalError as error:
        base.close()
        raise OSError(f"the state file {path} is in use by another simulator ({error})") from error
    except sqlite3.DatabaseError as error:
        base.close()
        raise ValueError(f"{path} is not a state file of the simulator ({error}).") from error
    return base


def _indexed(record: Record) -> Iterator[tuple[str, str]]:
    if record.deleted:
        return
    body: Body = record.body
    for field in INDEXED:
        if field in body:
            yield field, folded(body[field])
    for field in INDEXED_REFS:
        if field in body:
            yield field, folded(ref_id(body, field))


def _row(record: Record) -> tuple[str, str, bytes, bytes, int]:
    postings = jsontext.dumps(
        [
            [one.account, one.home, one.amount, one.currency, one.party, one.class_id]
            for one in record.postings
        ]
    )
    return (*record.key, jsontext.dumps(record.body), postings, int(record.deleted))


def _postings(text: bytes) -> tuple[Posting, ...]:
    return tuple(
        Posting(account, Decimal(home), Decimal(amount), currency, Key(*party) if party else None, *rest)
        for account, home, amount, currency, party, *rest in jsontext.loads(text)
    )
