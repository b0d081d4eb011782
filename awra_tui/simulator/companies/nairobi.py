"""Savanna Traders Ltd: a trading company in Nairobi with VAT, two currencies and two locations."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from awra_tui.simulator.companies import nairobi_names as names
from awra_tui.simulator.companies.seed import SeedCompany, plan

MONTHS_CLOSED = 4
"""The books are closed up to the end of the month so many months before the anchor's."""

HAND_MADE_NUMBER = "INV-1042"
HAND_MADE_DAYS = 7
"""How many days after the closing date somebody typed that invoice in."""

Object = tuple[str, dict[str, Any]]

# Name, type, subtype, currency.
_ACCOUNTS = (
    ("KCB Current Account", "Bank", "Checking", "KES"),
    ("KCB Dollar Account", "Bank", "Checking", "USD"),
    ("Petty Cash", "Bank", "CashOnHand", "KES"),
    ("Accounts Receivable (A/R)", "Accounts Receivable", "AccountsReceivable", "KES"),
    ("Accounts Receivable (A/R) - USD", "Accounts Receivable", "AccountsReceivable", "USD"),
    ("Undeposited Funds", "Other Current Asset", "UndepositedFunds", "KES"),
    ("Paystack Clearing", "Other Current Asset", "OtherCurrentAssets", "KES"),
    ("Card Clearing", "Other Current Asset", "OtherCurrentAssets", "KES"),
    ("M-Pesa Nairobi Till", "Other Current Asset", "OtherCurrentAssets", "KES"),
    ("M-Pesa Mombasa Till", "Other Current Asset", "OtherCurrentAssets", "KES"),
    ("Prepaid Expenses", "Other Current Asset", "PrepaidExpenses", "KES"),
    ("Withholding VAT Receivable", "Other Current Asset", "OtherCurrentAssets", "KES"),
    ("Vehicles", "Fixed Asset", "Vehicles", "KES"),
    ("Accumulated Depreciation", "Fixed Asset", "AccumulatedDepreciation", "KES"),
    ("Accounts Payable (A/P)", "Accounts Payable", "AccountsPayable", "KES"),
    ("VAT Control", "Other Current Liability", "GlobalTaxPayable", "KES"),
    ("Salaries Payable", "Other Current Liability", "PayrollClearing", "KES"),
    ("Deferred Revenue", "Other Current Liability", "DeferredRevenue", "KES"),
    ("Share Capital", "Equity", "CommonStock", "KES"),
    ("Retained Earnings", "Equity", "RetainedEarnings", "KES"),
    ("Sales of Groceries", "Income", "SalesOfProductIncome", "KES"),
    ("Sales of Coffee and Tea", "Income", "SalesOfProductIncome", "KES"),
    ("Sales of Household Goods", "Income", "SalesOfProductIncome", "KES"),
    ("Sales of Packaging", "Income", "SalesOfProductIncome", "KES"),
    ("Services", "Income", "ServiceFeeIncome", "KES"),
    ("Discounts given", "Income", "DiscountsRefundsGiven", "KES"),
    ("Cost of Goods Sold", "Cost of Goods Sold", "SuppliesMaterialsCogs", "KES"),
    ("Clearing and Customs", "Cost of Goods Sold", "ShippingFreightDeliveryCos", "KES"),
    ("Cost of Services", "Cost of Goods Sold", "CostOfLaborCos", "KES"),
    ("Bad Debts", "Expense", "BadDebts", "KES"),
    ("Bank and Gateway Charges", "Expense", "BankCharges", "KES"),
    ("Depreciation", "Other Expense", "Depreciation", "KES"),
    ("Electricity", "Expense", "Utilities", "KES"),
    ("Insurance", "Expense", "Insurance", "KES"),
    ("Internet and Telephone", "Expense", "Utilities", "KES"),
    ("Office Supplies", "Expense", "OfficeGeneralAdministrativeExpenses", "KES"),
    ("Rent", "Expense", "RentOrLeaseOfBuildings", "KES"),
    ("Repairs and Maintenance", "Expense", "RepairMaintenance", "KES"),
    ("Salaries and Wages", "Expense", "PayrollExpenses", "KES"),
    ("Security", "Expense", "OtherMiscellaneousServiceCost", "KES"),
    ("Transport", "Expense", "ShippingFreightDelivery", "KES"),
    ("Exchange Gain or Loss", "Other Expense", "ExchangeGainOrLoss", "KES"),
)

