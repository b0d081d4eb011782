"""Objects of python-quickbooks, filled as its own users fill them."""

from itertools import count
from typing import Any

from quickbooks import QuickBooks, objects
from quickbooks.objects.companycurrency import CompanyCurrency
from quickbooks.objects.creditcardpayment_entity import CreditCardPayment

_number = count(1)


def unique(text: str) -> str:
    return f"{text} {next(_number)}"


def made(kind: type, **fields: Any) -> Any:
    found = kind()
    for name, value in fields.items():
        setattr(found, name, value)
    return found


def account(qb: QuickBooks, where: str) -> Any:
    return objects.Account.where(where, max_results=1, qb=qb)[0].to_ref()


def first(kind: type, qb: QuickBooks) -> Any:
    return kind.all(max_results=1, qb=qb)[0].to_ref()


def sale_line(qb: QuickBooks, amount: float) -> Any:
    detail = made(objects.SalesItemLineDetail, ItemRef=first(objects.Item, qb), Qty=1, UnitPrice=amount)
    return made(objects.SalesItemLine, Amount=amount, Description="Digging", SalesItemLineDetail=detail)


def expense_line(amount: float) -> Any:
    travel = made(objects.Ref, value="22", type="Account")
    detail = made(objects.AccountBasedExpenseLineDetail, AccountRef=travel)
    return made(
        objects.AccountBasedExpenseLine,
        Amount=amount,
        DetailType="AccountBasedExpenseLineDetail",
        AccountBasedExpenseLineDetail=detail,
    )


def sale(kind: type, qb: QuickBooks, amount: float = 100.0, **more: Any) -> Any:
    return made(kind, CustomerRef=first(objects.Customer, qb), Line=[sale_line(qb, amount)], **more)


def refund(qb: QuickBooks) -> Any:
    checking = account(qb, "Name = 'checking'")
    return sale(objects.RefundReceipt, qb, 30.0, DepositToAccountRef=checking, DocNumber=unique("R"))


def payment(qb: QuickBooks, amount: float = 140.0, **more: Any) -> Any:
    method = first(objects.PaymentMethod, qb)
    who = first(objects.Customer, qb)
    return made(objects.Payment, CustomerRef=who, TotalAmt=amount, PaymentMethodRef=method, **more)


def bill(qb: QuickBooks) -> Any:
    return made(objects.Bill, VendorRef=first(objects.Vendor, qb), Line=[expense_line(200)])


def bill_payment(qb: QuickBooks) -> Any:
    owed = bill(qb)
    owed.save(qb=qb)
    line = made(objects.BillPaymentLine, Amount=200, LinkedTxn=[owed.to_linked_txn()])
    check = made(objects.CheckPayment, BankAccountRef=account(qb, "AccountSubType = 'Checking'"))
    return made(
        objects.BillPayment,
        VendorRef=first(objects.Vendor, qb),
        PayType="Check",
        TotalAmt=200,
        CheckPayment=check,
        APAccountRef=account(qb, "AccountSubType = 'AccountsPayable'"),
        Line=[line],
        PrivateNote="Paid by check",
    )


def journal_line(qb: QuickBooks, side: str, where: str) -> Any:
    detail = made(objects.JournalEntryLineDetail, PostingType=side, AccountRef=account(qb, where))
    return made(objects.JournalEntryLine, Amount=25, JournalEntryLineDetail=detail)


def journal(qb: QuickBooks) -> Any:
    lines = [
        journal_line(qb, "Debit", "Name = 'Travel'"),
        journal_line(qb, "Credit", "Name = 'Savings'"),
    ]
    return made(objects.JournalEntry, Line=lines)


def purchase(qb: QuickBooks) -> Any:
    item = objects.Item.filter(Type="Inventory", max_results=1, qb=qb)[0]
    detail = made(
        objects.ItemBasedExpenseLineDetail,
        BillableStatus="NotBillable",
        UnitPrice=100,
        Qty=1,
        CustomerRef=first(objects.Customer, qb),
        TaxCodeRef=first(objects.TaxCode, qb),
        ItemRef=item.to_ref(),
    )
    line = made(objects.ItemBasedExpenseLine, Amount=100, ItemBasedExpenseLineDetail=detail)
    card = made(objects.Account, Id="42", FullyQualifiedName="Visa").to_ref()
    payee = first(objects.Vendor, qb)
    return made(
        objects.Purchase,
        PaymentType="CreditCard",
        AccountRef=card,
        EntityRef=payee,
        TotalAmt=100,
        Line=[line],
    )


