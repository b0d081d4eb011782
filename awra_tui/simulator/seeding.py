"""Loading a new company: its settings, then its objects by the rules, then the closing date."""

from awra_tui.simulator import booking, clock, exchange
from awra_tui.simulator.companies.seed import SeedCompany
from awra_tui.simulator.company import Company
from awra_tui.simulator.entities import ENTITIES
from awra_tui.simulator.records import Body, Key, Record


def load(company: Company, seed: SeedCompany) -> None:
    """Fill an empty company. Raises a Fault when the seed breaks a rule of the books."""
    company.seeding = True
    _put_setting(company, "CompanyInfo", seed.info)
    _put_setting(company, "Preferences", seed.preferences)
    for code, rate in seed.rates.items():
        exchange.keep(company, code, rate, company.now().date().isoformat())
    for entity, body in seed.objects:
        booking.create(company, entity, body)
    company.seeding = False


def _put_setting(company: Company, entity: str, body: Body) -> None:
    stamp = clock.stamp(company.now())
    found = {
        "domain": "QBO",
        "sparse": False,
        "Id": "1",
        "SyncToken": "0",
        "MetaData": {"CreateTime": stamp, "LastUpdatedTime": stamp},
        **body,
    }
    ordered = {name: found[name] for name in ENTITIES[entity].fields if name in found}
    company.store.put(Record(Key(entity, "1"), ordered))


def load_raw(company: Company, entity: str, body: Body) -> None:
    """Take an object as it was recorded, with its id and balances and without postings."""
    key = Key(entity, str(body["Id"]))
    company.used_id(ENTITIES[entity], key.id)
    company.store.put(Record(key, {"domain": "QBO", "sparse": False, "SyncToken": "0", **body}))
