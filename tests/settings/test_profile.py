import datetime as dt
from pathlib import Path

import msgspec
import pytest

from awra_tui.records.errors import ConfigError
from awra_tui.settings.profile import load_profile, profile_names
from tests.settings.profiles import TEXT, load, write


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("AWRA_TUI_HOME", str(tmp_path / "home"))


def test_a_whole_profile_is_read(tmp_path):
    profile = load(tmp_path)
    assert (profile.id, profile.name, profile.qbo.realm_id) == ("nairobi", "Kilima Traders", "9130")
    assert profile.qbo.api_base_url == "http://127.0.0.1:1"
    assert profile.source == {"type": "files", "path": str(tmp_path / "in" / "invoices.csv")}
    assert profile.sync.interval == dt.timedelta(minutes=15)
    assert profile.mapping.preset[1].scope == {"branch": "Mombasa"}


def test_rules_are_what_the_profile_decides(tmp_path):
    rules = load(tmp_path).rules
    assert rules.kinds == ("customer", "invoice")
    assert rules.creates("customer")
    assert not rules.creates("vendor")
    assert rules.start_date == dt.date(2026, 1, 1)
    assert rules.scopes == {"tax_code": ("branch",)}


@pytest.mark.parametrize(
    ("written", "instead", "line", "said"),
    [
        ('environment = "simulator"', 'environment = "sandbx"', 5, 'Did you mean "sandbox"?'),
        ('realm_id = "9130"', "realm_id = 9130", 6, "qbo.realm_id is 9130, but must be the company ID"),
        (
            'token_store = "file"',
            'token_stor = "file"',
            9,
            '"token_stor" is not a key of [qbo]; its',
        ),
        (
            'every = "15m"',
            'every = "hourly"',
            19,
            'sync.every is "hourly", but must be a number with s',
        ),
        (
            '"customer", "invoice"',
            '"customer", "invoices"',
            16,
            'sync.kinds[2] has "invoices", but must be',
        ),
        ("start_date = 2026-01-01", 'start_date = "soon"', 18, "a date such as 2026-01-31"),
        ('tax_code = ["branch"]', 'tax_code = ["brunch"]', 22, 'Did you mean "branch"?'),
        ('tax_code = ["branch"]', "tax_code = [1]", 22, "mapping.scopes.tax_code[1] is 1, but must be text"),
        (
            'tax_code = ["branch"]',
            'tax = ["branch"]',
            22,
            'has "tax", but must be one of "account"',
        ),
        ('qbo = "16% M"', "qbo = 16", 33, "mapping.preset[2].qbo is 16"),
        ('qbo = "16% M"', "", 29, '[mapping.preset[2]] needs the key "qbo": text in quotes.'),
        ('branch = "Mombasa"', "branch = true", 32, "mapping.preset[2].scope.branch is true"),
        ('branch = "Mombasa"', 'town = "Mombasa"', 32, 'has "town"'),
        ('id = "nairobi"', 'id = "../nairobi"', 1, "letters, digits, dots"),
        ('type = "files"', "", 11, '[source] needs the key "type"'),
        ("[sync]", "[sync", 15, "this is not TOML"),
        ('api_base_url = "http://127.0.0.1:1/"', "", 5, '[qbo] needs the key "api_base_url"'),
        ('token_url = "http://127.0.0.1:1/token"', 'token_url = "ftp://x"', 8, "begins with https://"),
    ],
)
def test_what_is_wrong_is_a_sentence_with_its_line(tmp_path, written, instead, line, said):
    assert written in TEXT
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text=TEXT.replace(written, instead))
    sentence = str(caught.value)
    assert sentence.startswith(f"{tmp_path / 'nairobi.toml'} line {line}: ")
    assert said in sentence
    assert "\n" not in sentence
    assert "$" not in sentence


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("qbo.environment=sandbx", 'but must be one of "production", "sandbox", "simulator"'),
        ("sync.evry=1h", 'Did you mean "every"?'),
        ("sync.retry_limit=often", "a whole number from 1"),
        ("sync.kinds=[\"invoice\", 'x']", 'sync.kinds[2] has "x"'),
        ("id.inner=1", "id has no place for such a key."),
        ("mapping.preset.7.qbo=x", "mapping.preset has no place for such a key."),
        ("mapping.preset.7=x", "mapping.preset has no place for such a key."),
    ],
)
def test_a_wrong_override_names_itself(tmp_path, override, said):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, override)
    assert str(caught.value).startswith(f"--set {override.split('=')[0].split('.')[0]}")
    assert said in str(caught.value)


@pytest.mark.parametrize("override", ["qbo", "=x", "a..b=x"])
def test_an_override_without_a_key_says_how_to_write_it(tmp_path, override):
    with pytest.raises(ConfigError, match="write key=value"):
        load(tmp_path, override)


@pytest.mark.parametrize("before", ["qbo.realm_id=", "qbo.realm_id=4620", "qbo.realm_id=wrong"])
def test_of_two_overrides_of_one_key_the_last_wins(tmp_path, before):
    assert load(tmp_path, before, "qbo.realm_id=77").qbo.realm_id == "77"
    with pytest.raises(ConfigError, match=r"--set qbo\.realm_id=no: "):
        load(tmp_path, before, "qbo.realm_id=no")


