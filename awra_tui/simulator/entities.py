"""The entities of the company, as data: lists, names, required fields, lengths, operations."""

from dataclasses import dataclass
from typing import Literal

from awra_tui.simulator.fields import FIELDS

Numbering = Literal["none", "kept", "sales", "auto"]
Void = Literal["", "void", "include", "silent", "broken"]


@dataclass(frozen=True, slots=True)
class Entity:
    """What is particular about one entity.

    `sequence` says which entities share ids, `names` which share one space of names, `table` is
    what an error calls its list. `numbering`: "kept" keeps DocNumber as sent, "auto" also numbers
    by itself, "sales" does so only when the preference for custom numbers allows. `void`: the
    operation that voids, or how its refusal looks. `deletable` says so of what is no transaction.
    """

    name: str
    sequence: str
    table: str = ""
    names: str = ""
    label: str = "Name"
    required: tuple[str, ...] = ()
    party: str = ""
    numbering: Numbering = "none"
    void: Void = ""
    writable: bool = True
    details: tuple[str, ...] = ()
    lengths: tuple[tuple[str, int], ...] = ()
    deletable: bool = False

    @property
    def is_list(self) -> bool:
        """Whether it is a list of names, which can be made inactive but not deleted."""
        return bool(self.names)

    @property
    def is_transaction(self) -> bool:
        """Whether it is a dated transaction."""
        return self.sequence == "transactions"

    @property
    def is_deletable(self) -> bool:
        """Whether it can be deleted; lists can only be made inactive."""
        return self.is_transaction or self.deletable

    @property
    def fields(self) -> tuple[str, ...]:
        """The known fields in the order of an answer."""
        return FIELDS[self.name]


_PERSON_LENGTHS = (
    ("Title", 16),
    ("GivenName", 100),
    ("MiddleName", 100),
    ("FamilyName", 100),
    ("Suffix", 16),
    ("CompanyName", 100),
    ("DisplayName", 500),
    ("PrintOnCheckName", 110),
    ("Notes", 4000),
    ("AcctNum", 100),
)
_TXN_LENGTHS = (("DocNumber", 21), ("PrivateNote", 4000), ("PaymentRefNum", 21))
_SALE_DETAILS = (
    "SalesItemLineDetail",
    "DiscountLineDetail",
    "SubTotalLineDetail",
    "GroupLineDetail",
    "DescriptionOnly",
)
_PURCHASE_DETAILS = (
    "ItemBasedExpenseLineDetail",
    "AccountBasedExpenseLineDetail",
    "DescriptionOnly",
)


def _named(name: str, table: str, limit: int, *, writable: bool = True) -> Entity:
    return Entity(
        name,
        name,
        table,
        name,
        required=("Name",),
        lengths=(("Name", limit), ("Description", 4000 if name == "Item" else 100)),
        writable=writable,
    )


def _person(name: str) -> Entity:
    return Entity(name, "people", "Names", "people", label="DisplayName", lengths=_PERSON_LENGTHS)


def _sale(name: str, required: tuple[str, ...], void: Void) -> Entity:
    return Entity(
        name,
        "transactions",
        required=required,
        party="CustomerRef",
        numbering="sales",
        void=void,
        details=_SALE_DETAILS,
        lengths=_TXN_LENGTHS,
    )


def _purchase(name: str, numbering: Numbering, void: Void) -> Entity:
    return Entity(
        name,
        "transactions",
        required=("VendorRef", "Line"),
        party="VendorRef",
        numbering=numbering,
        void=void,
        details=_PURCHASE_DETAILS,
        lengths=_TXN_LENGTHS,
    )


def _transaction(name: str, *required: str, numbering: Numbering = "none") -> Entity:
    return Entity(name, "transactions", required=required, numbering=numbering, lengths=_TXN_LENGTHS)


