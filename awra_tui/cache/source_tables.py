# ruff: noqa: D106
"""Tables about the source and what people must look at: records, references, warnings, decisions."""

from awra_tui.cache.base import Table, count, flag, index, minor, text


class ProfileTable(Table):
    """The profile this cache belongs to: its id, source and QuickBooks company."""

    source = text()
    realm = text()
    created_at = text()

    class Meta:
        table_name = "profile"
        indexes = ((("profile",), True),)


class RecordTable(Table):
    """A source record, where it stands, and what the judge last said of it.

    ``released`` is true while it waits for the next sync because a person fixed its cause;
    ``warned`` while it has an open warning that nobody dismissed. ``failed_inputs`` are the inputs
    of the attempt that failed last.
    """

    kind = text()
    source_id = text()
    number = text()
    party_id = text()
    party = text()
    date = text()
    amount_minor = minor()
    currency = text()
    state = text()
    approved = flag()
    branch = text()
    reference = text()
    method = text()
    status = text()
    warned = flag()
    released = flag()
    skipped_because = text()
    attempts = count()
    last_attempt_at = text()
    retry_at = text()
    first_seen = text()
    changed_at = text()
    deleted_at = text()
    seen_reading = text()
    fingerprint = text()
    failed_inputs = text()
    number_key = text()
    party_key = text()
    search = text()
    content = text()
    verdicts = text()
    shipment = text()

    class Meta:
        table_name = "record"
        indexes = (
            (("profile", "kind", "source_id"), True),
            (("profile", "kind", "status", "deleted_at"), False),
            (("profile", "number"), False),
            (("profile", "kind", "party_id"), False),
            (("profile", "released"), False),
            (("profile", "search", "deleted_at"), False),
        )


index(RecordTable, "record_reference", "profile reference", where="reference != ''")
index(RecordTable, "record_amount", "profile amount_minor", where="amount_minor != 0")
index(RecordTable, "record_name", "profile party_key", where="kind IN ('customer', 'vendor', 'item')")
index(RecordTable, "record_retried", "profile kind status deleted_at", where="attempts > 1")


class TallyTable(Table):
    """How many records, and how much money, per kind, status, warned and currency.

    Kept in the transaction that changes the records. Deleted records are not counted. Objects of
    QuickBooks are counted too: ``kind`` is then ``@`` and the entity, ``status`` is ``here``.
    """

    kind = text()
    status = text()
    warned = flag()
    currency = text()
    records = count()
    minor = minor()

    class Meta:
        table_name = "tally"
        indexes = ((("profile", "kind", "status", "warned", "currency"), True),)


class NeedTable(Table):
    """How many records need a mapping, how many of them wait, and the money of those.

    One row for each currency and for each set of tax rates that records state with a tax category.
    """

    kind = text()
    value = text()
    scope = text()
    currency = text()
    records = count()
    waiting = count()
    minor = minor()
    rates = text()

    class Meta:
        table_name = "need"
        indexes = ((("profile", "kind", "value", "scope", "currency", "rates"), True),)


class ReferenceTable(Table):
    """An edge from a record to a mapping or to a parent record; ``target`` says which.

    ``rates`` are the percentages that the record states with a tax category, such as ``sale=16``, with
    spaces between.
    """

    record_id = count()
    target = text()
    kind = text()
    value = text()
    scope = text()
    required = flag()
    role = text()
    rates = text()

    class Meta:
        table_name = "reference"
        indexes = (
            (("record_id",), False),
            (("profile", "target", "kind", "value", "scope"), False),
        )


