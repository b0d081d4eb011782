"""The whole way from a profile without secrets to a connected one, without a browser of this machine."""

import httpx
import pytest

from tests.cli.commands import is_one_sentence
from tests.connect.person import Connecting, asked, back, consent, redirect
from tests.simulated import simulated


def last(text: str) -> str:
    return text.rstrip("\n").rpartition("\n")[2] + "\n"


def test_consent_in_the_browser_connects(connecting: Connecting) -> None:
    seen = []

    def visit(address: str) -> None:
        seen.append(address)
        consent(address)

    said = connecting.connect(visit, "--json")
    assert said.code == 0, said.err
    assert said.data == {
        "profile": "shop",
        "realm_id": connecting.company.realm_id,
        "company": said.data["company"],
        "token_store": "file",
    }
    assert said.data["company"]
    assert said.data["company"] in said.err
    question = asked(seen[0])
    assert question["scope"] == "com.intuit.quickbooks.accounting"
    assert question["response_type"] == "code"
    assert len(question["state"]) >= 32
    for name in ("refresh_token", "access_token", "refresh_expires", "access_expires", "connected_at"):
        assert connecting.secret(name)
    assert connecting.secret("client_secret") == connecting.company.client_secret
    assert connecting.run("sync").code == 0


def test_the_store_knows_the_app_the_second_time(connecting: Connecting) -> None:
    assert connecting.connect(consent).code == 0
    before = connecting.secret("refresh_token")
    said = connecting.connect(consent, keys="")
    assert said.code == 0, said.err
    assert connecting.secret("refresh_token") != before


def test_another_app_is_asked_for(connecting: Connecting) -> None:
    assert connecting.connect(consent).code == 0
    said = connecting.run("connect", "--yes", "--no-browser", "--app")
    assert said.code == 2
    assert "Client id is needed" in said.err


def test_a_pasted_address_connects_as_well(connecting: Connecting) -> None:
    said = connecting.connect(redirect, "--paste")
    assert said.code == 0, said.err
    assert connecting.secret("refresh_token")


def test_production_takes_an_address_of_ones_own_and_the_pasted_answer(connecting: Connecting) -> None:
    connecting.edit('environment = "simulator"', 'environment = "production"')
    local = next(line for line in connecting.profile.read_text().splitlines() if "redirect_url" in line)
    refused = connecting.connect(redirect)
    assert refused.code == 2
    assert "https address of your own" in refused.err
    connecting.edit(local, 'redirect_url = "https://books.example.com/callback"')
    said = connecting.connect(redirect)
    assert said.code == 0, said.err
    assert connecting.secret("refresh_token")


def test_access_declined_is_told_in_words(connecting: Connecting) -> None:
    pages = []

    def decline(address: str) -> None:
        pages.append(httpx.get(back(address, error="access_denied"), timeout=10))

    said = connecting.connect(decline)
    assert said.code == 2
    assert "declined" in last(said.err)
    assert "declined" in pages[0].text
    assert connecting.secrets == {}


@pytest.mark.parametrize("paste", [False, True])
def test_a_state_of_another_question_connects_nothing(connecting: Connecting, paste: bool) -> None:
    def stray(address: str) -> str | None:
        foreign = back(address, state="0" * 43, code="XAB", realmId="1")
        if paste:
            return foreign
        assert httpx.get(foreign, timeout=10).status_code == 400
        # The question is still open: a stranger's page cannot end it.
        return consent(address)

    said = connecting.connect(stray, *(["--paste"] if paste else []))
    assert said.code == (2 if paste else 0), said.err
    assert bool(connecting.secrets) is not paste
    assert "another question" in said.err if paste else connecting.secret("refresh_token")


def test_another_company_is_refused_by_name_and_the_old_connection_stays(connecting: Connecting) -> None:
    assert connecting.connect(consent).code == 0
    kept = connecting.secrets
    with simulated("nairobi") as other:
        text = connecting.profile.read_text()
        for name in ("base_url", "token_url"):
            ours, theirs = getattr(connecting.company, name), getattr(other.announced, name)
            text = text.replace(ours, theirs)
        connecting.profile.write_text(text)
        typed = f"{other.announced.client_id}\n{other.announced.client_secret}\n"
        said = connecting.connect(consent, "--app", keys=typed)
    assert said.code == 2
    sentence = last(said.err)
    assert connecting.company.realm_id in sentence
    assert other.announced.realm_id in sentence
    assert sentence.count('"') == 4, sentence
    assert connecting.secrets == kept


def test_without_a_company_id_the_line_to_write_is_told(connecting: Connecting) -> None:
    realm = connecting.company.realm_id
    connecting.edit(f'realm_id = "{realm}"\n', "")
    said = connecting.connect(consent)
    assert said.code == 0, said.err
    line = f'realm_id = "{realm}"'
    assert f"Write {line} below [qbo] in {connecting.profile}." in said.err
    connecting.edit('token_store = "file"', f'token_store = "file"\n{line}')
    assert connecting.run("sync").code == 0
    # The cache belongs to that company from now on.
    connecting.edit(line, 'realm_id = "1"')
    assert connecting.run("sync").code == 2


def test_wrong_keys_are_told_and_not_kept(connecting: Connecting) -> None:
    said = connecting.connect(consent, keys=f"{connecting.company.client_id}\nwrong-secret\n")
    assert said.code == 2
    assert "--app" in last(said.err)
    assert "wrong-secret" not in said.err
    assert connecting.secrets == {}


def test_a_code_that_intuit_does_not_know_is_told(connecting: Connecting) -> None:
    realm = connecting.company.realm_id
    said = connecting.connect(lambda address: back(address, code="made-up", realmId=realm), "--paste")
    assert said.code == 2
    assert "did not accept the code" in last(said.err)
    assert connecting.secrets == {}


def test_a_question_that_nobody_can_answer_is_not_begun(connecting: Connecting) -> None:
    said = connecting.run("connect", "--no-browser")
    assert said.code == 2
    assert "--yes" in said.err
    assert is_one_sentence(said.err)


def test_a_taken_port_is_said_before_the_browser_opens(connecting: Connecting, redirect_url: str) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(redirect_url.rpartition(":")[2].partition("/")[0])))
        taken.listen()
        said = connecting.connect(consent)
    assert said.code == 2
    assert "--paste" in last(said.err)
