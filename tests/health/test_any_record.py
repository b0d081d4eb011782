"""Whatever a source says, the judge answers; and what it would send, QuickBooks' schema allows."""

import datetime as dt
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from awra_tui.health.judge import judge
from awra_tui.health.reasons import explain
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import Application, Contact, Line, SourceRecord
from awra_tui.records.rules import Rules
from awra_tui.records.status import Status
from tests.health import schema
from tests.health.world import US, bill, invoice, nairobi

words = st.sampled_from(
    ["", "Standard", "M-Pesa", "Retail", "Mombasa", "Depreciation", "Coffee", "Ünïcode: \t\n"]
)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
amounts = st.decimals(min_value=-1000, max_value=100000, places=3) | st.sampled_from(
    [Decimal(0), Decimal("116.00")]
)
rates = st.none() | st.sampled_from([Decimal(0), Decimal(16)])
parties = st.sampled_from(["", "C-17", "V-3", "C-404"])
lines = st.builds(
    Line,
    amount=amounts,
    description=texts,
    item_id=st.sampled_from(["", "P-1", "P-404"]),
    item_name=texts,
    quantity=st.none() | amounts,
    unit_price=st.none() | amounts,
    tax_category=words,
    tax_rate=rates,
    category=words,
    account=words,
    klass=words,
    side=st.sampled_from(["", "debit", "credit", "both"]),
    discount=st.booleans(),
    party_kind=st.sampled_from(["", "customer", "vendor", "employee"]),
    party_id=parties,
)
applications = st.builds(
    Application,
    kind=st.sampled_from(["invoice", "bill", "credit_note", "nonsense"]),
    source_id=st.sampled_from(["S-INV-1042", "S-HG-88", "S-404"]),
    amount=amounts,
)
records = st.builds(
    SourceRecord,
    kind=st.sampled_from(list(KINDS)),
    source_id=st.just("X-1"),
    number=texts,
    party_id=parties,
    party_name=texts,
    date=st.none() | st.dates(dt.date(2026, 10, 25), dt.date(2026, 11, 10)),
    amount=amounts,
    tax=st.none() | amounts,
    currency=st.sampled_from(["", "KES", "USD", "JPY"]),
    exchange_rate=st.none() | st.just(Decimal("129.25")),
    approved=st.booleans(),
    branch=words,
    category=words,
    reference=texts,
    method=words,
    terms=st.sampled_from(["", "30 days", "never"]),
    memo=texts,
    tax_mode=st.sampled_from(["exclusive", "inclusive", "none"]),
    contact=st.builds(
        Contact, email=texts, phone=texts, tax_number=texts, address=st.lists(texts).map(tuple)
    ),
    parent_id=st.sampled_from(["", "C-17", "X-1", "S-404"]),
    qbo_id=st.sampled_from(["", "70", "900", "404"]),
    item_type=st.sampled_from(["", "Inventory", "NonInventory"]),
    unit_price=st.none() | amounts,
    unit_cost=st.none() | amounts,
    lines=st.lists(lines, max_size=4).map(tuple),
    applications=st.lists(applications, max_size=3).map(tuple),
)
rules = st.builds(
    Rules,
    new_names=st.sampled_from([{}, dict.fromkeys(("customer", "vendor", "item"), "create")]),
    link_exact_names=st.booleans(),
    branch_as=st.sampled_from(["", "department", "class"]),
    hold_partial_payments=st.booleans(),
    scopes=st.sampled_from([{}, {"tax_code": ("branch",), "account": ("currency", "side")}]),
)


def world_of(chosen, *, american):
    world = nairobi()
    world.rules = chosen
    if american:
        world.company = US
    world.link(invoice(), "900")
    world.link(bill(), "910")
    return world


@settings(max_examples=300)
@given(record=records, chosen=rules, american=st.booleans(), deleted=st.booleans(), linked=st.booleans())
def test_judge_answers_for_any_record(record, chosen, american, deleted, linked):
    world = world_of(chosen, american=american)
    if linked:
        entity = KINDS[record.kind].entity
        world.add(QboObject(entity=entity, id="999", content={"Id": "999", "Line": [{"Amount": Decimal(1)}]}))
        world.link(record, "999", fingerprint="older")
    judgement = judge(record, world, deleted=deleted)
    assert len(judgement.verdicts) == 5
    assert all(verdict.sentence for verdict in judgement.verdicts)
    assert (judgement.status is Status.NEEDS_ATTENTION) == bool(judgement.findings)
    assert not (judgement.findings and judgement.shipments)
    assert judge(record, world, deleted=deleted) == judgement
    for finding in judgement.findings:
        said = explain(finding)
        assert said.sentence
        assert "{" not in said.cause or "{" in repr(record)
    for shipment in judgement.shipments:
        if shipment.operation == "create":
            assert schema.problems(shipment.entity, shipment.body) == []
