"""Types of accounts: which side of the books each is on, and the subtypes that say the type alone."""

from awra_tui.simulator.fields import words

CLASSIFICATIONS = {
    "Bank": "Asset",
    "Accounts Receivable": "Asset",
    "Other Current Asset": "Asset",
    "Fixed Asset": "Asset",
    "Other Asset": "Asset",
    "Accounts Payable": "Liability",
    "Credit Card": "Liability",
    "Other Current Liability": "Liability",
    "Long Term Liability": "Liability",
    "Equity": "Equity",
    "Income": "Revenue",
    "Other Income": "Revenue",
    "Cost of Goods Sold": "Expense",
    "Expense": "Expense",
    "Other Expense": "Expense",
}

_SUBTYPES = {
    "Bank": "CashOnHand Checking MoneyMarket RentsHeldInTrust Savings TrustAccounts",
    "Accounts Receivable": "AccountsReceivable",
    "Other Current Asset": (
        "AllowanceForBadDebts DevelopmentCosts EmployeeCashAdvances Inventory LoansToOfficers "
        "LoansToOthers LoansToStockholders OtherCurrentAssets PrepaidExpenses Retainage UndepositedFunds"
    ),
    "Fixed Asset": (
        "AccumulatedDepreciation Buildings DepletableAssets FixedAssetComputers FixedAssetCopiers "
        "FixedAssetFurniture FurnitureAndFixtures Land LeaseholdImprovements MachineryAndEquipment "
        "OtherFixedAssets Vehicles"
    ),
    "Other Asset": (
        "AccumulatedAmortizationOfOtherAssets Goodwill LeaseBuyout Licenses OrganizationalCosts "
        "OtherLongTermAssets SecurityDeposits"
    ),
    "Accounts Payable": "AccountsPayable",
    "Credit Card": "CreditCard",
    "Other Current Liability": (
        "DeferredRevenue DirectDepositPayable FederalIncomeTaxPayable GlobalTaxPayable InsurancePayable "
        "LineOfCredit LoanPayable OtherCurrentLiabilities PayrollClearing PayrollTaxPayable "
        "PrepaidExpensesPayable RentsInTrustLiability SalesTaxPayable StateLocalIncomeTaxPayable"
    ),
    "Long Term Liability": "NotesPayable OtherLongTermLiabilities ShareholderNotesPayable",
    "Equity": (
        "AccumulatedAdjustment CommonStock EstimatedTaxes OpeningBalanceEquity OwnersEquity "
        "PaidInCapitalOrSurplus PartnerContributions PartnerDistributions PartnersEquity PreferredStock "
        "RetainedEarnings TreasuryStock"
    ),
    "Income": (
        "DiscountsRefundsGiven NonProfitIncome OtherPrimaryIncome SalesOfProductIncome ServiceFeeIncome "
        "UnappliedCashPaymentIncome"
    ),
    "Other Income": (
        "DividendIncome InterestEarned OtherInvestmentIncome OtherMiscellaneousIncome TaxExemptInterest"
    ),
    "Cost of Goods Sold": (
        "CostOfLaborCos EquipmentRentalCos OtherCostsOfServiceCos ShippingFreightDeliveryCos "
        "SuppliesMaterialsCogs"
    ),
    "Expense": (
        "AdvertisingPromotional Auto BadDebts BankCharges CharitableContributions CostOfLabor "
        "DuesSubscriptions Entertainment EntertainmentMeals EquipmentRental Insurance InterestPaid "
        "LegalProfessionalFees OfficeGeneralAdministrativeExpenses OtherBusinessExpenses "
        "OtherMiscellaneousServiceCost PayrollExpenses PromotionalMeals RentOrLeaseOfBuildings "
        "RepairMaintenance ShippingFreightDelivery SuppliesMaterials TaxesPaid Travel TravelMeals "
        "UnappliedCashBillPaymentExpense Utilities"
    ),
    "Other Expense": (
        "Amortization Depreciation ExchangeGainOrLoss GasAndFuel HomeOffice OtherMiscellaneousExpense "
        "PenaltiesSettlements"
    ),
}
SUBTYPES = {subtype: kind for kind, subtypes in _SUBTYPES.items() for subtype in words(subtypes)}
