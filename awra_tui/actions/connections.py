"""What a profile is connected to, for how long still, and whether it works: QuickBooks and the source."""

import asyncio
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from awra_tui.actions.callback import SCOPE
from awra_tui.cache import identity
from awra_tui.cache.pages import log
from awra_tui.cache.pages.overview import ConnectorWarning, Overview, overview
from awra_tui.cache.pages.sending import sending
from awra_tui.cache.store import budget, facts
from awra_tui.health import preflight, reasons
from awra_tui.records import clock
from awra_tui.records.errors import SecretError
from awra_tui.records.qbo import Company
from awra_tui.records.rules import Sending
from awra_tui.settings.profile import Profile
from awra_tui.settings.stores import SecretStore
from awra_tui.sync.desk import Desk

WARN_DAYS = 14
"""So many days before an end a person is warned."""
CAP_YEARS = 5
"""How long refresh tokens go on from the day a person consented (Intuit: OAuth 2.0)."""

_NAMES = ("client_id", "access_expires", "refresh_token", "refresh_expires", "connected_at")
_WORKED = frozenset({"done", "nothing"})
_REFUSED = frozenset({"stopped"})
_ENDED = "connection:none"
"""The cause of a warning that says what a person did, which is no refusal."""
_AGAIN = "Run awra-tui connect."
_NOT_CONNECTED = f"This profile is not connected to QuickBooks. {_AGAIN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting of the company beside what the profile sends; ``sentence`` says what comes of the two.

    ``state`` is ``ok``, ``note``, ``trouble``, or ``unknown`` where QuickBooks does not tell it.
    """

    name: str
    company: str
    profile: str
    state: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """One side of a profile.

    ``connected`` says that there is something to reach it with, ``lost`` that it was refused all the
    same, ``healthy`` that it works and that nothing is known that will make records fail; ``troubles``
    are the sentences why not, ``notices`` what a person should do some day soon, ``settings`` what
    QuickBooks has beside what is sent. Moments are stamps, empty where they are not known; so are
    numbers that are None. ``reads_today`` counts from midnight UTC; Intuit meters reads by the month.
    """

    kind: str
    name: str
    company: str = ""
    realm_id: str = ""
    environment: str = ""
    scope: str = ""
    connected: bool
    healthy: bool
    lost: bool = False
    connected_at: str = ""
    access_expires: str = ""
    refresh_expires: str = ""
    refresh_days: int | None = None
    cap_ends: str = ""
    cap_days: int | None = None
    last_success: str = ""
    last_refusal: str = ""
    refused_at: str = ""
    reads_today: int | None = None
    reads_this_month: int | None = None
    troubles: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()

    @property
    def state(self) -> str:
        """How it stands, in words: a connection may be there and yet not work."""
        if self.healthy:
            return "healthy"
        return "connected, not healthy" if self.connected and not self.lost else "not connected"


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What the cache knows of a profile's connections; of one that was never synced, nothing."""

    company: Company | None = None
    sending: Sending = field(default_factory=Sending)
    reads_today: int | None = None
    reads_this_month: int | None = None
    warnings: tuple[ConnectorWarning, ...] = ()
    rows_bad: int = 0
    last_success: str = ""
    last_refusal: str = ""
    refused_at: str = ""
    last_reading: str = ""
    source_trouble: str = ""


async def connections(desk: Desk) -> tuple[Connector, ...]:
    """Return what the profile is connected to: QuickBooks first, then its source. Nothing is asked there."""
    history = await desk.page(history_of)
    return await asyncio.to_thread(connectors, desk.profile, desk.secrets, history)


def connectors(profile: Profile, store: SecretStore, history: History) -> tuple[Connector, ...]:
    """Return the connectors of a profile from its token store and what its cache knows."""
    try:
        kept, trouble = _kept(profile, store), ""
    except SecretError as error:
        kept, trouble = {}, str(error)
    return _quickbooks(profile, kept, trouble, history), _source(profile, history)


def history_of() -> History:
    """Return what the cache knows of the connections. A job of the cache."""
    page = overview()
    runs = log.runs(fold=False)
    read = facts.get(facts.LAST_READING)
    failed = next((run for run in runs[:1] if run.outcome == "failed" and run.started_at > read), None)
    refused = next((run for run in runs if run.outcome in _REFUSED), None)
    realm = page.company.realm if page.company else identity.realm()
    return History(
        company=page.company,
        sending=sending(page.company) if page.company else Sending(),
        reads_today=budget.reads_today(realm) if realm else None,
        reads_this_month=budget.reads_this_month(realm) if realm else None,
        warnings=page.connectors,
        rows_bad=page.rows_bad,
        last_success=next((run.ended_at for run in runs if run.outcome in _WORKED), ""),
        last_refusal=_refusal(page, refused.sentence if refused else ""),
        refused_at=refused.ended_at if refused else "",
        last_reading=read,
        source_trouble=failed.sentence if failed else "",
    )


