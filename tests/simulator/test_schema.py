"""Fields and line details beside Intuit's schema: none of its names is unknown here."""

import json
from typing import Any

import pytest

from awra_tui.simulator.entities import ENTITIES
from awra_tui.simulator.fields import DETAILS, FIELDS, LINE
from tests.shared import shared_file


def types() -> dict[str, Any]:
    path = shared_file("qbo", "payload-schema.json")
    return json.loads(path.read_text(encoding="utf-8"))["types"]


@pytest.mark.parametrize(
    "entity", sorted(set(ENTITIES) - {"CustomerType", "InventoryAdjustment", "RecurringTransaction"})
)
def test_every_field_of_the_schema_is_known(entity: str) -> None:
    known = set(FIELDS[entity]) | {"Id", "SyncToken", "AttachableRef"}
    assert set(types()[entity]["fields"]) - known == set()


@pytest.mark.parametrize("detail", sorted(DETAILS))
def test_every_field_of_a_line_detail_is_known(detail: str) -> None:
    assert set(types()[detail]["fields"]) - DETAILS[detail] == set()


def test_every_entity_of_the_schema_is_served() -> None:
    found = json.loads(shared_file("qbo", "payload-schema.json").read_text(encoding="utf-8"))
    assert set(found["entities"]) - set(ENTITIES) == set()


def test_lines_have_the_members_of_the_schema() -> None:
    wanted = {name for name in types()["Line"]["fields"] if not name.endswith("LineDetail")}
    assert wanted - LINE == set()
