"""docs/commands.md and the program say the same."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest

from awra_tui.actions.table import ACTIONS
from awra_tui.cli.main import cli
from tests.cli.commands import call
from tests.cli.conftest import Shop

TEXT = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))
COMMON = TEXT[TEXT.index("## For all commands") : TEXT.index("## sync")]
FREE = {
    "before", "after", "connected", "created", "counts", "waiting", "record", "payload", "sent", "answer",
    "mappings", "money",
}  # fmt: skip
"""Objects whose names of fields are data."""
SHARED = {"--profile", "--set", "--json", "--yes"}

COMMANDS = {name: cli.get_command(click.Context(cli), name) for name in cli.list_commands(click.Context(cli))}


def examples(command: str) -> list[Any]:
    """Return the JSON examples of a command's section, in order."""
    return [json.loads(found) for found in re.findall(r"```json\n(.*?)```", SECTIONS[command], re.DOTALL)]


def shape(value: Any, name: str = "") -> Any:
    """Return the names of fields inside JSON: of objects all, of lists those of the first element."""
    if isinstance(value, dict):
        if name in FREE:
            return "free"
        kinds = {"invoice": value["invoice"]} if name == "kinds" else value
        return {key: shape(inner, key) for key, inner in kinds.items()}
    return [shape(value[0])] if isinstance(value, list) and value else None


def agree(documented: Any, written: Any) -> bool:
    """Whether both have the same fields; what is empty or null in one says nothing."""
    if isinstance(documented, dict) and isinstance(written, dict):
        same = documented.keys() == written.keys()
        return same and all(agree(documented[key], written[key]) for key in documented)
    if isinstance(documented, list) and isinstance(written, list):
        return agree(documented[0], written[0])
    return documented is None or written is None or documented == written


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    section = SECTIONS[name]
    assert f"awra-tui {name}" in section
    command = COMMANDS[name]
    assert command is not None
    for option in command.params:
        for written in option.opts if isinstance(option, click.Option) else ():
            where = COMMON if written in SHARED else section
            assert re.search(rf"{written}\b", where), f"{written} of {name}"


def test_nothing_is_documented_that_is_not_there() -> None:
    assert set(SECTIONS) - {"For"} == set(COMMANDS)
    for name, command in COMMANDS.items():
        assert command is not None
        known = {written for option in command.params for written in option.opts} | SHARED | {"--help"}
        own = SECTIONS[name].replace("awra-tui simulator --json", "").replace("`--warning` of other", "")
        assert set(re.findall(r"--[a-z][a-z-]+", own)) <= known, name


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in {"explain", "simulator", "demo"}])
def test_every_command_of_a_profile_takes_the_four_options(name: str) -> None:
    command = COMMANDS[name]
    assert command is not None
    assert {written for option in command.params for written in option.opts} >= SHARED


@pytest.mark.parametrize("asked", sorted({action.command for action in ACTIONS if action.command}))
def test_whatever_a_key_does_a_command_can_be_asked(asked: str) -> None:
    """The commands that the console names are understood, with invented words for the capitals."""
    words = {"RUN": "7", "KIND": "invoice", "KIND/VALUE": "item/Tea", "DATE": "2026-11-01"}
    _, *args = (words.get(word, word) for word in shlex.split(asked))
    if args == ["--help"]:
        assert call(*args).code == 0
        return
    command = COMMANDS[args[0]]
    assert command is not None
    assert command.make_context(args[0], args[1:]).params


def written(args: str, shop: Shop) -> Any:
    """Return what a command writes as JSON in a shop whose first invoice was dismissed."""
    return call(*shlex.split(args), "--json").data


@pytest.mark.parametrize(
    ("args", "place"),
    [
        ("sync", 0),
        ("status", 0),
        ("connections", 0),
        ("warnings", 0),
        ("warnings --dismissed", 0),
        ("show 'invoice/INV/7 a'", 0),
        ("lookup 'INV/7 a'", 0),
        ("customer C-1", 0),
        ("check", 0),
        ("resend invoice/i3 --dry-run", 1),
        ("restore invoice/id=i1", 0),
        ("owner invoice/i3 Wanjiru", 0),
        ("dismiss invoice/i3 --why later", 0),
        ("snooze invoice/i3 --until tomorrow", 0),
        ("note invoice/i3 asked", 0),
        ("handover Njeri invoice/i3 --message asked", 0),
        ("undo", 0),
        ("escalate invoice/i3", 0),
        ("audit", 0),
        ("map", 0),
        ("map item/*", 1),
        ("map item/* Sales", 2),
        ("map item/* Sales --dry-run", 3),
        ("map item/* --history", 4),
        ("connect-customer C-1 --new", 1),
        ("connect-many", 0),
        ("log", 0),
    ],
)
def test_examples_have_the_fields_that_are_written(shop: Shop, args: str, place: int) -> None:
    assert call("dismiss", "invoice/id=i1", "--why", "by hand").code == 0
    name = args.partition(" ")[0]
    documented, really = shape(examples(name)[place]), shape(written(args, shop))
    assert agree(documented, really), (documented, really)


def test_every_list_of_examples_is_a_list_of_what_is_written(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "fault").write_text('{"Fault": {"Error": [{"Message": "no", "code": "6140"}]}}')
    told = call("explain", str(tmp_path / "fault"), "--http-status", "400", "--json").data
    assert agree(shape(examples("explain")[0]), shape(told))
    assert list(examples("explain")[0]) == list(told)
    assert shop.company.keys() == examples("simulator")[0].keys()
