"""Which answers settle a request, which leave it unknown, and which concern everything."""

import pytest

from awra_tui.records.fault import Fault, FaultMessage
from awra_tui.sync.answers import concerns_all, is_lost, is_throttle


def fault(status: int, code: str = "", transport: str = "", *, sent: bool = True) -> Fault:
    messages = (FaultMessage(code, "said"),) if code else ()
    return Fault(http_status=status, messages=messages, transport=transport, sent=sent)


@pytest.mark.parametrize(
    "lost",
    [
        fault(0, transport="timeout"),
        fault(0, transport="cut"),
        fault(200, transport="not_json"),
        fault(200, transport="empty"),
        fault(302, transport="not_json"),
        fault(408),
        fault(500, "10000"),
        fault(502, transport="not_json"),
        fault(503),
        fault(504, "120"),
        fault(500, "3100"),
    ],
)
def test_what_may_have_been_booked_is_lost_and_concerns_its_own_records(lost: Fault) -> None:
    assert is_lost(lost)
    assert not concerns_all(lost)


@pytest.mark.parametrize(
    "refusal",
    [
        fault(400, "6000"),
        fault(400, "6140"),
        fault(400),
        fault(404, transport="not_json"),
        fault(200, "2500"),
        fault(200, "10000"),
        fault(200, transport="no_op"),
    ],
)
def test_a_refusal_settles_its_record_alone(refusal: Fault) -> None:
    assert not is_lost(refusal)
    assert not concerns_all(refusal)


@pytest.mark.parametrize(
    "trouble",
    [
        fault(0, transport="connect", sent=False),
        fault(401, "3200"),
        fault(403, "3100"),
        fault(400, "6190"),
        fault(200, "6190"),
        fault(400, "5020"),
        fault(429),
        fault(400, "3001"),
    ],
)
def test_trouble_of_the_connection_concerns_every_record(trouble: Fault) -> None:
    assert concerns_all(trouble)
    assert not is_lost(trouble)


def test_only_asking_to_wait_is_a_throttle() -> None:
    assert [is_throttle(one) for one in (fault(429), fault(400, "3001"), fault(403, "3100"))] == [
        True,
        True,
        False,
    ]
