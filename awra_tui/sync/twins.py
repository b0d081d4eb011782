"""Noticing what is in QuickBooks twice: records in order whose mark another object carries too."""

from awra_tui.cache.store import links, marked, objects, records
from awra_tui.cache.stored import RecordHead
from awra_tui.health.twins import is_twin
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import QboObject
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.judging import judge_keys
from awra_tui.sync.office import Office

ENTITIES = tuple(dict.fromkeys(kind.entity for kind in KINDS.values() if not kind.is_name))
"""What carries our mark: names are unique in QuickBooks anyway."""


async def notice(office: Office) -> None:
    """Judge the records that are in QuickBooks more than once; the judge says so, and when it is over."""
    for entity in ENTITIES:
        if doubtful := await office.desk.page(_doubtful, entity):
            await office.desk.write(judge_keys, doubtful, office.company, office.rules, office.desk.who)


def _doubtful(entity: str) -> list[RecordKey]:
    """Return the records in order of which our copy has a second object. A job of the cache.

    Records that are not in order are judged in every pass anyway.
    """
    loose = marked.unlinked(entity, marked.repeated(entity))
    heads = records.heads(marked.holders(entity, [one.mark for one in loose]))
    return [key for key, head in heads.items() if _is_doubtful(head, entity, loose)]


def _is_doubtful(head: RecordHead, entity: str, loose: list[QboObject]) -> bool:
    if head.status is not Status.SUCCEEDED:
        return False
    held = [objects.get(entity, link.qbo_id) for link in links.of(head.key) if link.entity == entity]
    return any(is_twin(one, mine) for mine in held if mine for one in loose)
