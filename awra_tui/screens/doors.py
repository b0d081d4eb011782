"""Sentences about the connection as its screen says them: by its keys, where a terminal names commands."""

from awra_tui.actions.table import ACTIONS

_KEYS = {one.id: one.shown_key for one in ACTIONS}
_CONNECT, _SYNC = _KEYS["connect_company"], _KEYS["sync"]
_BY_KEY = (
    ("; --paste does without a browser on this machine", ""),
    ("run awra-tui connect --app and enter", f"press {_CONNECT} and enter"),
    (": awra-tui connect --app", f": press {_CONNECT} and enter others"),
    ("Run awra-tui connect", f"Press {_CONNECT}"),
    ("run awra-tui connect", f"press {_CONNECT}"),
    (": awra-tui connect", f": press {_CONNECT}"),
    (": awra-tui sync", f": {_SYNC} on the overview"),
)
"""Commands as sentences name them, and what stands in their place; the longer ones come first."""


def by_key(sentence: str) -> str:
    """Return a sentence with the keys of the Connections screen in place of commands."""
    for command, key in _BY_KEY:
        sentence = sentence.replace(command, key)
    return sentence
