"""``check`` and ``resend --dry-run`` as scripts call them."""

import json

import pytest

from awra_tui.cli import check as checking
from tests.cli.commands import call, is_one_sentence
from tests.cli.conftest import Shop


@pytest.mark.parametrize("offline", [(), ("--offline",)])
def test_it_names_each_of_few_records_with_its_word(shop: Shop, offline: tuple[str, ...]) -> None:
    said = call("check", *offline)
    assert (said.code, said.err) == (1, "")
    first, *lines = said.text.splitlines()
    assert first == "6 records: 2 would fail, 4 blocked."
    assert lines[0].startswith("customer/C-1 would fail: Customer Baobab Café is not connected")
    assert "invoice/INV/7 a is blocked: Invoice INV/7 a waits for customer Baobab Café." in said.text
    assert "\x1b" not in said.text


def test_of_many_the_groups_are_told_unless_each_is_asked_for(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "NAMED", 5)
    groups = call("check", "--offline").text.splitlines()
    each = call("check", "--offline", "--each").text.splitlines()
    assert groups[0] == each[0] == "6 records: 2 would fail, 4 blocked."
    assert len(each) == 7
    assert len(groups) < 7
    assert sum(" is blocked: " in line for line in each) == 4
    assert sum(" would fail: " in line for line in each) == 2


def test_kinds_and_names_choose(shop: Shop) -> None:
    assert call("check", "--kind", "customer").text.startswith("2 records: 2 would fail.")
    told = call("check", "invoice/i3", "--json").data
    assert [one["record"] for group in told["groups"] for one in group["records"]] == ["invoice/TWIN"]
    assert call("check", "--kind", "bill").code == 0
    both = call("check", "invoice/i3", "--kind", "invoice")
    assert both.code == 2
    assert is_one_sentence(both.err)


def test_before_the_first_sync_it_says_so(new_shop: Shop) -> None:
    for args in (("check",), ("check", "--offline"), ("resend", "invoice/i3", "--dry-run")):
        said = call(*args)
        assert (said.code, said.text) == (2, ""), args
        assert is_one_sentence(said.err), said.err


def test_connected_and_never_synced_it_says_that_the_source_was_not_read(new_shop: Shop) -> None:
    assert call("connect", "--import", "-", stdin=json.dumps(new_shop.company).encode()).code == 0
    said = call("check")
    assert (said.code, said.text) == (2, "")
    assert said.err.startswith("The source has not been read yet")
    assert is_one_sentence(said.err)


def test_a_dry_run_changes_nothing_and_says_what_it_would(shop: Shop) -> None:
    before = call("status", "--json").data
    said = call("resend", "invoice/i3", "--dry-run")
    assert said.code == 1
    lines = said.text.splitlines()
    assert lines[0] == "invoice/TWIN is blocked."
    assert "QuickBooks has nothing that looks like it." in lines
    assert call("status", "--json").data == before
    both = call("resend", "invoice/i3", "--dry-run", "--ours")
    assert (both.code, both.text) == (2, "")
    assert is_one_sentence(both.err)


def test_what_only_waits_says_what_is_to_be_fixed_first(shop: Shop) -> None:
    told = call("show", "invoice/INV/7 a").text.splitlines()
    assert "Invoice INV/7 a waits for customer Baobab Café." in told
    first = next(line for line in told if line.startswith("To be fixed first: "))
    assert "Baobab Café" in first
    assert "Operator: " in first