def order(qb: QuickBooks) -> Any:
    found = purchase(qb)
    payables = account(qb, "AccountSubType = 'AccountsPayable'")
    vendor = first(objects.Vendor, qb)
    return made(objects.PurchaseOrder, VendorRef=vendor, APAccountRef=payables, Line=found.Line)


def deposit(qb: QuickBooks) -> Any:
    detail = made(objects.DepositLineDetail, AccountRef=account(qb, "Name = 'Services'"))
    line = made(objects.DepositLine, Amount=20, DepositLineDetail=detail)
    return made(objects.Deposit, DepositToAccountRef=account(qb, "Name = 'Savings'"), Line=[line])


def transfer(qb: QuickBooks) -> Any:
    assets = objects.Account.where(
        "Classification = 'Asset' AND FullyQualifiedName != 'Accounts Receivable (A/R)'", max_results=2, qb=qb
    )
    source, target = (one.to_ref() for one in assets)
    return made(objects.Transfer, Amount=100, FromAccountRef=source, ToAccountRef=target)


def card_payment(qb: QuickBooks) -> Any:
    bank, card = account(qb, "Name = 'Checking'"), account(qb, "AccountType = 'Credit Card'")
    return made(CreditCardPayment, Amount=50, BankAccountRef=bank, CreditCardAccountRef=card)


def vendor_credit(qb: QuickBooks) -> Any:
    return made(objects.VendorCredit, VendorRef=first(objects.Vendor, qb), Line=[expense_line(15)])


def hours(qb: QuickBooks) -> Any:
    return made(
        objects.TimeActivity,
        NameOf="Employee",
        EmployeeRef=first(objects.Employee, qb),
        Description="Planting",
        StartTime="2026-07-22T10:00:00-07:00",
        EndTime="2026-07-22T11:00:00-07:00",
        CostRate=50.0,
    )


def item(qb: QuickBooks) -> Any:
    return made(
        objects.Item,
        Name=unique("Rake"),
        Type="Inventory",
        TrackQtyOnHand=True,
        QtyOnHand=10,
        InvStartDate="2025-01-01",
        IncomeAccountRef=account(qb, "AccountType = 'Income' and AccountSubType = 'SalesOfProductIncome'"),
        ExpenseAccountRef=account(qb, "AccountSubType = 'SuppliesMaterialsCogs'"),
        AssetAccountRef=account(qb, "AccountSubType = 'Inventory'"),
    )


def note(qb: QuickBooks) -> Any:
    hung = made(objects.AttachableRef, EntityRef=first(objects.Vendor, qb))
    return made(objects.Attachable, Note=unique("Remember"), AttachableRef=[hung])


MAKERS: dict[str, Any] = {
    "Account": lambda qb: made(
        objects.Account, Name=unique("Cash box"), AccountType="Bank", AccountSubType="CashOnHand"
    ),
    "Attachable": note,
    "Bill": bill,
    "BillPayment": bill_payment,
    "Class": lambda qb: made(objects.Class, Name=unique("Class")),
    "CompanyCurrency": lambda qb: made(CompanyCurrency, Code="GBP"),
    "CreditCardPayment": card_payment,
    "CreditMemo": lambda qb: sale(objects.CreditMemo, qb),
    "Customer": lambda qb: made(objects.Customer, DisplayName=unique("Customer")),
    "Department": lambda qb: made(objects.Department, Name=unique("Yard")),
    "Deposit": deposit,
    "Employee": lambda qb: made(objects.Employee, GivenName="John", FamilyName=unique("Smith")),
    "Estimate": lambda qb: sale(objects.Estimate, qb),
    "Invoice": lambda qb: sale(objects.Invoice, qb),
    "Item": item,
    "JournalEntry": journal,
    "Payment": payment,
    "PaymentMethod": lambda qb: made(objects.PaymentMethod, Name=unique("Coins")),
    "Purchase": purchase,
    "PurchaseOrder": order,
    "RefundReceipt": refund,
    "SalesReceipt": lambda qb: sale(objects.SalesReceipt, qb),
    "TaxAgency": lambda qb: made(objects.TaxAgency, DisplayName=unique("Tax office")),
    "Term": lambda qb: made(objects.Term, Name=unique("Within"), DueDays=10),
    "TimeActivity": hours,
    "Transfer": transfer,
    "Vendor": lambda qb: made(objects.Vendor, DisplayName=unique("Vendor")),
    "VendorCredit": vendor_credit,
}
