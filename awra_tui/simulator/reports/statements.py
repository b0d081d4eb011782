"""Financial statements: profit and loss, balance sheet, trial balance, cash flow."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal

from awra_tui.simulator.money import ZERO
from awra_tui.simulator.records import Body, Record
from awra_tui.simulator.reports import chart, columns
from awra_tui.simulator.reports.basis import Movement
from awra_tui.simulator.reports.columns import Amounts, Column
from awra_tui.simulator.reports.frame import FIRST, Frame, amount, by_account, cells, data, section, spanned

_PROFIT = ("Income", "Cost of Goods Sold", "Expense", "Other Income", "Other Expense")
_CURRENT_ASSETS = (
    ("BankAccounts", "Bank Accounts", ("Bank",)),
    ("AR", "Accounts Receivable", ("Accounts Receivable",)),
    ("OtherCurrentAssets", "Other Current Assets", ("Other Current Asset",)),
)
_CURRENT_LIABILITIES = (
    ("AP", "Accounts Payable", ("Accounts Payable",)),
    ("CreditCards", "Credit Cards", ("Credit Card",)),
    ("OtherCurrentLiabilities", "Other Current Liabilities", ("Other Current Liability",)),
)

Part = tuple[list[Body], Amounts]


class _Statement:
    """Sections of accounts whose values are known, column by column."""

    def __init__(self, frame: Frame, values: dict[str, Amounts], wide: list[Column]) -> None:
        self._company = frame.company
        self._values = values
        self.nothing = Amounts([ZERO] * len(wide))

    def debit(self, account: Record) -> Amounts:
        """Return what an account has, debits positive."""
        return self._values.get(account.key.id, self.nothing)

    def _value(self, account: Record) -> Amounts:
        return chart.natural(account, self.debit(account))

    def sum(self, parts: Iterable[Amounts]) -> Amounts:
        """Add up rows."""
        return sum(parts, self.nothing)

    def part(self, *kinds: str) -> Part:
        """Return the rows of the accounts of some types, and their total."""
        trees = [chart.tree(self._company, one, self._value) for one in chart.roots(self._company, *kinds)]
        return [row for rows, _ in trees for row in rows], self.sum(part for _, part in trees)

    def group(self, group: str, title: str, *kinds: str) -> Part:
        """Return a titled section of accounts; nothing when all of them are empty."""
        rows, total = self.part(*kinds)
        return ([_summed(title, rows, total, group)] if rows else []), total

    def groups(self, title: str, group: str, parts: list[Part]) -> Part:
        """Return a section made of sections; nothing when all of them are empty."""
        rows = [row for found, _ in parts for row in found]
        total = self.sum(part for _, part in parts)
        return ([_summed(title, rows, total, group)] if rows else []), total


def _summed(title: str, rows: list[Body], total: Amounts, group: str) -> Body:
    return section(title, rows, (f"Total {title}", *total.shown()), group)


def _result(title: str, total: Amounts, group: str) -> Body:
    return section("", [], (title, *total.shown()), group)


def profit_and_loss(frame: Frame) -> Body:
    """Return income less expenses over a period."""
    start, end = frame.period("This calendar year-to-date")
    frame.macro = frame.params.get("date_macro", "")
    moved = _profits(frame, frame.movements(start, end))
    wide = columns.divided(frame, start, end, moved)
    found = _Statement(frame, columns.amounts(moved, wide), wide)
    sold, costs = found.part("Income"), found.part("Cost of Goods Sold")
    spent, other, lost = (found.part(kind) for kind in ("Expense", "Other Income", "Other Expense"))
    gross = sold[1] - costs[1]
    operating = gross - spent[1]
    rows = [_summed("Income", *sold, "Income")]
    if costs[0]:
        rows.append(_summed("Cost of Goods Sold", *costs, "COGS"))
    rows += [
        _result("Gross Profit", gross, "GrossProfit"),
        _summed("Expenses", *spent, "Expenses"),
        _result("Net Operating Income", operating, "NetOperatingIncome"),
    ]
    rows += _others(other, lost)
    rows.append(_result("Net Income", operating + other[1] - lost[1], "NetIncome"))
    empty = str(not any(part[0] for part in (sold, costs, spent, other, lost))).lower()
    more = {"SummarizeColumnsBy": columns.asked(frame), "standard": "GAAP", "empty": empty}
    return _wide(frame.answer(_TWO, rows, **spanned(start, end), **more), wide)


def _profits(frame: Frame, moved: Iterable[Movement]) -> list[Movement]:
    """Return the movements that make profit or loss: no other has a part in the columns."""
    kept = {one.key.id for one in _accounts(frame, *_PROFIT)}
    return [one for one in moved if one.posting.account in kept]


def _others(other: Part, lost: Part) -> list[Body]:
    rows = []
    if other[0]:
        rows.append(_summed("Other Income", *other, "OtherIncome"))
    if lost[0]:
        rows.append(_summed("Other Expenses", *lost, "OtherExpenses"))
    return [*rows, _result("Net Other Income", other[1] - lost[1], "NetOtherIncome")] if rows else []


_TWO = (("", "Account"), ("TOTAL", "Money"))


def _wide(answer: Body, wide: list[Column]) -> Body:
    """Give an answer its columns with their keys, as statements have them."""
    first = Column("", columns.TOTAL.holds, {"ColKey": "account"}).body() | {"ColType": "Account"}
    return {**answer, "Columns": {"Column": [first, *(one.body() for one in wide)]}}


def balances(frame: Frame) -> dict[str, Decimal]:
    """Return the balance of every account on the report's day, debits positive."""
    end = frame.report_day()
    found = by_account(frame.movements(FIRST, end))
    for account in frame.company.store.live("Account"):
        found[account.key.id] = found.get(account.key.id, ZERO) + chart.opening(account)
    return found


