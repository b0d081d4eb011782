"""What one run of a soak tells the process that started it: one line of JSON on standard output."""

import sys

import msgspec


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a run came to. ``again`` is the command that repeats it.

    ``twice`` and ``lost`` count records; ``detected`` those that are in the books twice and say so.
    The slowest recovery is in seconds of the settable clock, and in passes. ``troubles`` are sentences.
    """

    again: str
    faults: dict[str, int] = {}
    requests: int = 0
    records: int = 0
    twice: int = 0
    lost: int = 0
    detected: int = 0
    slowest_seconds: float = 0
    slowest_passes: int = 0
    troubles: tuple[str, ...] = ()


def tell(told: Told) -> None:
    """Print what a run came to."""
    sys.stdout.write(msgspec.json.encode(told).decode() + "\n")


def heard(line: bytes) -> Told:
    """Read what a run printed."""
    return msgspec.json.decode(line, type=Told)
