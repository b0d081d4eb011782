"""Screens over each other: what lies below one, and leaving it without taking another one away."""

from typing import Any

from textual.screen import Screen


def below(screen: Screen[Any]) -> Screen[Any] | None:
    """Return the screen that one was opened over; nothing for the lowest, and for one that was left."""
    standing = screen.app.screen_stack
    place = standing.index(screen) if screen in standing else 0
    return standing[place - 1] if place else None


def is_covered(screen: Screen[Any]) -> bool:
    """Whether nothing of a screen is seen: one over it lets nothing through, unlike a dialog.

    Textual's ``is_current`` is true of the screen right below such a one as well.
    """
    standing = screen.app.screen_stack
    above = standing[standing.index(screen) + 1 :] if screen in standing else ()
    return any(one.styles.background.a == 1 for one in above)


def leave(screen: Screen[Any]) -> bool:
    """Leave a screen, unless it is the lowest or another was opened over it; return whether it is left."""
    is_uppermost = screen.app.screen is screen and below(screen) is not None
    if is_uppermost:
        screen.app.pop_screen()
    return is_uppermost
