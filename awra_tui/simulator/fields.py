"""Names of the fields that QuickBooks knows, per entity, in the order in which it answers them."""

_ENTITY = "domain status sparse Id SyncToken MetaData AttachableRef CustomField"
_TRANSACTION = (
    "DocNumber TxnDate TxnSubType DepartmentRef CurrencyRef ExchangeRate PrivateNote TxnStatus "
    "LinkedTxn Line TxnTaxDetail TxnSource TaxFormType TaxFormNum TransactionLocationType Tag "
    "TxnApprovalInfo RecurDataRef RecurringInfo ProjectRef TotalCostAmount HomeTotalCostAmount"
)
_SALE = (
    "AutoDocNumber CustomerRef CustomerMemo BillAddr ShipAddr FreeFormAddress ShipFromAddr "
    "RemitToRef ClassRef SalesTermRef DueDate SalesRepRef PONumber FOB ShipMethodRef ShipDate "
    "TrackingNum GlobalTaxCalculation TotalAmt HomeTotalAmt ApplyTaxAfterDiscount "
    "ShippingTaxIncludedInTotalTax TemplateRef PrintStatus EmailStatus BillEmail BillEmailCc "
    "BillEmailBcc ARAccountRef Balance HomeBalance FinanceCharge PaymentMethodRef PaymentRefNum "
    "PaymentType CheckPayment CreditCardPayment DepositToAccountRef DeliveryInfo DiscountRate "
    "DiscountAmt GovtTxnRefIdentifier TaxExemptionRef"
)
_VENDOR = (
    "ContactName AltContactName Notes BillAddr ShipAddr OtherAddr TaxCountry TaxIdentifier "
    "TaxIdEffectiveDate BusinessNumber ParentRef VendorTypeRef TermRef PrefillAccountRef "
    "Balance BillRate OpenBalanceDate CreditLimit AcctNum Vendor1099 T4AEligible T5018Eligible "
    "CurrencyRef TDSEnabled TDSEntityTypeId TDSSectionTypeId TDSOverrideThreshold "
    "TaxReportingBasis APAccountRef VendorEx GSTIN GSTRegistrationType IsSubContractor "
    "SubcontractorType CISRate HasTPAR VendorPaymentBankDetail Source CostRate "
    "CompanyRegistrationNumber AgencyVerificationStatus AgencyVerificationStatusMsg "
    "AgencyVerificationTSUTC"
)
_PURCHASE = "VendorRef APAccountRef TotalAmt BillEmail ReplyEmail Memo GlobalTaxCalculation VendorAddr"
_PERSON = (
    "IntuitId Organization Title GivenName MiddleName FamilyName Suffix FullyQualifiedName "
    "CompanyName DisplayName PrintOnCheckName UserId Active V4IDPseudonym PrimaryPhone "
    "AlternatePhone Mobile Fax PrimaryEmailAddr WebAddr OtherContactInfo DefaultTaxCodeRef"
)
_LINE = (
    "Id LineNum Description Amount Received LinkedTxn DetailType LineEx CostAmount HomeCostAmount "
    "CustomField CustomExtensions ProjectRef"
)
_ITEM_LINE = (
    "ItemRef ClassRef UnitPrice UnitCostPrice RatePercent PriceLevelRef MarkupInfo Qty UOMRef "
    "ItemAccountRef InventorySiteRef TaxCodeRef TaxClassificationRef TaxInclusiveAmt"
)


def words(*parts: str) -> tuple[str, ...]:
    """Split texts at spaces, so that a long list of names stays legible."""
    return tuple(name for part in parts for name in part.split())


