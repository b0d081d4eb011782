"""A process that changes a cache as fast as it can while others do the same: what the rivals' test starts."""

import random
import sys

import msgspec
import peewee

from awra_tui.cache import Cache, rows
from awra_tui.cache.schema import db
from awra_tui.cache.store import budget, decisions, leases, objects, outbox, owners
from awra_tui.records.qbo import QboObject
from awra_tui.records.status import Status
from tests.cache.conftest import HERE
from tests.cache.test_tallies import DO, NET, VAT, key

LIMITS = budget.Limits(per_second=10, per_minute=500, batches_per_minute=40)
NUMBERS = range(1, 9)


class Got(msgspec.Struct):
    """What one rival got that nobody else may get."""

    leases: list[str] = []
    requests: list[str] = []
    undone: list[int] = []
    places: list[float] = []


def step(chance: random.Random) -> None:
    """Do one thing to one record, as some console or worker would."""
    number = chance.choice(NUMBERS)
    name = chance.choice([*DO, "copy"])
    given = {
        "read": (chance.randint(-500, 500), chance.choice(["KES", "USD"])),
        "judge": (chance.choice(list(Status)),),
        "need": (set(chance.sample([VAT, NET], chance.randint(0, 2))),),
        "warn": (set(chance.sample(["a", "b"], chance.randint(0, 2))),),
    }
    if name == "copy":
        objects.upsert([QboObject(entity="Invoice", id=str(number), deleted=chance.random() < 0.3)])
    else:
        DO[name](number, *given.get(name, ()))


def own(number: int) -> None:
    """Give every open warning of a record an owner: many rows, in whatever order."""
    found = rows.select("SELECT id FROM warning WHERE closed_at = '' ORDER BY id DESC")
    owners.set_owner([row[0] for row in found], f"owner {number}", "jo@desk")


def prepare(number: int) -> bool:
    """Record the one request of a number, unless a rival has done it."""
    request = outbox.Request(requestid=f"r{number}", method="POST", path="invoice", params={}, body=b"{}")
    sent = outbox.Attempt(key=key(number % 8 + 1), operation="create", entity="Invoice")
    try:
        outbox.prepare(request, [sent], run_id=1, who="jo@desk")
    except peewee.IntegrityError:
        return False
    return True


def place() -> float:
    """Take the next place for a request, and return when it is, from a moment on that is the same for all."""
    return budget.reserve("9341", batch=False, limits=LIMITS, now=1000.0)


def undo(number: int, who: str) -> bool:
    """Take a decision back, unless a rival has done it."""
    undone = decisions.get(number)
    if undone is None or undone.undone_by:
        return False
    decisions.pair(number, decisions.add(f"undo {undone.verb}", undone.subject, undone.after, {}, who))
    return True


def whole(job, *args):
    """Run a job as one transaction, as every writing job runs."""
    with db.atomic():
        return job(*args)


def main(url: str, name: str, rounds: str) -> None:
    """Fight over everything."""
    chance = random.Random(name)
    got = Got()
    with Cache.open(url, profile=HERE, pragmas={"busy_timeout": 60_000}) as cache:
        # All begin at once: who is ready waits for the word.
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        for number in range(1, int(rounds) + 1):
            cache.now(whole, step, chance)
            if cache.now(whole, prepare, number):
                got.requests.append(f"r{number}")
            if cache.now(whole, leases.acquire, str(number), name, 600):
                got.leases.append(str(number))
            if number % 10 == 0:
                cache.now(whole, own, number)
                got.places.append(cache.now(whole, place))
                if cache.now(whole, undo, number // 10, name):
                    got.undone.append(number // 10)
    sys.stdout.write(msgspec.json.encode(got).decode())


if __name__ == "__main__":
    main(*sys.argv[1:])
