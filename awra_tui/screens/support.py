"""The support guide of the people who run this profile: an address of theirs, opened or copied."""

from awra_tui.screens.base import BaseScreen
from awra_tui.screens.browser import opened

NO_ADDRESS = "This profile names no support guide: write its address as guide_url into [support]."


def address_of(screen: BaseScreen) -> str:
    """Return the address that the profile names, or nothing."""
    return str(screen.console.desk.profile.support.guide_url)


async def open_support(screen: BaseScreen) -> None:
    """Open the support guide in a browser; copy its address where none can be opened."""
    address = address_of(screen)
    if not address:
        screen.toast(NO_ADDRESS, "warning")
    elif await opened(address):
        screen.toast(f"Opened {address}")
    else:
        screen.copy(address, f"the address, no browser could be opened: {address}")