_INCOME = {
    "Groceries": "Sales of Groceries",
    "Coffee and tea": "Sales of Coffee and Tea",
    "Household": "Sales of Household Goods",
    "Packaging": "Sales of Packaging",
    "Services": "Services",
}

# Code, description, rate on sales, rate on purchases; a code without rates stays out of the return.
_TAX_CODES = (
    ("16.0% S", "Standard rate", "VAT 16% (Sales)", "VAT 16% (Purchases)"),
    ("0.0% Z", "Zero-rated", "VAT 0% (Sales)", "VAT 0% (Purchases)"),
    ("Exempt", "Exempt from VAT", "Exempt (Sales)", "Exempt (Purchases)"),
    ("Out of scope", "Outside the scope of VAT", "", ""),
)
_TAX_RATES = {
    "VAT 16% (Sales)": 16,
    "VAT 16% (Purchases)": 16,
    "VAT 0% (Sales)": 0,
    "VAT 0% (Purchases)": 0,
    "Exempt (Sales)": 0,
    "Exempt (Purchases)": 0,
}

_METHODS = ("Bank Transfer", "Card", "Cash", "Cheque", "M-Pesa", "Paystack")
_TERMS = (("Due on receipt", 0), ("Net 14", 14), ("Net 30", 30), ("Net 60", 60))
_LOCATIONS = ("Nairobi", "Mombasa")
_CLASSES = ("Hospitality", "Retail", "Wholesale")


def company(anchor: date) -> SeedCompany:
    """Build the company as it was on the day before the anchor."""
    closing = closing_date(anchor)
    return SeedCompany(
        realm_id="9341450000000254",
        info=_info(anchor),
        preferences=_preferences(closing),
        objects=[*_lists(), *_people(), *_items(), _hand_made(closing)],
        rates={"USD": Decimal("129.25")},
    )


def closing_date(anchor: date) -> date:
    """Return the last day of the closed period."""
    months = anchor.year * 12 + anchor.month - MONTHS_CLOSED
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def _info(anchor: date) -> dict[str, Any]:
    return {
        "CompanyName": "Savanna Traders Ltd",
        "LegalName": "Savanna Traders Ltd",
        "Country": "KE",
        "CompanyAddr": {"Line1": "14 Jacaranda Lane", "City": "Nairobi", "Country": "KE"},
        "CompanyStartDate": f"{anchor.year - 3}-01-01",
        "FiscalYearStartMonth": "January",
        "SupportedLanguages": "en",
        "NameValue": plan(),
        "DefaultTimeZone": "Africa/Nairobi",
    }


def _preferences(closing: date) -> dict[str, Any]:
    return {
        "AccountingInfoPrefs": {
            "BookCloseDate": closing.isoformat(),
            "UseAccountNumbers": False,
            "TrackDepartments": True,
            "DepartmentTerminology": "Location",
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
            "AllowDeposit": True,
            "AllowDiscount": True,
            "AllowShipping": False,
            "AutoApplyCredit": False,
            "ETransactionPaymentEnabled": False,
        },
        "VendorAndPurchasesPrefs": {"EnableBills": True, "TrackingByCustomer": False},
        "TaxPrefs": {"UsingSalesTax": True, "PartnerTaxEnabled": False},
        "CurrencyPrefs": {"MultiCurrencyEnabled": True, "HomeCurrency": {"value": "KES"}},
    }


