"""The demo as a person starts it: a real child process, twice, and while it is open elsewhere."""

import pytest

from awra_tui.actions.authorize import consent_of, kept_keys
from awra_tui.actions.offer import accept, offered
from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.overview import overview
from awra_tui.cli.desks import run
from awra_tui.demo.start import demo_desk
from awra_tui.settings.locks import LockError
from tests.connect.person import redirect


def test_a_second_start_takes_up_where_the_first_left_off() -> None:
    with demo_desk() as desk:
        first = run(sync_now(desk))
        assert (first.outcome, first.counts["succeeded"]) == ("done", 1164)
        matched = [row.matched for row in desk.cache.now(overview).kinds]
    with demo_desk() as desk:
        assert [row.matched for row in desk.cache.now(overview).kinds] == matched
        assert run(sync_now(desk)).outcome == "nothing"
    with demo_desk(anew=True) as desk:
        assert sum(row.matched for row in desk.cache.now(overview).kinds) == 0


def test_connecting_is_rehearsed_against_the_company_of_the_demo() -> None:
    with demo_desk() as desk:
        keys = kept_keys(desk.profile, desk.secrets)
        assert keys is not None
        consent = consent_of(desk.profile, keys)
        offer = run(offered(desk, keys, consent.receive(redirect(consent.address))))
        assert offer.company.name == "Savanna Traders Ltd"
        run(accept(desk, offer))
        assert run(sync_now(desk)).outcome == "done"


def test_an_open_demo_is_neither_started_again_nor_wiped() -> None:
    with demo_desk(), pytest.raises(LockError, match="open in another window"), demo_desk(anew=True):
        pass
