"""Both sides of a customer beside each other: family, tax number, currency, what is open, what was last."""

from pathlib import Path

from awra_tui.actions.comparison import pairs, sides
from awra_tui.actions.known import known_record
from awra_tui.actions.sync import sync_now
from awra_tui.cache.store import objects
from awra_tui.records.subject import RecordKey
from tests.office import BooksCompany, office, write_source
from tests.two_months import ASKING, CUSTOMER, by_hand, in_books, two_months
from tests.watch import Watch

FIELDS = ASKING.replace(
    '"contact.email" = "email"',
    '"contact.email" = "email", "contact.tax_number" = "pin", "parent_id" = "parent"',
)
PARENT = RecordKey("customer", "C-9")


async def test_both_sides_say_what_they_stand_for(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    two_months(tmp_path)
    rows = [
        {"id": "C-9", "name": "Savanna Group", "email": "", "pin": "", "parent": ""},
        {"id": "C-1", "name": "Baobab Café", "email": "", "pin": "P-1", "parent": "C-9"},
    ]
    write_source(tmp_path, "customers.csv", rows)
    group = in_books(company, name="Savanna")
    there = in_books(company, ParentRef={"value": group}, Job=True, PrimaryTaxIdentifier="P-1")
    by_hand(company, there, "91", "2026-11-02")
    with office(tmp_path, company, FIELDS) as desk:
        await sync_now(desk)
        told = {one.label: (one.ours, one.theirs) for one in await sides(desk, CUSTOMER, there)}
        assert told == {
            "Part of": ("Savanna Group", "Savanna"),
            "Open": ("USD 20.00", "USD 10.00"),
            "Last": ("2026-11-05 Payment PAY-NEW-1", "2026-11-02 Invoice 91"),
        }
        told = {one.label: (one.ours, one.theirs) for one in await sides(desk, PARENT, group)}
        assert told == {"Has": ("1 sub-customer", "1 sub-customer")}
        alone = {one.label: (one.ours, one.theirs) for one in await sides(desk, CUSTOMER)}
        assert alone["Open"] == ("USD 20.00", "")
        assert await sides(desk, RecordKey("item", "I-1")) == []
        record = (await desk.page(known_record, CUSTOMER)).record
        thing = await desk.page(objects.get, "Customer", there)
        signs = {one.label: one.sign for one in pairs(record, thing)}
        assert (signs["Tax number"], signs["Currency"], signs["Name"]) == ("=", "=", "≠")


async def test_a_part_of_a_part_is_told_with_the_whole_way_on_both_sides(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    two_months(tmp_path)
    family = (("C-8", "Savanna Group", ""), ("C-9", "Coast", "C-8"), ("C-1", "Baobab Café", "C-9"))
    rows = [{"id": key, "name": name, "email": "", "pin": "", "parent": over} for key, name, over in family]
    write_source(tmp_path, "customers.csv", rows)
    group = in_books(company, name="Savanna Group")
    coast = in_books(company, name="Coast", ParentRef={"value": group}, Job=True)
    there = in_books(company, ParentRef={"value": coast}, Job=True)
    with office(tmp_path, company, FIELDS) as desk:
        await sync_now(desk)
        [family_of] = [one for one in await sides(desk, CUSTOMER, there) if one.label == "Part of"]
        assert (family_of.ours, family_of.theirs) == ("Savanna Group:Coast", "Savanna Group:Coast")
