"""The state of one pass: its run, its lease, its connection, and what has happened so far."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from awra_tui.qbo.client import QboClient
from awra_tui.records.errors import AwraError
from awra_tui.records.fault import Fault
from awra_tui.records.qbo import Company
from awra_tui.records.rules import Rules
from awra_tui.sync.desk import Desk
from awra_tui.sync.leases import Lease
from awra_tui.sync.outcomes import Recorder
from awra_tui.sync.progress import Progress, Report

AT_ONCE = 6
"""Requests under way at the same time; the pace itself is kept by the client."""


class StopRun(Exception):  # noqa: N818
    """The pass cannot go on: nothing was lost, and the sentence says why."""

    def __init__(self, sentence: str, fault: Fault | None = None) -> None:
        super().__init__(sentence)
        self.fault = fault


@dataclass(slots=True, kw_only=True)
class Office:
    """One pass at work. ``counts`` are of records; ``lost_in_a_row`` of requests without an answer.

    ``stop`` is why nothing more is begun; what is under way then is still heard out.
    """

    desk: Desk
    client: QboClient
    lease: Lease
    company: Company
    rules: Rules
    report: Report
    recorder: Recorder
    counts: Counter[str] = field(default_factory=Counter)
    total: int = 0
    lost_in_a_row: int = 0
    started: float = field(default_factory=time.monotonic)
    stop: StopRun | AwraError | None = None
    gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    @property
    def run_id(self) -> int:
        """Return the number of the run."""
        return self.lease.run_id

    @contextmanager
    def stopping(self) -> Iterator[None]:
        """Keep why the pass cannot go on, to be raised when what is under way has been heard out."""
        try:
            yield
        except (StopRun, AwraError) as error:
            self.stop = self.stop or error

    def tell(self, stage: str) -> None:
        """Report progress; the remaining time comes from the pace so far."""
        done = self.counts["succeeded"] + self.counts["failed"] + self.counts["unknown"]
        passed = time.monotonic() - self.started
        left = passed / done * (self.total - done) if done and self.total > done else None
        self.report(
            Progress(
                stage=stage,
                done=done,
                total=max(self.total, done),
                succeeded=self.counts["succeeded"],
                failed=self.counts["failed"],
                unknown=self.counts["unknown"],
                seconds_left=left,
            )
        )
