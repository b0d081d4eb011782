"""When the rules propose to hand something on, and when they keep silent."""

import pytest

from awra_tui.health.escalation import LATE_DAYS, MANY, TRIES, due
from awra_tui.records.signals import Group, Signals
from awra_tui.records.subject import RecordKey

KEYS = (RecordKey("invoice", "1"),)


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (Signals(failing=Group(MANY, KEYS)), f"The same connection fails for {MANY} records."),
        (
            Signals(lost="QuickBooks ended our authorization.", tries=TRIES),
            f"Authorization does not come back after {TRIES} tries: QuickBooks ended our authorization.",
        ),
        (
            Signals(lost="The tokens are gone.", reconnected=True),
            "Authorization does not come back though QuickBooks was connected again: The tokens are gone.",
        ),
        (
            Signals(held=Group(1, KEYS), closing="October", late=LATE_DAYS),
            "The close of October is held up by 1 record that others must clear.",
        ),
        (
            Signals(differing=Group(1, KEYS)),
            "1 record sent again with success has another total in QuickBooks.",
        ),
        (
            Signals(differing=Group(1_200, KEYS)),
            "1,200 records sent again with success have another total in QuickBooks.",
        ),
    ],
)
def test_a_rule_that_holds_is_one_sentence(seen: Signals, said: str) -> None:
    assert [one.sentence for one in due(seen)] == [said]


@pytest.mark.parametrize(
    "seen",
    [
        Signals(),
        Signals(failing=Group(MANY - 1, KEYS)),
        Signals(lost="It is lost.", tries=TRIES - 1),
        Signals(tries=TRIES, reconnected=True),
        Signals(held=Group(9, KEYS), closing="October", late=LATE_DAYS - 1),
        Signals(closing="October", late=30),
    ],
)
def test_what_may_yet_pass_is_not_proposed(seen: Signals) -> None:
    assert due(seen) == ()


def test_the_weightiest_comes_first_with_its_records() -> None:
    found = due(Signals(lost="It is lost.", tries=TRIES, differing=Group(1, KEYS)))
    assert [(one.rule, one.keys) for one in found] == [("authorization", ()), ("totals", KEYS)]