ENTITIES: dict[str, Entity] = {
    entity.name: entity
    for entity in (
        Entity("CompanyInfo", "CompanyInfo", lengths=(("CompanyName", 1024),)),
        Entity("Preferences", "Preferences"),
        _named("Account", "Accounts", 100),
        _named("TaxRate", "TaxRates", 100, writable=False),
        _named("TaxCode", "TaxCodes", 100, writable=False),
        _named("PaymentMethod", "PaymentMethods", 31),
        _named("Term", "Terms", 31),
        _named("Class", "Klasses", 100),
        _named("Department", "Depts", 100),
        _person("Customer"),
        _person("Vendor"),
        _person("Employee"),
        _named("Item", "items", 100),
        _purchase("PurchaseOrder", "auto", ""),
        _sale("Invoice", ("CustomerRef", "Line"), "void"),
        _sale("CreditMemo", ("CustomerRef", "Line"), ""),
        Entity(
            "Payment",
            "transactions",
            required=("CustomerRef", "TotalAmt"),
            party="CustomerRef",
            void="include",
            lengths=_TXN_LENGTHS,
        ),
        _sale("RefundReceipt", ("DepositToAccountRef", "Line"), ""),
        _purchase("Bill", "kept", "broken"),
        Entity(
            "BillPayment",
            "transactions",
            required=("VendorRef", "TotalAmt", "PayType", "Line"),
            party="VendorRef",
            numbering="kept",
            void="include",
            lengths=_TXN_LENGTHS,
        ),
        Entity(
            "JournalEntry",
            "transactions",
            required=("Line",),
            numbering="auto",
            void="silent",
            details=("JournalEntryLineDetail", "DescriptionOnly"),
            lengths=_TXN_LENGTHS,
        ),
        _sale("Estimate", ("CustomerRef", "Line"), ""),
        # Recorded receipts have no customer.
        _sale("SalesReceipt", ("Line",), "include"),
        _purchase("VendorCredit", "kept", ""),
        Entity(
            "Purchase",
            "transactions",
            required=("PaymentType", "AccountRef", "Line"),
            numbering="kept",
            details=_PURCHASE_DETAILS,
            lengths=_TXN_LENGTHS,
        ),
        Entity(
            "InventoryAdjustment",
            "transactions",
            required=("AdjustAccountRef", "Line"),
            numbering="auto",
            details=("ItemAdjustmentLineDetail",),
            lengths=_TXN_LENGTHS,
        ),
        _transaction("Deposit", "DepositToAccountRef", "Line"),
        _transaction("Transfer", "FromAccountRef", "ToAccountRef", "Amount"),
        _transaction("CreditCardPaymentTxn", "BankAccountRef", "CreditCardAccountRef", "Amount"),
        Entity(
            "TimeActivity",
            "TimeActivity",
            label="TxnDate",
            required=("NameOf",),
            lengths=(("Description", 4000),),
            deletable=True,
        ),
        Entity(
            "TaxAgency",
            "TaxAgency",
            "TaxAgencies",
            "TaxAgency",
            label="DisplayName",
            required=("DisplayName",),
            lengths=(("DisplayName", 100),),
        ),
        _named("Budget", "Budgets", 100, writable=False),
        _named("CustomerType", "CustomerTypes", 100, writable=False),
        Entity(
            "CompanyCurrency",
            "CompanyCurrency",
            "Currencies",
            "CompanyCurrency",
            label="Code",
            required=("Code",),
        ),
        Entity(
            "ExchangeRate",
            "ExchangeRate",
            label="SourceCurrencyCode",
            required=("SourceCurrencyCode", "Rate"),
        ),
        Entity(
            "Attachable",
            "Attachable",
            label="FileName",
            lengths=(("FileName", 1000), ("Note", 2000), ("Category", 100), ("Tag", 2000)),
            deletable=True,
        ),
    )
}

RECURRING = Entity("RecurringTransaction", "RecurringTransaction", label="Id", deletable=True)
ENTITIES[RECURRING.name] = RECURRING

_BY_LOWER = {name.lower(): entity for name, entity in ENTITIES.items()}
# Paths and queries say one name, bodies another.
_BY_LOWER["creditcardpayment"] = ENTITIES["CreditCardPaymentTxn"]

# Reference fields and the entity they point at; references not listed here are kept unchecked.
REFERENCES: dict[str, str] = {
    "CustomerRef": "Customer",
    "EmployeeRef": "Employee",
    "VendorRef": "Vendor",
    "PrefVendorRef": "Vendor",
    "ItemRef": "Item",
    "GroupItemRef": "Item",
    "ClassRef": "Class",
    "DepartmentRef": "Department",
    "PaymentMethodRef": "PaymentMethod",
    "SalesTermRef": "Term",
    "TermRef": "Term",
    "TaxCodeRef": "TaxCode",
    "TxnTaxCodeRef": "TaxCode",
    "DefaultTaxCodeRef": "TaxCode",
    "SalesTaxCodeRef": "TaxCode",
    "PurchaseTaxCodeRef": "TaxCode",
    "TaxRateRef": "TaxRate",
    "AccountRef": "Account",
    "ItemAccountRef": "Account",
    "DepositToAccountRef": "Account",
    "DiscountAccountRef": "Account",
    "IncomeAccountRef": "Account",
    "ExpenseAccountRef": "Account",
    "AssetAccountRef": "Account",
    "AdjustAccountRef": "Account",
    "COGSAccountRef": "Account",
    "ARAccountRef": "Account",
    "APAccountRef": "Account",
    "FromAccountRef": "Account",
    "ToAccountRef": "Account",
    "CreditCardAccountRef": "Account",
    "BankAccountRef": "Account",
    "CCAccountRef": "Account",
}

# These references are answered with their value alone.
NAMELESS = frozenset({"TaxCodeRef", "TxnTaxCodeRef", "DefaultTaxCodeRef", "TaxRateRef", "TermRef"})


def entity_named(name: str) -> Entity | None:
    """Find an entity by its name in any case, as paths and queries write it."""
    return _BY_LOWER.get(name.lower())
