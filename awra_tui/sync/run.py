"""One pass: read the source, refresh our copy, find out, then judge and send level by level."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from awra_tui.cache.store import aside, facts, outbox, runs
from awra_tui.qbo.client import QboClient
from awra_tui.qbo.errors import QboError
from awra_tui.records import clock
from awra_tui.records.errors import AwraError
from awra_tui.records.qbo import Company
from awra_tui.records.subject import RecordKey
from awra_tui.sync import (
    comparing,
    connector,
    intake,
    levels,
    mapping_states,
    patience,
    recovery,
    refresh,
    remedies,
    twins,
)
from awra_tui.sync.desk import Desk
from awra_tui.sync.leases import BusyError, Lease, LostLeaseError, sending
from awra_tui.sync.office import Office, StopRun
from awra_tui.sync.outcomes import Recorder
from awra_tui.sync.progress import Report, RunResult, Teller, silent
from awra_tui.sync.reading import desk_source
from awra_tui.sync.retry import Retry

KEEP_ANSWERS = timedelta(days=90)
"""Stored requests and answers are emptied after this long."""


async def sync(
    desk: Desk,
    *,
    keys: Sequence[RecordKey] | None = None,
    trigger: str = "person",
    report: Report = silent,
    accept_deletions: bool = False,
) -> RunResult:
    """Do one pass over the profile, or over chosen records; every ending is a result in words.

    ``accept_deletions`` says that records missing from the source are deleted, however many they are.
    Cancelled, it leaves every request recorded and raises CancelledError.
    """
    try:
        async with sending(desk, trigger) as lease:
            return await _recorded(Pass(desk, lease, Teller(report, desk.sleep), keys, accept_deletions))
    except BusyError as busy:
        return RunResult(run_id=0, outcome="busy", sentence=str(busy), counts={})


async def _recorded(work: "Pass") -> RunResult:
    """Run a pass and record how it ended, however it ended."""
    outcome, sentence = "failed", "The program met an error of its own; what was sent is recorded."
    try:
        outcome, sentence = await work.go()
    except AwraError as error:
        outcome, sentence = "failed", work.after_all(str(error))
    except asyncio.CancelledError:
        outcome = "stopped"
        sentence = work.after_all(f"Stopped by {work.desk.who}; what was sent is recorded.")
        raise
    except Exception:
        sentence = work.after_all(sentence)
        raise
    finally:
        counts = dict(work.counts)
        await asyncio.shield(work.desk.write(_end, work.lease.run_id, outcome, sentence, counts))
    return RunResult(run_id=work.lease.run_id, outcome=outcome, sentence=sentence, counts=counts)


def _end(run_id: int, outcome: str, sentence: str, counts: dict[str, int]) -> None:
    runs.end(run_id, outcome, sentence, counts, changed=outcome != "nothing")
    aside.wake()
    outbox.forget_answers(clock.stamp(clock.now() - KEEP_ANSWERS))


@dataclass(slots=True)
class Pass:
    """The steps of one pass, in the order of the way of a record."""

    desk: Desk
    lease: Lease
    teller: Teller
    keys: Sequence[RecordKey] | None
    accept_deletions: bool
    counts: Counter[str] = field(default_factory=Counter)
    seen: int = 0

    async def go(self) -> tuple[str, str]:
        """Do the pass; return its outcome and the sentence that tells it."""
        # The HTTP library is imported only when it is needed: the first screen does not wait for it.
        from awra_tui.sync.connection import connected

        await self._read_source()
        try:
            async with connected(self.desk, self.desk.sleep, self.teller.pause) as client:
                office = await self._office(client)
                await recovery.find_out(office)
                if self.keys is None:
                    await comparing.compare_moved(office)
                    await twins.notice(office)
                await self._send(office)
                await self.desk.write(connector.works, office.company, office.rules)
        except LostLeaseError as lost:
            return "stopped", self.after_all(str(lost))
        except (QboError, StopRun) as error:
            return await self._stopped(error)
        return await self._ending()

    async def _read_source(self) -> None:
        reading = await intake.read_source(
            self.desk,
            self.lease,
            await desk_source(self.desk),
            self.teller.tell,
            accept_deletions=self.accept_deletions,
        )
        self.seen = reading.seen
        self.counts.update(new=reading.new, changed=reading.changed, bad_rows=reading.bad, gone=reading.gone)

    async def _office(self, client: QboClient) -> Office:
        """Bring our copy of QuickBooks up to date, and set up the office for its company."""
        profile = self.desk.profile
        company = await refresh.refresh(self.desk, client, self.teller.tell)
        await self.desk.write(self._check_mappings, company)
        retry = Retry(profile.sync.retry_first_wait_seconds)
        return Office(
            desk=self.desk,
            client=client,
            lease=self.lease,
            company=company,
            rules=profile.rules,
            report=self.teller.tell,
            recorder=Recorder(self.desk.who, profile.rules, company, retry),
            counts=self.counts,
        )

    def _check_mappings(self, company: Company) -> None:
        mapping_states.apply_presets(self.desk.profile.mapping.preset, company)
        mapping_states.recheck(company)

    async def _send(self, office: Office) -> None:
        if self.keys is None:
            await levels.send_all(office)
        else:
            await levels.send_chosen(office, self.keys)

    async def _stopped(self, error: QboError | StopRun) -> tuple[str, str]:
        """Say once why the pass stopped, and judge what is left so that every record says where it stands.

        Another pass that took over judges for itself.
        """
        sentence = await self.desk.write(connector.warn, self.desk.realm, error)
        company = await self.desk.page(facts.company)
        if company is not None and self.keys is None:
            with suppress(LostLeaseError):
                await levels.judge_all(self.desk, self.lease, company)
        return "stopped", self.after_all(sentence)

    def after_all(self, sentence: str) -> str:
        """Put what the pass has done so far before the sentence that says why it went no further."""
        told = self._done() + self._unknown()
        return f"{', '.join(told)}, then: {sentence}" if told else sentence

    def _done(self) -> list[str]:
        told = {**self.counts, "succeeded": self.counts["succeeded"] - self.counts["found"]}
        return [f"{told[name]:,} {word}" for name, word in _TOLD.items() if told.get(name)]

    def _unknown(self) -> list[str]:
        unknown = self.counts["unknown"]
        return [f"{unknown:,} without an answer yet"] if unknown else []

    async def _ending(self) -> tuple[str, str]:
        waiting = await self.desk.page(patience.told)
        told = [*self._done(), *filter(None, [waiting])]
        if not told and not self.counts["new"] and not self.counts["changed"]:
            return "nothing", f"Nothing had changed; nothing was sent. {self._looked_at()}"
        sent = ", ".join(told or ["nothing sent"]) + "."
        return "done", f"{sent} {await self.desk.page(remedies.told, self.lease.run_id)}".rstrip()

    def _looked_at(self) -> str:
        records = "1 record" if self.seen == 1 else f"{self.seen:,} records"
        source = f"{records} of the source" if self.seen else "the source, which is as it was"
        return f"Looked at {source}, and at QuickBooks."


_TOLD = {
    "succeeded": "sent",
    "found": "found in QuickBooks after the answer was lost",
    "failed": "refused",
    "connected": "connected to what QuickBooks had",
    "gone": "gone from the source",
}
"""What the sentence of a pass tells, by the name of the count."""
