"""``[people]``: who may do what with a profile."""

from typing import Literal

import msgspec

from awra_tui.records.people import People, Person, Role

Word = Literal["viewer", "operator", "administrator"]


class PersonSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[people.users.NAME]``: one person by user name, or ``user@host``."""

    role: Word
    name: str = ""
    mail: str = ""


class PeopleSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[people]``: the role of everybody, and persons with their own.

    Without ``default`` those who are not named are viewers; where nobody is named, all are administrators.
    """

    default: Word | None = None
    users: dict[str, PersonSettings] = {}

    @property
    def people(self) -> People:
        """Return who is who."""
        default = self.default or ("viewer" if self.users else "administrator")
        named = {
            user: Person(user, Role(one.role), one.name.strip(), one.mail.strip())
            for user, one in self.users.items()
        }
        return People(Role(default), named)

    @property
    def has_administrator(self) -> bool:
        """Whether anybody can be an administrator."""
        people = self.people
        roles = {people.default, *(one.role for one in people.named.values())}
        return Role.ADMINISTRATOR in roles
