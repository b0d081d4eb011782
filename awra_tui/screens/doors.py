"""Sentences about the connection as its screen says them: by its keys, where a terminal names commands."""

from awra_tui.actions.table import ACTIONS

_KEYS = {one.id: one.shown_key for one in ACTIONS}
_HERE = _KEYS["connect_company"]
_ELSEWHERE = f"{_KEYS['connections']}, then {_HERE}"
_BY_KEY = (
    ("; --paste does without a browser on this machine", ""),
    ("run awra-tui connect --app and enter", "press {connect} and enter"),
    (": awra-tui connect --app", ": press {connect} and enter others"),
    ("Run awra-tui connect", "Press {connect}"),
    ("run awra-tui connect", "press {connect}"),
    (": awra-tui connect", ": press {connect}"),
    (": awra-tui sync.", f": {_KEYS['sync']} on the overview."),
)
"""Commands as sentences name them, and what stands in their place; the longer ones come first."""


def by_key(sentence: str) -> str:
    """Return a sentence with the keys of the Connections screen in place of commands."""
    return _said(sentence, _HERE)


def from_elsewhere(sentence: str) -> str:
    """Return a sentence with the keys that lead through the Connections screen in place of commands."""
    return _said(sentence, _ELSEWHERE)


def _said(sentence: str, connect: str) -> str:
    for command, key in _BY_KEY:
        sentence = sentence.replace(command, key.replace("{connect}", connect))
    return sentence
