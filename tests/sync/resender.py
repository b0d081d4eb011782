"""A child process in which a person sends one invoice of a profile again: what the team's test starts."""

import asyncio
import sys

from awra_tui.actions.desk import open_desk
from awra_tui.actions.resend import resend
from awra_tui.records.subject import RecordKey
from awra_tui.settings.profile import load_profile


def main(profile: str, *overrides: str) -> None:
    desk = open_desk(load_profile(profile, overrides))
    try:
        for result in asyncio.run(resend(desk, [RecordKey("invoice", "INV-1")], anyway=True)):
            sys.stdout.write(result.sentence + "\n")
    finally:
        desk.cache.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
