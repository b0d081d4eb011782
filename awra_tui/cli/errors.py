"""How a command ends: its exit status, and expected failures as one sentence."""

import os
import sys

import click

from awra_tui.records.errors import AwraError
from awra_tui.records.text import harmless

ALL_WELL, WARNINGS, CANNOT = 0, 1, 2


def told(command: click.Command) -> int:
    """Run a command and return its exit status; tell an expected failure in one sentence."""
    try:
        result = command.main(prog_name="awra-tui", standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return CANNOT
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; nothing more was sent, and what was sent is recorded.", err=True)
        return CANNOT
    except AwraError as error:
        click.echo(harmless(str(error)), err=True)
        return CANNOT
    except BrokenPipeError:
        # A pager that was closed early is no failure; the rest has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ALL_WELL
    return result if isinstance(result, int) else ALL_WELL
