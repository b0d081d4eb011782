"""``awra-tui connections``: what the profile is connected to, and for how long."""

from collections.abc import Iterator
from typing import Any

import click
import msgspec

from awra_tui.actions.connections import Connector, History, connectors, history_of
from awra_tui.actions.desk import Desk
from awra_tui.cli.desks import profile_of, read
from awra_tui.cli.errors import ALL_WELL, WARNINGS
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import say, write_columns, write_json
from awra_tui.records.errors import SecretError
from awra_tui.settings.profile import Profile
from awra_tui.settings.stores import NoStore, SecretStore, store_for


@click.command()
@of_a_profile
def connections(options: Options) -> int:
    """Show every connection of the profile: its company, its ends, and whether it works."""
    profile = profile_of(options)
    found = connectors(profile, _store(profile), read(options, _history, History()))
    if options.as_json:
        write_json([_data(one) for one in found])
    else:
        for one in found:
            _write(one)
    return ALL_WELL if all(one.healthy and not one.notices for one in found) else WARNINGS


def _history(desk: Desk) -> History:
    return desk.cache.now(history_of)


def _store(profile: Profile) -> SecretStore:
    """Return the profile's store; one that cannot be used is something to show, not an end."""
    try:
        return store_for(profile)
    except SecretError as error:
        return NoStore(error)


_TIMES = (
    "connected_at", "access_expires", "refresh_expires", "cap_ends", "last_success", "refused_at",
)  # fmt: skip


def _data(one: Connector) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(one)
    return found | {name: found[name] or None for name in _TIMES}


def _write(one: Connector) -> None:
    say(f"{one.name}: {one.state}")
    write_columns([("", name, value) for name, value in _facts(one) if value])
    if one.settings:
        say("  Settings of QuickBooks, and what this profile sends:")
        write_columns(
            [
                ("", _SIGNS[each.state], each.name, each.company or "not told", each.profile)
                for each in one.settings
            ]
        )
    for sentence in (*one.troubles, *one.notices):
        say(f"! {sentence}")
    for setting in one.settings:
        if setting.state == "note":
            say(f"i {setting.sentence}")


_SIGNS = {"ok": " ", "note": "i", "trouble": "!", "unknown": "?"}


def _facts(one: Connector) -> Iterator[tuple[str, str]]:
    yield "company", " · ".join(part for part in (one.company, one.realm_id) if part)
    yield "environment", one.environment
    yield "scope", one.scope
    yield "connected since", _short(one.connected_at)
    yield "access token until", _short(one.access_expires)
    yield "refresh token until", _until(one.refresh_expires, one.refresh_days)
    yield "at the latest until", _until(one.cap_ends, one.cap_days)
    yield "last success", _short(one.last_success)
    yield "last refusal", " ".join(part for part in (_short(one.refused_at), one.last_refusal) if part)
    yield "reads today", "" if one.reads_today is None else f"{one.reads_today:,}"
    yield "reads this month", "" if one.reads_this_month is None else f"{one.reads_this_month:,}"


def _until(stamp: str, days: int | None) -> str:
    return f"{_short(stamp)} ({days:,} days)" if stamp and days is not None else ""


def _short(stamp: str) -> str:
    return f"{stamp[:16].replace('T', ' ')} UTC" if stamp else ""
