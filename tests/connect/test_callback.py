"""What comes back from Intuit's page counts once, for five minutes, and only with our state."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.actions.authorize import AppKeys, comes_back_here, consent_of
from awra_tui.actions.callback import Callback, CallbackError, Consent
from awra_tui.records.errors import ConfigError
from awra_tui.settings.profile import load_profile
from tests.connect.person import asked
from tests.settings.profiles import load
from tests.watch import Watch

HERE = "http://localhost:8777/callback"


def question(redirect_url: str = HERE) -> Consent:
    return Consent(authorize_url="https://intuit.test/oauth2", client_id="ABc 1", redirect_url=redirect_url)


def answer(consent: Consent, base: str = "", **fields: str) -> str:
    state = {"state": asked(consent.address)["state"]}
    return f"{base or consent.redirect_url}?{urlencode({**state, **fields})}"


def whole(consent: Consent, **fields: str) -> str:
    return answer(consent, **{"code": "XAB1", "realmId": "9130", **fields})


def test_the_question_has_what_intuit_asks_for() -> None:
    consent = question()
    assert consent.address.startswith("https://intuit.test/oauth2?")
    fields = asked(consent.address)
    assert fields.pop("state") != asked(question().address)["state"]
    assert fields == {
        "client_id": "ABc 1",
        "response_type": "code",
        "scope": "com.intuit.quickbooks.accounting",
        "redirect_uri": HERE,
    }


def test_an_answer_counts_once() -> None:
    consent = question()
    assert consent.receive(f"  {whole(consent)}\n") == Callback("XAB1", "9130")
    with pytest.raises(CallbackError, match="only once") as caught:
        consent.receive(whole(consent))
    assert caught.value.final


def test_an_answer_counts_for_five_minutes(watch: Watch) -> None:
    consent, late = question(), question()
    watch.forward(minutes=4, seconds=59)
    assert consent.receive(whole(consent)).code == "XAB1"
    watch.forward(seconds=1)
    with pytest.raises(CallbackError, match="five minutes") as caught:
        late.receive(whole(late))
    assert caught.value.final


@pytest.mark.parametrize("state", ["", "x", "é", "0" * 43])
def test_an_answer_with_another_state_leaves_the_question_open(state: str) -> None:
    consent = question()
    with pytest.raises(CallbackError, match="another question") as caught:
        consent.receive(whole(consent, state=state))
    assert not caught.value.final
    assert consent.receive(whole(consent)).realm == "9130"


def test_a_state_given_twice_is_none() -> None:
    consent = question()
    with pytest.raises(CallbackError, match="another question"):
        consent.receive(whole(consent) + "&state=x")


@pytest.mark.parametrize(
    "base",
    [
        "http://localhost:8778/callback",
        "https://localhost:8777/callback",
        "http://localhost:8777/",
        "http://evil.test/callback",
        "http://[",
        "XAB1",
    ],
)
def test_an_address_of_another_place_is_refused(base: str) -> None:
    consent = question()
    with pytest.raises(CallbackError, match="not the address"):
        consent.receive(answer(consent, base, code="XAB1", realmId="9130"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"error": "access_denied"}, "Access was declined"),
        ({"error": "invalid_scope"}, "right to accounting"),
        ({"error": "server\x1b[31m_error"}, "Intuit refused"),
        ({"code": ""}, "has no code"),
        ({"realmId": ""}, "names no company"),
        ({"realmId": "../1"}, "names no company"),
        ({"realmId": "٣"}, "names no company"),
    ],
)
def test_an_answer_that_connects_nothing_says_why(fields: dict[str, str], said: str) -> None:
    consent = question()
    with pytest.raises(CallbackError, match=said) as caught:
        consent.receive(whole(consent, **fields))
    assert caught.value.final
    assert str(caught.value).endswith("Run awra-tui connect again.")


@given(st.text())
def test_whatever_is_pasted_is_answered_in_words(text: str) -> None:
    with pytest.raises(CallbackError):
        question().receive(text)
    with pytest.raises(CallbackError):
        question().receive(f"{HERE}?{text}")


def test_no_secret_is_in_a_repr() -> None:
    consent = question()
    state = asked(consent.address)["state"]
    assert "XAB1" not in repr(consent.receive(whole(consent)))
    assert state not in repr(consent)
    assert "s3cret" not in repr(AppKeys("id", "s3cret"))


@pytest.mark.parametrize(
    ("environment", "redirect_url", "said"),
    [
        ("production", "", "https address of your own"),
        ("production", "http://localhost:8777/callback", "https address of your own"),
        ("production", "https://203.0.113.7/callback", "https address of your own"),
        ("production", "https://localhost/callback", "https address of your own"),
        ("production", "https://books.example.com/callback", ""),
        ("sandbox", "", ""),
        ("sandbox", "http://127.0.0.1:8777/callback", "localhost only"),
        ("sandbox", "http://books.example.com/callback", "localhost only"),
        ("sandbox", "https://books.example.com/callback", ""),
        ("simulator", "http://127.0.0.1:9000/back", ""),
    ],
)
def test_addresses_that_intuit_does_not_take_are_refused_with_their_line(
    tmp_path, environment: str, redirect_url: str, said: str
) -> None:
    profile = load(
        tmp_path,
        f"qbo.environment={environment}",
        f"qbo.redirect_url={redirect_url}",
        "qbo.authorize_url=https://intuit.test/a",
    )
    if not said:
        assert consent_of(profile, AppKeys("id", "s")).redirect_url == (redirect_url or HERE)
        return
    with pytest.raises(ConfigError, match=said):
        consent_of(profile, AppKeys("id", "s"))


def test_a_simulator_needs_its_page_in_the_profile(tmp_path) -> None:
    with pytest.raises(ConfigError, match="authorize_url"):
        consent_of(load(tmp_path), AppKeys("id", "s"))


def test_intuits_page_is_the_default(tmp_path) -> None:
    path = tmp_path / "p.toml"
    path.write_text('id = "p"\n[source]\ntype = "sample"\n')
    profile = load_profile(str(path))
    assert profile.qbo.authorize_url == "https://appcenter.intuit.com/connect/oauth2"
    assert profile.qbo.redirect_url == HERE
    assert load_profile(str(path), ["qbo.environment=production"]).qbo.redirect_url == ""


def test_only_addresses_of_this_machine_are_listened_at() -> None:
    assert comes_back_here(HERE)
    assert comes_back_here("http://[::1]:80/x")
    assert not comes_back_here("https://localhost/callback")
    assert not comes_back_here("http://books.example.com/callback")


def test_a_shorter_life_can_be_asked_for(watch: Watch) -> None:
    consent = Consent(authorize_url="u", client_id="i", redirect_url=HERE, life=timedelta(seconds=1))
    assert consent.seconds_left == 1
    watch.forward(seconds=2)
    assert consent.seconds_left == 0
