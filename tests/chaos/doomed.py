"""A child process that syncs one profile and ends by SIGKILL in a chosen phase: what ``kills`` starts.

``python -m tests.chaos.doomed PROFILE PHASE NUMBER [SETTING ...]`` dies when the phase has come for the
NUMBERth time. It says when it begins; one that gets to its end prints the outcome, and how often each
phase has come.
"""

import asyncio
import json
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

import httpx
import peewee

from awra_tui.actions.desk import open_desk
from awra_tui.actions.sync import sync_now
from awra_tui.cache import migrations
from awra_tui.settings.profile import load_profile
from awra_tui.sync import full_reading, intake

MIGRATING = "a new cache is being made"
STORING = "the source is being read"
BEFORE_COMMIT = "before a commit"
AFTER_COMMIT = "after a commit"
PAGE = "a full reading of QuickBooks"
CHANGES = "changes in QuickBooks are being read"
LEAVING = "recorded, not sent yet"
UNDER_WAY = "QuickBooks is answering"
ANSWERED = "answered, not recorded yet"
PAID = "a payment is answered, not recorded yet"
"""Nothing in the books tells a payment from the same one booked again: only looking it up does."""
RENEWING = "the tokens are being renewed"
RENEWED = "the new tokens are being kept"
NEVER = "never"
READY = "ready"
"""What a child says as it begins."""

PHASES = (
    MIGRATING, STORING, BEFORE_COMMIT, AFTER_COMMIT, PAGE, CHANGES, LEAVING, UNDER_WAY, ANSWERED, PAID,
    RENEWING, RENEWED,
)  # fmt: skip
"""Everything in which a sync can be cut off, in the order in which a first one meets it."""

_LONGEST = 0.03
"""Seconds after which a request under way is cut off at the latest."""


def die() -> NoReturn:
    """End as a machine that loses its power does."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


@dataclass(slots=True)
class Doom:
    """Counts phases, and ends the process when one has come so often."""

    phase: str
    number: int
    seen: Counter[str] = field(default_factory=Counter)

    def comes(self, phase: str) -> bool:
        """Count a phase; return whether this is the moment."""
        self.seen[phase] += 1
        return phase == self.phase and self.seen[phase] == self.number

    def meets(self, phase: str) -> None:
        """Count a phase, and die where this is the moment."""
        if self.comes(phase):
            die()


class DoomedWire(httpx.AsyncBaseTransport):
    """A wire on which the process may die before, during and after each request."""

    def __init__(self, doom: Doom) -> None:
        self._doom = doom
        self._wire = httpx.AsyncHTTPTransport(verify=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request, unless the process dies meanwhile."""
        if "/oauth2/" in request.url.path:
            self._doom.meets(RENEWING)
            answer = await self._wire.handle_async_request(request)
            self._doom.meets(RENEWED)
            return answer
        if request.method == "POST" and not request.url.path.endswith("/query"):
            return await self._write(request)
        answer = await self._wire.handle_async_request(request)
        self._doom.meets(CHANGES)
        return answer

    async def _write(self, request: httpx.Request) -> httpx.Response:
        self._doom.meets(LEAVING)
        if self._doom.comes(UNDER_WAY):
            asyncio.get_running_loop().call_later(random.uniform(0, _LONGEST), die)
        answer = await self._wire.handle_async_request(request)
        await answer.aread()
        self._doom.meets(ANSWERED)
        if b'"Payment"' in request.content or request.url.path.endswith("/payment"):
            self._doom.meets(PAID)
        return answer

    async def aclose(self) -> None:
        """Close the connections."""
        await self._wire.aclose()


def doom(doom: Doom) -> None:
    """Hook the phases of this process: the cache's own, beside those on the wire."""
    _around(peewee.Database, "commit", lambda: doom.meets(BEFORE_COMMIT), lambda: doom.meets(AFTER_COMMIT))
    _around(intake, "_store", lambda: None, lambda: doom.meets(STORING))
    _around(full_reading, "_keep", lambda: None, lambda: doom.meets(PAGE))
    making: list[str] = []

    def statement() -> None:
        if making:
            doom.meets(MIGRATING)

    _around(migrations, "_run", lambda: making.append(MIGRATING), making.clear)
    _around(peewee.SqliteDatabase, "execute_sql", lambda: None, statement)
    # Pages and chunks so small that a small world has many.
    full_reading.PAGE_LIMIT, full_reading.BORDER = 20, 3
    intake.CHUNK = 50


def _around(owner: Any, name: str, before: Callable[[], None], after: Callable[[], None]) -> None:
    original = getattr(owner, name)

    def hooked(*args: Any, **kwargs: Any) -> Any:
        before()
        result = original(*args, **kwargs)
        after()
        return result

    setattr(owner, name, hooked)


def main(profile: str, phase: str, number: str, *settings: str) -> None:
    """Sync one profile, and die on the way."""
    sys.stdout.write(READY + "\n")
    sys.stdout.flush()
    fate = Doom(phase, int(number))
    doom(fate)
    desk = open_desk(load_profile(profile, settings))
    desk.transport = DoomedWire(fate)
    try:
        result = asyncio.run(sync_now(desk))
    finally:
        desk.cache.close()
    sys.stdout.write(json.dumps({"outcome": result.outcome, "told": result.sentence, "seen": fate.seen}))


if __name__ == "__main__":
    main(*sys.argv[1:])
