"""What shows that something is to be handed on to somebody else: counted in the cache, judged by rules."""

from dataclasses import dataclass, field

from awra_tui.records.subject import RecordKey


@dataclass(frozen=True, slots=True)
class Group:
    """Records with something in common: how many, and the first of them."""

    count: int = 0
    keys: tuple[RecordKey, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What the cache knows.

    ``failing`` are records that the connection itself has failed for longer than it fails in passing.
    ``lost`` is why the company cannot be reached, in a sentence; ``tries`` how many passes have stopped
    since, ``reconnected`` whether a person connected it since. ``closing`` is the month that is being
    closed, ``held`` its records whose warnings another than the operator must clear, ``late`` how many
    days it has been over. ``differing`` were sent again with success, and have another total there.
    """

    failing: Group = field(default_factory=Group)
    lost: str = ""
    tries: int = 0
    reconnected: bool = False
    closing: str = ""
    late: int = 0
    held: Group = field(default_factory=Group)
    differing: Group = field(default_factory=Group)