def _refusal(page: Overview, sentence: str) -> str:
    """Return in words what QuickBooks refused last: where no pass tells it, an open warning does."""
    lost = next((one.sentence for one in page.connectors if one.is_lost and one.cause != _ENDED), "")
    return sentence or lost


def _kept(profile: Profile, store: SecretStore) -> dict[str, str]:
    return {name: store.get(f"{profile.id}/{name}") or "" for name in _NAMES}


def _quickbooks(profile: Profile, kept: Mapping[str, str], trouble: str, history: History) -> Connector:
    now, company = clock.now(), history.company
    connected = bool(kept.get("client_id") and kept.get("refresh_token"))
    refresh_ends = _moment(kept.get("refresh_expires", ""))
    cap_ends = _cap(_moment(kept.get("connected_at", "")))
    ends = [end for end in (refresh_ends, cap_ends) if end]
    ended = _ended(ends, now) if connected or trouble else _NOT_CONNECTED
    troubles = _unique([trouble, ended, *_known(profile, history)])
    return Connector(
        kind="qbo",
        name="QuickBooks",
        company=company.name if company else "",
        realm_id=profile.qbo.realm_id or (company.realm if company else ""),
        environment=profile.qbo.environment,
        scope=SCOPE,
        connected=connected,
        healthy=connected and not troubles and bool(history.last_success or company),
        lost=any(one.is_lost and not one.is_away for one in history.warnings),
        connected_at=kept.get("connected_at", ""),
        access_expires=kept.get("access_expires", ""),
        refresh_expires=kept.get("refresh_expires", ""),
        refresh_days=_days(refresh_ends, now),
        cap_ends=clock.stamp(cap_ends) if cap_ends else "",
        cap_days=_days(cap_ends, now),
        last_success=history.last_success,
        last_refusal=history.last_refusal,
        refused_at=history.refused_at,
        reads_today=history.reads_today,
        reads_this_month=history.reads_this_month,
        troubles=troubles,
        notices=_notices(_days(refresh_ends, now), _days(cap_ends, now)) if connected else (),
        settings=_settings(profile, history),
    )


def _source(profile: Profile, history: History) -> Connector:
    bad = f"{history.rows_bad:,} rows of input could not be read." if history.rows_bad else ""
    troubles = _unique([history.source_trouble, bad])
    return Connector(
        kind="source",
        name=str(profile.source.get("type", "")),
        company=profile.name,
        connected=bool(history.last_reading) and not history.source_trouble,
        healthy=bool(history.last_reading) and not troubles,
        # A pass that works has looked at the source, even if nothing there had changed.
        last_success=max(history.last_reading, history.last_success),
        last_refusal=history.source_trouble,
        troubles=troubles,
    )


def _ended(ends: Iterable[dt.datetime], now: dt.datetime) -> str:
    return f"The connection to QuickBooks has ended. {_AGAIN}" if any(end <= now for end in ends) else ""


def _known(profile: Profile, history: History) -> list[str]:
    """Return what is wrong by the last pass, and what of the company's settings will make records fail."""
    said = [f"{warning.sentence} {warning.action}" for warning in history.warnings]
    return said + [each.sentence for each in _settings(profile, history) if each.state == "trouble"]


def _settings(profile: Profile, history: History) -> tuple[Setting, ...]:
    if history.company is None:
        return ()
    found = preflight.settings(history.company, profile.rules, history.sending)
    return tuple(_said(each) for each in found)


def _said(setting: preflight.Setting) -> Setting:
    state, sentence = "note" if setting.note else "ok" if setting.company else "unknown", setting.note
    if setting.finding is not None:
        told = reasons.explain(setting.finding)
        state, sentence = "trouble", f"{told.sentence} {told.action}"
    return Setting(
        name=setting.name, company=setting.company, profile=setting.profile, state=state, sentence=sentence
    )


def _notices(refresh_days: int | None, cap_days: int | None) -> tuple[str, ...]:
    told = (
        (refresh_days, "The connection ends in {days} days unless it is used before: awra-tui sync."),
        (cap_days, f"Five years after consent the connection ends, in {{days}} days. {_AGAIN}"),
    )
    return tuple(said.format(days=days) for days, said in told if days is not None and 0 <= days < WARN_DAYS)


def _days(end: dt.datetime | None, now: dt.datetime) -> int | None:
    return (end - now).days if end else None


def _cap(since: dt.datetime | None) -> dt.datetime | None:
    """Return when five years have passed; what began on a 29 February ends on a 28th."""
    if since is None:
        return None
    year = since.year + CAP_YEARS
    day = 28 if (since.month, since.day) == (2, 29) else since.day
    return since.replace(year=year, day=day)


def _moment(stamp: str) -> dt.datetime | None:
    try:
        return clock.parse_stamp(stamp)
    except ValueError:
        return None


def _unique(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentence for sentence in sentences if sentence))
