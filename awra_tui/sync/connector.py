"""What is wrong with the connection itself: said once, not once for every record."""

from awra_tui.cache.pages.sending import sending
from awra_tui.cache.store import decisions, warnings
from awra_tui.health import reasons
from awra_tui.health.preflight import preflight
from awra_tui.qbo.errors import QboError
from awra_tui.records.finding import Explained, Finding
from awra_tui.records.qbo import Company
from awra_tui.records.rules import Rules
from awra_tui.records.subject import Subject
from awra_tui.sync.answers import is_throttle
from awra_tui.sync.office import StopRun


def subject_of(realm: str) -> Subject:
    """Return the subject of warnings about the connection to a company."""
    return Subject("connector", "qbo", realm)


def warn(realm: str, error: QboError | StopRun) -> str:
    """Keep why QuickBooks cannot be used, and return it as a sentence. A job of the cache.

    That it asks to wait is no warning: it passes by itself, and its countdown is shown.
    """
    explained = _explained(error)
    if explained is None:
        return str(error)
    if error.fault is None or not is_throttle(error.fault):
        warnings.reconcile(subject_of(realm), [explained])
    return explained.sentence


def ended(realm: str) -> None:
    """Keep that a person ended the connection to a company. A job of the cache."""
    warnings.reconcile(subject_of(realm), [reasons.explain(Finding(reason="company_not_connected"))])


def note(verb: str, realm: str, said: str, who: str) -> None:
    """Note that a person connected or disconnected a company. A job of the cache."""
    decisions.add(verb, f"company/{realm}", {}, {"note": said} if said else {}, who)


def _explained(error: QboError | StopRun) -> Explained | None:
    if error.fault is None:
        return None
    return reasons.explain(reasons.findings_of(error.fault)[0])


def works(company: Company, rules: Rules) -> None:
    """Close warnings about a connection over which a pass went to its end. A job of the cache.

    What remains is what the company's own settings will make fail later.
    """
    found = [reasons.explain(finding) for finding in preflight(company, rules, sending(company))]
    warnings.reconcile(subject_of(company.realm), found)