class WarningTable(Table):
    """What a person must look at; open while ``closed_at`` is empty, closed and kept, opened again by undo.

    Keyed by subject, reason and cause among the open ones. What lists sort and search by is copied
    from the record whenever its warnings are reconciled. ``awaits`` says what has to change in
    QuickBooks for the record to be sent by itself; empty where the remedy lies elsewhere.
    ``dismissed`` while it is put aside, ``snoozed_until`` until which moment if not for good.
    ``returned_at`` is when a dismissed one showed again last. ``root`` is the cause of the heading that
    it stands under: its own, or that of the record for which it only waits.
    """

    closed_at = text()
    dismissed = flag()
    subject_type = text()
    kind = text()
    subject_id = text()
    record_id = count()
    kind_order = count()
    dimension = text()
    blocked = flag()
    opened_at = text()
    reason = text()
    cause = text()
    owner = text()
    status = text()
    attempts = count()
    last_attempt_at = text()
    number = text()
    party = text()
    date = text()
    amount_minor = minor()
    currency = text()
    branch = text()
    reference = text()
    number_key = text()
    party_key = text()
    search = text()
    who = text()
    screen = text()
    code = text()
    existing_id = text()
    blocked_by = text()
    came_back = text()
    sentence = text()
    action = text()
    message = text()
    awaits = text()
    snoozed_until = text()
    returned_at = text()
    root = text()

    class Meta:
        table_name = "warning"
        indexes = (
            (("profile", "subject_type", "kind", "subject_id"), False),
            (("record_id",), False),
            (("profile", "closed_at", "cause"), False),
            (
                (
                    "profile", "closed_at", "dismissed", "subject_type", "kind", "dimension", "blocked",
                    "opened_at",
                ),
                False,
            ),
            (
                (
                    "profile", "closed_at", "dismissed", "kind_order", "opened_at", "id", "subject_type",
                    "kind", "dimension",
                ),
                False,
            ),
        )  # fmt: skip


index(
    WarningTable,
    "warning_open",
    "profile subject_type kind subject_id reason cause",
    where="closed_at = ''",
    unique=True,
)
index(
    WarningTable,
    "warning_awaits",
    "profile closed_at dismissed kind_order awaits",
    where="closed_at = '' AND awaits != ''",
)
index(
    WarningTable,
    "warning_snoozed",
    "profile closed_at subject_type kind snoozed_until",
    where="closed_at = '' AND snoozed_until != ''",
)
index(WarningTable, "warning_owned", "profile owner dismissed", where="closed_at = '' AND owner != ''")
index(
    WarningTable,
    "warning_root",
    "profile dismissed root record_id kind currency amount_minor date blocked kind_order opened_at id",
    where="closed_at = ''",
)
index(WarningTable, "warning_opened", "profile opened_at blocked reason code closed_at dismissed")
index(WarningTable, "warning_dated", "profile dismissed date", where="closed_at = '' AND date != ''")


class DismissalTable(Table):
    """A person said of a warning that nothing is to be done; in force while ``undone_at`` is empty.

    It holds as long as the record's fingerprint and amount, the reason and its cause are what they were;
    with ``until`` only until that moment. ``decision`` is the number of the decision that made it.
    """

    subject_type = text()
    kind = text()
    subject_id = text()
    reason = text()
    cause = text()
    fingerprint = text()
    amount_minor = minor()
    currency = text()
    who = text()
    at = text()
    undone_at = text()
    why = text()
    until = text()
    decision = count()

    class Meta:
        table_name = "dismissal"
        indexes = ((("profile", "subject_type", "kind", "subject_id"), False),)


index(DismissalTable, "dismissal_decision", "profile decision", where="decision != 0")


class NoteTable(Table):
    """What a person wrote about a warning, kept for the next warning of the same subject, reason and cause.

    ``owner`` is whom it was handed to with this message, if so; ``decision`` the number of the decision.
    """

    subject_type = text()
    kind = text()
    subject_id = text()
    reason = text()
    cause = text()
    at = text()
    who = text()
    owner = text()
    undone_at = text()
    text = text()
    decision = count()

    class Meta:
        table_name = "note"
        indexes = (
            (("profile", "subject_id"), False),
            (("profile", "decision"), False),
        )


class DecisionTable(Table):
    """Who decided what and when, with the state before and after as JSON text.

    ``undone_by`` is the decision that undid this one; ``undoes`` the one that this one undid. ``search``
    is what it is found by: its own words, and number and party of its record.
    """

    at = text()
    who = text()
    verb = text()
    subject = text()
    undone_by = count()
    undoes = count()
    before = text()
    after = text()
    search = text()

    class Meta:
        table_name = "decision"
        indexes = ((("profile", "who"), False), (("profile", "subject"), False), (("profile", "at"), False))


class FactTable(Table):
    """One thing known of the profile, as text under a key."""

    key = text()
    value = text()

    class Meta:
        table_name = "fact"
        indexes = ((("profile", "key"), True),)
