"""What takes which role: screens dim such keys for others, commands refuse them, both in the same words."""

from typing import NamedTuple

from awra_tui.records.errors import AwraError
from awra_tui.records.people import People, Role


class Deed(NamedTuple):
    """What an action is called in a sentence, and the least role that may do it."""

    role: Role
    doing: str


_MAPPING = Deed(Role.ADMINISTRATOR, "Mapping")
_MAPPING_KEYS = (
    "map", "choose", "deposit", "pick", "save", "certain", "from_date", "from_date_here", "wider",
    "take_away", "confirm", "drop", "drop_all",
)  # fmt: skip
_SENDING = Deed(Role.OPERATOR, "Resending")
_CONNECTING = Deed(Role.OPERATOR, "Connecting records")
_OWNING = Deed(Role.OPERATOR, "Saying who takes care of a warning")

DEEDS: dict[str, Deed] = {
    "sync": Deed(Role.OPERATOR, "Syncing"),
    "resend": _SENDING,
    "send_released": _SENDING,
    "decide": Deed(Role.OPERATOR, "Deciding about changes"),
    "dismiss": Deed(Role.OPERATOR, "Dismissing"),
    "snooze": Deed(Role.OPERATOR, "Snoozing"),
    "restore": Deed(Role.OPERATOR, "Bringing warnings back"),
    "owner": _OWNING,
    "owner_of_record": _OWNING,
    "hand_over": Deed(Role.OPERATOR, "Handing over"),
    "note": Deed(Role.OPERATOR, "Writing notes"),
    "undo": Deed(Role.OPERATOR, "Undoing"),
    "connect": _CONNECTING,
    "choose_object": _CONNECTING,
    "create": _CONNECTING,
    "start_date": _CONNECTING,
    "leave": Deed(Role.OPERATOR, "Writing notes"),
    "connect_chosen": _CONNECTING,
    "create_names": _CONNECTING,
    "unlink": _CONNECTING,
    **dict.fromkeys(_MAPPING_KEYS, _MAPPING),
    "connect_company": Deed(Role.ADMINISTRATOR, "Connecting a company"),
    "disconnect": Deed(Role.ADMINISTRATOR, "Disconnecting a company"),
}
"""What takes more than looking, by the id of its action; the rest is for viewers too."""


def refusal(people: People, who: str, action: str) -> str:
    """Return why a person may not do an action, and whom to ask; nothing where they may."""
    deed = DEEDS.get(action)
    return people.refusal(who, deed.role, deed.doing) if deed else ""


def allow(people: People, who: str, action: str) -> None:
    """Raise AwraError, with whom to ask, where a person may not do an action."""
    if told := refusal(people, who, action):
        raise AwraError(told)
