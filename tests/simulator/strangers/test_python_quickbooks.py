"""python-quickbooks against the simulator: what it can do with every kind of object, and around them."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from quickbooks import QuickBooks, objects
from quickbooks.batch import batch_create, batch_delete
from quickbooks.cdc import change_data_capture
from quickbooks.exceptions import (
    AuthorizationException,
    ObjectNotFoundException,
    QuickbooksException,
    ValidationException,
)
from quickbooks.objects.budget import Budget
from quickbooks.objects.companycurrency import CompanyCurrency
from quickbooks.objects.creditcardpayment_entity import CreditCardPayment
from quickbooks.objects.customertype import CustomerType
from quickbooks.objects.detailline import GroupLineDetail
from quickbooks.objects.exchangerate import ExchangeRate
from quickbooks.objects.preferences import Preferences
from quickbooks.objects.recurringtransaction import (
    RecurringInfo,
    RecurringInvoice,
    RecurringTransaction,
    ScheduleInfo,
)
from quickbooks.objects.taxservice import TaxRateDetails, TaxService

from tests.simulator.strangers import makers
from tests.simulator.strangers.conftest import Sandbox
from tests.simulator.strangers.makers import MAKERS, made, sale, unique

OTHERS = {
    "CompanyCurrency": CompanyCurrency,
    "CreditCardPayment": CreditCardPayment,
}
KINDS = {name: OTHERS.get(name) or getattr(objects, name) for name in MAKERS}
DELETED = [
    *("Attachable", "Bill", "BillPayment", "CreditCardPayment", "CreditMemo", "Deposit", "Estimate"),
    *("Invoice", "JournalEntry", "Payment", "Purchase", "PurchaseOrder", "RefundReceipt", "SalesReceipt"),
    *("TimeActivity", "Transfer", "VendorCredit"),
]
PRINTED = ["CreditMemo", "Estimate", "Invoice", "Payment", "PurchaseOrder", "RefundReceipt", "SalesReceipt"]


@pytest.fixture(autouse=True)
def balanced(sandbox: Sandbox) -> Any:
    """Whatever a client does, debits equal credits afterwards."""
    yield
    assert float(sandbox.books()["total"]) == 0


def saved(name: str, qb: QuickBooks) -> Any:
    found = MAKERS[name](qb)
    answer = found.save(qb=qb)
    assert found.Id
    return answer


@pytest.mark.parametrize("name", KINDS)
def test_what_was_created_is_read_listed_and_counted(qb: QuickBooks, name: str) -> None:
    kind = KINDS[name]
    fresh = saved(name, qb)
    again = kind.get(fresh.Id, qb=qb)
    assert again.to_dict() == fresh.to_dict()
    assert [one.Id for one in kind.filter(Id=fresh.Id, qb=qb)] == [fresh.Id]
    assert [one.Id for one in kind.choose([fresh.Id], qb=qb)] == [fresh.Id]
    whole = kind.count(qb=qb)
    assert fresh.Id in {one.Id for one in kind.all(max_results=1000, qb=qb)}
    pages = [kind.all(order_by="Id", start_position=start, max_results=1, qb=qb) for start in (1, whole + 1)]
    assert [len(page) for page in pages] == [1, 0]


@pytest.mark.parametrize("name", [name for name in KINDS if name != "CompanyCurrency"])
def test_an_object_that_was_read_can_be_sent_back(qb: QuickBooks, name: str) -> None:
    fresh = saved(name, qb)
    changed = KINDS[name].get(fresh.Id, qb=qb)
    text = "Description" if name in {"Account", "Item", "TimeActivity"} else "PrivateNote"
    text = {"Attachable": "Note", "Customer": "Notes", "Vendor": "AcctNum"}.get(name, text)
    if hasattr(changed, text):
        setattr(changed, text, "Changed")
    answer = changed.save(qb=qb)
    assert (answer.Id, answer.SyncToken) == (fresh.Id, "1")
    assert getattr(KINDS[name].get(fresh.Id, qb=qb), text, "Changed") == "Changed"


def test_a_full_update_clears_and_a_sparse_one_keeps(qb: QuickBooks) -> None:
    who = made(objects.Customer, DisplayName=unique("Full"), Notes="one", CompanyName="two").save(qb=qb)
    sparse = made(objects.Customer, Id=who.Id, SyncToken=who.SyncToken, sparse=True, Notes="changed")
    del sparse.CompanyName
    kept = sparse.save(qb=qb)
    assert (kept.Notes, kept.CompanyName, kept.DisplayName) == ("changed", "two", who.DisplayName)
    whole = made(objects.Customer, Id=who.Id, SyncToken=kept.SyncToken, DisplayName=who.DisplayName)
    assert whole.save(qb=qb).CompanyName == ""
    with pytest.raises(QuickbooksException) as refused:
        whole.save(qb=qb)
    assert refused.value.error_code == 5010


@pytest.mark.parametrize("name", DELETED)
def test_what_was_deleted_is_gone(qb: QuickBooks, name: str) -> None:
    fresh = saved(name, qb)
    fresh.delete(qb=qb)
    assert KINDS[name].filter(Id=fresh.Id, qb=qb) == []
    with pytest.raises(ObjectNotFoundException):
        KINDS[name].get(fresh.Id, qb=qb)


@pytest.mark.parametrize("name", ["Invoice", "Payment", "SalesReceipt", "BillPayment"])
def test_what_was_voided_is_zero_and_says_so(qb: QuickBooks, name: str) -> None:
    fresh = saved(name, qb)
    assert float(fresh.TotalAmt) > 0
    fresh.void(qb=qb)
    found = KINDS[name].get(fresh.Id, qb=qb)
    assert (found.TotalAmt, found.PrivateNote[:6]) == (0, "Voided")


def test_a_list_is_made_inactive_instead(qb: QuickBooks) -> None:
    term = saved("Term", qb)
    term.Active = False
    term.save(qb=qb)
    assert objects.Term.filter(Id=term.Id, qb=qb) == []
    assert objects.Term.where(f"Active = false AND Id = '{term.Id}'", qb=qb)[0].Name.endswith("(deleted)")


def test_a_payment_lowers_the_invoice(qb: QuickBooks) -> None:
    invoice = sale(objects.Invoice, qb, 80.0).save(qb=qb)
    line = made(objects.PaymentLine, Amount=30, LinkedTxn=[invoice.to_linked_txn()])
    makers.payment(qb, 30, Line=[line]).save(qb=qb)
    assert objects.Invoice.get(invoice.Id, qb=qb).Balance == 50


def test_a_request_that_is_repeated_makes_one_invoice(qb: QuickBooks) -> None:
    first, second = (sale(objects.Invoice, qb) for _ in range(2))
    key = unique("request")
    assert first.save(qb=qb, request_id=key).Id == second.save(qb=qb, request_id=key).Id


def test_a_template_of_what_recurs_is_kept_and_books_nothing(qb: QuickBooks, sandbox: Sandbox) -> None:
    before = sandbox.books()
    plan = made(ScheduleInfo, StartDate="2027-01-01", IntervalType="Monthly", NumInterval=1, DayOfMonth=1)
    info = made(RecurringInfo, Name=unique("Rent"), RecurType="Automated", Active=True, ScheduleInfo=plan)
    template = sale(RecurringInvoice, qb, 70.0, RecurringInfo=info)
    kept = made(RecurringTransaction, Invoice=template).save(qb=qb)
    again = RecurringTransaction.get(kept.Invoice.Id, qb=qb)
    assert (again.Invoice.TotalAmt, again.Invoice.RecurringInfo.Name) == (70, info.Name)
    assert again.Invoice.RecurringInfo.ScheduleInfo.IntervalType == "Monthly"
    again.Invoice.PrivateNote = "Each month"
    assert again.save(qb=qb).Invoice.SyncToken == "1"
    found = {one.Invoice.Id: one.Invoice.PrivateNote for one in RecurringTransaction.all(qb=qb)}
    assert found[kept.Invoice.Id] == "Each month"
    assert sandbox.books() == before
    RecurringTransaction.get(kept.Invoice.Id, qb=qb).delete(qb=qb)
    with pytest.raises(ObjectNotFoundException):
        RecurringTransaction.get(kept.Invoice.Id, qb=qb)


def test_a_batch_of_thirty_and_its_deletion_among_the_changes(qb: QuickBooks) -> None:
    start = datetime.now(UTC) - timedelta(seconds=2)
    done = batch_create([sale(objects.Invoice, qb) for _ in range(30)], qb=qb)
    assert (len(done.successes), done.faults) == (30, [])
    gone = batch_delete(done.successes[:5], qb=qb)
    assert len(gone.successes) == 5
    since = start.isoformat(timespec="seconds")
    changes = change_data_capture([objects.Invoice, objects.Customer], since, qb=qb)
    status = {one.Id: getattr(one, "status", "alive") for one in changes.Invoice}
    assert [status[one.Id] for one in done.successes] == ["Deleted"] * 5 + ["alive"] * 25


def test_a_refused_item_of_a_batch_says_why(qb: QuickBooks) -> None:
    done = batch_create([objects.Customer(), made(objects.Customer, DisplayName=unique("Good"))], qb=qb)
    assert (len(done.successes), len(done.faults)) == (1, 1)
    assert done.faults[0].Error[0].code == "2020"


@pytest.mark.parametrize("content", [b"Soil report\r\n\r\n--dry--\n", b"\x00\xff\x10binary"])
def test_a_file_is_uploaded_and_comes_back(qb: QuickBooks, tmp_path: Path, content: bytes) -> None:
    invoice = saved("Invoice", qb)
    hung = made(objects.AttachableRef, EntityRef=made(objects.Ref, type="Invoice", value=invoice.Id))
    path = tmp_path / "soil.txt"
    path.write_bytes(content)
    file = made(objects.Attachable, FileName="soil.txt", ContentType="text/plain", AttachableRef=[hung])
    file._FilePath = str(path)
    kept = objects.Attachable.get(file.save(qb=qb).Id, qb=qb)
    assert (kept.FileName, kept.Size) == ("soil.txt", len(content))
    assert kept.AttachableRef[0].EntityRef.value == invoice.Id
    assert qb.session.get(kept.TempDownloadUri).content == content
    url = f"{qb.api_url}/company/{qb.company_id}/download/{kept.Id}"
    assert qb.process_request("GET", url, headers={}).text == kept.TempDownloadUri


@pytest.mark.parametrize("name", PRINTED)
def test_forms_come_as_pdf(qb: QuickBooks, name: str) -> None:
    paper = qb.download_pdf(name, saved(name, qb).Id)
    assert (paper[:5], paper.rstrip()[-5:]) == (b"%PDF-", b"%%EOF")


@pytest.mark.parametrize("name", ["Invoice", "Estimate", "PurchaseOrder"])
def test_forms_are_sent(qb: QuickBooks, name: str) -> None:
    fresh = saved(name, qb)
    url = f"{qb.api_url}/company/{qb.company_id}/{name.lower()}/{fresh.Id}/send"
    params = {"sendTo": "you+me@example.org"}
    answer = qb.post(url, content_type="application/octet-stream", params=params)[name]
    assert (answer["EmailStatus"], answer["BillEmail"]["Address"]) == ("EmailSent", "you+me@example.org")


@pytest.mark.parametrize("name", ["ProfitAndLoss", "BalanceSheet", "TrialBalance", "GeneralLedger"])
def test_reports(qb: QuickBooks, name: str) -> None:
    found = qb.get_report(name, {"start_date": "2020-01-01", "end_date": "2030-12-31"})
    assert found["Header"]["ReportName"] == name
    assert {"Columns", "Rows"} <= set(found)
    with pytest.raises(QuickbooksException):
        qb.get_report("NoSuchReport")


def test_stock_falls_by_what_is_sold_alone_and_in_bundles(qb: QuickBooks) -> None:
    stocked = saved("Item", qb)
    detail = made(objects.SalesItemLineDetail, ItemRef=stocked.to_ref(), Qty=3, UnitPrice=5)
    alone = made(objects.SalesItemLine, Amount=15, SalesItemLineDetail=detail)
    parts = {"ItemGroupLine": [{"ItemRef": stocked.to_ref(), "Qty": 2}]}
    bundle = made(objects.Item, Name=unique("Set"), Type="Group", ItemGroupDetail=parts).save(qb=qb)
    inside = made(GroupLineDetail, GroupItemRef=bundle.to_ref(), Quantity=1)
    together = made(objects.GroupLine, GroupLineDetail=inside)
    who = makers.first(objects.Customer, qb)
    invoice = made(objects.Invoice, CustomerRef=who, Line=[alone, together]).save(qb=qb)
    assert objects.Item.get(stocked.Id, qb=qb).QtyOnHand == 5
    assert objects.Item.where(f"QtyOnHand < 6 AND Id = '{stocked.Id}'", qb=qb)
    invoice.delete(qb=qb)
    assert objects.Item.get(stocked.Id, qb=qb).QtyOnHand == 10


def test_a_report_in_columns_on_a_cash_basis(qb: QuickBooks) -> None:
    year = {"start_date": "2026-01-01", "end_date": "2026-12-31"}
    found = qb.get_report(
        "ProfitAndLoss", {**year, "summarize_column_by": "Quarter", "accounting_method": "Cash"}
    )
    assert (found["Header"]["ReportBasis"], len(found["Columns"]["Column"])) == ("Cash", 6)


def test_rates_of_exchange(qb: QuickBooks) -> None:
    rate = ExchangeRate.where("SourceCurrencyCode = 'EUR'", qb=qb)[0]
    assert rate.TargetCurrencyCode == "USD"
    rate.Rate += 1
    rate.save(qb=qb)
    assert ExchangeRate.where("SourceCurrencyCode = 'EUR'", qb=qb)[0].Rate == rate.Rate


def test_what_other_suites_expect_of_the_sandbox(qb: QuickBooks) -> None:
    assert CompanyCurrency.get(1, qb=qb).Name == "Canadian Dollar"
    assert len(objects.Payment.all(max_results=5, qb=qb)) == 5
    assert objects.Account.get(42, qb=qb).AccountType == "Credit Card"
    assert objects.Account.get(86, qb=qb).Name == "Discounts given"
    assert objects.Account.get(1, qb=qb).Name
    assert objects.Item.get(10, qb=qb).Name
    code = objects.TaxCode.all(max_results=1, qb=qb)[0]
    assert code.Id == code.Name
    assert {"TAX", "NON"} <= {one.Id for one in objects.TaxCode.all(qb=qb)}
    for kind in (objects.TaxRate, objects.TaxAgency, Budget, CustomerType, objects.Employee):
        assert kind.all(max_results=1, qb=qb)
    assert len(objects.Account.all(qb=qb)) > 20
    assert objects.CompanyInfo.get(qb.company_id, qb=qb).Country == "US"


def test_preferences_are_changed_and_sent_back_whole(qb: QuickBooks) -> None:
    found = Preferences.get(qb=qb)
    assert (found.Id, found.AccountingInfoPrefs.TaxYearMonth) == ("1", "January")
    assert found.OtherPrefs.NameValue[0].Name == "SalesFormsPrefs.DefaultCustomerMessage"
    found.EmailMessagesPrefs.EstimateMessage.Subject = "Our offer"
    found.save(qb=qb)
    changed = Preferences.get(qb=qb)
    assert changed.EmailMessagesPrefs.EstimateMessage.Subject == "Our offer"
    assert changed.SalesFormsPrefs.CustomTxnNumbers is True


def test_a_tax_code_with_its_rate_is_made_by_the_tax_service(qb: QuickBooks) -> None:
    name = unique("River Town")
    detail = made(TaxRateDetails, TaxRateName=name, RateValue=10, TaxAgencyId=1, TaxApplicableOn="Sales")
    answer = made(TaxService, TaxCode=name, TaxRateDetails=[detail]).save(qb=qb)
    (rate,) = answer.TaxRateDetails
    assert (answer.TaxCode, rate.TaxRateName, rate.RateValue) == (name, name, 10)
    assert (rate.TaxAgencyId, rate.TaxApplicableOn) == ("1", "Sales")
    code = objects.TaxCode.where(f"Name = '{name}'", qb=qb)[0]
    assert code.SalesTaxRateList.TaxRateDetail[0].TaxRateRef.value == rate.TaxRateId


def test_what_is_wrong_is_told_in_its_own_exceptions(qb: QuickBooks) -> None:
    with pytest.raises(ValidationException):
        objects.Invoice().save(qb=qb)
    with pytest.raises(ValidationException):
        objects.Customer.where("Nonsense = '1'", qb=qb)
    with pytest.raises(ObjectNotFoundException):
        objects.Customer.get(987654, qb=qb)
    qb.session.access_token = "nobody's"
    with pytest.raises(AuthorizationException) as refused:
        objects.Customer.all(qb=qb)
    assert json.loads(refused.value.detail)["fault"]["type"] == "AUTHENTICATION"
