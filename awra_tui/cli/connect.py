"""``awra-tui connect``: put the secrets of a company into the profile's token store."""

import os
import sys
import threading
import webbrowser
from contextlib import suppress
from typing import BinaryIO

import click
import msgspec

from awra_tui.actions.authorize import (
    Announced,
    AppKeys,
    comes_back_here,
    consent_of,
    import_secrets,
    kept_keys,
)
from awra_tui.actions.callback import Callback, Consent
from awra_tui.cli.asking import agreed, answerable, asked, asked_secret
from awra_tui.cli.desks import deciding, desk_of, profile_of, run
from awra_tui.cli.errors import ALL_WELL
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import say, warn, write_json
from awra_tui.records.errors import AwraError, SecretError
from awra_tui.sync import connector
from awra_tui.sync.desk import Desk

LARGEST = 1_000_000
"""A line of secrets is far shorter; whatever is longer is another file."""


@click.command()
@click.option(
    "--import", "file", type=click.File("rb"), metavar="FILE",
    help="The line that awra-tui simulator --json prints; - for standard input.",
)  # fmt: skip
@click.option("--no-browser", is_flag=True, help="Print the address only; open it wherever you like.")
@click.option(
    "--paste", is_flag=True, help="Paste the address that the browser ends at, as over ssh or in production."
)
@click.option("--app", is_flag=True, help="Ask for client id and secret although they are known.")
@of_a_profile
def connect(options: Options, file: BinaryIO | None, no_browser: bool, paste: bool, app: bool) -> int:
    """Connect the profile to a QuickBooks company: in the browser, or from a file.

    Asks for client id and secret, without showing them, opens Intuit's page of consent, and keeps the
    tokens in the profile's token store once you have said that it is the right company.
    """
    if file is not None:
        return _imported(options, file)
    with desk_of(options, "connect_company") as desk:
        return _connected(desk, options, browser=not no_browser, paste=paste, anew=app)


def _connected(desk: Desk, options: Options, *, browser: bool, paste: bool, anew: bool) -> int:
    from awra_tui.actions.offer import accept, offered, profile_line

    kept = None if anew else kept_keys(desk.profile, desk.secrets)
    answerable(options)
    # Before anything is asked: what Intuit would refuse anyway is said first.
    consent_of(desk.profile, kept or AppKeys("", ""))
    keys = kept or AppKeys(asked("Client id"), asked_secret("Client secret"))
    consent = consent_of(desk.profile, keys)
    here = comes_back_here(consent.redirect_url) and not paste
    callback = run(_heard(consent, browser=browser)) if here else _pasted(consent, browser=browser)
    offer = run(offered(desk, keys, callback))
    company = offer.company
    agreed(
        f"Connect {desk.profile.name} to {company.name or 'a company without a name'} ({company.realm})?",
        options,
        "Nothing was kept.",
    )
    run(accept(desk, offer))
    _tell(desk, options, company.realm, company.name, profile_line(desk, offer))
    return ALL_WELL


def _show(address: str, *, browser: bool) -> None:
    warn("Allow the connection on Intuit's page:")
    warn(address)
    if browser and has_browser():
        # A browser may take its time, or never return: nothing waits for it.
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def has_browser() -> bool:
    """Whether a browser can open beside this terminal; one that would run inside it is none."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


async def _heard(consent: Consent, *, browser: bool) -> Callback:
    from awra_tui.actions.listener import listening

    async with listening(consent) as listener:
        _show(consent.address, browser=browser)
        warn(f"Waiting at {consent.redirect_url} for five minutes; Ctrl+C ends it.")
        return await listener.callback()


def _pasted(consent: Consent, *, browser: bool) -> Callback:
    _show(consent.address, browser=browser)
    return consent.receive(asked("Paste the whole address that the browser ends at"))


def _tell(desk: Desk, options: Options, realm: str, name: str, line: str) -> None:
    profile = desk.profile
    if options.as_json:
        store = profile.qbo.token_store
        write_json({"profile": profile.id, "realm_id": realm, "company": name, "token_store": store})
    else:
        say(f"{profile.name} is connected to {name}: awra-tui sync")
    if line:
        warn(line)


def _imported(options: Options, file: BinaryIO) -> int:
    profile = profile_of(options, "connect_company")
    announced = _announced(file)
    import_secrets(profile, announced)
    # Before the first sync there is nowhere to note it.
    with suppress(AwraError), deciding(options, "connect_company") as desk:
        desk.cache.now(connector.note, "connect company", announced.realm_id, "", desk.who)
    if options.as_json:
        store = profile.qbo.token_store
        realm = announced.realm_id
        write_json({"profile": profile.id, "realm_id": realm, "company": "", "token_store": store})
    else:
        say(f"{profile.name} can reach company {announced.realm_id} now: awra-tui sync")
    return ALL_WELL


def _announced(file: BinaryIO) -> Announced:
    try:
        return msgspec.json.decode(file.read(LARGEST), type=Announced)
    except msgspec.ValidationError:
        wrong = "a field is missing or of another type"
    except (msgspec.DecodeError, UnicodeDecodeError):
        wrong = "it is not JSON"
    # What is wrong is said without quoting the content: it holds secrets.
    fields = ", ".join(name for name in Announced.__struct_fields__ if not name.endswith("_url"))
    name = getattr(file, "name", "The input")
    raise SecretError(
        f"{name} is not the line that awra-tui simulator --json prints: {wrong}; it needs {fields}."
    )
