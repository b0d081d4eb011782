"""An empty company in the United States: chart of accounts and lists, no tax, no transactions."""

from datetime import date
from typing import Any

from awra_tui.simulator.companies.seed import SeedCompany, plan

# Name, type, subtype.
_ACCOUNTS = (
    ("Checking", "Bank", "Checking"),
    ("Savings", "Bank", "Savings"),
    ("Accounts Receivable (A/R)", "Accounts Receivable", "AccountsReceivable"),
    ("Undeposited Funds", "Other Current Asset", "UndepositedFunds"),
    ("Inventory Asset", "Other Current Asset", "Inventory"),
    ("Prepaid Expenses", "Other Current Asset", "PrepaidExpenses"),
    ("Gateway Clearing", "Other Current Asset", "OtherCurrentAssets"),
    ("Furniture and Equipment", "Fixed Asset", "FurnitureAndFixtures"),
    ("Accounts Payable (A/P)", "Accounts Payable", "AccountsPayable"),
    ("Company Card", "Credit Card", "CreditCard"),
    ("Sales Tax Payable", "Other Current Liability", "SalesTaxPayable"),
    ("Deferred Revenue", "Other Current Liability", "DeferredRevenue"),
    ("Opening Balance Equity", "Equity", "OpeningBalanceEquity"),
    ("Retained Earnings", "Equity", "RetainedEarnings"),
    ("Sales of Product Income", "Income", "SalesOfProductIncome"),
    ("Services", "Income", "ServiceFeeIncome"),
    ("Billable Hours", "Income", "ServiceFeeIncome"),
    ("Discounts given", "Income", "DiscountsRefundsGiven"),
    ("Shipping Income", "Income", "OtherPrimaryIncome"),
    ("Cost of Goods Sold", "Cost of Goods Sold", "SuppliesMaterialsCogs"),
    ("Advertising", "Expense", "AdvertisingPromotional"),
    ("Bad debts", "Expense", "BadDebts"),
    ("Bank Charges", "Expense", "BankCharges"),
    ("Insurance", "Expense", "Insurance"),
    ("Office Expenses", "Expense", "OfficeGeneralAdministrativeExpenses"),
    ("Payment Processing Fees", "Expense", "BankCharges"),
    ("Purchases", "Expense", "SuppliesMaterials"),
    ("Rent or Lease", "Expense", "RentOrLeaseOfBuildings"),
    ("Travel", "Expense", "Travel"),
    ("Utilities", "Expense", "Utilities"),
    ("Interest Earned", "Other Income", "InterestEarned"),
    ("Miscellaneous", "Other Expense", "OtherMiscellaneousExpense"),
)

_TERMS = (("Due on receipt", 0), ("Net 15", 15), ("Net 30", 30), ("Net 60", 60))
_METHODS = ("Cash", "Check", "Credit Card", "Bank Transfer")

# Name, income account.
_ITEMS = (
    ("Services", "Services"),
    ("Hours", "Billable Hours"),
    ("Sales", "Sales of Product Income"),
)


def company(anchor: date) -> SeedCompany:
    """Build the company; it started on the first day of the anchor's year."""
    return SeedCompany(
        realm_id="9341450000000001",
        info={
            "CompanyName": "Simulated Trading Co",
            "LegalName": "Simulated Trading Co",
            "Country": "US",
            "CompanyAddr": {
                "Line1": "100 Example Street",
                "City": "Springfield",
                "CountrySubDivisionCode": "CA",
                "PostalCode": "94000",
            },
            "CompanyStartDate": f"{anchor.year}-01-01",
            "FiscalYearStartMonth": "January",
            "SupportedLanguages": "en",
            "NameValue": plan(),
            "DefaultTimeZone": "America/Los_Angeles",
        },
        preferences=_preferences(),
        objects=[*_accounts(), *_lists(), *_items()],
    )


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
        },
        "ProductAndServicesPrefs": {
            "ForSales": True,
            "ForPurchase": True,
            "QuantityWithPriceAndRate": True,
            "QuantityOnHand": False,
        },
        "SalesFormsPrefs": {
            "CustomTxnNumbers": True,
            "AllowDeposit": False,
            "AllowDiscount": True,
            "AllowShipping": False,
            "AutoApplyCredit": False,
            "ETransactionPaymentEnabled": False,
        },
        "VendorAndPurchasesPrefs": {"EnableBills": True, "TrackingByCustomer": True},
        "TaxPrefs": {"UsingSalesTax": False, "PartnerTaxEnabled": False},
        "CurrencyPrefs": {"MultiCurrencyEnabled": False, "HomeCurrency": {"value": "USD"}},
    }


def _accounts() -> list[tuple[str, dict[str, Any]]]:
    return [
        ("Account", {"Name": name, "AccountType": kind, "AccountSubType": subtype})
        for name, kind, subtype in _ACCOUNTS
    ]


def _lists() -> list[tuple[str, dict[str, Any]]]:
    return [
        ("TaxCode", {"Id": "TAX", "Name": "TAX", "Description": "Taxable", "Taxable": True}),
        ("TaxCode", {"Id": "NON", "Name": "NON", "Description": "Exempt", "Taxable": False}),
        *(("Term", {"Name": name, "DueDays": days}) for name, days in _TERMS),
        *(("PaymentMethod", {"Name": name}) for name in _METHODS),
        ("Department", {"Name": "Main"}),
        ("Class", {"Name": "General"}),
    ]


def _items() -> list[tuple[str, dict[str, Any]]]:
    return [
        (
            "Item",
            {
                "Name": name,
                "Type": "Service",
                "IncomeAccountRef": {"name": account},
                "ExpenseAccountRef": {"name": "Purchases"},
            },
        )
        for name, account in _ITEMS
    ]
