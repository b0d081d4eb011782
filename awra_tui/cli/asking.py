"""What commands ask a person: on the terminal, or as lines of standard input where there is none."""

import sys

import click

from awra_tui.cli.options import Options
from awra_tui.cli.output import warn
from awra_tui.records.errors import AwraError
from awra_tui.records.text import harmless


def asked(what: str) -> str:
    """Ask for one line; raise AwraError where there is none."""
    if not sys.stdin.isatty():
        return _line(what)
    return str(click.prompt(what, err=True)).strip()


def asked_secret(what: str) -> str:
    """Ask for one line that the terminal does not show; raise AwraError where there is none."""
    if not sys.stdin.isatty():
        return _line(what)
    return str(click.prompt(what, hide_input=True, err=True)).strip()


def answerable(options: Options) -> None:
    """Raise AwraError where a question will come that nobody can answer."""
    if not options.yes and not sys.stdin.isatty():
        raise AwraError("This command asks a question: answer it on a terminal, or say --yes.")


def agreed(question: str, options: Options, otherwise: str) -> None:
    """Ask for a yes; raise AwraError with ``otherwise`` where it is no."""
    plain = harmless(question)
    if options.yes:
        warn(f"{plain} Yes.")
        return
    if not click.confirm(plain, err=True):
        raise AwraError(f"{plain} {otherwise}")


def _line(what: str) -> str:
    found = sys.stdin.readline().strip()
    if not found:
        raise AwraError(f"{what} is needed: answer on a terminal, or give it as a line of standard input.")
    return found
