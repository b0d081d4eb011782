import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.qbo.objects import ENTITIES, company_of, to_object
from awra_tui.records.kinds import KINDS
from awra_tui.records.mapping import MAPPING_KINDS
from tests.shared import shared_file

INVOICE = {
    "Id": "7",
    "SyncToken": "3",
    "DocNumber": "INV-1042",
    "TxnDate": "2026-01-02",
    "CustomerRef": {"value": "5", "name": "Acacia"},
    "CurrencyRef": {"value": "KES", "name": "Shilling"},
    "TotalAmt": Decimal("116.00"),
    "Balance": 16,
    "PrivateNote": "AWRA INV-1042\nsecond line",
}


def test_an_invoice():
    found = to_object("Invoice", INVOICE)
    assert (found.id, found.sync_token, found.number, found.mark) == ("7", "3", "INV-1042", "INV-1042")
    assert (found.date, found.party_id, found.currency) == (dt.date(2026, 1, 2), "5", "KES")
    assert (found.amount, found.balance) == (Decimal("116.00"), Decimal(16))
    assert found.active
    assert found.content is INVOICE


@pytest.mark.parametrize(
    ("entity", "content", "expected"),
    [
        (
            "Account",
            {"FullyQualifiedName": "Bank:Till", "Name": "Till", "AccountType": "Bank"},
            ("Bank:Till", "Bank"),
        ),
        ("Item", {"Name": "Tea", "Type": "NonInventory"}, ("Tea", "NonInventory")),
        ("Customer", {"DisplayName": "A", "FullyQualifiedName": "P:A"}, ("A", "")),
        ("Vendor", {"DisplayName": "V"}, ("V", "")),
        ("Term", {"Name": "Net 30", "Type": "STANDARD"}, ("Net 30", "STANDARD")),
        ("BillPayment", {"PayType": "Check"}, ("", "Check")),
        ("Budget", {"Name": "2026"}, ("2026", "")),
    ],
)
def test_names_and_types(entity, content, expected):
    found = to_object(entity, {"Id": "1", **content})
    assert (found.name, found.type) == expected


def test_payments_have_a_reference_and_what_is_not_applied():
    content = {"Id": "1", "PaymentRefNum": "QFX1", "TotalAmt": 5, "UnappliedAmt": Decimal("1.5")}
    found = to_object("Payment", content)
    assert (found.reference, found.amount, found.balance) == ("QFX1", 5, Decimal("1.5"))


def test_a_journal_is_worth_its_debits():
    lines = [
        {"Amount": 3, "JournalEntryLineDetail": {"PostingType": "Debit"}},
        {"Amount": Decimal("1.5"), "JournalEntryLineDetail": {"PostingType": "Debit"}},
        {"Amount": Decimal("4.5"), "JournalEntryLineDetail": {"PostingType": "Credit"}},
    ]
    assert to_object("JournalEntry", {"Id": "1", "TotalAmt": 0, "Line": lines}).amount == Decimal("4.5")


def test_inactive_and_deleted():
    assert not to_object("Item", {"Id": "1", "Active": False}).active
    assert to_object("Invoice", {"Id": "1", "status": "Deleted"}).deleted


def test_every_entity_that_is_sent_or_mapped_is_in_our_copy():
    needed = {kind.entity for kind in KINDS.values()} | {kind.entity for kind in MAPPING_KINDS.values()}
    assert needed <= set(ENTITIES)
    assert not ENTITIES["TaxCode"].changes
    assert [entity.is_name for entity in ENTITIES.values()] == sorted(
        (entity.is_name for entity in ENTITIES.values()), reverse=True
    )


@pytest.mark.parametrize("recording", ["all_customers_1", "all_sales_receipts_0", "create_invoice_0"])
def test_recorded_objects_are_read(recording):
    payload = json.loads(shared_file("qbo", "recordings", f"qboapi_{recording}.json").read_bytes())["json"]
    groups = payload.get("QueryResponse", payload)
    entity, rows = next((name, value) for name, value in groups.items() if isinstance(value, list | dict))
    objects = [to_object(entity, row) for row in (rows if isinstance(rows, list) else [rows])]
    assert all(found.id and found.currency == "USD" for found in objects)
    assert all(found.name if ENTITIES[entity].is_name else found.date for found in objects)


@given(st.sampled_from(sorted(ENTITIES)), st.data())
def test_odd_content_is_never_a_traceback(entity, data):
    value = (
        st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just([1]) | st.just({"value": 1})
    )
    names = ["Id", "SyncToken", "TxnDate", "TotalAmt", "Line", "CustomerRef", "CurrencyRef", "Active", "Name"]
    content = data.draw(st.dictionaries(st.sampled_from([*names, "PrivateNote", "Balance"]), value))
    assert to_object(entity, content).entity == entity


def test_a_company_as_its_preferences_have_it():
    preferences = {
        "AccountingInfoPrefs": {
            "BookCloseDate": "2025-12-31",
            "ClassTrackingPerTxnLine": True,
            "TrackDepartments": True,
        },
        "SalesFormsPrefs": {"CustomTxnNumbers": True, "AutoApplyCredit": True, "AllowDiscount": False},
        "CurrencyPrefs": {"MultiCurrencyEnabled": True, "HomeCurrency": {"value": "KES"}},
        "TaxPrefs": {"PartnerTaxEnabled": False},
    }
    company = company_of({"CompanyName": "Kilima", "Country": "KE"}, preferences, "9130")
    assert (company.realm, company.name, company.home_currency) == ("9130", "Kilima", "KES")
    assert company.closing_date == dt.date(2025, 12, 31)
    assert company.multi_currency
    assert company.custom_numbers
    assert company.auto_apply_credit
    assert company.uses_classes
    assert company.uses_locations
    assert not company.allows_discount
    assert not company.us_tax


def test_edition_and_subscription_are_told_among_names_and_values():
    told = [
        {"Name": "SubscriptionStatus", "Value": "PAID"},
        {"Name": "OfferingSku", "Value": "QuickBooks Online Plus"},
    ]
    company = company_of({"NameValue": told}, {}, "1")
    assert (company.edition, company.subscription) == ("QuickBooks Online Plus", "PAID")
    for odd in (None, "x", [None, {"Name": "OfferingSku"}], {"Name": "OfferingSku"}):
        company = company_of({"NameValue": odd}, {}, "1")
        assert (company.edition, company.subscription) == ("", "")


def test_tax_and_bills_are_on_unless_they_are_said_to_be_off():
    company = company_of({}, {}, "1")
    assert (company.charges_tax, company.automated_tax, company.takes_bills) == (True, False, True)
    parts = {
        "TaxPrefs": {"UsingSalesTax": False, "PartnerTaxEnabled": True},
        "VendorAndPurchasesPrefs": {"EnableBills": False},
    }
    company = company_of({}, parts, "1")
    assert (company.charges_tax, company.automated_tax, company.takes_bills) == (False, True, False)


def test_what_preferences_leave_out_is_off_but_discounts():
    company = company_of({"Country": "US"}, {}, "1")
    assert (company.home_currency, company.us_tax, company.closing_date) == ("USD", True, None)
    assert not company.custom_numbers
    assert company.allows_discount
    assert not company.multi_currency
