"""Exchange rates: one for each foreign currency, set by people or as the company began."""

from decimal import Decimal

from awra_tui.simulator import clock, faults
from awra_tui.simulator.bodies import normalised
from awra_tui.simulator.company import CURRENCIES, Company
from awra_tui.simulator.entities import ENTITIES
from awra_tui.simulator.money import ZERO, plain
from awra_tui.simulator.records import Body, Key, Record, number
from awra_tui.simulator.validate import check_form, check_properties

ENTITY = ENTITIES["ExchangeRate"]


def put(company: Company, body: Body) -> Body:
    """Set a rate and return {"ExchangeRate": ...}.

    Raises a Fault for a currency that is none (2170) and a rate that is not above zero (2030).
    """
    found = normalised(body)
    check_properties(ENTITY, found)
    check_form(ENTITY, found, body)
    code = _known(company, found["SourceCurrencyCode"])
    if found.get("TargetCurrencyCode", company.home_currency) != company.home_currency:
        raise faults.business("The target currency must be the home currency of the company.")
    rate = _rate(found["Rate"])
    day = str(found.get("AsOfDate", clock.today().isoformat()))
    keep(company, code, rate, day)
    return read(company, code)


def keep(company: Company, code: str, rate: Decimal, day: str) -> None:
    """Keep the rate of a currency: home currency per unit, as of a day."""
    body = {
        "SourceCurrencyCode": code,
        "TargetCurrencyCode": company.home_currency,
        "Rate": plain(rate),
        "AsOfDate": day,
        "domain": "QBO",
        "sparse": False,
        "MetaData": {"LastUpdatedTime": clock.stamp(company.now())},
    }
    company.store.put(Record(Key("ExchangeRate", code), body))


def read(company: Company, code: str, day: str = "") -> Body:
    """Return {"ExchangeRate": ...} of a currency, as of a day when one is named."""
    code = _known(company, code)
    record = company.store.get("ExchangeRate", code)
    if record is None:
        keep(company, code, company.rate(code), clock.today().isoformat())
        record = company.store.get("ExchangeRate", code)
    body = record.body if record else {}
    return {"ExchangeRate": {**body, "AsOfDate": day or body.get("AsOfDate", "")}}


def _known(company: Company, code: object) -> str:
    if str(code) not in CURRENCIES and company.store.get("ExchangeRate", str(code)) is None:
        raise faults.bad_enumeration(str(code))
    return str(code)


def _rate(value: object) -> Decimal:
    rate = number(value)
    if rate <= ZERO:
        raise faults.fault("2030", "Invalid Number", f"Rate should be above zero. Supplied value:{value}")
    return rate
