"""What the Connections screen says of each side of a profile: in words beside a sign, never colour alone."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from awra_tui.actions.connections import WARN_DAYS, Connector, Setting
from awra_tui.records.clock import parse_stamp
from awra_tui.screens.doors import by_key
from awra_tui.screens.prose import facts, hanging, paragraph
from awra_tui.widgets.cells import fit
from awra_tui.widgets.columns import Cell, Column
from awra_tui.widgets.figures import ago, moment

_SIGNS = {
    "healthy": ("●", "good", "$success"),
    "connected, not healthy": ("▲", "warn", "$warning"),
    "not connected": ("✕", "bad", "$error"),
}
_SETTING = {
    "ok": ("✓", "$success"),
    "note": ("i", "$accent"),
    "trouble": ("▲", "$warning"),
    "unknown": ("?", "$secondary"),
}
_NAME, _INDENT, _WIDEST = 18, 4, 36


def title(connectors: Sequence[Connector]) -> Content:
    """Say how many sides of the profile work."""
    healthy = sum(one.healthy for one in connectors)
    said = "all healthy" if healthy == len(connectors) else f"{healthy} of {len(connectors)} healthy"
    return Content.assemble(("Connections", "bold"), f"   {said}" if connectors else "")


def named(one: Connector) -> str:
    """Return what the list calls a connection."""
    return one.name if one.kind == "qbo" else f"Source ({one.name})"


def _state(one: Connector) -> Cell:
    sign, tone, _ = _SIGNS[one.state]
    return Cell(f"{sign} {one.state}", tone)


def _ends(one: Connector) -> Cell:
    days = days_left(one)
    if days is None:
        return Cell("–", "muted")
    return Cell("ended" if days < 0 else f"{days:,} d", "warn" if days < WARN_DAYS else "")


def days_left(one: Connector) -> int | None:
    """Return the days until the first of its ends, or nothing where none is known."""
    return min((days for days in (one.refresh_days, one.cap_days) if days is not None), default=None)


def _reads(one: Connector) -> Cell:
    return Cell("–", "muted") if one.reads_today is None else Cell(f"{one.reads_today:,}")


CONNECTOR_COLUMNS: tuple[Column[Connector], ...] = (
    Column(name="name", label="Connection", cell=named, width=14, share=1, most=20),
    Column(name="state", label="State", cell=_state, width=24),
    Column(
        name="company", label="Company", cell=lambda one: one.company or "–", width=10, share=3, most=40
    ),
    Column(name="environment", label="Where", cell=lambda one: one.environment, width=10, priority=3),
    Column(name="ends", label="Ends in", cell=_ends, width=7, right=True),
    Column(
        name="success", label="Last success", cell=lambda one: moment(one.last_success), width=12,
        right=True, priority=2,
    ),
    Column(name="reads", label="Reads today", cell=_reads, width=11, right=True, priority=4),
)  # fmt: skip


def about(one: Connector, width: int) -> Content:
    """Say everything that is known of one connection."""
    sign, _, colour = _SIGNS[one.state]
    lines = [Content.assemble((f"{sign} ", colour), (f"{named(one)}: {one.state}", "bold"))]
    lines += [_marked("✕", "$error", each, width) for each in one.troubles]
    lines += [_marked("▲", "$warning", each, width) for each in one.notices]
    lines += facts(_facts(one), width)
    if one.settings:
        lines += [Content(""), *_settings(one.settings, width)]
    return Content("\n").join(lines)


def plain(one: Connector) -> str:
    """Return everything that is known of one connection as text to hand on."""
    return about(one, 100).plain


def _marked(sign: str, colour: str, sentence: str, width: int) -> Content:
    told = paragraph(by_key(sentence), width - 2).plain
    return Content.assemble((f"{sign} ", colour), told.replace("\n", "\n  "))


def _facts(one: Connector) -> Iterator[tuple[str, str]]:
    yield "Company", " · ".join(part for part in (one.company, one.realm_id) if part)
    yield "Environment", one.environment
    yield "Scope", one.scope
    yield "Connected", _since(one.connected_at)
    yield (
        "Access token",
        f"until {moment(one.access_expires)}, renewed by itself" if one.access_expires else "",
    )
    yield "Refresh token", _until(one.refresh_expires, one.refresh_days)
    yield "At the latest", _until(one.cap_ends, one.cap_days)
    yield "Last success", _since(one.last_success) or "never"
    refusal = by_key(one.last_refusal)
    yield "Last refusal", " ".join(part for part in (_since(one.refused_at), refusal) if part)
    yield "Reads today", "" if one.reads_today is None else _read(one)


def _read(one: Connector) -> str:
    return f"{one.reads_today or 0:,} ({one.reads_this_month or 0:,} this month)"


def _since(stamp: str) -> str:
    told = ago(stamp)
    return f"{moment(stamp)} ({told if told == 'now' else told + ' ago'})" if stamp else ""


def _until(stamp: str, days: int | None) -> str:
    if not stamp or days is None:
        return ""
    date = f"{parse_stamp(stamp).astimezone():%d %b %Y}"
    return f"ended on {date}" if days < 0 else f"until {date}, {days:,} {'day' if days == 1 else 'days'}"


def _settings(settings: Sequence[Setting], width: int) -> Iterator[Content]:
    half = min(max((width - _INDENT - _NAME) // 2, 10), _WIDEST)
    heads = fit("QuickBooks", half) + " this profile"
    yield Content.styled(" " * 2 + fit("Setting", _NAME) + " " + heads, "$secondary")
    for each in settings:
        sign, colour = _SETTING[each.state]
        row = f"{fit(each.name, _NAME)} {fit(each.company or 'not told', half)} {fit(each.profile, half)}"
        yield Content.assemble((f"{sign} ", colour), row.rstrip())
        if each.state == "note":
            yield hanging("", each.sentence, width, indent=_INDENT)
