"""Reads are asked again where only the way failed; what may change the books never is."""

import pytest

from awra_tui.qbo.errors import QboError
from awra_tui.records.fault import Fault
from awra_tui.settings import http
from tests.qbo.company import answer, client, refusal

LOST = {
    "broken off": http.ReadError("broken off"),
    "half": answer(b'{"Invoice": {"Id": "1", "Sy'),
    "html": http.Response(200, content=b"<html>One moment</html>", headers={"content-type": "text/html"}),
    "empty": answer(b""),
    "busy": http.Response(503, content=b"<html>Back soon</html>", headers={"content-type": "text/html"}),
    "throttled": refusal("3001", 429),
}


def stumbling(*stumbles):
    """Return answers that go wrong in these ways, then give an invoice, and the list of what was asked."""
    left, asked = list(stumbles), []

    def answers(request):
        asked.append(request)
        if not left:
            return answer({"Invoice": {"Id": "7"}})
        found = left.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    return answers, asked


@pytest.mark.parametrize("lost", LOST.values(), ids=LOST.keys())
async def test_a_read_whose_answer_was_lost_on_the_way_is_asked_again(lost):
    answers, asked = stumbling(lost, lost)
    assert await client(answers).read("Invoice", "7") == {"Id": "7"}
    assert len(asked) == 3


@pytest.mark.parametrize("lost", LOST.values(), ids=LOST.keys())
async def test_a_read_that_fails_for_the_third_time_has_failed(lost):
    answers, asked = stumbling(lost, lost, lost)
    with pytest.raises(QboError):
        await client(answers).read("Invoice", "7")
    assert len(asked) == 3


@pytest.mark.parametrize(
    "settled",
    [refusal("610"), refusal("3100", 403), http.ReadTimeout("slow"), http.ConnectError("nobody")],
    ids=["refused", "not let in", "took too long", "not reached"],
)
async def test_a_read_is_asked_once_where_asking_again_is_no_use(settled):
    answers, asked = stumbling(settled)
    with pytest.raises(QboError):
        await client(answers).read("Invoice", "7")
    assert len(asked) == 1


@pytest.mark.parametrize("lost", LOST.values(), ids=LOST.keys())
async def test_what_may_change_the_books_is_never_sent_again_by_the_client(lost):
    answers, asked = stumbling(lost)
    qbo = client(answers)
    assert isinstance((await qbo.send(qbo.single("Invoice", "create", {}, "r-1"))).payload, Fault)
    assert len(asked) == 1
