"""What later changes of a record are measured against, and choices that its return has overtaken."""

from dataclasses import replace

from awra_tui.cache.store import choices, links
from awra_tui.cache.stored import StoredRecord
from awra_tui.health.changes import baseline
from awra_tui.qbo.json import encode
from awra_tui.records.chosen import WITHDRAWALS
from awra_tui.records.status import Status
from awra_tui.sync.view import CacheView


def keep(one: StoredRecord, view: CacheView, who: str) -> None:
    """Give what a person or a search connected its baseline; let go of overtaken choices.

    A choice to take a record out of the books does not outlast its return to the source. A job of the
    cache.
    """
    wanted = not one.deleted and one.record.approved
    chosen = view.chosen(one.key)
    if wanted and chosen is not None and chosen.choice in WITHDRAWALS:
        choices.forget([one.key])
    main = next((link for link in view.links(one.key) if link.role == "main"), None)
    if main is None or main.fingerprint or not wanted or one.status is Status.UNKNOWN:
        return
    base = baseline(one.record, view, main)
    if base is not None:
        sent = encode(base.sent).decode() if base.sent else ""
        answer = encode(base.answer).decode()
        links.add(replace(main, fingerprint=base.fingerprint, sent=sent, answer=answer), who)
