"""One pass: read the source, refresh our copy, find out, then judge and send level by level."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from awra_tui.cache.store import facts, runs
from awra_tui.qbo.errors import QboError
from awra_tui.records.errors import AwraError
from awra_tui.records.qbo import Company
from awra_tui.records.subject import RecordKey
from awra_tui.sync import connector, intake, levels, mapping_states, recovery, refresh
from awra_tui.sync.desk import Desk
from awra_tui.sync.leases import BusyError, Lease, sending
from awra_tui.sync.office import Office, StopRun
from awra_tui.sync.outcomes import Recorder
from awra_tui.sync.progress import Report, RunResult, silent
from awra_tui.sync.reading import desk_source


async def sync(
    desk: Desk,
    *,
    keys: Sequence[RecordKey] | None = None,
    trigger: str = "person",
    report: Report = silent,
    forced: bool = False,
) -> RunResult:
    """Do one pass over the profile, or over chosen records; every ending is a result in words.

    ``forced`` sends chosen records although nothing changed since QuickBooks refused them.
    Cancelled, it leaves every request recorded and raises CancelledError.
    """
    try:
        async with sending(desk) as lease:
            run_id = await desk.write(runs.begin, trigger, "send", desk.who)
            return await _recorded(Pass(desk, lease, run_id, report, keys, forced))
    except BusyError as busy:
        return RunResult(run_id=0, outcome="busy", sentence=str(busy), counts={})


async def _recorded(work: "Pass") -> RunResult:
    """Run a pass and record how it ended, however it ended."""
    outcome, sentence = "stopped", f"Stopped by {work.desk.who}; what was sent is recorded."
    try:
        outcome, sentence = await work.go()
    except AwraError as error:
        outcome, sentence = "failed", str(error)
    finally:
        counts = dict(work.counts)
        await asyncio.shield(work.desk.write(runs.end, work.run_id, outcome, sentence, counts))
    return RunResult(run_id=work.run_id, outcome=outcome, sentence=sentence, counts=counts)


@dataclass(slots=True)
class Pass:
    """The steps of one pass, in the order of the way of a record."""

    desk: Desk
    lease: Lease
    run_id: int
    report: Report
    keys: Sequence[RecordKey] | None
    forced: bool
    counts: Counter[str] = field(default_factory=Counter)

    async def go(self) -> tuple[str, str]:
        """Do the pass; return its outcome and the sentence that tells it."""
        # The HTTP library is imported only when it is needed: the first screen does not wait for it.
        from awra_tui.sync.connection import connected

        await self._read_source()
        try:
            async with connected(self.desk) as client:
                company = await refresh.refresh(self.desk, client, self.report)
                await self.desk.write(self._check_mappings, company)
                await self.desk.write(connector.clear, self.desk.profile.qbo.realm_id)
                office = Office(
                    desk=self.desk,
                    client=client,
                    lease=self.lease,
                    run_id=self.run_id,
                    company=company,
                    rules=self.desk.profile.rules,
                    report=self.report,
                    recorder=Recorder(self.desk.who, self.desk.profile.rules, company),
                    forced=frozenset(self.keys or ()) if self.forced else frozenset(),
                    counts=self.counts,
                )
                await recovery.find_out(office)
                await self._send(office)
        except (QboError, StopRun) as error:
            return await self._stopped(error)
        return self._ending()

    async def _read_source(self) -> None:
        source = await desk_source(self.desk)
        reading = await intake.read_source(self.desk, source, self.desk.profile.rules, self.report)
        self.counts.update(new=reading.new, changed=reading.changed, bad_rows=reading.bad)

    def _check_mappings(self, company: Company) -> None:
        mapping_states.apply_presets(self.desk.profile.mapping.preset, company)
        mapping_states.recheck(company)

    async def _send(self, office: Office) -> None:
        if self.keys is None:
            await levels.send_all(office)
        else:
            await levels.send_chosen(office, self.keys)

    async def _stopped(self, error: QboError | StopRun) -> tuple[str, str]:
        """Say once why the pass stopped, and judge what is left so that every record says where it stands."""
        sentence = await self.desk.write(connector.warn, self.desk.profile.qbo.realm_id, error)
        company = await self.desk.page(facts.company)
        if company is not None and self.keys is None:
            await levels.judge_all(self.desk, company)
        return "stopped", sentence

    def _ending(self) -> tuple[str, str]:
        sent, failed, unknown = (self.counts[name] for name in ("succeeded", "failed", "unknown"))
        if not any((sent, failed, unknown, self.counts["new"], self.counts["changed"])):
            return "nothing", "Nothing had changed; nothing was sent."
        parts = [f"{sent:,} sent"]
        parts += [f"{failed:,} refused"] * bool(failed)
        parts += [f"{unknown:,} without an answer yet"] * bool(unknown)
        return "done", ", ".join(parts) + "."
