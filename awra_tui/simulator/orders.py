"""What is made of something earlier: bills of purchase orders, invoices of estimates.

The earlier one closes, and opens again when what was made of it goes.
"""

from dataclasses import dataclass

from awra_tui.simulator import faults
from awra_tui.simulator.company import Company
from awra_tui.simulator.records import Body, Key, Record, ref_id

_LINK = "Bill.LinkedTxn.TxnId"
_INVOICED = (
    "You've attempted to invoice for a charge, credit, billable expense, time, or estimate that does "
    "not exist or has already been invoiced."
)


@dataclass(frozen=True, slots=True)
class Step:
    """From what is ordered or offered to what is made of it, for one party; where its status stands."""

    origin: str
    outcome: str
    party: str
    status: str
    at_first: str


_STEPS = (
    Step("PurchaseOrder", "Bill", "VendorRef", "POStatus", "Open"),
    Step("Estimate", "Invoice", "CustomerRef", "TxnStatus", "Pending"),
)
BY_ORIGIN = {step.origin: step for step in _STEPS}
_BY_OUTCOME = {step.outcome: step for step in _STEPS}


def ordered_by(record: Record) -> list[Key]:
    """Return the purchase orders or estimates that a bill or an invoice names in its header."""
    step = _BY_OUTCOME.get(record.key.entity)
    if record.deleted or step is None:
        return []
    links = record.body.get("LinkedTxn", [])
    return [Key(step.origin, str(one.get("TxnId"))) for one in links if one.get("TxnType") == step.origin]


def check(company: Company, made: Record) -> None:
    """Refuse origins that are not there, of another party, or used already.

    Raises a Fault: 610 and 620 for purchase orders, 6000 for estimates.
    """
    for key in ordered_by(made):
        step = BY_ORIGIN[key.entity]
        origin = company.store.get(*key)
        if origin is None:
            raise _refusal(step, missing=True)
        same = ref_id(origin.body, step.party) == ref_id(made.body, step.party)
        if not same or any(other != made.key for other in outcomes(company, origin)):
            raise _refusal(step, missing=False)


def _refusal(step: Step, *, missing: bool) -> faults.FaultError:
    if step.origin == "Estimate":
        return faults.business(_INVOICED)
    return faults.not_found() if missing else faults.not_linkable(_LINK)


def outcomes(company: Company, origin: Record) -> list[Key]:
    """Return what was made of a purchase order or an estimate."""
    step = BY_ORIGIN[origin.key.entity]
    made = company.store.find(step.outcome, step.party, ref_id(origin.body, step.party))
    return [one.key for one in made if origin.key in ordered_by(one)]


def with_outcomes(company: Company, origin: Record) -> Body:
    """Return the body of a purchase order or estimate with what was made of it, and its status."""
    step = BY_ORIGIN[origin.key.entity]
    made = outcomes(company, origin)
    links = [{"TxnId": key.id, "TxnType": key.entity} for key in made]
    before = bool(origin.body.get("LinkedTxn"))
    status = "Closed" if made else step.at_first if before else origin.body.get(step.status, step.at_first)
    found = {**origin.body, step.status: status, "LinkedTxn": links}
    return found if links or before else origin.body
