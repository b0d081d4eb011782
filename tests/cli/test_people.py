"""Roles refuse commands and say whom to ask; snooze, note, handover and queue as scripts use them."""

import getpass

import pytest

from awra_tui.actions.roles import DEEDS
from awra_tui.actions.table import ACTIONS
from tests.cli.commands import call, is_one_sentence
from tests.cli.conftest import Shop

OTHERS = """
[people]
default = "{role}"
[people.users.njeri]
role = "administrator"
name = "Njeri"
mail = "njeri@example.com"
"""
ASK = "ask Njeri (njeri@example.com)."


def as_a(role: str, shop: Shop) -> None:
    """Give the person who runs the tests a role."""
    shop.profile.write_text(shop.profile.read_text(encoding="utf-8") + OTHERS.format(role=role))


@pytest.mark.parametrize(
    ("args", "doing"),
    [
        ("sync", "Syncing is for operators"),
        ("resend invoice/id=i1", "Resending is for operators"),
        ("accept invoice/id=i1", "Deciding about changes is for operators"),
        ("void invoice/id=i1", "Deciding about changes is for operators"),
        ("dismiss invoice/id=i1 --why x", "Dismissing is for operators"),
        ("snooze invoice/id=i1 --until tomorrow", "Snoozing is for operators"),
        ("restore invoice/id=i1", "Bringing warnings back is for operators"),
        ("owner invoice/id=i1 Amina", "Saying who takes care of a warning is for operators"),
        ("note invoice/id=i1 hello", "Writing notes is for operators"),
        ("handover Amina invoice/id=i1", "Handing over is for operators"),
        ("undo", "Undoing is for operators"),
        ("connect-customer C-1 --new", "Connecting records is for operators"),
        ("connect-many --certain", "Connecting records is for operators"),
        ("unlink C-1", "Connecting records is for operators"),
        ("map item/* Sales", "Mapping is for administrators"),
        ("connect", "Connecting a company is for administrators"),
        ("disconnect --yes", "Disconnecting a company is for administrators"),
    ],
)
def test_a_viewer_is_told_whom_to_ask(shop: Shop, args: str, doing: str) -> None:
    as_a("viewer", shop)
    said = call(*args.split())
    assert (said.code, said.err) == (2, f"{doing}: {ASK}\n")
    assert said.out == b""
    assert is_one_sentence(said.err)


@pytest.mark.parametrize(
    "args", ["status", "warnings", "show invoice/id=i1", "map", "map item/*", "connect-customer C-1", "log",
             "queue", "handover Njeri", "connections"],
)  # fmt: skip
def test_a_viewer_may_look(shop: Shop, args: str) -> None:
    as_a("viewer", shop)
    said = call(*args.split())
    assert said.code in (0, 1), said


def test_an_operator_works_on_warnings_but_does_not_map(shop: Shop) -> None:
    as_a("operator", shop)
    assert call("dismiss", "invoice/id=i1", "--why", "by hand").code == 0
    assert call("map", "item/*", "Sales").err == f"Mapping is for administrators: {ASK}\n"


def test_a_person_has_a_role_by_user_name(shop: Shop) -> None:
    as_a("viewer", shop)
    own = f'[people.users."{getpass.getuser()}"]\nrole = "administrator"\n'
    shop.profile.write_text(shop.profile.read_text(encoding="utf-8") + own)
    assert call("map", "item/*", "Sales").code in (0, 1)


def test_a_profile_without_an_administrator_is_refused(shop: Shop) -> None:
    text = shop.profile.read_text(encoding="utf-8")
    shop.profile.write_text(f'{text}[people]\ndefault = "operator"\n')
    said = call("status")
    assert said.code == 2
    assert "[people] has no administrator" in said.err


def test_every_deed_is_an_action() -> None:
    assert set(DEEDS) <= {action.id for action in ACTIONS}


def test_a_snoozed_warning_is_off_the_list_until_it_is_brought_back(shop: Shop) -> None:
    said = call("snooze", "invoice/id=i1", "--until", "in a week", "--why", "later")
    assert said.code == 0
    assert said.text.startswith("Snoozed 1 warning, USD 120.50, until ")
    assert call("warnings", "--find", "INV/7 a", "--json").data == []
    (row,) = call("warnings", "--snoozed", "--json").data
    assert row["dismissed"]["why"] == "later"
    assert row["snoozed_until"]
    assert call("status", "--json").data["kinds"]["invoice"]["snoozed"] == 1
    assert call("restore", "invoice/id=i1").code == 0
    assert call("warnings", "--snoozed", "--json").data == []


