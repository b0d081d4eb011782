"""Writing a text that is shown to a file that a person names."""

import asyncio

from awra_tui.actions.results import Done
from awra_tui.settings.exports import export


async def keep(path: str, text: str) -> Done:
    """Write a text to a new file that only its owner can read; raise AwraError where it cannot be."""
    place = await asyncio.to_thread(export, path, text.encode("utf-8", "replace"))
    return Done(sentence=f"Written to {place}; only you can read it.")
