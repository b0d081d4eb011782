"""How a command ends: its exit status, and every failure as one sentence on standard error."""

import os
import re
import traceback
from contextlib import suppress

import click

from awra_tui.cli.output import discard, finish, forgiving, warn
from awra_tui.records.errors import AwraError
from awra_tui.records.text import cut

ALL_WELL, WARNINGS, CANNOT = 0, 1, 2
TRACEBACK = "AWRA_TUI_TRACEBACK"
"""Environment variable that shows where a defect of the program is, for whoever mends it."""
WORD = 300
"""Characters of a word in a sentence: what was typed or found may be a whole file."""


def told(command: click.Command) -> int:
    """Run a command and return its exit status; whatever goes wrong is one sentence."""
    forgiving()
    result = None
    try:
        with suppress(SystemExit):  # so click ends where the reader of its help went away
            result = command.main(prog_name="awra-tui", standalone_mode=False)
        finish()
    except (click.Abort, KeyboardInterrupt):
        return _refused("Stopped; nothing more is sent, and what was sent is recorded.")
    except click.ClickException as error:
        return _refused(_usage(error))
    except AwraError as error:
        return _refused(str(error))
    except OSError as error:
        return _refused(_of_the_system(error))
    except Exception as error:
        # The last resort: a script gets a sentence, never a traceback.
        if os.environ.get(TRACEBACK):
            raise
        return _refused(_defect(error))
    return result if isinstance(result, int) else ALL_WELL


def _refused(sentence: str) -> int:
    try:
        warn(re.sub(rf"\S{{{WORD},}}", lambda word: cut(word[0], WORD), sentence))
    except OSError:
        pass
    finally:
        discard()
    return CANNOT


def _usage(error: click.ClickException) -> str:
    """Return what is wrong with the command line, and where to read what is right."""
    message = error.format_message().rstrip()
    closed = message if message.endswith((".", "?", "!")) else f"{message}."
    context = getattr(error, "ctx", None)
    path = context.command_path if isinstance(context, click.Context) else ""
    return f"{closed} See {path} --help." if path else closed


def _of_the_system(error: OSError) -> str:
    what = str(error.filename) if error.filename else "What was asked for"
    return f"{what} cannot be used: {error.strerror or type(error).__name__}."


def _defect(error: Exception) -> str:
    """Name a defect without quoting it: its text may hold what must not be shown."""
    if isinstance(error, UnicodeEncodeError):
        return "What was typed is no text in UTF-8; type it anew. Nothing more was done."
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""  # noqa: PTH119
    return (
        f"awra-tui met a defect of its own ({type(error).__name__}{place}); nothing more was done. "
        f"Please report it; {TRACEBACK}=1 shows more."
    )