def _lists() -> list[Object]:
    return [
        *(_account(*row) for row in _ACCOUNTS),
        *(("TaxRate", _tax_rate(name, percent)) for name, percent in _TAX_RATES.items()),
        *(("TaxCode", _tax_code(*row)) for row in _TAX_CODES),
        *(("PaymentMethod", {"Name": name}) for name in _METHODS),
        *(("Term", {"Name": name, "DueDays": days}) for name, days in _TERMS),
        *(("Department", {"Name": name}) for name in _LOCATIONS),
        *(("Class", {"Name": name}) for name in _CLASSES),
    ]


def _account(name: str, kind: str, subtype: str, currency: str) -> Object:
    return "Account", {
        "Name": name,
        "AccountType": kind,
        "AccountSubType": subtype,
        "CurrencyRef": {"value": currency},
    }


def _tax_rate(name: str, percent: int) -> dict[str, Any]:
    return {"Name": name, "Description": name, "RateValue": percent, "SpecialTaxType": "NONE"}


def _tax_code(name: str, description: str, sales: str, purchases: str) -> dict[str, Any]:
    return {
        "Name": name,
        "Description": description,
        "Taxable": bool(sales),
        "TaxGroup": True,
        "SalesTaxRateList": _rate_list(sales),
        "PurchaseTaxRateList": _rate_list(purchases),
    }


def _rate_list(rate: str) -> dict[str, Any]:
    detail = {"TaxRateRef": {"name": rate}, "TaxTypeApplicable": "TaxOnAmount", "TaxOrder": 0}
    return {"TaxRateDetail": [detail] if rate else []}


def _people() -> list[Object]:
    customers: list[Object] = [
        ("Customer", _person(name, place)) for place, name in enumerate(names.CUSTOMERS, 101)
    ]
    vendors: list[Object] = [
        ("Vendor", _person(name, place)) for place, name in enumerate(names.VENDORS, 201)
    ]
    others: list[Object] = [
        ("Customer", _person(name, place)) for place, name in enumerate(names.OTHER_CUSTOMERS, 251)
    ]
    return [*customers, *vendors, *others]


def _person(name: str, id_: int) -> dict[str, Any]:
    return {
        "Id": str(id_),
        "DisplayName": name,
        "CompanyName": name,
        "CurrencyRef": {"value": "USD" if name in names.IN_DOLLARS else "KES"},
    }


def _items() -> list[Object]:
    rows = [(name, category, price) for category, sold in names.ITEMS.items() for name, price in sold]
    return [("Item", _item(place, *row)) for place, row in enumerate(rows, 301)]


def _item(id_: int, name: str, category: str, price: int) -> dict[str, Any]:
    service = category == "Services"
    return {
        "Id": str(id_),
        "Name": name,
        "Sku": f"SKU-{id_ - 300:03}",
        "Type": "Service" if service else "NonInventory",
        "UnitPrice": price,
        "PurchaseCost": price * 6 // 10,
        "IncomeAccountRef": {"name": _INCOME[category]},
        "ExpenseAccountRef": {"name": "Cost of Services" if service else "Cost of Goods Sold"},
        "Active": name != names.INACTIVE_ITEM,
    }


def _hand_made(closing: date) -> Object:
    """Return the invoice that somebody typed in: it carries no mark of ours."""
    line = {
        "Amount": 11000,
        "DetailType": "SalesItemLineDetail",
        "Description": "Coffee beans",
        "SalesItemLineDetail": {
            "ItemRef": {"name": "House Blend Beans 1 kg"},
            "Qty": 10,
            "UnitPrice": 1100,
            "TaxCodeRef": {"name": "16.0% S"},
        },
    }
    return "Invoice", {
        "DocNumber": HAND_MADE_NUMBER,
        "TxnDate": (closing + timedelta(days=HAND_MADE_DAYS)).isoformat(),
        "CustomerRef": {"name": "Baobab Café"},
        "CurrencyRef": {"value": "KES"},
        "DepartmentRef": {"name": "Nairobi"},
        "GlobalTaxCalculation": "TaxExcluded",
        "Line": [line],
    }
