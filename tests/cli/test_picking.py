"""Which object of QuickBooks is meant by an id, a name or a number."""

import pytest

from awra_tui.cli.picking import picked
from awra_tui.records.errors import UnknownRecordError

TERMS = {"3": ("Net 30", ""), "12": ("15", ""), "15": ("Net 15", ""), "16": ("Due", "A-7"), "17": ("due", "")}
WRITE = "Write id= and the id in brackets."
ALL = "Net 30 (3), 15 (12), Net 15 (15), Due (16), due (17)"


@pytest.mark.parametrize(
    ("wanted", "qbo_id"),
    [("3", "3"), ("net 30", "3"), ("a-7", "16"), ("id=15", "15"), ("id=12", "12"), ("Net 15", "15")],
)
def test_one_is_meant_by_id_name_or_number(wanted: str, qbo_id: str) -> None:
    assert picked(wanted, TERMS) == qbo_id


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("15", f"15 is the id of one object and the name of another: Net 15 (15), 15 (12). {WRITE}"),
        ("DUE", f"DUE is the name of several objects: Due (16), due (17). {WRITE}"),
        ("Net 60", f"Net 60 is not in QuickBooks; nearest: {ALL}."),
        ("id=99", f"id=99 is not in QuickBooks; nearest: {ALL}."),
    ],
)
def test_none_or_several_are_never_guessed(wanted: str, said: str) -> None:
    with pytest.raises(UnknownRecordError) as refused:
        picked(wanted, TERMS)
    assert str(refused.value) == said


def test_nothing_there_is_said() -> None:
    with pytest.raises(UnknownRecordError, match="nothing there is like it"):
        picked("Net 60", {})
