"""Profiles for tests: written to a folder, loaded, with one line changed where a test wants it."""

from pathlib import Path

from awra_tui.settings.profile import Profile, load_profile

TEXT = """\
id = "nairobi"
name = "Kilima Traders"

[qbo]
environment = "simulator"
realm_id = "9130"
api_base_url = "http://127.0.0.1:1/"
token_url = "http://127.0.0.1:1/token"
token_store = "file"

[source]
type = "files"
path = "in/invoices.csv"

[sync]
kinds = ["customer", "invoice"]
new_customers = "create"
start_date = 2026-01-01
every = "15m"

[mapping.scopes]
tax_code = ["branch"]

[[mapping.preset]]
kind = "tax_code"
value = "VAT"
qbo = "16%"

[[mapping.preset]]
kind = "tax_code"
value = "VAT"
scope = { branch = "Mombasa" }
qbo = "16% M"
"""


def write(folder: Path, text: str = TEXT) -> Path:
    """Write a profile and return its path."""
    path = folder / "nairobi.toml"
    path.write_text(text, encoding="utf-8")
    return path


def load(folder: Path, *overrides: str, text: str = TEXT) -> Profile:
    """Write a profile and load it."""
    return load_profile(str(write(folder, text)), overrides)
