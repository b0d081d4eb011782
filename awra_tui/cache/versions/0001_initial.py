"""The first cache: every table as it was then, frozen."""

import peewee

from awra_tui.cache.base import Untyped

_TYPES: dict[str, tuple[type[Untyped], object]] = {
    "t": (peewee.TextField, ""),
    "i": (peewee.IntegerField, 0),
    "b": (peewee.BigIntegerField, 0),
    "f": (peewee.BooleanField, False),
    "d": (peewee.DoubleField, 0.0),
    "x": (peewee.BlobField, b""),
}

# Per table: its columns with a letter for the type, and its indexes; a unique one begins with "!".
_TABLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "profile": (
        "profile:t source:t realm:t created_at:t",
        ("!profile",),
    ),
    "record": (
        (
            "profile:t kind:t source_id:t number:t party_id:t party:t date:t amount_minor:b currency:t "
            "state:t approved:f branch:t reference:t method:t status:t warned:f released:f "
            "skipped_because:t attempts:i last_attempt_at:t retry_at:t first_seen:t changed_at:t "
            "deleted_at:t seen_reading:t fingerprint:t failed_inputs:t number_key:t party_key:t search:t "
            "content:t verdicts:t shipment:t"
        ),
        (
            "!profile kind source_id",
            "profile kind status deleted_at",
            "profile number",
            "profile kind party_id",
            "profile released",
            "profile search deleted_at",
        ),
    ),
    "tally": (
        "profile:t kind:t status:t warned:f currency:t records:i minor:b",
        ("!profile kind status warned currency",),
    ),
    "need": (
        "profile:t kind:t value:t scope:t currency:t records:i waiting:i minor:b",
        ("!profile kind value scope currency",),
    ),
    "reference": (
        "profile:t record_id:i target:t kind:t value:t scope:t required:f role:t",
        (
            "record_id",
            "profile target kind value scope",
        ),
    ),
    "warning": (
        (
            "profile:t closed_at:t dismissed:f subject_type:t kind:t subject_id:t record_id:i "
            "kind_order:i dimension:t blocked:f opened_at:t reason:t cause:t owner:t status:t attempts:i "
            "last_attempt_at:t number:t party:t date:t amount_minor:b currency:t branch:t reference:t "
            "number_key:t party_key:t search:t who:t screen:t code:t existing_id:t blocked_by:t "
            "came_back:t sentence:t action:t message:t"
        ),
        (
            "profile subject_type kind subject_id",
            "record_id",
            "profile closed_at cause",
            "profile closed_at dismissed subject_type kind dimension blocked opened_at",
            "profile closed_at dismissed kind_order opened_at id subject_type kind dimension",
        ),
    ),
    "dismissal": (
        (
            "profile:t subject_type:t kind:t subject_id:t reason:t cause:t fingerprint:t amount_minor:b "
            "currency:t who:t at:t undone_at:t why:t"
        ),
        ("profile subject_type kind subject_id",),
    ),
    "decision": (
        "profile:t at:t who:t verb:t subject:t undone_by:i undoes:i before:t after:t",
        (
            "profile who",
            "profile subject",
        ),
    ),
    "fact": (
        "profile:t key:t value:t",
        ("!profile key",),
    ),
    "link": (
        (
            "profile:t realm:t kind:t source_id:t role:t entity:t qbo_id:t fingerprint:t how:t "
            "created_at:t created_by:t closed_at:t closed_by:t sent:t answer:t"
        ),
        (
            "profile kind source_id",
            "profile realm entity qbo_id",
        ),
    ),
    "mapping": (
        (
            "profile:t realm:t kind:t value:t scope:t qbo_id:t account_id:t state:t sentence:t "
            "changed_at:t changed_by:t"
        ),
        ("!profile realm kind value scope",),
    ),
    "qbo_object": (
        (
            "profile:t realm:t entity:t qbo_id:t sync_token:t name:t number:t date:t party_id:t "
            "amount_minor:b balance_minor:b currency:t reference:t mark:t type:t active:f deleted:f "
            "changed_at:t name_key:t number_key:t content:t"
        ),
        (
            "!profile realm entity qbo_id",
            "profile realm entity name_key",
            "profile realm entity number_key",
            "profile realm entity mark",
            "profile realm entity reference",
            "profile realm entity party_id amount_minor date",
        ),
    ),
    "run": (
        (
            "profile:t trigger:t direction:t who:t started_at:t heartbeat_at:t ended_at:t outcome:t "
            "changed:f sentence:t counts:t"
        ),
        ("profile ended_at",),
    ),
    "request": (
        (
            "profile:t realm:t requestid:t method:t path:t params:t batch:f status:t http_status:i tid:t "
            "created_at:t sent_at:t answered_at:t body:x answer:t"
        ),
        (
            "!profile requestid",
            "profile status",
            "profile tid",
        ),
    ),
    "attempt": (
        (
            "profile:t request_id:i run_id:i kind:t source_id:t role:t bid:t operation:t entity:t "
            "outcome:t started_at:t ended_at:t who:t number:t party:t amount_minor:b currency:t search:t "
            "code:t fingerprint:t inputs:t message:t"
        ),
        (
            "request_id",
            "profile run_id",
            "profile kind source_id",
        ),
    ),
    "lease": (
        "profile:t name:t holder:t expires_at:d",
        ("!profile name",),
    ),
    "budget": (
        "profile:t realm:t next_request_at:d next_batch_at:d paused_until:d",
        ("!profile realm",),
    ),
}

# Unique among the rows that are still open.
_OPEN = {
    "link_open": ("link", "profile realm kind source_id role"),
    "warning_open": ("warning", "profile subject_type kind subject_id reason cause"),
}


def up(migrator: Untyped, db: Untyped) -> None:  # noqa: ARG001
    """Make every table and index."""
    models = {name: _model(db, name, *described) for name, described in _TABLES.items()}
    db.create_tables(list(models.values()))
    for name, (table, columns) in _OPEN.items():
        model = models[table]
        index = model.index(
            *columns.split(), unique=True, where=peewee.SQL("closed_at = ''"), name=name, safe=True
        )
        db.execute(index)


def _model(db: Untyped, name: str, columns: str, indexes: tuple[str, ...]) -> Untyped:
    listed = tuple((tuple(index.lstrip("!").split()), index.startswith("!")) for index in indexes)
    options = {"database": db, "table_name": name, "indexes": listed, "legacy_table_names": False}
    fields = dict(_field(column) for column in columns.split())
    return type(name.title(), (peewee.Model,), {"Meta": type("Meta", (), options), **fields})


def _field(column: str) -> tuple[str, Untyped]:
    name, letter = column.split(":")
    made, default = _TYPES[letter]
    return name, made(default=default)
