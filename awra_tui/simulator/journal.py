"""Journal entries."""

from awra_tui.simulator import accounts, faults, money
from awra_tui.simulator.company import Company
from awra_tui.simulator.currency import rate_of, with_currency, with_home_amounts
from awra_tui.simulator.jsontext import Json
from awra_tui.simulator.money import ZERO
from awra_tui.simulator.records import Body, Key, Posting, class_of, number, ref_id

_SIDES = {"Debit": 1, "Credit": -1}
_PARTIES = {"Accounts Receivable": "Customer", "Accounts Payable": "Vendor"}
_NAMELESS = {
    "Customer": "When you use Accounts Receivable, you must choose a customer in the Name field.",
    "Vendor": "When you use Accounts Payable, you must choose a vendor in the Name field.",
}


def completed(company: Company, entity: str, body: Body) -> tuple[Body, tuple[Posting, ...]]:  # noqa: ARG001
    """Return a journal entry with all that QuickBooks adds, and its postings.

    Raises a Fault (6000) with fewer than two lines, sides that differ, or a line on receivables
    without a customer.
    """
    found = {"Adjustment": False, **with_currency(company, body, None)}
    lines = [line for line in found["Line"] if line["DetailType"] == "JournalEntryLineDetail"]
    if len(lines) < 2:
        raise faults.business("Fill out at least two detail lines to continue.")
    postings = _balanced([_posting(company, line, found) for line in lines])
    found["Line"] = [_numbered(line, index) for index, line in enumerate(found["Line"])]
    debits = money.total(one.amount for one in postings if one.amount > 0)
    found["TotalAmt"] = money.shown(debits)
    return with_home_amounts(company, found, "TotalAmt"), postings


def _posting(company: Company, line: Body, body: Body) -> Posting:
    detail = line.get("JournalEntryLineDetail", {})
    account = ref_id(detail, "AccountRef")
    if not account:
        raise faults.FaultError(faults.required("Line.JournalEntryLineDetail.AccountRef"))
    side = _SIDES.get(str(detail.get("PostingType")))
    if side is None:
        raise faults.FaultError(faults.required("Line.JournalEntryLineDetail.PostingType"))
    amount = side * money.cents(number(line["Amount"]))
    home = money.cents(amount * rate_of(body))
    party = _party(company, account, detail.get("Entity", {}))
    return Posting(account, home, amount, ref_id(body, "CurrencyRef"), party, class_of(detail, body))


def _party(company: Company, account: str, entity: Json) -> Key | None:
    wanted = _PARTIES.get(accounts.account_type(company, account))
    if wanted is None:
        return None
    id_ = ref_id(entity, "EntityRef")
    if entity.get("Type") != wanted or not id_:
        raise faults.business(_NAMELESS[wanted])
    return Key(wanted, id_)


def _balanced(postings: list[Posting]) -> tuple[Posting, ...]:
    """Check that both sides are equal; a cent left by conversion goes to the last line."""
    if money.total(one.amount for one in postings) != ZERO:
        raise faults.business("Please balance debits and credits.")
    rest = money.total(one.home for one in postings)
    last = postings[-1]
    return (*postings[:-1], last._replace(home=last.home - rest))


def _numbered(line: Body, index: int) -> Body:
    amount = money.shown(number(line.get("Amount")))
    return {"Id": str(index), **line, "Amount": amount}
