"""The way back from Intuit's page of consent: one address, with a state that counts once for five minutes."""

import datetime as dt
import secrets
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

from awra_tui.records import clock
from awra_tui.records.errors import AwraError

LIFE = dt.timedelta(minutes=5)
"""How long a person may take on Intuit's page."""

SCOPE = "com.intuit.quickbooks.accounting"
"""The only right that is asked for (Intuit: OAuth 2.0)."""

_AGAIN = "Run awra-tui connect again."
_REFUSALS = {
    "access_denied": "Access was declined on Intuit's page, so nothing was connected.",
    "invalid_scope": "Intuit does not give this app the right to accounting data, so nothing was connected.",
}
_LONGEST = 8192


class CallbackError(AwraError):
    """What came back connects nothing; ``final`` says that no other answer can come any more."""

    def __init__(self, sentence: str, *, final: bool = False) -> None:
        super().__init__(sentence)
        self.final = final


@dataclass(frozen=True, slots=True, repr=False)
class Callback:
    """A code that Intuit gave, and the company that it is for."""

    code: str
    realm: str


class Consent:
    """One question to a person on Intuit's page, and the one answer that is taken for it.

    ``redirect_url`` is where the browser comes back to; the answer counts for ``life`` from now.
    """

    def __init__(
        self, *, authorize_url: str, client_id: str, redirect_url: str, life: dt.timedelta = LIFE
    ) -> None:
        self.redirect_url = redirect_url
        self._authorize_url = authorize_url
        self._client_id = client_id
        self._state = secrets.token_urlsafe(32)
        self._until = clock.now() + life
        self._answered = False

    @property
    def address(self) -> str:
        """Return the address that the person opens."""
        asked = {
            "client_id": self._client_id,
            "response_type": "code",
            "scope": SCOPE,
            "redirect_uri": self.redirect_url,
            "state": self._state,
        }
        sign = "&" if "?" in self._authorize_url else "?"
        return f"{self._authorize_url}{sign}{urlencode(asked)}"

    @property
    def seconds_left(self) -> float:
        """Return for how long an answer still counts."""
        return max(0.0, (self._until - clock.now()).total_seconds())

    def receive(self, address: str) -> Callback:
        """Return what an address that the browser came back to says; raise CallbackError.

        An address with another state leaves the question open; any other ends it.
        """
        fields = self._fields(address.strip())
        if not secrets.compare_digest(fields.get("state", "").encode(), self._state.encode()):
            raise CallbackError(
                "This address belongs to another question than the last one, so it was not used: "
                "open the address printed last, and take the one that it leads to."
            )
        if self._answered:
            raise CallbackError(f"This address was used already, and counts only once. {_AGAIN}", final=True)
        self._answered = True
        if not self.seconds_left:
            raise CallbackError(f"Intuit's answer came after more than five minutes. {_AGAIN}", final=True)
        return _callback(fields)

    def _fields(self, address: str) -> dict[str, str]:
        expected = urlsplit(self.redirect_url)
        try:
            found = urlsplit(address[:_LONGEST])
            same = _place(found) == _place(expected)
            fields = parse_qs(found.query, max_num_fields=50)
        except ValueError:
            same, fields = False, {}
        if not same:
            raise CallbackError(
                f"This is not the address that Intuit's page led to: it begins with {self.redirect_url} and "
                "has code, state and realmId; copy all of it from the browser."
            )
        return {name: values[0] for name, values in fields.items() if len(values) == 1}


def _place(address: SplitResult) -> tuple[str, str | None, int | None, str]:
    return address.scheme, address.hostname, address.port, address.path.rstrip("/")


def _callback(fields: dict[str, str]) -> Callback:
    if refusal := fields.get("error"):
        said = _REFUSALS.get(refusal) or f'Intuit refused ("{refusal[:100]}"), so nothing was connected.'
        raise CallbackError(f"{said} {_AGAIN}", final=True)
    code, realm = fields.get("code", ""), fields.get("realmId", "")
    if not code:
        raise CallbackError(f"Intuit's answer has no code, so nothing was connected. {_AGAIN}", final=True)
    if not (realm.isascii() and realm.isdigit() and len(realm) <= 20):
        raise CallbackError(
            f"Intuit's answer names no company (realmId), so nothing was connected. {_AGAIN}", final=True
        )
    return Callback(code, realm)
