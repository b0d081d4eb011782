# ruff: noqa: D106
"""Tables about QuickBooks and the way to it: links, mappings, objects, runs, requests, leases."""

from peewee import BlobField, DoubleField

from awra_tui.cache.base import Table, count, flag, index, minor, text


class LinkTable(Table):
    """A source record connected to an object of QuickBooks; open while ``closed_at`` is empty.

    ``seen`` is the state of the object, as ``store.drift`` writes it, that it was compared with last.
    """

    realm = text()
    kind = text()
    source_id = text()
    role = text()
    entity = text()
    qbo_id = text()
    fingerprint = text()
    how = text()
    created_at = text()
    created_by = text()
    closed_at = text()
    closed_by = text()
    sent = text()
    answer = text()
    seen = text()

    class Meta:
        table_name = "link"
        indexes = (
            (("profile", "kind", "source_id"), False),
            (("profile", "realm", "entity", "qbo_id"), False),
        )


index(LinkTable, "link_open", "profile realm kind source_id role", where="closed_at = ''", unique=True)
index(LinkTable, "link_seen", "profile realm entity qbo_id seen id", where="closed_at = ''")


class MappingTable(Table):
    """A mapping from a value of the source to an object of QuickBooks, from a day on or from the first."""

    realm = text()
    kind = text()
    value = text()
    scope = text()
    qbo_id = text()
    account_id = text()
    state = text()
    sentence = text()
    changed_at = text()
    changed_by = text()
    valid_from = text()
    object_name = text()
    account_name = text()
    reviewed = text()

    class Meta:
        table_name = "mapping"
        indexes = ((("profile", "realm", "kind", "value", "scope", "valid_from"), True),)


class ObjectTable(Table):
    """Our copy of an object of QuickBooks; ``changed_at`` is when our copy last changed."""

    realm = text()
    entity = text()
    qbo_id = text()
    sync_token = text()
    name = text()
    number = text()
    date = text()
    party_id = text()
    amount_minor = minor()
    balance_minor = minor()
    currency = text()
    reference = text()
    mark = text()
    type = text()
    active = flag()
    deleted = flag()
    changed_at = text()
    name_key = text()
    number_key = text()
    content = text()

    class Meta:
        table_name = "qbo_object"
        indexes = (
            (("profile", "realm", "entity", "qbo_id"), True),
            (("profile", "realm", "entity", "name_key"), False),
            (("profile", "realm", "entity", "number_key"), False),
            (("profile", "realm", "entity", "mark"), False),
            (("profile", "realm", "entity", "reference"), False),
            (("profile", "realm", "entity", "party_id", "amount_minor", "date"), False),
        )


index(ObjectTable, "qbo_object_amount", "profile realm amount_minor", where="amount_minor != 0")


class RunTable(Table):
    """One pass over the profile or over chosen records; it runs while ``ended_at`` is empty."""

    trigger = text()
    direction = text()
    who = text()
    started_at = text()
    heartbeat_at = text()
    ended_at = text()
    outcome = text()
    changed = flag()
    sentence = text()
    counts = text()

    class Meta:
        table_name = "run"
        indexes = ((("profile", "ended_at"), False),)


class RequestTable(Table):
    """One HTTP exchange that may change QuickBooks; ``body`` is exactly what was or will be sent."""

    realm = text()
    requestid = text()
    method = text()
    path = text()
    params = text()
    batch = flag()
    status = text()
    http_status = count()
    tid = text()
    created_at = text()
    sent_at = text()
    answered_at = text()
    body: "BlobField[bytes]" = BlobField(default=b"")
    answer = text()

    class Meta:
        table_name = "request"
        indexes = (
            (("profile", "requestid"), True),
            (("profile", "status"), False),
            (("profile", "tid"), False),
        )


class AttemptTable(Table):
    """One record in one request, with its outcome; ``fingerprint`` is that of the body sent.

    ``because`` says what had changed in QuickBooks where it was sent without anybody asking for it.
    """

    request_id = count()
    run_id = count()
    kind = text()
    source_id = text()
    role = text()
    bid = text()
    operation = text()
    entity = text()
    outcome = text()
    started_at = text()
    ended_at = text()
    who = text()
    number = text()
    party = text()
    amount_minor = minor()
    currency = text()
    search = text()
    code = text()
    fingerprint = text()
    inputs = text()
    message = text()
    because = text()

    class Meta:
        table_name = "attempt"
        indexes = (
            (("request_id",), False),
            (("profile", "run_id"), False),
            (("profile", "kind", "source_id"), False),
        )


class LeaseTable(Table):
    """Who may do a thing until when, in seconds since 1970."""

    name = text()
    holder = text()
    expires_at = DoubleField(default=0.0)

    class Meta:
        table_name = "lease"
        indexes = ((("profile", "name"), True),)


class BudgetTable(Table):
    """When the next request to a company may leave, in seconds since 1970."""

    realm = text()
    next_request_at = DoubleField(default=0.0)
    next_batch_at = DoubleField(default=0.0)
    paused_until = DoubleField(default=0.0)

    class Meta:
        table_name = "budget"
        indexes = ((("profile", "realm"), True),)


class ReadsTable(Table):
    """How many reads one UTC day (``2026-11-23``) asked of a company: they are metered."""

    realm = text()
    day = text()
    made = count()

    class Meta:
        table_name = "reads"
        indexes = ((("profile", "realm", "day"), True),)


class SeenTable(Table):
    """An object that the full reading under way has come across."""

    realm = text()
    entity = text()
    qbo_id = text()

    class Meta:
        table_name = "seen"
        indexes = ((("profile", "realm", "entity", "qbo_id"), True),)
