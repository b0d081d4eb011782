"""Time activities: who worked, how long, for whom."""

from awra_tui.simulator import clock, faults
from awra_tui.simulator.company import Company
from awra_tui.simulator.records import Body, Posting, number

_WORKERS = {"Employee": "EmployeeRef", "Vendor": "VendorRef", "Other": "OtherNameRef"}
_NO_TIME = "You must specify the hours and minutes, or the start time and end time."


def completed(company: Company, entity: str, body: Body) -> tuple[Body, tuple[Posting, ...]]:  # noqa: ARG001
    """Return a time activity with its defaults; it posts nothing.

    Raises a Fault for a kind of worker that is none (2170), a missing worker (2020), billable time
    without a customer (6000), or no time at all (6000).
    """
    worker = _WORKERS.get(str(body["NameOf"]))
    if worker is None:
        raise faults.bad_enumeration(str(body["NameOf"]))
    if worker not in body:
        raise faults.FaultError(faults.required(worker))
    if body.get("BillableStatus") == "Billable" and "CustomerRef" not in body:
        raise faults.business("When you mark time billable, you must select a customer.")
    timed = "StartTime" in body and "EndTime" in body
    if not timed and not number(body.get("Hours")) and not number(body.get("Minutes")):
        raise faults.business(_NO_TIME)
    defaults = {"TxnDate": clock.today().isoformat(), "BillableStatus": "NotBillable", "Taxable": False}
    return {**defaults, "HourlyRate": 0, **body}, ()
