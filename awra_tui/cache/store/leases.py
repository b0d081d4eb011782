"""Leases: who may do a thing, until when; taken over when their holder has died."""

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.schema import LeaseTable, db
from awra_tui.records.clock import now

_TAKE = """
    INSERT INTO lease (profile, name, holder, expires_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (profile, name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
    WHERE lease.holder = excluded.holder OR lease.expires_at <= ? OR lease.expires_at > ?"""

_CLOCKS_APART = 2
"""A lease of another machine, whose clock is a little ahead, is not taken for one of a clock set back."""


def acquire(name: str, holder: str, seconds: float) -> bool:
    """Take a lease that is free, expired, or the holder's own; return whether it was got.

    One that ends later than any lease of this length could was taken before the clock was set back, and
    counts as expired. One statement, so that of two processes only one gets it on either database.
    """
    moment = now().timestamp()
    taken = (profile(), name, holder, moment + seconds, moment, moment + _CLOCKS_APART * seconds)
    with db.atomic():
        return rows.execute(_TAKE, taken) == 1


def renew(name: str, holder: str, seconds: float) -> bool:
    """Prolong one's own lease; false when it expired and another has taken it, or nobody has it."""
    changed = (
        LeaseTable.update(expires_at=now().timestamp() + seconds)
        .where(LeaseTable.profile == profile(), LeaseTable.name == name, LeaseTable.holder == holder)
        .execute()
    )
    return bool(changed)


def release(name: str, holder: str) -> None:
    """Give one's own lease back; another's is left alone."""
    LeaseTable.delete().where(
        LeaseTable.profile == profile(), LeaseTable.name == name, LeaseTable.holder == holder
    ).execute()


def holder_of(name: str, seconds: float = 60) -> str:
    """Return who has a lease of this length now, or nothing; one of before the clock was set back is none."""
    row = LeaseTable.get_or_none(LeaseTable.profile == profile(), LeaseTable.name == name)
    if row is None:
        return ""
    left = row.expires_at - now().timestamp()
    return row.holder if 0 < left <= _CLOCKS_APART * seconds else ""
