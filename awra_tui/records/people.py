"""The people of a profile: what each may do, and whom to ask for the rest.

Roles keep honest people from mistakes. Who can write to the cache and read the tokens could get round them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

ASKED = 3
"""So many people are named where one is to be asked."""


class Role(StrEnum):
    """What a person may do; each may do what the one before may."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    ADMINISTRATOR = "administrator"

    @property
    def rank(self) -> int:
        """Return the place of a role, the least first."""
        return list(Role).index(self)


@dataclass(frozen=True, slots=True)
class Person:
    """A person by user name, with how others call and reach them."""

    user: str
    role: Role
    name: str = ""
    mail: str = ""

    @property
    def shown(self) -> str:
        """Return the person's name, else the user name."""
        return self.name or self.user

    @property
    def reached(self) -> str:
        """Return the name with the mail address, where there is one."""
        return f"{self.shown} ({self.mail})" if self.mail else self.shown


@dataclass(frozen=True, slots=True)
class People:
    """Who is who, by ``user`` or ``user@host``, and the role of everybody else."""

    default: Role = Role.ADMINISTRATOR
    named: Mapping[str, Person] = field(default_factory=dict)

    def person(self, who: str) -> Person:
        """Return the person at a desk, given as ``user@host``."""
        user = who.partition("@")[0]
        return self.named.get(who) or self.named.get(user) or Person(user, self.default)

    def called(self, name: str) -> str:
        """Return how a person is written who is meant by a name, a user name or a mail address."""
        wanted = name.strip().casefold()
        for one in self.named.values():
            if wanted in {one.user.casefold(), one.name.casefold(), one.mail.casefold()} - {""}:
                return one.shown
        return name.strip()

    def refusal(self, who: str, role: Role, doing: str) -> str:
        """Return why somebody may not do what takes a role, and whom to ask; nothing where they may."""
        if self.person(who).role.rank >= role.rank:
            return ""
        able = [one.reached for one in self.named.values() if one.role.rank >= role.rank]
        asked = " or ".join(able[:ASKED]) or "whoever keeps this profile"
        return f"{doing} is for {role}s: ask {asked}."
