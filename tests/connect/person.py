"""A person who connects: types secrets, opens the page, presses the button, and reads what is said."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx

from awra_tui.actions.authorize import Announced
from tests.cli.commands import Said, child

PROFILE = """
id = "shop"
name = "Mvita Traders"
[qbo]
environment = "simulator"
token_store = "file"
realm_id = "{realm_id}"
api_base_url = "{base_url}"
token_url = "{token_url}"
revoke_url = "{revoke_url}"
authorize_url = "{base_url}/connect/oauth2"
redirect_url = "{redirect_url}"
requests_per_second = 1000
requests_per_minute = 60000
[source]
type = "files"
path = "{source}"
date_formats = ["%Y-%m-%d"]
[[source.records]]
kind = "customer"
files = "customers.csv"
fields = {{ source_id = "id", party_name = "name" }}
constants = {{ currency = "USD" }}
"""

Visit = Callable[[str], Any]
"""What the person does with the address that the command prints."""


@dataclass
class Connecting:
    """A profile below a home folder, and the company that is to be connected."""

    home: Path
    profile: Path
    company: Announced

    @property
    def secrets(self) -> dict[str, str]:
        """Return what the token store holds, by name."""
        path = self.home / "data" / "secrets" / "shop.json"
        return json.loads(path.read_text()) if path.exists() else {}

    def secret(self, name: str) -> str | None:
        return self.secrets.get(f"shop/{name}")

    def edit(self, old: str, new: str) -> None:
        """Change the profile."""
        text = self.profile.read_text(encoding="utf-8")
        assert old in text
        self.profile.write_text(text.replace(old, new), encoding="utf-8")

    def run(self, *args: str, stdin: str = "", env: dict[str, str] | None = None) -> Said:
        """Run a command to its end."""
        with child([*args, "--profile", "shop"], self.home, env=env or {}) as process:
            out, err = process.communicate(stdin.encode(), timeout=60)
        return Said(process.returncode, out, err.decode())

    def connect(self, visit: Visit, *args: str, keys: str | None = None) -> Said:
        """Run ``connect --yes``, and do with the printed address what ``visit`` does."""
        typed = f"{self.company.client_id}\n{self.company.client_secret}\n" if keys is None else keys
        command = ["connect", "--profile", "shop", "--yes", "--no-browser", *args]
        with child(command, self.home, bufsize=0) as process:
            try:
                told = _attended(process, typed, visit)
                out, err = process.communicate(timeout=60)
            finally:
                # Nobody waits five minutes for a person who has gone.
                process.kill()
        return Said(process.returncode, out, (told + err).decode())


def _attended(process: "subprocess.Popen[bytes]", typed: str, visit: Visit) -> bytes:
    assert process.stdin is not None
    assert process.stderr is not None
    process.stdin.write(typed.encode())
    told = b""
    while line := process.stderr.readline():
        told += line
        if line.startswith(b"http"):
            pasted = visit(line.decode().strip())
            if isinstance(pasted, str):
                process.stdin.write(pasted.encode() + b"\n")
    return told


@dataclass
class Form(HTMLParser):
    """The first form of a page: where it goes, and what it sends with its first button."""

    action: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    pressed: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form" and not self.action:
            self.action = found.get("action", "")
        is_button = tag == "button" or found.get("type") == "submit"
        chosen = found.get("type") != "radio" or "checked" in found
        if tag in {"input", "button"} and found.get("name") and chosen and not (is_button and self.pressed):
            self.fields[found["name"]] = found.get("value", "")
        self.pressed = self.pressed or is_button


def redirect(address: str) -> str:
    """Open Intuit's page, press its button, and return where the browser is sent, without going there."""
    page = httpx.get(address, timeout=10)
    assert page.status_code == 200, page.text
    form = Form()
    form.feed(page.text)
    answer = httpx.post(urljoin(address, form.action), data=form.fields, timeout=10)
    assert answer.is_redirect, answer.text
    return answer.headers["location"]


def consent(address: str) -> None:
    """Press the button and follow the browser's way back."""
    answer = httpx.get(redirect(address), timeout=10)
    assert answer.status_code == 200, answer.text


def asked(address: str) -> dict[str, str]:
    """Return the parameters of the address that is printed."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def back(address: str, **fields: str) -> str:
    """Return an address that Intuit's page could lead to, made by hand."""
    question = asked(address)
    return str(httpx.URL(question["redirect_uri"], params={"state": question["state"], **fields}))
