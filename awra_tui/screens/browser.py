"""Opening an address in a browser beside the console, never one inside its terminal."""

import asyncio
import os
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress


def has_browser(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a window can open here: not over ssh, and on Linux only with a display.

    A browser for terminals must never be started: it would take the screen.
    """
    if any(name in environment for name in ("SSH_CONNECTION", "SSH_TTY")):
        return False
    windowed = ("DISPLAY", "WAYLAND_DISPLAY")
    return platform in ("darwin", "win32") or any(environment.get(name) for name in windowed)


async def opened(address: str) -> bool:
    """Open an address where a window can open; whether a browser took it."""
    if not has_browser(os.environ, sys.platform):
        return False
    loop = asyncio.get_running_loop()
    taken: asyncio.Future[bool] = loop.create_future()

    def tell(found: bool) -> None:
        if not taken.done():
            taken.set_result(found)

    def browse() -> None:
        found = _browse(address)
        with suppress(RuntimeError):  # the program was left meanwhile
            loop.call_soon_threadsafe(tell, found)

    # A browser may take its time, or never return: the program must be able to end without it.
    threading.Thread(target=browse, daemon=True).start()
    return await taken


def _browse(address: str) -> bool:
    import webbrowser

    try:
        return webbrowser.open(address)
    except (OSError, webbrowser.Error):
        return False
