"""The one table of keys: complete, without collision, and the only place where a key is written."""

import pytest

from awra_tui.actions.table import ACTIONS, SCREENS, action, keys_for
from awra_tui.records.errors import AwraError
from awra_tui.screens.help import GROUPS, help_text
from awra_tui.widgets.keys import bindings, table_bindings

MOVES = {"next_record", "previous_record", "section", "next_section", "previous_section"}
"""What turns pages only."""


@pytest.mark.parametrize("screen", SCREENS)
def test_each_key_means_one_thing_on_a_screen(screen: str) -> None:
    keys = [key for each in keys_for(screen) for key in each.key.split(",")]
    assert sorted(keys) == sorted(set(keys))


def test_each_action_has_words_and_its_name_is_its_own() -> None:
    assert len({each.id for each in ACTIONS}) == len(ACTIONS)
    for each in ACTIONS:
        assert each.label
        assert each.tooltip
        assert each.group in GROUPS
        assert set(each.screens) <= {*SCREENS, "any", "table"}


def test_whatever_a_key_does_or_opens_a_command_does() -> None:
    without = {each.id for each in ACTIONS if each.group in ("Do", "Go to") and not each.command}
    assert without <= MOVES
    assert all(each.command.startswith("awra-tui ") for each in ACTIONS if each.command)


@pytest.mark.parametrize("screen", SCREENS)
def test_the_help_of_a_screen_names_every_key(screen: str) -> None:
    text = help_text(screen).plain
    assert all(each.label in text for each in keys_for(screen))
    assert max(len(line) for line in text.splitlines()) <= 78


def test_bindings_are_made_of_the_table() -> None:
    made = {binding.key: binding.action for binding in bindings("warnings")}  # type: ignore[union-attr]
    assert made["r"] == "run('resend')"
    assert made["space"] == "run('toggle')"
    digits = {binding.action for binding in bindings("overview") if binding.key in "123456789"}  # type: ignore[union-attr]
    assert "run('review_number', '5')" in digits


def test_a_list_can_leave_the_letters_to_its_screen() -> None:
    letters = {key for binding in table_bindings() for key in binding.key.split(",") if len(key) == 1}  # type: ignore[union-attr]
    assert letters == {"j", "k", "g", "G"}
    plain = table_bindings(letters=False)
    assert not [key for binding in plain for key in binding.key.split(",") if len(key) == 1]  # type: ignore[union-attr]


def test_an_unknown_action_is_a_sentence() -> None:
    assert action("resend").shown_key == "r"
    with pytest.raises(AwraError, match="no action 'nothing'"):
        action("nothing")
