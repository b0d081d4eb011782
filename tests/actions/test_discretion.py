"""What is handed on holds no secret and nothing personal beyond the record, wherever it was planted."""

from pathlib import Path

import pytest

from awra_tui.actions.escalate import evidence, evidence_of_cause, evidence_of_connection
from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.warnings import WarningQuery, warnings_all
from awra_tui.records.discretion import LEFT_OUT, Discretion, discretion
from awra_tui.records.errors import AwraError
from awra_tui.records.record import Contact
from awra_tui.records.subject import RecordKey
from awra_tui.sync import connector
from tests.office import PROFILE, BooksCompany, fault, office, write_ledger, write_source
from tests.watch import Watch

CONTACT = """
[source.records.fields]
source_id = "id"
party_name = "name"
"contact.email" = "email"
"contact.phone" = "phone"
"contact.tax_number" = "pin"
"""
REACHED = PROFILE.replace(
    'fields = { source_id = "id", party_name = "name" }\nconstants = { currency = "USD" }',
    f'constants = {{ currency = "USD" }}{CONTACT}',
)
PERSONAL = {"email": "juma@example.com", "phone": "0712 000 111", "pin": "P051234567X"}
FIRST = RecordKey("invoice", "INV-1")


async def test_secrets_and_personal_data_are_left_out_of_both_renderings(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1234.50"})
    write_source(tmp_path, "customers.csv", [{"id": "C-1", "name": "Baobab Café", **PERSONAL}])
    with office(tmp_path, company, REACHED) as desk:
        secrets = [
            desk.secrets.get(f"office/{name}") or ""
            for name in ("access_token", "refresh_token", "client_secret")
        ]
        assert all(secrets)
        planted = [
            *secrets,
            *PERSONAL.values(),
            "bearer tok-99.xyz",
            "otieno@example.org",
            "+254 733 123 456",
        ]
        company.wire.tamper = lambda request, answer: (
            fault("6000", "Business error", f"INV-1 is refused: {' / '.join(planted)}")
            if "invoice" in request.url.path
            else answer
        )
        await sync_now(desk)
        found = await evidence(desk, FIRST)
        for text in (found.markdown, found.json):
            assert "INV-1 is refused" in text
            assert "Baobab Café" in text
            kept = [one for one in (*planted, "tok-99.xyz") if one in text.replace("\\", "")]
            assert kept == []
        assert LEFT_OUT in found.json


async def test_evidence_names_everything_that_is_asked_for(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1234.50"})
    with office(tmp_path, company) as desk:
        company.wire.tamper = lambda request, answer: (
            fault("6000", "Business error", "no") if "invoice" in request.url.path else answer
        )
        await sync_now(desk)
        found = await evidence(desk, FIRST, FIRST, because="It is late.")
        [case] = found.cases
        assert case.record == "invoice/INV-1"
        assert (case.module, case.status, case.attempts, case.retries) == ("Sales", "failed", 1, 0)
        assert case.amount == "1234.50"
        assert case.tries[0].run == found.last_run.id if found.last_run else False
        assert case.tries[0].user == desk.who
        assert (found.connector.source, found.connector.environment) == ("files", "simulator")
        text = found.markdown
        assert text.startswith("# Invoice INV-1 did not arrive in QuickBooks\n")
        assert "Why it is handed on: It is late." in text
        with pytest.raises(AwraError, match="nothing to escalate"):
            await evidence_of_connection(desk)


async def test_a_cause_and_the_connection_are_handed_on_as_a_whole(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {f"INV-{n}": "1.00" for n in range(25)})
    with office(tmp_path, company, PROFILE.replace('value = "*"', 'value = "Nothing of ours"')) as desk:
        await sync_now(desk)
        [cause] = {row.cause for row in desk.cache.now(warnings_all, WarningQuery(kinds=("invoice",)))}
        found = await evidence_of_cause(desk, cause)
        assert (len(found.cases), len(found.others), found.more) == (20, 5, 0)
        assert "invoice/INV-24" in found.markdown
        with pytest.raises(AwraError, match="No record has an open warning"):
            await evidence_of_cause(desk, "nothing")
        desk.cache.now(connector.ended, desk.realm)
        lost = await evidence_of_connection(desk)
        assert "This profile is not connected to QuickBooks" in lost.markdown
        assert lost.connector.company_id == desk.realm


def test_a_contact_is_left_out_whatever_its_case_and_short_values_are_not_looked_for() -> None:
    tell = discretion([Contact(email="Juma@Example.com", phone="07", address=("P.O. Box 12", "b"))])
    assert tell("write to juma@example.com at p.o. box 12, room 07b") == (
        f"write to {LEFT_OUT} at {LEFT_OUT}, room 07b"
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Authorization: Bearer abc.def-1 refused", f"Authorization: Bearer {LEFT_OUT} refused"),
        ('{"client_secret": "s3cr3t-x", "n": 1}', f'{{"client_secret": "{LEFT_OUT}", "n": 1}}'),
        ("refresh_token=AB1170001&x=1", f"refresh_token={LEFT_OUT}&x=1"),
        ("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.sig is old", f"{LEFT_OUT} is old"),
        ("Basic plan of KES 1,000.00 for INV-2026-11-23", "Basic plan of KES 1,000.00 for INV-2026-11-23"),
    ],
)
def test_what_looks_like_a_secret_goes_and_ordinary_words_stay(text: str, left: str) -> None:
    assert Discretion()(text) == left