def test_overrides_win_and_need_no_quotes(tmp_path):
    profile = load(
        tmp_path,
        "qbo.realm_id=4620",
        "sync.new_customers=ask",
        "sync.start_date=2026-02-03",
        'sync.kinds=["bill"]',
        "cache.url=sqlite:///x.db",
        "mapping.preset.1.qbo=16",
        "name=Kilima = Traders",
    )
    assert profile.qbo.realm_id == "4620"
    assert profile.sync.new_customers == "ask"
    assert profile.sync.start_date == dt.date(2026, 2, 3)
    assert profile.sync.kinds == ("bill",)
    assert profile.mapping.preset[1].qbo == "16"
    assert profile.name == "Kilima = Traders"


def test_a_relative_cache_belongs_to_the_profiles_folder(tmp_path):
    assert load(tmp_path, "cache.url=sqlite:///x.db").cache_url == f"sqlite:///{tmp_path / 'x.db'}"
    assert load(tmp_path, "cache.url=sqlite:////var/x.db").cache_url == "sqlite:////var/x.db"
    assert load(tmp_path, "cache.url=postgresql:///awra").cache_url == "postgresql:///awra"
    assert load(tmp_path).cache_url == f"sqlite:///{tmp_path / 'home' / 'data' / 'nairobi.db'}"


def test_a_source_path_of_the_command_line_is_where_the_person_stands(tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.csv").touch()
    monkeypatch.chdir(elsewhere)
    assert load(tmp_path, "source.path=a.csv").source["path"] == str(elsewhere / "a.csv")
    assert load(tmp_path, "source.path=b.csv").source["path"] == str(tmp_path / "b.csv")


@pytest.mark.parametrize(
    ("environment", "host"),
    [("sandbox", "sandbox-quickbooks.api.intuit.com"), ("production", "quickbooks.api.intuit.com")],
)
def test_intuits_addresses_are_known(tmp_path, environment, host):
    profile = load(
        tmp_path, text=f'id = "a"\nsource = {{type = "sample"}}\nqbo.environment = "{environment}"\n'
    )
    assert profile.qbo.api_base_url == f"https://{host}"
    assert profile.qbo.token_url.startswith("https://oauth.platform.intuit.com/")
    assert profile.qbo.revoke_url.startswith("https://developer.api.intuit.com/")
    assert profile.name == "a"


class FilesSettings(msgspec.Struct, forbid_unknown_fields=True):
    path: str
    decimal: str = "."


def test_the_sources_own_keys_are_decoded_with_their_place(tmp_path):
    assert load(tmp_path).convert_source(FilesSettings).path.endswith("invoices.csv")
    wrong = TEXT.replace('type = "files"', 'type = "files"\ndecimals = ","')
    with pytest.raises(ConfigError, match=r'line 13: "decimals" is not a key of \[source\].*"decimal"\?'):
        load(tmp_path, text=wrong).convert_source(FilesSettings)
    with pytest.raises(ConfigError, match=r"^--set source.decimals=x: "):
        load(tmp_path, "source.decimals=x").convert_source(FilesSettings)
    assert load(tmp_path, "source.decimal=0").convert_source(FilesSettings).decimal == "0"


def test_a_name_is_looked_up_and_a_wrong_one_lists_those_that_exist(tmp_path):
    folder = tmp_path / "home" / "config" / "profiles"
    with pytest.raises(ConfigError, match="there are none yet"):
        load_profile("nairobi")
    folder.mkdir(parents=True)
    write(folder)
    assert load_profile("nairobi").id == "nairobi"
    assert profile_names() == ["nairobi"]
    with pytest.raises(ConfigError, match=r'those there are: nairobi\. Did you mean "nairobi"\?'):
        load_profile("nairobbi")


def test_a_file_that_is_not_there_or_not_text_is_a_sentence(tmp_path):
    with pytest.raises(ConfigError, match="There is no file"):
        load_profile(str(tmp_path / "none.toml"))
    bad = tmp_path / "bad.toml"
    bad.write_bytes(b'id = "\xff"')
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_profile(str(bad))


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert load_profile(str(path)).id == "nairobi"
    path.write_bytes(TEXT.replace("realm_id =", "realm =").replace("\n", "\r\n").encode())
    with pytest.raises(ConfigError, match="line 6:"):
        load_profile(str(path))


def test_paths_of_the_home_folder(tmp_path):
    profile = load(tmp_path)
    assert profile.lock_path == Path(tmp_path / "home" / "data" / "locks" / "nairobi.lock")


def test_the_pattern_of_a_distinct_name_has_a_place_for_the_own_name(tmp_path):
    pattern = "sync.distinct_names.customer={name} - C"
    assert load(tmp_path, pattern).rules.distinct_names == {"customer": "{name} - C"}
    with pytest.raises(ConfigError, match=r"a name with \{name\}"):
        load(tmp_path, "sync.distinct_names.customer=Customer")
    with pytest.raises(ConfigError, match=r"a name with \{name\}"):
        load(tmp_path, "sync.distinct_names.customer={name} {name}")
    with pytest.raises(ConfigError) as refused:
        load(tmp_path, "sync.distinct_names.vendors={name} (Supplier)")
    assert str(refused.value) == (
        '--set sync.distinct_names.vendors={name} (Supplier): "vendors" is not a key of '
        '[sync.distinct_names]; its keys are customer, item, vendor. Did you mean "vendor"?'
    )
