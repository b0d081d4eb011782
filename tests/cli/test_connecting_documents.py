"""A document's name where a customer is wanted: whose it is, and the commands that connect either."""

import shlex

import pytest

from tests.cli.commands import call, is_one_sentence
from tests.cli.conftest import Shop


@pytest.mark.parametrize("more", [(), ("--new",), ("252",)])
def test_the_number_of_a_document_says_whose_it_is_and_the_command(shop: Shop, more: tuple[str, ...]) -> None:
    said = call("connect-customer", "INV/7 a", *more)
    assert said.code == 2
    assert is_one_sentence(said.err)
    assert "No customer is called INV/7 a. Invoice INV/7 a is of customer Baobab Café: " in said.err
    assert "awra-tui connect-customer customer/C-1 connects that customer" in said.err
    assert "awra-tui connect-customer invoice/id=i1 connects the invoice itself." in said.err


def test_the_command_that_is_named_can_be_typed(shop: Shop) -> None:
    told = call("connect-customer", "i1").err
    assert "connect-customer customer/C-2 connects" in told
    itself = told.partition("that customer, ")[2].partition(" connects the invoice")[0]
    assert itself == "awra-tui connect-customer invoice/i4"
    assert call(*shlex.split(itself)[1:]).code == 0
    assert call("connect-customer", "customer/C-2").code == 0


def test_every_document_of_that_number_is_told(shop: Shop) -> None:
    told = call("connect-customer", "TWIN").err
    assert told.count("Invoice TWIN is of customer") == 2
    assert "\x1b" not in told
    assert "invoice/i2 connects" in told


def test_a_name_that_nothing_has_is_said_as_before(shop: Shop) -> None:
    assert "No record is called customer/NEVER" in call("connect-customer", "NEVER").err
