"""The desk: one profile with its cache, its secrets and the person or worker at it."""

import getpass
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

from awra_tui.cache.bridge import Cache
from awra_tui.settings.profile import Profile
from awra_tui.settings.stores import SecretStore

P = ParamSpec("P")
T = TypeVar("T")


def whoami() -> str:
    """Return ``user@host``, as every decision records it."""
    return f"{getpass.getuser()}@{socket.gethostname()}"


@dataclass(slots=True)
class Desk:
    """Everything a verb needs. ``rehearsal_url`` is the simulator's side path, only in the demo."""

    profile: Profile
    cache: Cache
    secrets: SecretStore
    who: str = field(default_factory=whoami)
    rehearsal_url: str = ""
    transport: Any = None

    @property
    def can_rehearse(self) -> bool:
        """Whether incidents can be rehearsed here."""
        return bool(self.rehearsal_url)

    async def page(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a reading job beside the event loop."""
        return await self.cache.read(job, *args, **kwargs)

    async def write(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a writing job beside the event loop."""
        return await self.cache.run(job, *args, **kwargs)
