"""Writing what is shown to a file that a person names."""

import asyncio

from awra_tui.actions.results import Done
from awra_tui.settings.exports import export


async def keep(path: str, content: bytes) -> Done:
    """Write content to a new file that only its owner can read; raise AwraError where it cannot be."""
    place = await asyncio.to_thread(export, path, content)
    return Done(sentence=f"Written to {place}; only you can read it.")
