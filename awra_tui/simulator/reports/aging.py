"""Who owes what, and since when: balances and ages of receivables and payables."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from awra_tui.simulator.money import ZERO
from awra_tui.simulator.records import Body, Record, number, ref_id
from awra_tui.simulator.reports.frame import Cell, Frame, amount, data, kind_of, section

_BUCKETS = ("Current", "1 - 30", "31 - 60", "61 - 90", "91 and over")
_DETAIL = (
    ("Date", "tx_date"),
    ("Transaction Type", "txn_type"),
    ("Num", "doc_num"),
    ("Due Date", "due_date"),
    ("Amount", "subt_neg_amount"),
    ("Open Balance", "subt_neg_open_bal"),
)


@dataclass(frozen=True, slots=True)
class Side:
    """Receivables or payables: which reference names the party, and what adds and takes away."""

    party: str
    charges: tuple[str, ...]
    credits: tuple[str, ...]
    payments: str


RECEIVABLE = Side("CustomerRef", ("Invoice",), ("CreditMemo",), "Payment")
PAYABLE = Side("VendorRef", ("Bill",), ("VendorCredit",), "BillPayment")

Party = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Open:
    """A transaction that is not settled: its party, due day and what is open, credits negative."""

    party: Party
    record: Record
    due: date
    amount: Decimal


def open_items(frame: Frame, side: Side) -> Iterator[Open]:
    """Yield what is open of one side on the report's day, in home currency."""
    asked = frame.params.get(side.party.removesuffix("Ref").lower(), "")
    for entity in (*side.charges, *side.credits, side.payments):
        sign = 1 if entity in side.charges else -1
        for record in frame.company.store.live(entity):
            rest = _rest(record) * sign
            wanted = not asked or ref_id(record.body, side.party) in asked.split(",")
            if rest and wanted and str(record.body["TxnDate"]) <= frame.report_day().isoformat():
                yield Open(_party(record, side.party), record, _due(record), rest)


def _rest(record: Record) -> Decimal:
    rest = number(record.body.get("Balance", record.body.get("UnappliedAmt")))
    return rest * (number(record.body.get("ExchangeRate")) or Decimal(1))


def _party(record: Record, field: str) -> Party:
    ref = record.body.get(field, {})
    return str(ref.get("name", "")), str(ref.get("value", ""))


def _due(record: Record) -> date:
    return date.fromisoformat(str(record.body.get("DueDate", record.body["TxnDate"]))[:10])


def _by_party(frame: Frame, side: Side) -> dict[Party, list[Open]]:
    found: dict[Party, list[Open]] = {}
    for one in open_items(frame, side):
        found.setdefault(one.party, []).append(one)
    return dict(sorted(found.items()))


def _bucket(late: int) -> int:
    return 0 if late <= 0 else min((late - 1) // 30 + 1, 4)


def _aged(side: Side) -> Callable[[Frame], Body]:
    def summary(frame: Frame) -> Body:
        totals = [ZERO] * 5
        rows = []
        for party, items in _by_party(frame, side).items():
            ages = [ZERO] * 5
            for one in items:
                place = _bucket((frame.report_day() - one.due).days)
                ages[place] += one.amount
            totals = [whole + part for whole, part in zip(totals, ages, strict=True)]
            rows.append({"ColData": data(party, *_sums(ages))["ColData"]})
        rows.append(section("", [], ("TOTAL", *_sums(totals)), "GrandTotal"))
        titles = (("", "Customer" if side is RECEIVABLE else "Vendor"),)
        columns = (*titles, *((title, "Money") for title in (*_BUCKETS, "Total")))
        return frame.answer(columns, rows, **_as_of(frame), SummarizeColumnsBy="Total")

    return summary


def _sums(ages: list[Decimal]) -> tuple[Cell, ...]:
    return (*(amount(one) for one in ages), amount(sum(ages, ZERO)))


def _as_of(frame: Frame) -> dict[str, str]:
    day = frame.report_day().isoformat()
    return {"StartPeriod": day, "EndPeriod": day}


def _balance(side: Side) -> Callable[[Frame], Body]:
    def summary(frame: Frame) -> Body:
        found = {
            party: sum((one.amount for one in items), ZERO) for party, items in _by_party(frame, side).items()
        }
        rows: list[Body] = [data(party, amount(value)) for party, value in found.items()]
        rows.append(section("", [], ("TOTAL", amount(sum(found.values(), ZERO))), "GrandTotal"))
        kind = "Customer" if side is RECEIVABLE else "Vendor"
        return frame.answer(
            (("", kind), ("Total", "Money")), rows, **_as_of(frame), SummarizeColumnsBy="Total"
        )

    return summary


def _detail(side: Side) -> Callable[[Frame], Body]:
    def details(frame: Frame) -> Body:
        rows = []
        for party, items in _by_party(frame, side).items():
            total = sum((one.amount for one in items), ZERO)
            lines = [_line(one) for one in sorted(items, key=lambda one: one.due)]
            rows.append(section(party, lines, (f"Total for {party[0]}", "", "", "", "", amount(total))))
        return frame.answer(_DETAIL, rows, **_as_of(frame), empty=str(not rows).lower())

    return details


def _line(one: Open) -> Body:
    body = one.record.body
    whole = number(body.get("TotalAmt")) * (1 if one.amount > 0 else -1)
    number_ = str(body.get("DocNumber", ""))
    day = str(body["TxnDate"])
    return data(day, kind_of(one.record), number_, one.due.isoformat(), amount(whole), amount(one.amount))


REPORTS: dict[str, Callable[[Frame], Body]] = {
    "AgedReceivables": _aged(RECEIVABLE),
    "AgedPayables": _aged(PAYABLE),
    "AgedReceivableDetail": _detail(RECEIVABLE),
    "AgedPayableDetail": _detail(PAYABLE),
    "CustomerBalance": _balance(RECEIVABLE),
    "VendorBalance": _balance(PAYABLE),
    "CustomerBalanceDetail": _detail(RECEIVABLE),
    "VendorBalanceDetail": _detail(PAYABLE),
}
