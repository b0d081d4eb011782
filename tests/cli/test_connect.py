"""Secrets go into the profile's store, from a file or standard input, and nowhere else."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import Said, call, is_one_sentence
from tests.cli.conftest import Shop

SECRETS = ("client_secret", "access_token", "refresh_token")


def connect(announced: Any, *more: str) -> Said:
    content = announced if isinstance(announced, bytes) else json.dumps(announced).encode()
    return call("connect", "--import", "-", *more, stdin=content)


def kept(shop: Shop) -> dict[str, str]:
    return json.loads((shop.home / "data" / "secrets" / "shop.json").read_text())


def shows_no_secret(said: Said, company: dict[str, str]) -> bool:
    return not any(company[name] in said.text + said.err for name in SECRETS)


def test_the_line_of_a_simulator_is_kept_where_only_its_owner_reads(new_shop: Shop) -> None:
    said = connect(new_shop.company, "--json")
    assert (said.code, said.data["realm_id"]) == (0, new_shop.company["realm_id"])
    assert {name: kept(new_shop)[f"shop/{name}"] for name in SECRETS} == {
        name: new_shop.company[name] for name in SECRETS
    }
    path = new_shop.home / "data" / "secrets" / "shop.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert shows_no_secret(said, new_shop.company)


def test_a_file_will_do(new_shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "line.json").write_text(json.dumps(new_shop.company) + "\n")
    said = call("connect", "--import", str(tmp_path / "line.json"))
    assert said.code == 0
    assert new_shop.company["realm_id"] in said.text
    assert shows_no_secret(said, new_shop.company)


def test_another_companys_secrets_are_refused(new_shop: Shop) -> None:
    said = connect(new_shop.company | {"realm_id": "1"})
    assert said.code == 2
    assert "company 1" in said.err
    assert shows_no_secret(said, new_shop.company)
    assert not (new_shop.home / "data" / "secrets").exists()


@pytest.mark.parametrize("broken", ["cut", "missing", "type", "bytes", "empty"])
def test_what_is_no_such_line_is_refused_without_quoting_it(new_shop: Shop, broken: str) -> None:
    company = new_shop.company
    whole = json.dumps(company).encode()
    contents: dict[str, Any] = {
        "cut": whole[:-20],
        "missing": {name: value for name, value in company.items() if name != "client_id"},
        "type": company | {"client_id": 7},
        "bytes": b"\xff" + whole,
        "empty": b"",
    }
    said = connect(contents[broken])
    assert said.code == 2
    assert "refresh_token" in said.err
    assert shows_no_secret(said, company)
    assert is_one_sentence(said.err)


def test_a_store_that_others_can_read_is_refused(new_shop: Shop) -> None:
    folder = new_shop.home / "data" / "secrets"
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    said = connect(new_shop.company)
    assert said.code == 2
    assert "chmod 700" in said.err
