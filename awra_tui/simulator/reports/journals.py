"""Transactions one by one: general ledger, journal, lists, details of profit and loss."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from decimal import Decimal

from awra_tui.simulator.money import ZERO
from awra_tui.simulator.records import Body, Key, Posting, Record, number, ref_id
from awra_tui.simulator.reports import chart
from awra_tui.simulator.reports.basis import Movement
from awra_tui.simulator.reports.frame import (
    FIRST,
    Cell,
    Frame,
    amount,
    by_account,
    data,
    kind_of,
    party_of,
    section,
    spanned,
)

_LEDGER = (
    ("Date", "tx_date"),
    ("Transaction Type", "txn_type"),
    ("Num", "doc_num"),
    ("Name", "name"),
    ("Memo/Description", "memo"),
    ("Split", "split_acc"),
    ("Amount", "subt_nat_amount"),
    ("Balance", "rbal_nat_amount"),
)
_LIST = (
    ("Date", "tx_date"),
    ("Transaction Type", "txn_type"),
    ("Num", "doc_num"),
    ("Posting", "is_no_post"),
    ("Name", "name"),
    ("Memo/Description", "memo"),
    ("Account", "account_name"),
    ("Split", "other_account"),
    ("Amount", "subt_nat_amount"),
)
_JOURNAL = (
    ("Date", "tx_date"),
    ("Transaction Type", "txn_type"),
    ("Num", "doc_num"),
    ("Name", "name"),
    ("Memo/Description", "memo"),
    ("Account", "account_name"),
    ("Debit", "debt_amt"),
    ("Credit", "credit_amt"),
)
_BLANK = ("",) * 6
_PROFIT = frozenset(chart.ORDER[10:])


class _Book:
    """The movements of a period per account, with what stood there before."""

    def __init__(self, frame: Frame, moved: list[Movement], before: dict[str, Decimal]) -> None:
        self.frame = frame
        self._before = before
        self._moved: dict[str, list[Movement]] = {}
        for one in moved:
            self._moved.setdefault(one.posting.account, []).append(one)

    def section(self, account: Record, *, nested: bool = False) -> list[Body]:
        """Return the section of an account with those below it; nothing when nothing is in them."""
        below = [
            row
            for child in chart.children(self.frame.company, account)
            for row in self.section(child, nested=True)
        ]
        own, total = self._lines(account)
        if not own and not below:
            return []
        name = str(account.body["Name"])
        title: Cell = name if nested else (name, account.key.id)
        return [section(title, [*own, *below], (f"Total for {name}", *_BLANK[1:], amount(total), ""))]

    def _lines(self, account: Record) -> tuple[list[Body], Decimal]:
        balance = chart.natural(account, self._before.get(account.key.id, ZERO))
        rows = [data("Beginning Balance", *_BLANK, amount(balance))] if balance else []
        total = ZERO
        for one in self._moved.get(account.key.id, ()):
            value = chart.natural(account, one.posting.home)
            balance, total = balance + value, total + value
            split = split_of(self.frame, one.record, one.posting)
            rows.append(data(*opened(one), split, amount(value), f"{balance:.2f}"))
        return rows, total


def opened(one: Movement) -> tuple[Cell, ...]:
    """Return the first cells of a transaction's row: day, kind, number, name, memo."""
    body = one.record.body
    note = str(body.get("PrivateNote", ""))
    return (
        one.day.isoformat(),
        kind_of(one.record),
        str(body.get("DocNumber", "")),
        party_of(one.record),
        note,
    )


def split_of(frame: Frame, record: Record, posting: Posting) -> Cell:
    """Name the account on the other side of a posting; several are a split."""
    side = posting.home > 0
    others = {one.account for one in record.postings if (one.home > 0) != side}
    if len(others) != 1:
        return "-Split-", ""
    account = frame.company.account(others.pop())
    return (str(account.body["Name"]), account.key.id) if account else ("", "")


def _section_rows(frame: Frame, kinds: tuple[str, ...], otherwise: str) -> tuple[list[Body], dict[str, str]]:
    start, end = frame.period(otherwise)
    before = by_account(frame.movements(FIRST, start - timedelta(days=1)))
    for account in frame.company.store.live("Account"):
        before[account.key.id] = before.get(account.key.id, ZERO) + chart.opening(account)
    book = _Book(frame, list(frame.movements(start, end)), before)
    rows = [row for root in chart.roots(frame.company, *kinds) for row in book.section(root)]
    return rows, spanned(start, end)