FIELDS: dict[str, tuple[str, ...]] = {
    "Account": words(
        "Name SubAccount ParentRef Description FullyQualifiedName AccountAlias TxnLocationType "
        "Active Classification AccountType AccountSubType AccountPurposes AcctNum AcctNumExtn "
        "BankNum OpeningBalance OpeningBalanceDate CurrentBalance CurrentBalanceWithSubAccounts "
        "CurrencyRef TaxAccount TaxCodeRef OnlineBankingEnabled FIName JournalCodeRef AccountEx",
        _ENTITY,
    ),
    "TaxCode": words(
        "Name Description Active Hidden Taxable TaxGroup SalesTaxRateList PurchaseTaxRateList "
        "AdjustmentTaxRateList TaxCodeEx TaxCodeConfigType",
        _ENTITY,
    ),
    "TaxRate": words(
        "Name Description Active RateValue AgencyRef TaxReturnLineRef EffectiveTaxRate "
        "SpecialTaxType DisplayType TaxRateEx OriginalTaxRate",
        _ENTITY,
    ),
    "PaymentMethod": words("Name Active Type PaymentMethodEx", _ENTITY),
    "Term": words(
        "Name Active Type DiscountPercent DueDays DiscountDays DayOfMonthDue DueNextMonthDays "
        "DiscountDayOfMonth SalesTermEx",
        _ENTITY,
    ),
    "Class": words("Name SubClass ParentRef FullyQualifiedName Active ClassEx", _ENTITY),
    "Department": words(
        "Name SubDepartment ParentRef FullyQualifiedName Active DepartmentEx Address", _ENTITY
    ),
    "Customer": words(
        "Taxable BillAddr ShipAddr OtherAddr ContactName AltContactName Notes Job BillWithParent "
        "RootCustomerRef ParentRef Level CustomerTypeRef SalesTermRef SalesRepRef TaxGroupCodeRef "
        "TaxRateRef PaymentMethodRef CCDetail PriceLevelRef Balance OpenBalanceDate "
        "BalanceWithJobs CreditLimit AcctNum CurrencyRef OverDueBalance TotalRevenue TotalExpense "
        "PreferredDeliveryMethod ResaleNum JobInfo TDSEnabled CustomerEx SecondaryTaxIdentifier "
        "ARAccountRef PrimaryTaxIdentifier TaxExemptionReasonId IsProject BusinessNumber GSTIN "
        "GSTRegistrationType IsCISContractor ClientCompanyId ClientEntityId Source TaxRegime",
        _ENTITY,
        _PERSON,
    ),
    "Vendor": words(_VENDOR, _ENTITY, _PERSON),
    "Employee": words(
        "EmployeeType EmployeeNumber SSN PrimaryAddr OtherAddr BillableEntity BillableTime BillRate CostRate "
        "BirthDate Gender HiredDate ReleasedDate UseTimeEntry EmployeeEx Organization V4IDPseudonym Notes",
        _ENTITY,
        _PERSON,
    ),
    "Item": words(
        "Name Sku Description Active SubItem ParentRef Level FullyQualifiedName Taxable "
        "SalesTaxIncluded PercentBased UnitPrice RatePercent Type PaymentMethodRef UOMSetRef "
        "IncomeAccountRef PurchaseDesc PurchaseTaxIncluded PurchaseCost ExpenseAccountRef "
        "COGSAccountRef AssetAccountRef PrefVendorRef AvgCost TrackQtyOnHand QtyOnHand "
        "QtyOnPurchaseOrder QtyOnSalesOrder ReorderPoint ManPartNum DepositToAccountRef "
        "SalesTaxCodeRef PurchaseTaxCodeRef InvStartDate BuildPoint PrintGroupedItems SpecialItem "
        "SpecialItemType ItemGroupDetail ItemAssemblyDetail AbatementRate ReverseChargeRate "
        "ServiceType ItemCategoryType ItemEx TaxClassificationRef UQCDisplayText UQCId ClassRef "
        "Source DeferredRevenue CustomExtensions",
        _ENTITY,
    ),
    "Invoice": words(
        "Deposit AllowIPNPayment AllowOnlinePayment AllowOnlineCreditCardPayment "
        "AllowOnlineACHPayment AllowOnlinePayPalPayment AllowOnlineAffirmPayment EInvoiceStatus "
        "ECloudStatusTimeStamp CfdiUse Exportation GlobalInfo invoiceStatus callToAction "
        "invoiceStatusLog InvoiceEx LessCIS InvoiceLink PaymentDetailsMessage ConvenienceFeeDetail "
        "EnabledSurchargeInfo InvoiceLinkSecurityCode InvoiceLinkExpiryDate AutoPayEligible "
        "SchedulePayEligible ScheduledPaymentId GratuityEnabled FinancingProductType "
        "SubscriptionPaymentsSetting TxnRetainageDetail",
        _ENTITY,
        _TRANSACTION,
        _SALE,
    ),
    "Estimate": words("ExpirationDate AcceptedBy AcceptedDate EstimateEx", _ENTITY, _TRANSACTION, _SALE),
    "SalesReceipt": words("SalesReceiptEx LessCIS", _ENTITY, _TRANSACTION, _SALE),
    "CreditMemo": words("RemainingCredit InvoiceRef CreditMemoEx", _ENTITY, _TRANSACTION, _SALE),
    "RefundReceipt": words("RemainingCredit RefundReceiptEx", _ENTITY, _TRANSACTION, _SALE),
    "Payment": words(
        "CustomerRef DepositToAccountRef PaymentMethodRef PaymentRefNum PaymentType CheckPayment "
        "CreditCardPayment TotalAmt UnappliedAmt ProcessPayment RemitToRef ARAccountRef "
        "TaxExemptionRef PaymentExtendedType HomeTotalAmt PaymentEx",
        _ENTITY,
        _TRANSACTION,
    ),
    "PurchaseOrder": words(
        "TaxCodeRef ReimbursableInfoRef SalesTermRef DueDate ExpectedDate ShipAddr ShipTo "
        "DropShipToEntity InventorySiteRef ShipMethodRef TrackingNum PrintStatus EmailStatus "
        "POEmail TemplateRef ManuallyClosed POStatus PurchaseOrderEx ClassRef CustomerMemo FOB "
        "HomeTotalAmt",
        _ENTITY,
        _TRANSACTION,
        _PURCHASE,
    ),
    "Bill": words(
        "PayerRef SalesTermRef DueDate RemitToAddr ShipAddr Balance HomeBalance HomeTotalAmt "
        "BillEx LessCIS IncludeInAnnualTPAR",
        _ENTITY,
        _TRANSACTION,
        _PURCHASE,
    ),
    "BillPayment": words(
        "VendorRef VendorAddr APAccountRef PayType CheckPayment CreditCardPayment TotalAmt "
        "HomeTotalAmt BillPaymentEx ProcessBillPayment",
        _ENTITY,
        _TRANSACTION,
    ),
    "JournalEntry": words(
        "Adjustment HomeCurrencyAdjustment EnteredInHomeCurrency JournalEntryEx TotalAmt "
        "HomeTotalAmt GlobalTaxCalculation TaxRateRef JournalCodeRef",
        _ENTITY,
        _TRANSACTION,
    ),
    "VendorCredit": words(
        "Balance HomeTotalAmt VendorCreditEx IncludeInAnnualTPAR", _ENTITY, _TRANSACTION, _PURCHASE
    ),
    "Purchase": words(
        "AccountRef PaymentMethodRef PaymentRefNum PaymentType CheckPayment CreditCardPayment "
        "EntityRef Credit RemitToAddr TotalAmt HomeTotalAmt TxnId TxnNum Memo PrintStatus "
        "GlobalTaxCalculation PurchaseEx LessCIS IncludeInAnnualTPAR",
        _ENTITY,
        _TRANSACTION,
    ),
    "InventoryAdjustment": words("AdjustAccountRef CustomerRef ClassRef ShipAddr", _ENTITY, _TRANSACTION),
    "Deposit": words(
        "DepositToAccountRef CashBack GlobalTaxCalculation TotalAmt HomeTotalAmt DepositEx",
        _ENTITY,
        _TRANSACTION,
    ),
    "Transfer": words("FromAccountRef ToAccountRef Amount ClassRef TransferEx", _ENTITY, _TRANSACTION),
    "CreditCardPaymentTxn": words(
        "CreditCardAccountRef BankAccountRef Amount VendorRef CheckNum PrintStatus Memo CreditCardPaymentEx",
        _ENTITY,
        _TRANSACTION,
    ),
    "TimeActivity": words(
        "TimeZone TxnDate NameOf EmployeeRef VendorRef OtherNameRef CustomerRef DepartmentRef ItemRef "
        "ClassRef PayrollItemRef ProjectRef TimeChargeId BillableStatus Taxable HourlyRate CostRate "
        "Hours Minutes Seconds BreakHours BreakMinutes BreakSeconds StartTime EndTime Description "
        "TimeActivityEx HoursInEmployeeTimeZone",
        _ENTITY,
    ),
    "TaxAgency": words(
        "TaxTrackedOnPurchases TaxTrackedOnSales TaxRegistrationNumber LastFileDate ReportingPeriod "
        "TaxOnTax SalesTaxCodeRef SalesTaxCountry SalesTaxReturnRef TaxOnPurchasesAccountRef "
        "TaxTrackedOnSalesAccountRef TaxAgencyExt TaxAgencyConfig",
        _ENTITY,
        _PERSON,
        _VENDOR,
    ),
    "Budget": words("Name StartDate EndDate BudgetType BudgetEntryType Active BudgetDetail", _ENTITY),
    "CompanyCurrency": words("Code Name Active CompanyCurrencyEx", _ENTITY),
    "CustomerType": words("Name Active", _ENTITY),
    "ExchangeRate": words(
        "SourceCurrencyCode TargetCurrencyCode Rate AsOfDate ExchangeRateEx domain status sparse "
        "MetaData CustomField"
    ),
    "Attachable": words(
        "FileName FileAccessUri TempDownloadUri Size ContentType Category Lat Long PlaceName Note Tag "
        "ThumbnailFileAccessUri ThumbnailTempDownloadUri AttachableEx documentId",
        _ENTITY,
    ),
    "CompanyInfo": words(
        "CompanyName LegalName CompanyAddr CustomerCommunicationAddr LegalAddr CompanyEmailAddr "
        "CustomerCommunicationEmailAddr CompanyURL PrimaryPhone OtherContactInfo CompanyFileName "
        "FlavorStratum SampleFile CompanyUserId CompanyUserAdminEmail CompanyStartDate EmployerId "
        "FiscalYearStartMonth TaxYearStartMonth QBVersion Country ShipAddr OtherAddr Mobile Fax "
        "Email WebAddr LastImportedTime LastSyncTime SupportedLanguages DefaultTimeZone "
        "MultiByteCharsSupported NameValue FifoCalculationStatus CompanyInfoEx",
        _ENTITY,
    ),
    "RecurringTransaction": words(
        "Bill Purchase CreditMemo Deposit Estimate Invoice JournalEntry RefundReceipt SalesReceipt Transfer "
        "VendorCredit PurchaseOrder Id SyncToken MetaData"
    ),
    "Preferences": words(
        "AccountingInfoPrefs AdvancedInventoryPrefs ProductAndServicesPrefs SalesFormsPrefs "
        "EmailMessagesPrefs PrintDocumentPrefs VendorAndPurchasesPrefs TimeTrackingPrefs TaxPrefs "
        "FinanceChargesPrefs CurrencyPrefs ReportPrefs OtherPrefs",
        _ENTITY,
    ),
}

