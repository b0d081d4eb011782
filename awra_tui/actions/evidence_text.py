"""Evidence as Markdown: headings, facts and lists in which nothing from outside is markup."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from awra_tui.actions.evidence import Case, Change, ConnectorFacts, Evidence, RunFacts, Said, Try
from awra_tui.records.money import shown
from awra_tui.records.text import harmless

_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in r"\`*_{}[]<>#|"})


def markdown(evidence: Evidence) -> str:
    """Return the whole of it as Markdown."""
    head = {"Why it is handed on": evidence.because, "Written": evidence.written, "By": evidence.user}
    lines = [f"# {_plain(evidence.title)}", "", *_facts(head)]
    alone = len(evidence.cases) == 1
    for case in evidence.cases:
        lines += _case(case, "##" if alone else "###", alone=alone)
    if evidence.others:
        lines += ["", "## Records concerned too", _listed(evidence.others, evidence.more)]
    if evidence.left_out:
        left = (f"- {one.why}: {_listed(one.records, one.more)}" for one in evidence.left_out)
        lines += ["", "## Left out", *left]
    lines += _connector(evidence.connector)
    lines += _run(evidence.last_run)
    return "\n".join(lines) + "\n"


def _case(case: Case, level: str, *, alone: bool) -> Iterator[str]:
    if not alone:
        yield from ("", f"## {_plain(case.record)}")
    yield from _facts(
        {
            "Record": f"{case.record} (source id {case.source_id})",
            "Party": case.party,
            "Amount": f"{case.currency} {shown(Decimal(case.amount), case.currency)}".strip(),
            "Date": case.date,
            "Module": case.module,
            "Branch": case.branch,
            "Warehouse": case.warehouse,
            "Status": case.status,
            "Tried": f"{case.attempts} times, last {case.last_attempt or 'never'}; retries {case.retries}",
            "Sync run": str(case.tries[0].run) if case.tries else "",
            "Expected": case.expected,
        }
    )
    yield from _why(case.why, level)
    yield from _tries(case.tries, level)
    yield from _changes(case.changes, level)


def _why(said: Iterable[Said], level: str) -> Iterator[str]:
    yield from ("", f"{level} Why")
    for one in said:
        yield f"- {_plain(one.sentence)} ({one.dimension}, {one.who}; since {one.since})"
        if one.message:
            code = f" ({_plain(one.code)})" if one.code else ""
            yield f"  - QuickBooks said: {_plain(one.message)}{code}"
        yield f"  - To do: {_plain(one.action)}"


def _tries(tries: Iterable[Try], level: str) -> Iterator[str]:
    rows = [
        f"- {one.started} run {one.run}, {one.operation} {one.outcome}, HTTP {one.http_status or '–'}, "
        f"intuit_tid {_plain(one.intuit_tid) or '–'}, requestid {one.requestid}, by {_plain(one.user)}: "
        f"{_plain(one.message) or '–'}"
        for one in tries
    ]
    yield from ("", f"{level} Attempts", *rows) if rows else ()


def _changes(changes: Iterable[Change], level: str) -> Iterator[str]:
    rows = [f"- {one.at} {_plain(one.what)}" for one in changes]
    yield from ("", f"{level} What changed recently", *rows) if rows else ()


def _connector(connector: ConnectorFacts) -> Iterator[str]:
    yield from ("", "## Connector")
    company = f"{connector.company}, company ID {connector.company_id} ({connector.environment})"
    yield from _facts(
        {"Profile": connector.profile, "Source": connector.source, "QuickBooks": company.removeprefix(", ")}
    )
    if connector.says:
        yield from _why(connector.says, "###")
    yield from _changes(connector.changes, "###")


def _run(run: RunFacts | None) -> Iterator[str]:
    if run is not None:
        ended = f"to {run.ended}" if run.ended else "without an end"
        yield from ("", "## Last sync run")
        yield f"- Run {run.id} by {_plain(run.user)}, {run.started} {ended}, {run.outcome or 'running'}: " + (
            _plain(run.sentence) or "–"
        )


def _listed(names: Iterable[str], more: int) -> str:
    return _plain(", ".join(names)) + (f", and {more:,} more" if more else "")


def _facts(rows: Mapping[str, str]) -> list[str]:
    return [f"- {name}: {_plain(value)}" for name, value in rows.items() if value]


def _plain(text: str) -> str:
    return harmless(text).translate(_SPECIAL)
