"""The command ``awra-tui``: each command's module is imported when it is called."""

import importlib
import os
import sys

import click

from awra_tui import __version__
from awra_tui.cli.errors import told
from awra_tui.cli.options import ENVIRONMENT, Options, profile_options

_COMMANDS = {
    "console": "awra_tui.cli.console",
    "sync": "awra_tui.cli.sync",
    "status": "awra_tui.cli.status",
    "warnings": "awra_tui.cli.warnings",
    "show": "awra_tui.cli.show",
    "lookup": "awra_tui.cli.lookup",
    "customer": "awra_tui.cli.customer",
    "check": "awra_tui.cli.check",
    "resend": "awra_tui.cli.resend",
    "accept": "awra_tui.cli.changes",
    "void": "awra_tui.cli.changes",
    "dismiss": "awra_tui.cli.dismiss",
    "snooze": "awra_tui.cli.dismiss",
    "restore": "awra_tui.cli.dismiss",
    "owner": "awra_tui.cli.dismiss",
    "note": "awra_tui.cli.dismiss",
    "handover": "awra_tui.cli.handover",
    "queue": "awra_tui.cli.handover",
    "map": "awra_tui.cli.mapping",
    "connect-customer": "awra_tui.cli.connect_record",
    "connect-many": "awra_tui.cli.connect_many",
    "unlink": "awra_tui.cli.unlink",
    "connect": "awra_tui.cli.connect",
    "disconnect": "awra_tui.cli.disconnect",
    "connections": "awra_tui.cli.connections",
    "undo": "awra_tui.cli.undo",
    "escalate": "awra_tui.cli.escalate",
    "audit": "awra_tui.cli.audit",
    "log": "awra_tui.cli.log",
    "explain": "awra_tui.cli.explain",
    "guide": "awra_tui.cli.guide",
    "simulator": "awra_tui.cli.simulator",
    "demo": "awra_tui.cli.demo",
}


class Commands(click.Group):
    """The commands by name; nothing of a command is imported before it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's interface
        """Return the names in the order in which people meet them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's interface
        """Import and return a command."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(_COMMANDS[cmd_name])
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command


@click.command(
    cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="awra-tui")
@profile_options
@click.pass_context
def cli(ctx: click.Context, profile: str, overrides: tuple[str, ...], as_json: bool, yes: bool) -> int | None:
    """Send sales and purchasing to QuickBooks; see what did not arrive, why, and what to do.

    Without a command the console opens. Exit status: 0 all well, 1 there are warnings, 2 it cannot
    work or a name is ambiguous.
    """
    ctx.obj = Options(profile or os.environ.get(ENVIRONMENT, ""), overrides, as_json, yes)
    if ctx.invoked_subcommand is not None:
        return None
    from awra_tui.cli.console import console

    nothing_more = {"profile": "", "overrides": (), "as_json": False, "yes": False}
    result: int | None = ctx.invoke(console, **nothing_more)
    return result


def main() -> None:
    """Run the command line; every expected failure is one sentence on standard error and exit 2."""
    sys.exit(told(cli))


if __name__ == "__main__":
    main()
