"""Reports from the books, in the shape in which QuickBooks answers them: header, columns, rows."""

from collections.abc import Callable

from awra_tui.simulator import faults
from awra_tui.simulator.company import Company
from awra_tui.simulator.records import Body
from awra_tui.simulator.reports import aging, journals, lists, parties, statements
from awra_tui.simulator.reports.frame import Frame

_REPORTS: dict[str, Callable[[Frame], Body]] = {
    **statements.REPORTS,
    **journals.REPORTS,
    **aging.REPORTS,
    **parties.REPORTS,
    **lists.REPORTS,
}
_BY_LOWER = {name.lower(): name for name in _REPORTS}


def report(company: Company, name: str, params: dict[str, str]) -> Body:
    """Return a report by name. Raises a Fault: 500 for one that is not kept, 2030 for a bad date."""
    proper = _BY_LOWER.get(name.lower())
    if proper is None:
        raise faults.unsupported(f"report {name}")
    return _REPORTS[proper](Frame(company, proper, params))
