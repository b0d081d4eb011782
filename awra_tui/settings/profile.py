"""Profiles: one source, one QuickBooks company, and how the one is sent to the other."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta

from awra_tui.records.errors import ConfigError
from awra_tui.records.kinds import KINDS
from awra_tui.records.mapping import MAPPING_KINDS
from awra_tui.records.people import People
from awra_tui.records.rules import Rules
from awra_tui.settings import allowed, paths, toml
from awra_tui.settings.people import PeopleSettings
from awra_tui.settings.places import Key

T = TypeVar("T")

SCOPE_PARTS = ("branch", "currency", "side", "category")
"""The parts of a record on which mappings may depend."""

_HOSTS = {
    "sandbox": "https://sandbox-quickbooks.api.intuit.com",
    "production": "https://quickbooks.api.intuit.com",
}
_TOKEN_URL = "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer"
_REVOKE_URL = "https://developer.api.intuit.com/v2/oauth2/tokens/revoke"
_AUTHORIZE_URL = "https://appcenter.intuit.com/connect/oauth2"
_LOCAL_REDIRECT = "http://localhost:8777/callback"
_REDIRECTS = {"sandbox": _LOCAL_REDIRECT, "simulator": _LOCAL_REDIRECT}
"""Where Intuit sends a browser back to by default; production keys allow no address of this machine."""
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}

Positive = Annotated[int, Meta(ge=1, description="a whole number from 1")]
Url = Annotated[
    str, Meta(pattern=r"^(https?://\S+)?$", description="an address that begins with https:// or http://")
]
Identifier = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$",
        description="letters, digits, dots, dashes and underscores, at most 64",
    ),
]
Interval = Annotated[
    str, Meta(pattern=r"^[1-9][0-9]*[smhd]$", description='a number with s, m, h or d, such as "1h" or "15m"')
]
Realm = Annotated[
    str, Meta(pattern=r"^[0-9]{0,20}$", description='the company ID: digits in quotes, such as "9130357"')
]
Answer = Literal["ask", "create"]
NameKind = Literal["customer", "vendor", "item"]
NamePattern = Annotated[
    str,
    Meta(
        pattern=r"^(?!.*\{name\}.*\{name\})[^:\t\r\n]*\{name\}[^:\t\r\n]*$",
        description='a name with {name} in it once, such as "{name} (Customer)"',
    ),
]


class QboSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[qbo]``: the company, its addresses, and how fast it may be asked."""

    environment: Literal["sandbox", "production", "simulator"] = "sandbox"
    realm_id: Realm = ""
    api_base_url: Url = ""
    token_url: Url = ""
    revoke_url: Url = ""
    authorize_url: Url = ""
    redirect_url: Url = ""
    token_store: Literal["keyring", "file"] = "keyring"
    requests_per_minute: Positive = 500
    requests_per_second: Positive = 10
    batches_per_minute: Positive = 40
    timeout_seconds: Positive = 120


class SyncSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[sync]``: what is sent, and what is decided without asking."""

    kinds: tuple[str, ...] = tuple(KINDS)
    new_customers: Answer = "ask"
    new_vendors: Answer = "ask"
    new_items: Answer = "ask"
    distinct_names: dict[NameKind, NamePattern] = {}
    link_exact_names: bool = False
    start_date: dt.date | None = None
    filed_until: dt.date | None = None
    every: Interval = "1h"
    branch_as: Literal["", "department", "class"] = ""
    item_type: Literal["Service", "NonInventory", "Inventory"] = "Service"
    look_alike_days: Annotated[int, Meta(ge=0, description="a whole number from 0")] = 3
    hold_partial_payments: bool = True
    retry_limit: Positive = 5
    retry_first_wait_seconds: Positive = 60

    @property
    def interval(self) -> dt.timedelta:
        """Return ``every`` as a span of time."""
        return dt.timedelta(**{_UNITS[self.every[-1]]: int(self.every[:-1])})


class Preset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[[mapping.preset]]``: a mapping by the names of things in QuickBooks."""

    kind: str
    value: str
    qbo: str
    scope: dict[str, str] = {}
    account: str = ""


class MappingSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[mapping]``: on what mappings depend, and those to begin with."""

    scopes: dict[str, tuple[str, ...]] = {}
    preset: tuple[Preset, ...] = ()


class CacheSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[cache]``: where the cache is; empty for a file in the data folder named after the profile."""

    url: str = ""


class SupportSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[support]``: where people of this company find help."""

    guide_url: Url = ""


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: Identifier
    source: dict[str, Any]
    name: str = ""
    qbo: QboSettings = QboSettings()
    sync: SyncSettings = SyncSettings()
    mapping: MappingSettings = MappingSettings()
    cache: CacheSettings = CacheSettings()
    support: SupportSettings = SupportSettings()
    people: PeopleSettings = PeopleSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One profile as its file and the command line have it; addresses are filled in, paths absolute."""

    path: Path
    id: str
    name: str
    qbo: QboSettings
    source: dict[str, Any]
    sync: SyncSettings
    mapping: MappingSettings
    cache: CacheSettings
    support: SupportSettings
    people: People
    document: toml.Document = field(repr=False)

    @property
    def folder(self) -> Path:
        """Return the folder to which relative paths of the profile belong."""
        return self.path.parent

    @property
    def rules(self) -> Rules:
        """Return the part of the profile that decides what is sent and how."""
        sync = self.sync
        return Rules(
            kinds=sync.kinds,
            new_names={"customer": sync.new_customers, "vendor": sync.new_vendors, "item": sync.new_items},
            distinct_names={str(kind): pattern for kind, pattern in sync.distinct_names.items()},
            link_exact_names=sync.link_exact_names,
            start_date=sync.start_date,
            filed_until=sync.filed_until,
            scopes=dict(self.mapping.scopes),
            branch_as=sync.branch_as,
            item_type=sync.item_type,
            look_alike_days=sync.look_alike_days,
            retry_limit=sync.retry_limit,
            hold_partial_payments=sync.hold_partial_payments,
        )

    @property
    def cache_url(self) -> str:
        """Return the database's address; a relative SQLite path belongs to the profile's folder."""
        url = self.cache.url
        if not url:
            return f"sqlite:///{paths.data_dir() / f'{self.id}.db'}"
        scheme, found, path = url.partition(":///")
        if not found or not scheme.startswith("sqlite") or path.startswith((":memory:", "/")):
            return url
        return f"{scheme}:///{(self.folder / path).resolve()}"

    @property
    def lock_path(self) -> Path:
        """Return the file by which processes take turns in renewing this profile's tokens."""
        return paths.data_dir() / "locks" / f"{self.id}.lock"

    def convert_source(self, kind: type[T]) -> T:
        """Decode ``[source]`` strictly into an adapter's settings; raise ConfigError with the place."""
        known = allowed.fields_of(allowed.type_at(kind, ()))
        without = () if "type" in known else ("type",)
        return self.document.convert(kind, ("source",), without=without)

    def refuse(self, key: Key, sentence: str) -> ConfigError:
        """Return the error about a key of this profile: its place, then the sentence."""
        return self.document.refuse(key, sentence)


def load_profile(name_or_path: str, overrides: Sequence[str] = ()) -> Profile:
    """Return the profile of a name or in a file; raise ConfigError with one sentence."""
    document = toml.read(_path_of(name_or_path), overrides)
    read = document.convert(_File)
    _check_words(document, read)
    _absolute_source(document)
    return Profile(
        path=document.path,
        id=read.id,
        name=read.name or read.id,
        qbo=_with_addresses(document, read.qbo),
        source=document.content["source"],
        sync=read.sync,
        mapping=read.mapping,
        cache=read.cache,
        support=read.support,
        people=read.people.people,
        document=document,
    )


def profile_names() -> list[str]:
    """Return the names of the profiles in the configuration folder."""
    return sorted(path.stem for path in paths.profiles_dir().glob("*.toml") if path.is_file())


