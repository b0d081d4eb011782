"""The sample and the simulator's company: what they agree on, and where they are meant to differ."""

import datetime as dt
from decimal import Decimal

import pytest

from awra_tui.settings.profile import load_profile
from awra_tui.simulator.company import Company
from awra_tui.sources.sample import trouble
from awra_tui.sources.sample.calendar import Calendar
from awra_tui.sources.sample.source import world
from tests.sources.convert import ANCHOR

PROFILE = "awra_tui/demo/savanna.toml"


@pytest.fixture(scope="module")
def company():
    return Company("nairobi", None, ANCHOR)


@pytest.fixture(scope="module")
def records():
    return world(7, ANCHOR)


@pytest.fixture(scope="module")
def presets(request):
    path = str(request.config.rootpath / PROFILE)
    addresses = ["qbo.api_base_url=http://127.0.0.1:1", "qbo.token_url=http://127.0.0.1:1"]
    return load_profile(path, addresses).mapping.preset


def bodies(company, entity):
    return {record.key.id: record.body for record in company.store.live(entity)}


def named(company, entity):
    field = "DisplayName" if entity in {"Customer", "Vendor"} else "Name"
    return {body[field]: body for body in bodies(company, entity).values()}


@pytest.mark.parametrize(
    ("kind", "entity", "field"),
    [("customer", "Customer", "DisplayName"), ("vendor", "Vendor", "DisplayName"), ("item", "Item", "Name")],
)
def test_known_ids_lead_to_the_same_names(company, records, kind, entity, field):
    known = {one.qbo_id: one.party_name for one in records if one.kind == kind and one.qbo_id}
    there = bodies(company, entity)
    assert len(known) == {"customer": 55, "vendor": 20, "item": 79}[kind]
    assert known == {id_: there[id_][field].removesuffix(" (deleted)") for id_ in known}


def test_currencies_of_known_customers_agree(company, records):
    there = bodies(company, "Customer")
    known = [one for one in records if one.kind == "customer" and one.qbo_id]
    assert {one.currency for one in known} == {"KES", "USD"}
    for one in known:
        assert there[one.qbo_id]["CurrencyRef"]["value"] == one.currency, one.party_name


def test_prices_and_costs_of_items_agree(company, records):
    there = bodies(company, "Item")
    for one in records:
        if one.kind == "item" and one.qbo_id:
            body = there[one.qbo_id]
            assert (body["UnitPrice"], body["PurchaseCost"]) == (one.unit_price, one.unit_cost)
            assert (body["Sku"], body["Type"]) == (one.number, one.item_type)


def test_five_customers_are_each_unconnected_in_their_own_way(company, records):
    names = [one.party_name for one in records if one.kind == "customer" and not one.qbo_id]
    customers, vendors = named(company, "Customer"), named(company, "Vendor")
    absent, tagged, like_vendor, other_spelling, same_name = names
    assert tagged == "[red]O'Neil & Söhne[/]"
    assert not {absent, tagged, like_vendor, other_spelling} & set(customers)
    assert not {absent, tagged} & set(vendors)
    assert like_vendor in vendors
    assert other_spelling.replace("Ltd", "Limited") in customers
    assert same_name in customers
    assert len(customers) == 57


def test_two_items_are_in_trouble(company, records):
    there = bodies(company, "Item")
    inactive = [one for one in records if one.kind == "item" and not there.get(one.qbo_id, {}).get("Active")]
    assert [one.party_name for one in inactive] == ["Masala Chai Tin 250 g", "Solar Lantern Duo"]
    assert "Solar Lantern Duo" not in named(company, "Item")
    ordered = [one for one in records if one.kind == "purchase_order" and one.approved]
    assert any(line.item_name == "Solar Lantern Duo" for one in ordered for line in one.lines)


