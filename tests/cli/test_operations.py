"""The lines of docs/operations.md for a scheduler are lines that the program takes."""

import configparser
import re
import shlex
from pathlib import Path

import click

from awra_tui.cli.main import cli

TEXT = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")


def taken(line: str) -> dict[str, object]:
    """Return what the program understands of a command line, without doing it."""
    program, name, *arguments = shlex.split(line)
    assert program.endswith("/.local/bin/awra-tui")
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return {**command.make_context(name, arguments, parent=click.Context(cli)).params, "command": name}


def test_the_service_is_a_unit_whose_command_is_taken() -> None:
    [unit] = re.findall(r"^    \[Unit\]\n(?:(?:    .*)?\n)+", TEXT, re.MULTILINE)
    parsed = configparser.ConfigParser(interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read_string(unit.replace("\n    ", "\n").strip())
    assert set(parsed.sections()) == {"Unit", "Service", "Install"}
    command = taken(parsed["Service"]["ExecStart"])
    assert (command["command"], command["every"]) == ("sync", "1h")
    assert int(parsed["Service"]["TimeoutStopSec"]) > 25


def test_the_line_for_cron_runs_one_pass_every_hour() -> None:
    [line] = re.findall(r"^    (\d.*awra-tui sync.*)$", TEXT, re.MULTILINE)
    assert line.split()[:5] == ["0", "*", "*", "*", "*"]
    assert "%" not in line, "cron ends a line there"
    command = taken(" ".join(line.split()[5:]).removesuffix(" >/dev/null"))
    assert (command["every"], command["quiet"]) == ("", True)
