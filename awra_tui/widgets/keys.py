"""Key bindings, made of the table of actions."""

from textual.binding import Binding, BindingType

from awra_tui.actions.table import Action, own_keys

TYPING = ("filter", "search", "search_text", "lookup", "lookup_here")
"""Actions that open a line to type in: done before the next key is looked at, however fast keys come."""


def bindings(screen: str) -> list[BindingType]:
    """Return the bindings of a screen; each runs ``run('<action id>')``, so that a refusal can be said.

    Keys of a numbered action hand themselves over as the second argument.
    """
    made: list[BindingType] = []
    for action in own_keys(screen):
        if action.numbered:
            made += [_binding(action, f"run('{action.id}', '{key}')", key) for key in action.key.split(",")]
        else:
            made.append(_binding(action, f"run('{action.id}')", action.key))
    return made


def table_bindings(*, letters: bool = True) -> list[BindingType]:
    """Return the bindings by which a list is walked through, with the letters of vi or without."""
    return [
        _binding(action, action.id, action.key if letters else _without_letters(action.key))
        for action in own_keys("table")
    ]


def _without_letters(keys: str) -> str:
    return ",".join(key for key in keys.split(",") if len(key) > 1)


def _binding(action: Action, call: str, key: str) -> Binding:
    return Binding(
        key,
        call,
        action.label,
        show=bool(action.bar),
        tooltip=action.tooltip,
        key_display=action.shown_key,
        priority=action.id in TYPING,
    )
