"""The side path: switches of rehearsal, a look at the books, an accountant's hand."""

from collections.abc import Callable
from decimal import Decimal
from types import UnionType

from awra_tui.simulator import faults, money, oauth, seeding, webhooks
from awra_tui.simulator.booking import update
from awra_tui.simulator.company import SWITCHES, Company
from awra_tui.simulator.entities import ENTITIES, entity_named
from awra_tui.simulator.jsontext import Json
from awra_tui.simulator.operations import perform
from awra_tui.simulator.records import Body

_PREFERENCES = {
    "auto_apply_credit": ("SalesFormsPrefs", "AutoApplyCredit"),
    "custom_txn_numbers": ("SalesFormsPrefs", "CustomTxnNumbers"),
    "closing_date": ("AccountingInfoPrefs", "BookCloseDate"),
}

_KINDS: dict[str, UnionType | type] = {
    "latency_ms": int | Decimal,
    "fail_next": dict | None,
    "drop_next": dict | None,
    "webhooks": dict | None,
    "closing_date": str | None,
}


def state(company: Company) -> Body:
    """Return the switches, the settings and how many objects there are."""
    settings = {name: company.preference(*where) for name, where in _PREFERENCES.items()}
    return {
        "company": company.name,
        "realm_id": company.realm_id,
        "anchor": company.anchor.isoformat(),
        "switches": {**company.switches, **settings},
        "counts": {name: count for name, count in company.store.counts().items() if count},
        "reads": company.reads,
        "limits": _counted(company),
    }


def _counted(company: Company) -> Body:
    """Return what the limits have let in and refused since they were switched on."""
    limits = company.limits
    moments = {"first_batch": limits.first, "last_batch": limits.last}
    return {
        "requests": limits.requests,
        "batches": limits.batches,
        "refused": limits.refused,
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
    }


def switch(company: Company, wanted: Body) -> Body:
    """Set switches. Raises KeyError for a name that is none, before anything is set."""
    known = {*SWITCHES, *_PREFERENCES, "token_expired"}
    unknown = sorted(set(wanted) - known)
    if unknown:
        raise KeyError(f"There is no switch {', '.join(unknown)}.")
    for name, value in wanted.items():
        if not isinstance(value, _KINDS.get(name, bool)):
            raise KeyError(f"The switch {name} cannot be {value!r}.")
    webhooks.check(wanted.get("webhooks"))
    for name, value in wanted.items():
        if name == "token_expired":
            _expire(company, value)
        elif name in _PREFERENCES:
            _set_preference(company, name, value)
        else:
            company.switch(name, value)
    company.store.flush()
    return state(company)


def _expire(company: Company, value: Json) -> None:
    if value:
        oauth.expire_access(company)


def _set_preference(company: Company, name: str, value: Json) -> None:
    section, setting = _PREFERENCES[name]
    kept = company.preferences
    body = {
        **{part: inner for part, inner in kept.items() if part.endswith("Prefs")},
        section: {**kept.get(section, {}), setting: value},
        "Id": "1",
        "SyncToken": kept["SyncToken"],
    }
    update(company, "Preferences", body)


def book(company: Company, wanted: Body) -> Body:
    """Create or change an object as an accountant would in QuickBooks itself.

    Takes {"entity", "body", "operation"}, or {entity: body} for a creation. Raises a Fault.
    """
    name = str(wanted.get("entity") or next(iter(wanted), ""))
    body = wanted.get("body") if "entity" in wanted else wanted.get(name)
    entity = entity_named(name)
    if entity is None or not isinstance(body, dict):
        raise faults.malformed(f"entity {name}; the request")
    operation = str(wanted.get("operation", "")).lower()
    options = frozenset(str(wanted.get("include", "")).lower().split(","))
    found = perform(company, entity, operation, body, options)
    company.store.flush()
    return found


def books(company: Company) -> Body:
    """Return the trial balance in home currency, debits positive, and its sum."""
    found = company.store.ledger.trial_balance()
    rows = [{"Id": id_, "Name": _name(company, id_), "Balance": value} for id_, value in found.items()]
    total = money.total(found.values())
    return {"accounts": sorted(rows, key=lambda row: str(row["Name"])), "total": total}


def _name(company: Company, id_: str) -> str:
    account = company.account(id_)
    return str(account.body.get("FullyQualifiedName", "")) if account else ""


def reset(company: Company, _: Body) -> Body:
    """Begin anew; tokens given out before are not valid any more."""
    company.reset()
    access, refresh = oauth.ensure_tokens(company)
    return {**state(company), "access_token": access, "refresh_token": refresh}


def seed(company: Company, wanted: Body) -> Body:
    """Load objects as they were recorded: {"objects": [[entity, body], ...]}. Raises a Fault."""
    objects = wanted.get("objects", [])
    for name, body in objects:
        if name not in ENTITIES or "Id" not in body:
            raise faults.malformed(f"entity {name}; an object to load needs an Id and")
    with company.store.change():
        for name, body in objects:
            seeding.load_raw(company, name, body)
    company.store.flush()
    return state(company)


POSTS: dict[str, Callable[[Company, Body], Body]] = {
    "switches": switch,
    "objects": book,
    "reset": reset,
    "seed": seed,
}
GETS: dict[str, Callable[[Company], Body]] = {"state": state, "books": books}
