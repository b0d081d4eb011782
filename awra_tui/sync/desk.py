"""The desk: one profile with its cache, its secrets and the person or worker at it."""

import asyncio
import getpass
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ParamSpec, TypeVar

from awra_tui.cache import identity
from awra_tui.cache.bridge import Cache
from awra_tui.cache.schema import db
from awra_tui.settings.profile import Profile
from awra_tui.settings.stores import SecretStore

P = ParamSpec("P")
T = TypeVar("T")


def whoami() -> str:
    """Return ``user@host``, as every decision records it."""
    return f"{getpass.getuser()}@{socket.gethostname()}"


@dataclass(slots=True)
class Desk:
    """Everything a verb needs.

    ``rehearsal_url`` is the simulator's side path, only in the demo. ``transport`` stands for the wire
    and ``sleep`` for waiting where a company in the same process is spoken to. ``reading_only`` says why
    nothing can be recorded, and so nothing sent, where the cache may only be read.
    """

    profile: Profile
    cache: Cache
    secrets: SecretStore
    who: str = field(default_factory=whoami)
    rehearsal_url: str = ""
    transport: Any = None
    reading_only: str = ""
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep

    @property
    def can_rehearse(self) -> bool:
        """Whether incidents can be rehearsed here."""
        return bool(self.rehearsal_url)

    @property
    def realm(self) -> str:
        """The company that the profile names, or the one that its cache was connected to."""
        return self.profile.qbo.realm_id or identity.realm()

    async def page(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a reading job beside the event loop."""
        return await self.cache.read(job, *args, **kwargs)

    async def write(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a writing job beside the event loop, as one transaction: all of it counts, or nothing."""
        return await self.cache.run(_whole, partial(job, *args, **kwargs))


def _whole(job: Callable[[], T]) -> T:
    with db.atomic():
        return job()
