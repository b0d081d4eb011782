"""The options that every command of a profile takes, before or after the command's name."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
ENVIRONMENT = "AWRA_TUI_PROFILE"
"""Environment variable that names the profile where no option does."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked of a command beside its own options; an empty profile is the one called default."""

    profile: str = ""
    overrides: tuple[str, ...] = ()
    as_json: bool = False
    yes: bool = False

    @property
    def profile_name(self) -> str:
        """Return the profile's name or path."""
        return self.profile or "default"

    def over(self, before: "Options") -> "Options":
        """Return these options where they say something, else those given before the command's name."""
        return Options(
            self.profile or before.profile,
            before.overrides + self.overrides,
            self.as_json or before.as_json,
            self.yes or before.yes,
        )


def profile_options(command: Command) -> Command:
    """Add ``--profile``, ``--set``, ``--json`` and ``--yes``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def of_a_profile(command: Callable[..., int | None]) -> Callable[..., int | None]:
    """Give a command the four options; it gets them as its first argument."""

    @wraps(command)
    def with_options(
        *,
        profile: str,
        overrides: tuple[str, ...],
        as_json: bool,
        yes: bool,
        **own: Any,  # noqa: ANN401 - whatever click hands over
    ) -> int | None:
        return command(Options(profile, overrides, as_json, yes).over(given_before()), **own)

    return profile_options(with_options)


def given_before() -> Options:
    """Return the options that stood before the command's name."""
    given = click.get_current_context().find_root().obj
    return given if isinstance(given, Options) else Options()


_OPTIONS = (
    click.option(
        "--profile",
        default="",
        metavar="NAME|FILE",
        help=f"The profile: a name, or a path to a TOML file. Without it {ENVIRONMENT}, then default.",
    ),
    click.option(
        "--set", "overrides", multiple=True, metavar="KEY=VALUE", help="Override one setting of the profile."
    ),
    click.option("--json", "as_json", is_flag=True, help="Write JSON for scripts."),
    click.option("--yes", is_flag=True, help="Answer every question with yes."),
)
