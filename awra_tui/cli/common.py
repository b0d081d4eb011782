"""What commands share: options, the desk of a profile, output for people and for scripts."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, TypeVar

import click
import msgspec

from awra_tui.actions.desk import Desk, open_desk
from awra_tui.cache.pages import records as pages
from awra_tui.records.errors import UnknownRecordError
from awra_tui.records.money import from_minor
from awra_tui.records.subject import RecordKey
from awra_tui.records.text import harmless
from awra_tui.settings.profile import load_profile

T = TypeVar("T")
Command = TypeVar("Command", bound=Callable[..., Any])

profile_option = click.option(
    "--profile", envvar="AWRA_TUI_PROFILE", default="default", metavar="NAME|FILE", show_default=True,
    help="The profile: a name, or a path to a TOML file.",
)  # fmt: skip
set_option = click.option(
    "--set", "overrides", multiple=True, metavar="KEY=VALUE", help="Override one setting of the profile."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON for scripts.")
yes_option = click.option("--yes", is_flag=True, help="Answer every question with yes.")


def of_a_profile(command: Command) -> Command:
    """Give a command the options that name a profile."""
    return profile_option(set_option(command))


@contextmanager
def desk_of(profile: str, overrides: Sequence[str], *, read_only: bool = False) -> Iterator[Desk]:
    """Open the desk of a profile for one command, and close its cache afterwards."""
    desk = open_desk(load_profile(profile, overrides), read_only=read_only)
    try:
        yield desk
    finally:
        desk.cache.close()


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run one asynchronous action to its end."""
    return asyncio.run(work)


def named(desk: Desk, name: str) -> RecordKey:
    """Return the one record that ``kind/number``, ``kind/source_id`` or a number names.

    Raise UnknownRecordError, listing the candidates, where there is none or more than one.
    """
    found = desk.cache.now(pages.find_records, name)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UnknownRecordError(
            f"No record is called {name}. Write kind/number or kind/source_id, for example invoice/INV-1042."
        )
    listed = ", ".join(key.text for key in found)
    raise UnknownRecordError(f"{name} is the name of several records: {listed}. Write kind/source_id.")


def write_json(value: Any) -> None:  # noqa: ANN401 - anything that JSON can hold
    """Write JSON, two spaces deep, with decimals as strings."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def say(text: str = "") -> None:
    """Write one line for people; text from outside cannot command the terminal."""
    click.echo(harmless(text))


def amount_text(minor: int, currency: str) -> str:
    """Return an amount for scripts: a plain decimal."""
    amount: Decimal = from_minor(minor, currency)
    return f"{amount:f}"
