"""The sample company with hostile text in every place that holds text from outside."""

import asyncio
import json
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions.desk import Desk
from awra_tui.actions.dismiss import dismiss, snooze
from awra_tui.actions.owner import hand_over, note
from awra_tui.cache.keys import name_key, number_key
from awra_tui.cache.pages.warnings import WarningQuery, warning_ids
from awra_tui.cache.store import facts, warnings
from awra_tui.records.people import People, Person, Role
from awra_tui.records.record import BadRow
from awra_tui.records.subject import Subject
from awra_tui.records.text import folded
from awra_tui.sync import connector
from awra_tui.sync.intake import explained
from tests.office import BooksCompany, office, sample_profile
from tests.watch import Watch

PIECES = (
    "[red]x[/]",
    "[link=https://example.com]y[/link]",
    "[@click=app.quit]z[/]",
    "\x1b[31mred\x1b[0m",
    "\x1b]52;c;aGk=\x07",
    "\x9b2J\x85\x90",
    "a\rb\nc\td\x00e\x7f",
    "\u202eevitcefed\u202c \u2066iso\u2069 \u2067x\u2069 \u200e\u200f\u061c",
    "a\u200bb\u200cc\u200dd\u2060e\ufeff",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f \U0001f1f0\U0001f1ea",
    "Z" + "\u0301\u0323\u0310" * 40,
    "漢字かな交じり文ｆｕｌｌ",
    "=HYPERLINK(1)",
    "\u2028\u2029\u0085",
    "\U000e0041\U000e007f\u00ad\u180e",
    "| a ` b ``` c",
    "W" * 10_000,
    "many words " * 900,
)
"""What a stranger's text may hold: markup, escape sequences, direction marks, joiners, heaps, formulas."""
_SELDOM_LONG = PIECES + 7 * PIECES[:-2]
"""The same with few long ones, for QuickBooks' documents: many texts, and every test copies them."""


def hostile(text: str, at: int | None = None, pieces: Sequence[str] = PIECES) -> str:
    """Return ``text`` with a hostile piece before it: the same one for the same text."""
    if not text:
        return text
    place = zlib.crc32(text.encode()) if at is None else at
    return f"{pieces[place % len(pieces)]} {text}"


def _key(text: str) -> str:
    """Spoil what stands after the kind in ``kind/value@branch=x``, ``mapping:kind/value`` and the like."""
    kind, slash, rest = text.partition("/")
    if not slash:
        return text
    value, sign, scope = rest.rpartition("@")
    if not sign or "=" not in scope:
        return f"{kind}/{_value(rest)}"
    return f"{kind}/{_value(value)}@{_scope(scope)}"


def _value(text: str) -> str:
    return text if text == "*" else hostile(text)


def _scope(text: str) -> str:
    """Spoil the branch of a scope; the side is a word of ours."""
    parts = [part.partition("=") for part in text.split(";") if part]
    return ";".join(f"{n}={hostile(v) if n in ('branch', 'category') else v}" for n, _, v in parts)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OURS = _words(
    "kind date due_date amount tax currency exchange_rate approved tax_mode quantity unit_price unit_cost "
    "tax_rate side discount party_kind item_type qbo_id entity state step mark scope account_id role "
    "operation realm home_currency closing_date start_date choice fields until"
)
"""Names in our own JSON whose values the program itself made."""
_THEIRS = _words(
    "Name DisplayName FullyQualifiedName name DocNumber PrivateNote Memo Description PaymentRefNum Title "
    "CompanyName GivenName FamilyName PrintOnCheckName Address FreeFormNumber Line1 Line2 Line3 City "
    "Country PrimaryTaxIdentifier Notes Detail Message Sku LegalName CompanyAddr Note"
)
"""Names in QuickBooks' JSON whose values people typed."""