def balance_sheet(frame: Frame) -> Body:
    """Return assets beside liabilities and equity; the profit up to the day is net income."""
    end = frame.report_day()
    start = frame.since(end)
    wide = columns.standing(frame, start, end)
    found = _Statement(frame, _stands(frame, end, wide), wide)
    current = found.groups(
        "Current Assets", "CurrentAssets", [found.group(*one[:2], *one[2]) for one in _CURRENT_ASSETS]
    )
    assets = [
        current,
        found.group("FixedAssets", "Fixed Assets", "Fixed Asset"),
        found.group("OtherAssets", "Other Assets", "Other Asset"),
    ]
    owed = found.groups(
        "Current Liabilities",
        "CurrentLiabilities",
        [found.group(*one[:2], *one[2]) for one in _CURRENT_LIABILITIES],
    )
    late = found.group("LongTermLiabilities", "Long-Term Liabilities", "Long Term Liability")
    liabilities = found.groups("Liabilities", "Liabilities", [owed, late])
    sides = [
        _side(found, "ASSETS", "TOTAL ASSETS", "TotalAssets", assets),
        _side(
            found,
            "LIABILITIES AND EQUITY",
            "TOTAL LIABILITIES AND EQUITY",
            "TotalLiabilitiesAndEquity",
            [liabilities, _equity(frame, found)],
        ),
    ]
    frame.macro = frame.params.get("date_macro", "")
    by = columns.asked(frame) if len(wide) > 1 else "Total"
    answer = frame.answer(_TWO, sides, **spanned(start, end), SummarizeColumnsBy=by, standard="GAAP")
    return _wide(answer, wide)


def _stands(frame: Frame, end: date, wide: list[Column]) -> dict[str, Amounts]:
    """Return the balance of every account at the end of each column, debits positive."""
    found = columns.amounts(frame.movements(FIRST, end), wide)
    for account in frame.company.store.live("Account"):
        opening = Amounts([chart.opening(account)] * len(wide))
        if opening:
            found[account.key.id] = found.get(account.key.id, Amounts([ZERO] * len(wide))) + opening
    return found


