"""A company of prepared answers, and a client of it that never waits."""

import json
from urllib.parse import parse_qsl

from awra_tui.qbo.client import QboClient
from awra_tui.qbo.throttle import LocalBudget, Pace
from awra_tui.settings import http

REALM = "9130"


class Answers:
    """Gives prepared answers in turn, the last one again and again, and keeps what was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def __call__(self, request):
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer(request) if callable(answer) else answer


class FixedTokens:
    """Authorization that counts renewals and gives a new token each time."""

    def __init__(self, error=None):
        self.renewed = []
        self.error = error

    async def access(self):
        return f"token-{len(self.renewed)}"

    async def renew(self, rejected):
        self.renewed.append(rejected)
        if self.error:
            raise self.error
        return await self.access()


def answer(payload, status=200, **headers):
    """Return an HTTP answer with a JSON body."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return http.Response(status, content=body, headers={"content-type": "application/json", **headers})


def refusal(code, status=400):
    """Return an HTTP answer with one error in the service's envelope."""
    fault = {"Error": [{"Message": "Refused", "Detail": "", "code": code}], "type": "ValidationFault"}
    return answer({"Fault": fault, "time": "2026-01-02T03:04:05Z"}, status, intuit_tid="1-5f")


def params(request):
    """Return the parameters of a request's address."""
    return dict(parse_qsl(request.url.query.decode()))


async def at_once(seconds):
    """Sleep for no time at all."""


def client(answers, tokens=None, pace=None):
    """Return a client of prepared answers."""
    connection = http.client("http://qbo.test", transport=http.MockTransport(answers))
    clock = iter(range(0, 10**9, 1000)).__next__
    return QboClient(
        http=connection,
        realm=REALM,
        tokens=tokens or FixedTokens(),
        pace=pace or Pace(LocalBudget(clock=clock), at_once),
    )
