"""What later changes of a record are measured against, and choices that its return has overtaken."""

from dataclasses import replace

from awra_tui.cache.store import choices, links
from awra_tui.cache.stored import StoredRecord
from awra_tui.health.changes import arrived, baseline
from awra_tui.qbo.json import encode
from awra_tui.records.chosen import WITHDRAWALS
from awra_tui.records.status import Status
from awra_tui.sync.view import CacheView


def keep(one: StoredRecord, view: CacheView, who: str) -> bool:
    """Give what was connected, or arrived unnoticed, its baseline; let go of overtaken choices.

    Return whether there is a new baseline. A choice to take a record out of the books does not outlast
    its return to the source. A job of the cache.
    """
    wanted = not one.deleted and one.record.approved
    chosen = view.chosen(one.key)
    if wanted and chosen is not None and chosen.choice in WITHDRAWALS:
        choices.forget([one.key])
    main = next((link for link in view.links(one.key) if link.role == "main"), None)
    if main is None or not wanted or one.status is Status.UNKNOWN:
        return False
    base = baseline(one.record, view, main) or arrived(one.record, view, main)
    if base is None:
        return False
    sent = encode(base.sent).decode() if base.sent else ""
    renewed = replace(main, fingerprint=base.fingerprint, sent=sent, answer=encode(base.answer).decode())
    links.add(renewed, who)
    view.renew(one.key, main, renewed)
    return True