def _path_of(name_or_path: str) -> Path:
    as_path = Path(name_or_path).expanduser()
    if as_path.suffix == ".toml" or len(as_path.parts) > 1:
        if as_path.is_dir():
            raise ConfigError(f"{as_path} is a folder: give --profile the path of a TOML file, or a name.")
        if not as_path.is_file():
            raise ConfigError(f"There is no file {as_path}: give --profile the path of a profile, or a name.")
        return as_path.resolve()
    path = paths.profiles_dir() / f"{name_or_path}.toml"
    if path.is_file():
        return path
    names = profile_names()
    there_are = f"those there are: {', '.join(names)}" if names else "there are none yet"
    raise ConfigError(
        f'There is no profile "{name_or_path}" in {paths.profiles_dir()}; {there_are}.'
        f"{allowed.nearest(name_or_path, names)}"
    )


def _check_words(document: toml.Document, read: _File) -> None:
    """Check words against the tables of kinds, which are no types."""
    if not isinstance(read.source.get("type"), str):
        raise document.refuse(("source",), '[source] needs the key "type": the name of a kind of source.')
    if not read.people.has_administrator:
        raise document.refuse(
            ("people",), "[people] has no administrator, so nobody could map or connect: give one that role."
        )
    for index, kind in enumerate(read.sync.kinds):
        _check(document, ("sync", "kinds", index), kind, KINDS)
    for kind, parts in read.mapping.scopes.items():
        _check(document, ("mapping", "scopes", kind), kind, MAPPING_KINDS)
        for part in parts:
            _check(document, ("mapping", "scopes", kind), part, SCOPE_PARTS)
    for index, preset in enumerate(read.mapping.preset):
        _check(document, ("mapping", "preset", index, "kind"), preset.kind, MAPPING_KINDS)
        for part in preset.scope:
            _check(document, ("mapping", "preset", index, "scope"), part, SCOPE_PARTS)


def _check(document: toml.Document, key: Key, word: str, choices: Sequence[str] | dict[str, Any]) -> None:
    if word not in choices:
        listed = ", ".join(f'"{choice}"' for choice in choices)
        raise document.refuse(
            key,
            f"{toml.shown_key(key)} has {toml.shown_value(word)}, but must be one of {listed}."
            f"{allowed.nearest(word, choices)}",
        )


def _with_addresses(document: toml.Document, qbo: QboSettings) -> QboSettings:
    redirect_url = qbo.redirect_url or _REDIRECTS.get(qbo.environment, "")
    if qbo.environment != "simulator":
        return msgspec.structs.replace(
            qbo,
            api_base_url=(qbo.api_base_url or _HOSTS[qbo.environment]).rstrip("/"),
            token_url=qbo.token_url or _TOKEN_URL,
            revoke_url=qbo.revoke_url or _REVOKE_URL,
            authorize_url=qbo.authorize_url or _AUTHORIZE_URL,
            redirect_url=redirect_url,
        )
    for name in ("api_base_url", "token_url"):
        if not getattr(qbo, name):
            raise document.refuse(
                ("qbo", "environment"),
                f'[qbo] needs the key "{name}" with the environment "simulator": '
                "awra-tui simulator --json prints it.",
            )
    return msgspec.structs.replace(qbo, api_base_url=qbo.api_base_url.rstrip("/"), redirect_url=redirect_url)


def _absolute_source(document: toml.Document) -> None:
    """Make the source's path absolute: relative to the profile, or from ``--set`` to where one is."""
    source = document.content["source"]
    path = source.get("path")
    if isinstance(path, str):
        source["path"] = _absolute(document, path)
    elif isinstance(path, list):
        source["path"] = [_absolute(document, part) if isinstance(part, str) else part for part in path]


def _absolute(document: toml.Document, text: str) -> str:
    path = Path(text).expanduser()
    if document.was_set(("source", "path")) and path.exists():
        return str(path.resolve())
    return str((document.path.parent / path).resolve())
