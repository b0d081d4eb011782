"""What decides a record's outcome: its changes change the inputs, changes of anything else do not."""

from dataclasses import replace
from typing import Any

import pytest

from awra_tui.health.inputs import SETTINGS, concerned, digest
from awra_tui.health.judge import judge
from awra_tui.records.qbo import QboObject
from tests.health.world import World, invoice, nairobi


def taxed() -> World:
    """Return the world with a tax code that names its rate."""
    world = nairobi()
    listed = {"TaxRateDetail": [{"TaxRateRef": {"value": "77"}}]}
    code = next(each for place, each in world.objects.items() if place[0] == "TaxCode")
    world.objects["TaxCode", code.id] = replace(code, content={"SalesTaxRateList": listed})
    world.add(QboObject(entity="TaxRate", id="77", name="VAT"))
    return world


def test_every_object_concerned_counts_and_no_other() -> None:
    world = taxed()
    record = invoice()
    places = concerned(record, world)
    assert {entity for entity, _ in places} >= {"Customer", "TaxCode", "TaxRate"}
    before = judge(record, world).inputs
    for place, obj in list(world.objects.items()):
        world.objects[place] = replace(obj, sync_token="9")
        changed = judge(record, world).inputs != before
        assert changed == (place in places), place
        world.objects[place] = obj
    assert judge(record, world).inputs == before


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_of_the_company_counts(name: str) -> None:
    world = taxed()
    before = digest(invoice(), world, (), ())
    assert digest(invoice(), taxed(), (), ()) == before
    changed: dict[str, Any] = {name: "otherwise"}
    world.company = replace(world.company, **changed)
    assert digest(invoice(), world, (), ()) != before
