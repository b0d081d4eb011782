"""Cedar Hollow Gardens: a company as other clients' own tests expect Intuit's sandbox to be.

Their tests name some accounts and items by id; those ids are kept here.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from awra_tui.simulator.companies.seed import SeedCompany, plan

Object = tuple[str, dict[str, Any]]

# Id, name, type, subtype. The first by name is payables: clients take the first they are given.
_ACCOUNTS = (
    (1, "Services", "Income", "ServiceFeeIncome"),
    (2, "Retained Earnings", "Equity", "RetainedEarnings"),
    (3, "Prepaid Expenses", "Other Current Asset", "PrepaidExpenses"),
    (4, "Undeposited Funds", "Other Current Asset", "UndepositedFunds"),
    (5, "Fees Billed", "Income", "ServiceFeeIncome"),
    (7, "Advertising", "Expense", "AdvertisingPromotional"),
    (8, "Automobile", "Expense", "Auto"),
    (11, "Insurance", "Expense", "Insurance"),
    (13, "Meals and Entertainment", "Expense", "EntertainmentMeals"),
    (15, "Office Expenses", "Expense", "OfficeGeneralAdministrativeExpenses"),
    (17, "Rent or Lease", "Expense", "RentOrLeaseOfBuildings"),
    (20, "Supplies", "Expense", "SuppliesMaterials"),
    (22, "Travel", "Expense", "Travel"),
    (24, "Utilities", "Expense", "Utilities"),
    (25, "Interest Earned", "Other Income", "InterestEarned"),
    (27, "Miscellaneous", "Other Expense", "OtherMiscellaneousExpense"),
    (33, "Accounts Payable (A/P)", "Accounts Payable", "AccountsPayable"),
    (34, "Opening Balance Equity", "Equity", "OpeningBalanceEquity"),
    (35, "Checking", "Bank", "Checking"),
    (36, "Savings", "Bank", "Savings"),
    (37, "Truck", "Fixed Asset", "Vehicles"),
    (41, "Mastercard", "Credit Card", "CreditCard"),
    (42, "Visa", "Credit Card", "CreditCard"),
    (43, "Loan Payable", "Other Current Liability", "OtherCurrentLiabilities"),
    (44, "Notes Payable", "Long Term Liability", "OtherLongTermLiabilities"),
    (51, "Security Deposits", "Other Asset", "SecurityDeposits"),
    (52, "Licences", "Other Asset", "Licenses"),
    (79, "Sales of Product Income", "Income", "SalesOfProductIncome"),
    (80, "Cost of Goods Sold", "Cost of Goods Sold", "SuppliesMaterialsCogs"),
    (81, "Inventory Asset", "Other Current Asset", "Inventory"),
    (84, "Accounts Receivable (A/R)", "Accounts Receivable", "AccountsReceivable"),
    (86, "Discounts given", "Income", "DiscountsRefundsGiven"),
    (90, "Sales Tax Payable", "Other Current Liability", "SalesTaxPayable"),
)
# Id, name, type, price.
_ITEMS = (
    (1, "Services", "Service", 60),
    (2, "Hours", "Service", 45),
    (3, "Concrete", "NonInventory", 12),
    (5, "Stone Fountain", "Inventory", 275),
    (6, "Hedge Trimming", "Service", 35),
    (10, "Pest Control", "Service", 35),
    (11, "Water Pump", "Inventory", 15),
)
_CUSTOMERS = (
    "Alder Street Bakery",
    "Brightwater Dental",
    "Copperfield Cycles",
    "Dovetail Joinery",
    "Elmwood Hotel",
    "Fernside School",
    "Granite Peak Climbing",
)
_VENDORS = ("Hollis Nurseries", "Ironbark Tools", "Juniper Fuel", "Keystone Insurance")
_EMPLOYEES = (("Lena", "Ostrander"), ("Marcus", "Penhallow"))
_TERMS = (("Due on receipt", 0), ("Net 10", 10), ("Net 15", 15), ("Net 30", 30), ("Net 60", 60))
_METHODS = (("Cash", "NON_CREDIT_CARD"), ("Check", "NON_CREDIT_CARD"), ("Visa", "CREDIT_CARD"))
_PAID = (("Alder Street Bakery", 120), ("Brightwater Dental", 80), ("Copperfield Cycles", 240))
_UNAPPLIED = (("Dovetail Joinery", 55), ("Elmwood Hotel", 310))


def company(anchor: date) -> SeedCompany:
    """Build the company with a few sales and purchases in the weeks before the anchor."""
    return SeedCompany(
        realm_id="4620816365000000000",
        info=_info(anchor),
        preferences=_preferences(),
        objects=[*_lists(), *_people(), *_items(anchor), *_budget(anchor), *_transactions(anchor)],
        rates={"EUR": Decimal("1.085"), "CAD": Decimal("0.735")},
        # As at Intuit: tests of clients begin each time with the refresh token that they were given.
        refresh_hours=24,
    )


def _info(anchor: date) -> dict[str, Any]:
    address = {
        "Line1": "28 Orchard Lane",
        "City": "Cedar Hollow",
        "CountrySubDivisionCode": "CA",
        "PostalCode": "94000",
    }
    return {
        "CompanyName": "Cedar Hollow Gardens",
        "LegalName": "Cedar Hollow Gardens",
        "CompanyAddr": address,
        "CustomerCommunicationAddr": address,
        "LegalAddr": address,
        "PrimaryPhone": {"FreeFormNumber": "(555) 555-0142"},
        "Email": {"Address": "office@cedarhollow.example"},
        "WebAddr": {},
        "Country": "US",
        "CompanyStartDate": f"{anchor.year - 1}-01-01",
        "FiscalYearStartMonth": "January",
        "SupportedLanguages": "en",
        "NameValue": plan(),
        "DefaultTimeZone": "America/Los_Angeles",
    }


def _preferences() -> dict[str, Any]:
    return {
        "AccountingInfoPrefs": {
            "UseAccountNumbers": False,
            "TrackDepartments": True,
            "ClassTrackingPerTxn": False,
            "ClassTrackingPerTxnLine": True,
            "FirstMonthOfFiscalYear": "January",
            "TaxYearMonth": "January",
            "CustomerTerminology": "Customers",
            "DepartmentTerminology": "Location",
        },
        "ProductAndServicesPrefs": {
            "ForSales": True,
            "ForPurchase": True,
            "QuantityWithPriceAndRate": True,
            "QuantityOnHand": True,
        },
        "SalesFormsPrefs": {
            "CustomField": _custom_fields(),
            "CustomTxnNumbers": True,
            "AllowDeposit": True,
            "AllowDiscount": True,
            "AllowEstimates": True,
            "AllowShipping": False,
            "AutoApplyCredit": False,
            "ETransactionPaymentEnabled": False,
        },
        "EmailMessagesPrefs": {kind: _message(kind) for kind in _MAILED},
        "VendorAndPurchasesPrefs": {
            "EnableBills": True,
            "TrackingByCustomer": True,
            "BillableExpenseTracking": True,
        },
        "TimeTrackingPrefs": {
            "UseServices": True,
            "BillCustomers": True,
            "ShowBillRateToAll": False,
            "WorkWeekStartDate": "Monday",
            "MarkTimeEntriesBillable": False,
        },
        "TaxPrefs": {"UsingSalesTax": True, "PartnerTaxEnabled": False, "TaxGroupCodeRef": {"value": "2"}},
        "CurrencyPrefs": {"MultiCurrencyEnabled": False, "HomeCurrency": {"value": "USD"}},
        "ReportPrefs": {"ReportBasis": "Accrual", "CalcAgingReportFromTxnDate": False},
        "OtherPrefs": {
            "NameValue": [
                {"Name": "SalesFormsPrefs.DefaultCustomerMessage", "Value": "Thank you for your order."},
                {"Name": "SalesFormsPrefs.DefaultItem", "Value": "1"},
            ]
        },
    }


_MAILED = ("InvoiceMessage", "EstimateMessage", "SalesReceiptMessage", "StatementMessage")


def _message(kind: str) -> dict[str, str]:
    return {"Subject": kind.removesuffix("Message"), "Message": "Please find it attached."}


def _custom_fields() -> list[dict[str, Any]]:
    shown = {"Type": "BooleanType", "Name": "SalesFormsPrefs.UseSalesCustom1", "BooleanValue": True}
    named = {"Type": "StringType", "Name": "SalesFormsPrefs.SalesCustomName1", "StringValue": "Crew #"}
    return [{"CustomField": [shown]}, {"CustomField": [named]}]


def _lists() -> list[Object]:
    rate = {"Name": "Valley County", "Description": "Sales tax", "RateValue": 8, "AgencyRef": {"value": "1"}}
    detail = {"TaxRateRef": {"name": "Valley County"}, "TaxTypeApplicable": "TaxOnAmount", "TaxOrder": 0}
    group = {
        "Id": "2",
        "Name": "Valley County",
        "Description": "Sales tax",
        "Taxable": True,
        "TaxGroup": True,
    }
    return [
        *(("Account", _account(*row)) for row in _ACCOUNTS),
        ("TaxAgency", {"Id": "1", "DisplayName": "Valley County Tax Office"}),
        ("TaxRate", rate),
        ("TaxCode", {"Id": "TAX", "Name": "TAX", "Description": "Taxable", "Taxable": True}),
        ("TaxCode", {"Id": "NON", "Name": "NON", "Description": "Exempt", "Taxable": False}),
        ("TaxCode", {**group, "SalesTaxRateList": {"TaxRateDetail": [detail]}}),
        ("CompanyCurrency", {"Id": "1", "Code": "CAD"}),
        ("CompanyCurrency", {"Id": "2", "Code": "EUR"}),
        *(("Term", {"Name": name, "DueDays": days, "Type": "STANDARD"}) for name, days in _TERMS),
        *(("PaymentMethod", {"Name": name, "Type": kind}) for name, kind in _METHODS),
        ("Department", {"Name": "Main Yard"}),
        ("Class", {"Name": "Gardens"}),
        ("CustomerType", {"Name": "Business"}),
    ]


def _account(id_: int, name: str, kind: str, subtype: str) -> dict[str, Any]:
    return {"Id": str(id_), "Name": name, "AccountType": kind, "AccountSubType": subtype}


def _people() -> list[Object]:
    return [
        *(("Customer", _customer(place, name)) for place, name in enumerate(_CUSTOMERS, 1)),
        *(("Vendor", {"Id": str(place), "DisplayName": name}) for place, name in enumerate(_VENDORS, 30)),
        *(
            ("Employee", {"Id": str(place), "GivenName": given, "FamilyName": family})
            for place, (given, family) in enumerate(_EMPLOYEES, 54)
        ),
    ]


def _customer(id_: int, name: str) -> dict[str, Any]:
    address = {
        "Line1": f"{id_ * 11} Linden Road",
        "City": "Cedar Hollow",
        "CountrySubDivisionCode": "CA",
        "PostalCode": "94000",
    }
    mail = {"Address": f"accounts@{name.split(maxsplit=1)[0].lower()}.example"}
    return {
        "Id": str(id_),
        "DisplayName": name,
        "CompanyName": name,
        "BillAddr": address,
        "ShipAddr": address,
        "PrimaryEmailAddr": mail,
    }


def _items(anchor: date) -> list[Object]:
    return [("Item", _item(anchor, *row)) for row in _ITEMS]


def _item(anchor: date, id_: int, name: str, kind: str, price: int) -> dict[str, Any]:
    stocked = kind == "Inventory"
    found: dict[str, Any] = {
        "Id": str(id_),
        "Name": name,
        "Type": kind,
        "UnitPrice": price,
        "Taxable": stocked,
        "IncomeAccountRef": {"name": "Sales of Product Income" if stocked else "Services"},
        "ExpenseAccountRef": {"name": "Cost of Goods Sold"},
    }
    if stocked:
        found |= {
            "TrackQtyOnHand": True,
            "QtyOnHand": 20,
            "PurchaseCost": price // 2,
            "InvStartDate": f"{anchor.year - 1}-01-01",
            "AssetAccountRef": {"name": "Inventory Asset"},
        }
    return found


def _budget(anchor: date) -> list[Object]:
    months = [date(anchor.year, month, 1).isoformat() for month in range(1, 13)]
    spent = [{"BudgetDate": day, "Amount": 250, "AccountRef": {"value": "22"}} for day in months]
    return [
        (
            "Budget",
            {
                "Name": f"Year {anchor.year}",
                "StartDate": months[0],
                "EndDate": f"{anchor.year}-12-31",
                "BudgetType": "ProfitAndLoss",
                "BudgetEntryType": "Monthly",
                "BudgetDetail": spent,
            },
        )
    ]


def _transactions(anchor: date) -> list[Object]:
    """Return sales and payments; ids are given in order, so that payments can name invoices."""
    day = (anchor - timedelta(days=21)).isoformat()
    later = (anchor - timedelta(days=7)).isoformat()
    invoices = [
        _sale("Invoice", name, amount, day, f"{place}") for place, (name, amount) in enumerate(_PAID, 1001)
    ]
    found = [("Invoice", {**body, "Id": str(place)}) for place, (_, body) in enumerate(invoices, 1)]
    for place, (name, amount) in enumerate(_PAID, 1):
        link = {"Amount": amount, "LinkedTxn": [{"TxnId": str(place), "TxnType": "Invoice"}]}
        found.append(("Payment", _payment(name, amount, later) | {"Line": [link]}))
    found += [("Payment", _payment(name, amount, later)) for name, amount in _UNAPPLIED]
    return [
        ("JournalEntry", _opening(day)),
        *found,
        _sale("Invoice", "Fernside School", 450, later, "1004"),
        _sale("Estimate", "Granite Peak Climbing", 900, later, "1001"),
        _sale("SalesReceipt", "Elmwood Hotel", 75, day, "1001"),
        _sale("CreditMemo", "Fernside School", 30, later, "1001"),
        ("Bill", _bill(later)),
        ("Transfer", _transfer(day)),
        ("TimeActivity", _hours(later)),
    ]


def _opening(day: str) -> dict[str, Any]:
    """Return the entry that put the owner's money into the bank."""
    sides = (("Debit", "Checking"), ("Credit", "Opening Balance Equity"))
    return {
        "TxnDate": day,
        "Line": [
            {
                "Amount": 5000,
                "DetailType": "JournalEntryLineDetail",
                "JournalEntryLineDetail": {"PostingType": side, "AccountRef": {"name": name}},
            }
            for side, name in sides
        ],
    }


