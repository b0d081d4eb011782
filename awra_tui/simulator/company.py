"""One company: its books, its settings and the switches of rehearsal."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from awra_tui.simulator import clock, companies
from awra_tui.simulator.entities import ENTITIES, Entity
from awra_tui.simulator.jsontext import Json
from awra_tui.simulator.limits import Limits
from awra_tui.simulator.records import Body, Key, Record, number, ref_id
from awra_tui.simulator.store import Store

CURRENCIES = {
    "USD": "United States Dollar",
    "KES": "Kenyan Shilling",
    "EUR": "Euro",
    "GBP": "British Pound Sterling",
    "UGX": "Ugandan Shilling",
    "TZS": "Tanzanian Shilling",
    "CAD": "Canadian Dollar",
    "AUD": "Australian Dollar",
    "ZAR": "South African Rand",
    "INR": "Indian Rupee",
}

SWITCHES: dict[str, Json] = {
    "latency_ms": 0,
    "limits": False,
    "throttle": False,
    "fail_next": None,
    "drop_next": None,
    "webhooks": None,
    "subscription_ended": False,
    "requestid_ignored": False,
    "rotate_refresh_tokens": True,
}


class Company:
    """The books of one company, open for reading and writing.

    `seeding` is on while the first objects are loaded: the closing date does not count then.
    `base` is the address at which it was reached last, for links in answers; `limits` counts since
    limits were switched on, `reads` what Intuit would meter since the start: all that is no write.
    """

    def __init__(self, name: str, path: Path | None = None, anchor: date | None = None) -> None:
        self.name = name
        self.path = path
        self.seeding = False
        self.base = ""
        self.limits = Limits()
        self.reads = 0
        self.store = Store(path)
        self.switches: dict[str, Json] = dict(SWITCHES)
        self._sequences: dict[str, int] = {}
        self._open(anchor)

    def _open(self, anchor: date | None) -> None:
        held = self.store.facts.get("company", self.name)
        if held != self.name:
            self.store.close()
            raise ValueError(f"The state file holds the company {held}, not {self.name}.")
        kept = self.store.facts.get("anchor")
        self.anchor = date.fromisoformat(kept) if kept else anchor or clock.today()
        self.definition = companies.build(self.name, self.anchor)
        self.switches |= self.store.facts.get("switches", {})
        if not kept:
            self._build()

    def _build(self) -> None:
        """Load the first objects; all of them become durable in one commit or none does."""
        from awra_tui.simulator.seeding import load

        self.store.set_fact("company", self.name)
        load(self, self.definition)
        self.store.set_fact("anchor", self.anchor.isoformat())
        self.store.flush()

    def reset(self) -> None:
        """Forget everything that happened and build the company anew."""
        self.store.erase()
        self.store = Store(self.path)
        self.switches = dict(SWITCHES)
        self._sequences = {}
        self.seeding = False
        self._open(self.anchor)

    def close(self) -> None:
        """Commit what is left and let go of the state file."""
        self.store.close()

    def switch(self, name: str, value: Json) -> None:
        """Set a switch of rehearsal; it survives a restart."""
        self.switches[name] = value
        if name == "limits":
            self.limits.begin_anew()
        self.store.set_fact("switches", self.switches)

    @property
    def realm_id(self) -> str:
        """The id of the company in paths."""
        return self.definition.realm_id

    @property
    def preferences(self) -> Body:
        """The body of the Preferences object."""
        found = self.store.get("Preferences", "1")
        return found.body if found else {}

    def preference(self, section: str, name: str) -> Json:
        """Return one setting, or None when it is not set."""
        return self.preferences.get(section, {}).get(name)

    @property
    def home_currency(self) -> str:
        """The code of the home currency."""
        return ref_id(self.preferences.get("CurrencyPrefs", {}), "HomeCurrency") or "USD"

    @property
    def multi_currency(self) -> bool:
        """Whether transactions may be in other currencies."""
        return bool(self.preference("CurrencyPrefs", "MultiCurrencyEnabled"))

    @property
    def american(self) -> bool:
        """Whether the company is in the United States, with TAX and NON instead of tax codes."""
        info = self.store.get("CompanyInfo", "1")
        return info is None or info.body.get("Country", "US") == "US"

    @property
    def closing_date(self) -> str:
        """The last day of the closed period as ISO text; empty while nothing is closed."""
        return str(self.preference("AccountingInfoPrefs", "BookCloseDate") or "")

    def now(self) -> datetime:
        """Return the time to stamp on changes: the anchor's morning while seeding."""
        if not self.seeding:
            return clock.now()
        morning = datetime.combine(self.anchor, time(8), UTC) - timedelta(days=1)
        return min(clock.now(), morning)

    def currency_ref(self, code: str) -> Body:
        """Return the reference to a currency, with its name."""
        return {"value": code, "name": CURRENCIES.get(code, code)}

    def rate(self, currency: str) -> Decimal:
        """Return QuickBooks' own rate: home currency per unit of the currency."""
        if currency == self.home_currency:
            return Decimal(1)
        kept = self.store.get("ExchangeRate", currency)
        if kept is not None:
            return number(kept.body["Rate"])
        return self.definition.rates.get(currency, Decimal(1))

    def next_id(self, entity: Entity) -> str:
        """Return a new id, one more than the largest of all entities that share the sequence."""
        if entity.sequence not in self._sequences:
            self._sequences[entity.sequence] = self._largest(entity.sequence)
        self._sequences[entity.sequence] += 1
        return str(self._sequences[entity.sequence])

    def used_id(self, entity: Entity, id_: str) -> None:
        """Note an id that was given, so that later ones are larger."""
        if id_.isdigit() and entity.sequence in self._sequences:
            self._sequences[entity.sequence] = max(self._sequences[entity.sequence], int(id_))

    def _largest(self, sequence: str) -> int:
        names = [one.name for one in ENTITIES.values() if one.sequence == sequence]
        ids = (int(id_) for name in names for id_ in self.store.ids(name) if id_.isdigit())
        return max(ids, default=0)

    def named(self, entity: str, name: str) -> Record | None:
        """Find an object of a list by its full or short name, in any case."""
        for field in ("FullyQualifiedName", "DisplayName", "Name"):
            found = self.store.find(entity, field, name)
            if found:
                return found[0]
        return None

    def account(self, id_: str) -> Record | None:
        """Return an account by id."""
        return self.store.get("Account", id_)

    def balance(self, party: Key) -> Decimal:
        """Return a customer's or vendor's open balance, positive as QuickBooks shows it."""
        sign = -1 if party.entity == "Vendor" else 1
        record = self.store.get(*party)
        opening = number(record.body.get("Balance")) if record else Decimal(0)
        return opening + sign * self.store.ledger.party(party)