def general_ledger(frame: Frame) -> Body:
    """Return every account with what stood there, what moved it, and what stands there now."""
    rows, span = _section_rows(frame, chart.ORDER, "This month-to-date")
    return frame.answer(_LEDGER, rows, **span, empty=str(not rows).lower())


def profit_and_loss_detail(frame: Frame) -> Body:
    """Return the transactions behind profit and loss."""
    kinds = tuple(one for one in chart.ORDER if one in _PROFIT)
    rows, span = _section_rows(frame, kinds, "This calendar year-to-date")
    return frame.answer(_LEDGER, rows, **span, empty=str(not rows).lower())


def transaction_list(frame: Frame) -> Body:
    """Return the transactions of a period, each with the first account that it moved."""
    start, end = frame.period("This month-to-date")
    rows = [_listed(frame, one) for one in _firsts(frame.movements(start, end))]
    return frame.answer(_LIST, rows, **spanned(start, end), empty=str(not rows).lower())


def _firsts(movements: Iterable[Movement]) -> list[Movement]:
    found: dict[Key, Movement] = {}
    for one in movements:
        found.setdefault(one.record.key, one)
    return list(found.values())


def _listed(frame: Frame, one: Movement) -> Body:
    day, kind, num, party, memo = opened(one)
    # The control account stands last among the postings; people look for it first.
    main = one.record.postings[-1]
    account = frame.company.account(main.account)
    named: Cell = (str(account.body["Name"]), account.key.id) if account else ""
    total = number(one.record.body.get("TotalAmt", one.record.body.get("Amount")))
    return data(day, kind, num, "Yes", party, memo, named, split_of(frame, one.record, main), amount(total))


def _grouped_list(field: str) -> Callable[[Frame], Body]:
    def grouped(frame: Frame) -> Body:
        start, end = frame.period("This month-to-date")
        groups: dict[tuple[str, str], list[Body]] = {}
        for one in _firsts(frame.movements(start, end)):
            if field in one.record.body:
                ref = one.record.body[field]
                key = (str(ref.get("name", "")), ref_id(one.record.body, field))
                groups.setdefault(key, []).append(_listed(frame, one))
        width = len(_LIST) - 1
        rows = [
            section(name, found, (f"Total for {name[0]}", *[""] * width)) for name, found in groups.items()
        ]
        return frame.answer(_LIST, rows, **spanned(start, end), empty=str(not rows).lower())

    return grouped


def journal(frame: Frame) -> Body:
    """Return every transaction of a period with both of its sides."""
    start, end = frame.period("This month-to-date")
    groups: dict[Key, list[Movement]] = {}
    for one in frame.movements(start, end):
        groups.setdefault(one.record.key, []).append(one)
    rows = [row for moved in groups.values() for row in _entry(frame, moved)]
    return frame.answer(_JOURNAL, rows, **spanned(start, end), empty=str(not rows).lower())


def _entry(frame: Frame, moved: list[Movement]) -> list[Body]:
    rows = []
    for one in moved:
        account = frame.company.account(one.posting.account)
        named: Cell = (str(account.body["Name"]), account.key.id) if account else ""
        value = one.posting.home
        sides = (amount(value), "") if value > 0 else ("", amount(-value))
        rows.append(data(*opened(one), named, *sides))
    whole = sum((one.posting.home for one in moved if one.posting.home > 0), ZERO)
    return [*rows, section("", [], ("", *_BLANK[1:], amount(whole), amount(whole)))]


REPORTS: dict[str, Callable[[Frame], Body]] = {
    "GeneralLedger": general_ledger,
    "GeneralLedgerDetail": general_ledger,
    "ProfitAndLossDetail": profit_and_loss_detail,
    "TransactionList": transaction_list,
    "TransactionListWithSplits": transaction_list,
    "TransactionListByCustomer": _grouped_list("CustomerRef"),
    "TransactionListByVendor": _grouped_list("VendorRef"),
    "JournalReport": journal,
}