def _ours(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {hostile(key, 0) if name == "extra" else key: _ours(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_ours(one, name) for one in value]
    return hostile(value) if isinstance(value, str) and name not in _OURS else value


def _theirs(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _theirs(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_theirs(one, name) for one in value]
    return hostile(value, pieces=_SELDOM_LONG) if isinstance(value, str) and name in _THEIRS else value


def _json(walk: Callable[[Any], Any]) -> Callable[[str], str]:
    return lambda text: json.dumps(walk(json.loads(text))) if text else text


def _bytes(text: Any) -> Any:
    return json.dumps(_theirs(json.loads(text))).encode() if text else text


def _each(names: str) -> dict[str, Callable[[Any], Any]]:
    return dict.fromkeys(names.split(), hostile)


_OWN, _QBO = _json(_ours), _json(_theirs)
SPOILT: dict[str, dict[str, Callable[[Any], Any]]] = {
    "attempt": _each("source_id who number party code message because"),
    "decision": {"who": hostile, "subject": _key, "before": _OWN, "after": _OWN},
    "dismissal": _each("who why") | {"subject_id": hostile, "cause": _key},
    "fact": {},
    "lease": {"holder": hostile},
    "link": _each("source_id created_by closed_by") | {"sent": _QBO, "answer": _QBO},
    "mapping": {"value": _value, "scope": _scope}
    | _each("sentence changed_by object_name account_name reviewed"),
    "need": {"value": _value, "scope": _scope},
    "note": _each("subject_id who owner text") | {"cause": _key},
    "qbo_object": _each("name number reference mark") | {"content": _QBO},
    "record": _each("source_id number party_id party state branch reference method skipped_because")
    | {"content": _OWN, "verdicts": _OWN, "shipment": _QBO},
    "reference": {"value": hostile, "scope": _scope},
    "request": {"tid": hostile, "body": _bytes, "answer": _QBO},
    "run": {"who": hostile, "sentence": hostile},
    "warning": _each(
        "subject_id owner number party branch reference code blocked_by "
        "came_back sentence action message awaits"
    )
    | {"cause": _key, "root": _key},
}
"""What is done to which column; those that are not named hold what the program itself made."""

OURS_ALONE: dict[str, str] = {
    "attempt": "kind role bid operation entity outcome search fingerprint inputs",
    "budget": "",
    "decision": "verb search",
    "dismissal": "subject_type kind reason fingerprint until",
    "fact": "key value",
    "lease": "name",
    "link": "kind role entity qbo_id fingerprint how seen",
    "mapping": "kind qbo_id account_id state valid_from",
    "need": "kind rates",
    "note": "subject_type kind reason",
    "profile": "source",
    "qbo_object": "entity qbo_id sync_token date party_id type name_key number_key",
    "reads": "day",
    "record": "kind date status seen_reading fingerprint failed_inputs number_key party_key search",
    "reference": "target kind role rates",
    "request": "requestid method path params status",
    "run": "trigger direction outcome counts",
    "schema_migration": "name",
    "seen": "entity qbo_id",
    "tally": "kind status",
    "warning": (
        "subject_type kind dimension reason status date number_key party_key search who screen existing_id "
        "snoozed_until"
    ),
}
"""Text that the program itself made, by table; moments, profile, realm and currency everywhere."""
EVERYWHERE = frozenset(("profile", "realm", "currency", "at", "first_seen"))


def unsorted_columns(path: Path) -> list[str]:
    """Return the columns of text that are neither spoilt nor known as ours: a new one has to be decided."""
    with sqlite3.connect(path) as books:
        tables = [name for (name,) in books.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [
            f"{table}.{name}"
            for table in tables
            for _, name, kind, *_ in books.execute(f"PRAGMA table_info({table})")
            if kind in ("TEXT", "BLOB")
            and name not in EVERYWHERE
            and not name.endswith("_at")
            and name not in SPOILT.get(table, {})
            and name not in OURS_ALONE.get(table, "").split()
        ]


MORE = (
    # What the sample has none of, and what no action makes: refused attempts, records that came back.
    # Each with words of its own, so that among them are all kinds of pieces.
    "UPDATE warning SET message = 'Business validation ' || id, code = '6000' WHERE id % 3 = 0",
    "UPDATE warning SET came_back = 'its amount changed ' || id WHERE id % 4 = 0",
    "UPDATE attempt SET outcome = 'failed', message = 'Refused ' || id, code = '610' WHERE id % 7 = 0",
    "UPDATE attempt SET because = 'the name is free ' || id WHERE id % 11 = 0",
    "UPDATE record SET state = 'Draft, on hold ' || id WHERE id % 50 = 0",
)
ROW = BadRow(file="invoices.csv", line=7, column="amount", value="many", expected="an amount")


async def _decide(desk: Desk) -> None:
    """Do to the sample what people do: put aside, note, hand over; and let a row and a setting be bad."""
    ids = list(await desk.page(warning_ids, WarningQuery()))
    await note(desk, ids[::2], "Please look")
    await hand_over(desk, ids[::5], "Wanjiru", "Which one is it?")
    await dismiss(desk, ids[3:6], "Paid in cash")
    await snooze(desk, ids[6:8], date(2026, 12, 1), "Later")
    await desk.write(warnings.reconcile, Subject("row", ROW.file, "7:amount"), [explained(ROW)])
    off = {"multi_currency": False, "custom_numbers": False, "auto_apply_credit": True}
    company = await desk.page(facts.company)
    assert company is not None
    await desk.write(connector.works, replace(company, **off), desk.profile.rules)


def spoil(path: Path) -> None:
    """Spoil the cache in a file: every text from outside, each the same way wherever it stands."""
    with sqlite3.connect(path) as books:
        for table, columns in SPOILT.items():
            for column, spoilt in columns.items():
                if column in _columns(books, table):
                    _change(books, f"{table}.{column}", column, spoilt)
        for table, name in (("record", "party"), ("warning", "party"), ("qbo_object", "name")):
            _change(books, f"{table}.{name}_key", name, name_key)
            _change(books, f"{table}.number_key", "number", number_key)
        _change(books, "decision.search", "who || ' ' || subject", folded)
        _change(books, "warning.kind", "kind", hostile, "WHERE subject_type = 'row'")
        _change(books, "fact.value", "value", _company, "WHERE key = 'company'")


def _columns(books: sqlite3.Connection, table: str) -> set[str]:
    return {name for _, name, *_ in books.execute(f"PRAGMA table_info({table})")}


def _change(
    books: sqlite3.Connection, place: str, source: str, made: Callable[[Any], Any], where: str = ""
) -> None:
    table, column = place.split(".")
    found = books.execute(f"SELECT id, {source} FROM {table} {where}").fetchall()
    changed = [(made(value), row_id) for row_id, value in found]
    books.executemany(f"UPDATE {table} SET {column} = ? WHERE id = ?", changed)


def _company(text: str) -> str:
    known = json.loads(text)
    return json.dumps(known | {"name": hostile(known["name"], 3)})


PEOPLE = People(
    Role.ADMINISTRATOR,
    {"njeri": Person("njeri", Role.ADMINISTRATOR, hostile("Njeri", 0), hostile("njeri@example.com", 3))},
)

OpenWorld = Callable[..., Any]


@pytest.fixture(scope="session")
def worlds(synced: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two folders: the sample company with all that people do to it, ``tame`` and ``spoilt``."""
    folder = tmp_path_factory.mktemp("worlds")
    shutil.copytree(synced, folder / "tame")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWRA_TUI_HOME", str(folder / "tame" / "home"))
        patch.setenv("TZ", "UTC")
        Watch(folder / "now", patch)
        with _desk(folder / "tame") as (desk, _):
            asyncio.run(_decide(desk))
    with sqlite3.connect(folder / "tame" / "cache.db") as books:
        for statement in MORE:
            books.execute(statement)
    shutil.copytree(folder / "tame", folder / "spoilt")
    spoil(folder / "spoilt" / "cache.db")
    return folder


@contextmanager
def _desk(folder: Path) -> Iterator[tuple[Desk, BooksCompany]]:
    company = BooksCompany("nairobi", folder / "company.db")
    with office(folder, company, sample_profile()) as desk:
        desk.who = "wanjiru@desk"
        yield desk, company
    company.site.company.store.close()


@pytest.fixture
def world(worlds: Path, tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> OpenWorld:
    """A desk over a copy of the sample company: spoilt, or tame with the same rows."""

    @contextmanager
    def opened(*, spoilt: bool = True) -> Iterator[tuple[Desk, BooksCompany]]:
        copy = tmp_path / ("spoilt" if spoilt else "tame")
        shutil.copytree(worlds / copy.name, copy)
        monkeypatch.setenv("AWRA_TUI_HOME", str(copy / "home"))
        with _desk(copy) as (desk, company):
            if spoilt:
                desk.who = hostile(desk.who, 3)
                desk.profile = replace(desk.profile, name=hostile("Savanna", 0), people=PEOPLE)
            yield desk, company

    return opened
