"""Connecting a company and ending its connection, step by step; a step that is left leaves nothing behind."""

import asyncio
from functools import partial

from awra_tui.actions.authorize import AppKeys, comes_back_here, consent_of, kept_keys
from awra_tui.actions.callback import Callback
from awra_tui.actions.desk import Desk
from awra_tui.actions.offer import Offer, accept, offered, profile_line
from awra_tui.actions.revocation import Ended, NotRevokedError, disconnect
from awra_tui.records.errors import AwraError
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.connections_dialogs import Allowing, Hidden, worked
from awra_tui.screens.dialogs import Choice, ask_text, ask_yes, tell
from awra_tui.screens.doors import by_key

_NOTHING = "Nothing was connected."
_KEPT, _OTHERS = "kept", "others"
_WHERE = "Both stand at developer.intuit.com, with the app, under Keys & credentials."
_MEANS = (
    "Intuit ends the connection, and its tokens are removed here. Nothing is sent until it is connected.",
    "What is connected to what stays known: connecting the same company again goes on where it stopped.",
)
_REMAINS = (
    "If you do, one thing remains: disconnect the app in QuickBooks too, under Apps. Until then it is let in."
)


async def connect_company(screen: BaseScreen) -> None:
    """Connect the profile to a company; say in a dialog why it could not be, as long as it takes to read."""
    desk: Desk = screen.console.desk
    try:
        offer = await _offer(screen, desk)
        if offer is None or not await _agreed(screen, desk, offer):
            screen.toast(_NOTHING)
            return
        await accept(desk, offer)
    except AwraError as refused:
        await tell(screen, _NOTHING, [by_key(str(refused))])
        return
    if line := profile_line(desk, offer):
        await tell(screen, "One line belongs into the profile", [line])
    name = offer.company.name or offer.company.realm
    await screen.after(f"{desk.profile.name} is connected to {name}. Next: sync (r on the overview).")


async def _offer(screen: BaseScreen, desk: Desk) -> Offer | None:
    """Return the company that Intuit offers, or nothing where the person left."""
    # Before anything is asked: what Intuit would refuse anyway is said first.
    consent_of(desk.profile, AppKeys("", ""))
    keys = await _keys(screen, desk)
    if keys is None:
        return None
    callback = await _callback(screen, desk, keys)
    if callback is None:
        return None
    return await worked(
        screen, "Reading the company from QuickBooks…", partial(offered, desk, keys, callback)
    )


async def _callback(screen: BaseScreen, desk: Desk, keys: AppKeys) -> Callback | None:
    consent = consent_of(desk.profile, keys)
    here = comes_back_here(consent.redirect_url)
    answer = await screen.app.push_screen_wait(Allowing(consent, here=here))
    if isinstance(answer, AwraError):
        raise answer
    return answer


async def _keys(screen: BaseScreen, desk: Desk) -> AppKeys | None:
    """Return client id and secret: those that are kept, where the person wants them, else typed ones."""
    kept = await asyncio.to_thread(kept_keys, desk.profile, desk.secrets)
    if kept is not None:
        choices = ((_KEPT, "use those that are kept"), (_OTHERS, "enter others"))
        question = "Client id and secret of your app at Intuit are in the token store."
        chosen = await screen.app.push_screen_wait(Choice(question, choices))
        if chosen != _OTHERS:
            return kept if chosen == _KEPT else None
    return await _typed(screen)


async def _typed(screen: BaseScreen) -> AppKeys | None:
    client_id = (await ask_text(screen, "Client id of your app at Intuit", lines=(_WHERE,)) or "").strip()
    if not client_id:
        return None
    question = Hidden(
        "Client secret of the same app", ("It is not shown, and kept in the token store only.",)
    )
    secret = (await screen.app.push_screen_wait(question) or "").strip()
    return AppKeys(client_id, secret) if secret else None


async def _agreed(screen: BaseScreen, desk: Desk, offer: Offer) -> bool:
    """Ask whether the company that was read is the right one, by its name."""
    company = offer.company
    told = (
        ("company ID", company.realm),
        ("environment", desk.profile.qbo.environment),
        ("country", company.country),
        ("home currency", company.home_currency),
        ("edition", company.edition),
    )
    name = company.name or "a company without a name"
    lines = [f"{what}: {value}" for what, value in told if value]
    return await ask_yes(screen, f'Connect {desk.profile.name} to "{name}"?', lines)


async def disconnect_company(screen: BaseScreen) -> None:
    """End the connection after the question; where Intuit cannot, say what remains to be done."""
    desk: Desk = screen.console.desk
    if not await ask_yes(screen, f"Disconnect {desk.profile.name} from QuickBooks?", _MEANS):
        return
    try:
        ended = await worked(screen, "Asking Intuit to end the connection…", partial(disconnect, desk))
    except NotRevokedError as kept:
        ended = await _removed_here(screen, desk, kept)
    if ended is None:
        screen.toast("The tokens are still here.")
    else:
        await screen.after(ended.sentence)


async def _removed_here(screen: BaseScreen, desk: Desk, kept: NotRevokedError) -> Ended | None:
    remove = await ask_yes(screen, "Remove the tokens here only?", (kept.why, _REMAINS))
    return await disconnect(desk, force=True) if remove else None