@pytest.mark.parametrize("anchor", [ANCHOR, dt.date(2025, 1, 31), dt.date(2025, 5, 1), dt.date(2024, 2, 29)])
def test_both_sides_reckon_the_same_days(anchor):
    company, calendar = Company("nairobi", None, anchor), Calendar(anchor)
    (invoice,) = bodies(company, "Invoice").values()
    assert company.closing_date == calendar.closing.isoformat()
    assert invoice["TxnDate"] == calendar.hand_made.isoformat()
    assert 88 <= (anchor - calendar.closing).days <= 124


def test_the_invoice_made_by_hand_is_the_same_but_for_our_mark(company, records):
    (body,) = bodies(company, "Invoice").values()
    (ours,) = trouble.made_by_hand_before(Calendar(ANCHOR))
    party = next(one for one in records if one.kind == "customer" and one.source_id == ours.party_id)
    assert ours in records
    assert (body["DocNumber"], body["TotalAmt"]) == (ours.number, ours.amount)
    assert (ours.amount, ours.party_name) == (Decimal("12760.00"), "Baobab Café")
    assert body["CustomerRef"]["value"] == party.qbo_id
    assert "PrivateNote" not in body


def test_no_other_number_is_used_in_quickbooks(company, records):
    used = {body["DocNumber"] for body in bodies(company, "Invoice").values()}
    ours = {one.number for one in records if one.kind == "invoice"}
    assert used & ours == {"INV-1042"}


ENTITIES = {
    "tax_code": "TaxCode", "payment_method": "PaymentMethod", "department": "Department", "class": "Class",
    "term": "Term", "account": "Account",
}  # fmt: skip


def test_every_preset_names_something_in_quickbooks(company, presets):
    accounts = named(company, "Account")
    for preset in presets:
        assert preset.qbo in named(company, ENTITIES[preset.kind]), preset
        assert not preset.account or preset.account in accounts, preset


def _needed(records):
    """Yield mapping kind, value, and the part of the record that may be its scope."""
    for one in records:
        if one.kind == "item":
            yield "account", one.category, ("side", "sale")
            yield "account", one.category, ("side", "purchase")
            continue
        branch = ("branch", one.branch)
        for kind, value in (("term", one.terms), ("payment_method", one.method), ("department", one.branch)):
            if value and (kind == "term" or one.kind not in {"customer", "vendor"}):
                yield kind, value, branch
        for line in one.lines:
            for kind, value in (
                ("tax_code", line.tax_category),
                ("class", line.klass),
                ("account", line.account),
            ):
                if value:
                    yield kind, value, branch


def test_presets_cover_everything_but_the_two_gaps(records, presets):
    ready = {
        (preset.kind, preset.value, *preset.scope.items())
        for preset in presets
        if preset.kind != "payment_method" or preset.account
    }
    open_ = {
        (kind, value, scope)
        for kind, value, scope in _needed(records)
        if (kind, value) not in ready and (kind, value, scope) not in ready
    }
    assert open_ == {
        ("tax_code", "Zero-rated", ("branch", "Mombasa")),
        ("payment_method", "M-Pesa", ("branch", "Mombasa")),
    }


def test_tax_rates_agree_with_the_codes_they_are_mapped_to(company, records, presets):
    codes, rates = named(company, "TaxCode"), bodies(company, "TaxRate")
    mapped = {preset.value: codes[preset.qbo] for preset in presets if preset.kind == "tax_code"}
    said = {(line.tax_category, line.tax_rate) for one in records for line in one.lines if line.tax_category}
    assert {category for category, _ in said} == {"Standard 16%", "Zero-rated", "Exempt"}
    for category, rate in said:
        for side in ("SalesTaxRateList", "PurchaseTaxRateList"):
            (detail,) = mapped[category][side]["TaxRateDetail"]
            assert rates[detail["TaxRateRef"]["value"]]["RateValue"] == rate


def test_the_open_payment_method_can_be_fixed_with_an_account_that_is_there(company):
    till = named(company, "Account")["M-Pesa Mombasa Till"]
    assert (till["AccountType"], till["Active"]) == ("Other Current Asset", True)
