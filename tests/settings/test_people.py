"""``[people]``: who may do what, and whom to ask."""

from pathlib import Path

import pytest

from awra_tui.actions.roles import DEEDS, allow, refusal
from awra_tui.actions.table import ACTIONS
from awra_tui.records.errors import AwraError, ConfigError
from awra_tui.records.people import People, Person, Role
from awra_tui.settings.profile import load_profile

BEGIN = 'id = "p"\n[source]\ntype = "sample"\n'
NJERI = '[people.users.njeri]\nrole = "administrator"\nname = "Njeri"\nmail = "n@example.com"\n'
LOOKING = {
    "ask_balance", "ask_quickbooks", "check_again", "copy", "copy_card", "copy_check", "copy_connection",
    "copy_decision", "dry_run", "escalate", "hand_on", "save_table", "save_text",
}  # fmt: skip
"""What keys of the group "Do" leave as it is; everything else takes a role."""


def people(folder: Path, text: str) -> People:
    path = folder / "p.toml"
    path.write_text(BEGIN + text, encoding="utf-8")
    return load_profile(str(path)).people


@pytest.mark.parametrize(
    ("text", "who", "role"),
    [
        ("", "anybody@desk", Role.ADMINISTRATOR),
        (NJERI, "anybody@desk", Role.VIEWER),
        (NJERI, "njeri@desk", Role.ADMINISTRATOR),
        ('[people]\ndefault = "operator"\n' + NJERI, "anybody@desk", Role.OPERATOR),
        (NJERI + '[people.users."ann@till"]\nrole = "operator"\n', "ann@till", Role.OPERATOR),
        (NJERI + '[people.users."ann@till"]\nrole = "operator"\n', "ann@elsewhere", Role.VIEWER),
    ],
)
def test_the_role_of_a_person(tmp_path: Path, text: str, who: str, role: Role) -> None:
    assert people(tmp_path, text).person(who).role is role


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[people]\ndefault = "boss"\n', 'one of "administrator", "operator", "viewer"'),
        ('[people.users.ann]\nname = "Ann"\n', "role"),
        ('[people]\nroles = "viewer"\n', "roles"),
        ('[people]\ndefault = "viewer"\n', r"\[people\] has no administrator"),
        ('[people.users.ann]\nrole = "operator"\n', r"\[people\] has no administrator"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told) as refused:
        people(tmp_path, text)
    assert "p.toml" in str(refused.value)


@pytest.mark.parametrize("name", ["njeri", "NJERI", "Njeri", " n@example.com "])
def test_a_person_is_meant_by_any_of_their_names(tmp_path: Path, name: str) -> None:
    assert people(tmp_path, NJERI).called(name) == "Njeri"


def test_a_name_of_nobody_is_taken_as_it_is(tmp_path: Path) -> None:
    assert people(tmp_path, NJERI).called(" Amina ") == "Amina"


def test_at_most_three_are_named_and_somebody_always() -> None:
    able = {name: Person(name, Role.OPERATOR) for name in "abcd"}
    assert refusal(People(Role.VIEWER, able), "x@y", "sync") == "Syncing is for operators: ask a or b or c."
    assert "ask whoever keeps this profile" in refusal(People(Role.VIEWER), "x@y", "sync")


def test_a_higher_role_may_do_what_a_lower_one_may() -> None:
    everyone = People(Role.OPERATOR)
    for name, deed in DEEDS.items():
        assert bool(refusal(everyone, "x@y", name)) is (deed.role is Role.ADMINISTRATOR)
        assert not refusal(People(), "x@y", name)
    with pytest.raises(AwraError, match="Mapping is for administrators"):
        allow(everyone, "x@y", "map")


def test_every_key_that_does_something_takes_a_role() -> None:
    does = {action.id for action in ACTIONS if action.group == "Do"}
    assert does - set(DEEDS) - LOOKING == set(), "say in actions/roles.py who may, or here that it only looks"