def test_a_snooze_that_has_ended_is_seen_by_a_command_that_only_reads(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("snooze", "invoice/id=i1", "--until", "tomorrow").code == 0
    (shop.home / "clock").write_text("2099-01-01T00:00:00+00:00", encoding="utf-8")
    monkeypatch.setenv("AWRA_TUI_CLOCK", str(shop.home / "clock"))
    (row,) = call("warnings", "--find", "INV/7 a", "--json").data
    assert row["came_back"].endswith("that day has come.")


@pytest.mark.parametrize("until", ["yesterday", "2020-01-01", "9999-12-31", "in 999 weeks"])
def test_a_day_that_cannot_be_is_one_sentence(shop: Shop, until: str) -> None:
    said = call("snooze", "invoice/id=i1", "--until", until)
    assert said.code == 2
    assert is_one_sentence(said.err)


@pytest.mark.parametrize("verb", ["dismiss --why known", "snooze --until tomorrow"])
def test_a_whole_cause_is_counted_first(shop: Shop, verb: str) -> None:
    cause = next(row["cause"] for row in call("warnings", "--json").data if row["source_id"] == "i1")
    name, *rest = verb.split()
    said = call(name, "--cause", cause, *rest)
    assert said.code == 0
    told = said.err.removeprefix(f"{cause}: ").strip().rstrip(".")
    assert told in said.text
    assert told.startswith("3 warnings, USD 130.50"), told
    assert call("warnings", "--cause", cause, "--json").data == []
    assert call("restore", "--cause", cause).code == 0
    assert len(call("warnings", "--cause", cause, "--json").data) == 3


def test_a_whole_cause_has_an_owner_and_a_note(shop: Shop) -> None:
    cause = next(row["root"] for row in call("warnings", "--json").data if row["source_id"] == "i1")
    said = call("owner", "--cause", cause, "Njeri")
    assert (said.code, said.text) == (0, "Njeri has 3 warnings now.\n")
    assert said.err.startswith(f"{cause}: 3 warnings, USD 130.50")
    assert call("note", "--cause", cause, "asked the branch").text == "Noted about 3 warnings.\n"
    held = call("queue", "Njeri", "--json").data
    assert [(row["owner"], row["note"]) for row in held] == [("Njeri", "asked the branch")] * 3
    (other,) = [row["id"] for row in call("warnings", "--json").data if row["source_id"] == "i3"]
    assert call("owner", "--warning", str(other), "invoice/id=i4", "Amina").text == (
        "Amina has 2 warnings now.\n"
    )
    refused = call("owner", "Njeri")
    assert (refused.code, "Name a record" in refused.err) == (2, True)


def test_handing_over_writes_one_text_for_the_person(shop: Shop) -> None:
    assert call("owner", "invoice/id=i4", "Njeri").code == 0
    said = call("handover", "Njeri", "invoice/id=i1", "--message", "Is it the same?", "--json")
    assert said.data["sentence"] == "Handed 1 warning over to Njeri."
    assert "Is it the same?" in said.data["text"]
    assert "INV/7 a" in said.data["text"]
    (note,) = call("show", "invoice/id=i1", "--json").data["notes"]
    assert (note["to"], note["text"]) == ("Njeri", "Is it the same?")
    assert [row["owner"] for row in call("queue", "njeri", "--json").data] == ["Njeri", "Njeri"]
    place = shop.home / "questions.txt"
    assert call("handover", "Njeri", "--output", str(place)).code == 0
    assert place.read_text(encoding="utf-8").startswith("For Njeri: 2 warnings in ")
    assert place.stat().st_mode & 0o777 == 0o600
    assert call("undo").code == 0
    assert len(call("queue", "Njeri", "--json").data) == 1


def test_a_message_needs_something_to_be_about(shop: Shop) -> None:
    said = call("handover", "Njeri", "--message", "hello")
    assert said.code == 2
    assert "which warnings" in said.err


def test_ones_own_queue(shop: Shop) -> None:
    assert call("queue").text == "You are the owner of no open warning.\n"
    assert call("owner", "invoice/id=i1", getpass.getuser()).code == 0
    assert call("note", "invoice/id=i1", "asked the branch").code == 0
    said = call("queue")
    assert said.code == 1
    assert "asked the branch" in said.text