DETAILS: dict[str, frozenset[str]] = {
    "SalesItemLineDetail": frozenset(
        words(
            _ITEM_LINE,
            "ServiceDate DiscountRate DiscountAmt DeferredRevenue RetainageAmount SalesItemLineDetailEx",
        )
    ),
    "ItemBasedExpenseLineDetail": frozenset(
        words(_ITEM_LINE, "BillableStatus CustomerRef ItemBasedExpenseLineDetailEx")
    ),
    "AccountBasedExpenseLineDetail": frozenset(
        words(
            "CustomerRef ClassRef AccountRef BillableStatus MarkupInfo TaxAmount TaxCodeRef "
            "TaxInclusiveAmt ExpenseDetailLineDetailEx"
        )
    ),
    "JournalEntryLineDetail": frozenset(
        words(
            "PostingType Entity AccountRef ClassRef DepartmentRef TaxCodeRef TaxRateRef "
            "TaxApplicableOn TaxAmount TaxInclusiveAmt BillableStatus JournalCodeRef "
            "JournalEntryLineDetailEx"
        )
    ),
    "DiscountLineDetail": frozenset(
        words(
            "DiscountRef PercentBased DiscountPercent DiscountAccountRef ServiceDate ClassRef "
            "TaxCodeRef DiscountLineDetailEx"
        )
    ),
    "TaxLineDetail": frozenset(
        words(
            "TaxRateRef PercentBased TaxPercent NetAmountTaxable TaxInclusiveAmount "
            "OverrideDeltaAmount ServiceDate TaxLineDetailEx"
        )
    ),
    "DepositLineDetail": frozenset(
        words(
            "Entity ClassRef AccountRef PaymentMethodRef CheckNum TxnType TaxCodeRef TaxApplicableOn "
            "DepositLineDetailEx"
        )
    ),
    "DescriptionLineDetail": frozenset(words("ServiceDate TaxCodeRef DescriptionLineDetailEx")),
    "GroupLineDetail": frozenset(words("GroupItemRef Quantity UOMRef ServiceDate Line GroupLineDetailEx")),
    "ItemAdjustmentLineDetail": frozenset(words("ItemRef SalesPrice QtyDiff NewQty ClassRef")),
    "SubTotalLineDetail": frozenset(words("ItemRef ServiceDate")),
    "PaymentLineDetail": frozenset(
        words("ItemRef ServiceDate ClassRef Balance HomeBalance Discount PaymentLineEx")
    ),
}

LINE: frozenset[str] = frozenset(words(_LINE)) | frozenset(DETAILS)