def _side(found: _Statement, title: str, summary: str, group: str, parts: list[Part]) -> Body:
    rows = [row for inner, _ in parts for row in inner]
    return section(title, rows, (summary, *found.sum(part for _, part in parts).shown()), group)


def _equity(frame: Frame, found: _Statement) -> Part:
    rows, total = found.part("Equity")
    profit = -found.sum(found.debit(one) for one in _accounts(frame, *_PROFIT))
    rows = [*rows, {**data("Net Income", *profit.shown()), "group": "NetIncome"}]
    return [_summed("Equity", rows, total + profit, "Equity")], total + profit


def _accounts(frame: Frame, *kinds: str) -> list[Record]:
    return [one for one in frame.company.store.live("Account") if chart.kind(one) in kinds]


def trial_balance(frame: Frame) -> Body:
    """Return every account that is not empty on its side, and both sums."""
    end = frame.report_day()
    values = balances(frame)
    found = sorted(
        _accounts(frame, *chart.ORDER), key=lambda one: (chart.ORDER.index(chart.kind(one)), int(one.key.id))
    )
    rows, debit, credit = [], ZERO, ZERO
    for account in found:
        value = values.get(account.key.id, ZERO)
        if value:
            name = str(account.body["FullyQualifiedName"])
            rows.append({"ColData": cells([(name, account.key.id), *_sides(value)])})
            debit, credit = debit + max(value, ZERO), credit + max(-value, ZERO)
    rows.append(section("", [], ("TOTAL", amount(debit), amount(credit)), "GrandTotal"))
    columns = (("", "Account"), ("Debit", "Money"), ("Credit", "Money"))
    span = spanned(end.replace(month=1, day=1), end)
    return frame.answer(columns, rows, **span, SummarizeColumnsBy="Total")


def _sides(value: Decimal) -> tuple[str, str]:
    return (amount(value), "") if value > 0 else ("", amount(-value))


def cash_flow(frame: Frame) -> Body:
    """Return how the money in banks changed over a period, and from where."""
    start, end = frame.period("This calendar year-to-date")
    frame.macro = frame.params.get("date_macro", "")
    moved = by_account(frame.movements(start, end))
    banks = {one.key.id for one in _accounts(frame, "Bank")}
    before = by_account(frame.movements(FIRST, start - timedelta(days=1)))
    opening = sum((before.get(one, ZERO) for one in banks), ZERO)
    opening += sum((chart.opening(one) for one in _accounts(frame, "Bank")), ZERO)
    profit = -sum((moved.get(one.key.id, ZERO) for one in _accounts(frame, *_PROFIT)), ZERO)
    rows = [data("Net Income", amount(profit))]
    for account in _accounts(frame, *(set(chart.ORDER) - {"Bank", *_PROFIT})):
        value = -moved.get(account.key.id, ZERO)
        if value:
            rows.append(data((str(account.body["Name"]), account.key.id), amount(value)))
    change = sum((moved.get(one, ZERO) for one in banks), ZERO)
    net = section("OPERATING ACTIVITIES", rows, ("Net cash provided by activities", amount(change)), "Cash")
    ends = [
        _result("Net cash increase for period", Amounts([change]), "CashIncrease"),
        _result("Cash at beginning of period", Amounts([opening]), "BeginningCash"),
        _result("Cash at end of period", Amounts([opening + change]), "EndingCash"),
    ]
    answer = frame.answer(_TWO, [net, *ends], **spanned(start, end), SummarizeColumnsBy="Total")
    return _wide(answer, [columns.TOTAL])


REPORTS: dict[str, Callable[[Frame], Body]] = {
    "ProfitAndLoss": profit_and_loss,
    "BalanceSheet": balance_sheet,
    "TrialBalance": trial_balance,
    "CashFlow": cash_flow,
}
