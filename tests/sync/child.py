"""A child process that syncs one profile: what the tests of a team start and kill."""

import asyncio
import sys

from awra_tui.actions.desk import open_desk
from awra_tui.actions.sync import sync_now
from awra_tui.settings.profile import load_profile


def main(profile: str, *overrides: str) -> None:
    desk = open_desk(load_profile(profile, overrides))
    try:
        result = asyncio.run(sync_now(desk))
        sys.stdout.write(result.outcome + "\n")
    finally:
        desk.cache.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