def _sale(entity: str, customer: str, amount: int, day: str, number: str) -> Object:
    detail = {"ItemRef": {"value": "1"}, "Qty": 1, "UnitPrice": amount, "TaxCodeRef": {"value": "NON"}}
    line = {"Amount": amount, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": detail}
    return entity, {
        "CustomerRef": {"name": customer},
        "TxnDate": day,
        "DocNumber": number,
        "Line": [{**line, "Description": "Work in the garden"}],
    }


def _payment(customer: str, amount: int, day: str) -> dict[str, Any]:
    return {
        "CustomerRef": {"name": customer},
        "TotalAmt": amount,
        "TxnDate": day,
        "PaymentMethodRef": {"name": "Check"},
    }


def _bill(day: str) -> dict[str, Any]:
    line = {
        "Amount": 180,
        "DetailType": "AccountBasedExpenseLineDetail",
        "AccountBasedExpenseLineDetail": {"AccountRef": {"name": "Supplies"}},
    }
    return {"VendorRef": {"name": "Hollis Nurseries"}, "TxnDate": day, "Line": [line]}


def _transfer(day: str) -> dict[str, Any]:
    ends = {"FromAccountRef": {"name": "Checking"}, "ToAccountRef": {"name": "Savings"}}
    return {**ends, "Amount": 100, "TxnDate": day}


def _hours(day: str) -> dict[str, Any]:
    return {"NameOf": "Employee", "EmployeeRef": {"value": "54"}, "TxnDate": day, "Hours": 3, "Minutes": 30}
