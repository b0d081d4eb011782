"""How much of what the limits allow is used: a sync, two processes at once, and another client one by one.

The company's clock is quickened, and the pace with it: its minute is so many times shorter, its limits
are counted in that minute, and figures are of that minute.
"""

import json
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from awra_tui.qbo.throttle import Limits
from awra_tui.sync.parcels import BATCH
from bench.company import Served, served
from bench.place import REALM
from bench.process import machine_share, machine_ticks
from bench.report import Measure
from bench.shop import Shop, pace

TIMES = 4.0
"""The clock is quickened so much: with more, two cores and not the limits would be measured."""
LATENCY_MS = 300
"""An answer takes so long, in real time; 1.2 s of the quickened minute."""
ALLOWED = Limits().batches_per_minute * BATCH
"""Records a minute, where every batch is full."""
AIM = 0.95


def pacing(folder: Path, invoices: int, times: float = TIMES) -> list[Measure]:
    """Measure what goes out a minute, and what the company refused for coming too fast."""
    return [
        *_syncing(folder / "syncing", invoices, times),
        *_two_at_once(folder / "two", invoices // 2, times),
        *_one_by_one(folder / "one", invoices // 10, times),
    ]


@contextmanager
def _company(folder: Path, times: float) -> Iterator[tuple[Shop, Served, tuple[str, ...]]]:
    """Yield a shop, a company with its customers and with limits on, and the settings that lead there."""
    shop = Shop(folder, REALM)
    program = ("bench.quick_company", str(times), "--company", "empty-us")
    with served(shop.env, folder, shop.profile, program) as company:
        settings = (*company.addresses, f"qbo.realm_id={company.told['realm_id']}", *pace(times))
        shop.sync(settings)
        company.switch(limits=True)
        yield shop, company, settings


def _syncing(folder: Path, invoices: int, times: float) -> list[Measure]:
    with _company(folder, times) as (shop, company, settings):
        company.switch(latency_ms=LATENCY_MS)
        shop.fill(invoices)
        begun, before, machine = time.perf_counter(), _own_seconds(), machine_ticks()
        told = shop.sync(settings)
        own = (_own_seconds() - before) / (time.perf_counter() - begun)
        return [
            *_measured(f"{invoices:,} invoices in batches, a minute", company, told["counts"]["succeeded"]),
            Measure(what="  of a core, for the sync", unit="%", measured=own),
            Measure(
                what="  of all cores, for everything that ran", unit="%", measured=machine_share(machine)
            ),
        ]


def _own_seconds() -> float:
    """Return the processor time of the children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _two_at_once(folder: Path, invoices: int, times: float) -> list[Measure]:
    with _company(folder, times) as (shop, company, settings):
        company.switch(latency_ms=LATENCY_MS)
        batches = invoices // 2 // BATCH
        both = [shop.begun("bench.sender", shop.profile, name, batches, *settings) for name in ("A", "B")]
        booked = [int(process.communicate()[0]) for process in both]
        return _measured("two processes on one budget, a minute", company, sum(booked))


def _one_by_one(folder: Path, invoices: int, times: float) -> list[Measure]:
    with _company(folder, times) as (shop, company, _):
        process = shop.begun("bench.one_by_one", invoices, times)
        told = json.loads(process.communicate(json.dumps(dict(company.told)) + "\n")[0])
        return [
            Measure(
                what="python-quickbooks, one by one, a minute",
                unit="records",
                measured=told["booked"] / (told["seconds"] * times / 60),
                reference=ALLOWED,
            ),
            _refused(company),
        ]


def _measured(what: str, company: Served, booked: int) -> list[Measure]:
    """Return records a minute from the first batch to the last, which ends the time but is not in it."""
    counted = company.state()["limits"]
    first, last = (datetime.fromisoformat(counted[name]) for name in ("first_batch", "last_batch"))
    minutes = (last - first).total_seconds() / 60
    rate = (booked - BATCH) / minutes
    return [
        Measure(what=what, unit="records", measured=rate, reference=ALLOWED, aim=AIM, at_least=True),
        _refused(company),
    ]


def _refused(company: Served) -> Measure:
    return Measure(
        what="  refused for coming too fast (429)",
        unit="requests",
        measured=company.state()["limits"]["refused"],
        aim=0,
    )
