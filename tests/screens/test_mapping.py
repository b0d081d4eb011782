"""The mapping editor and its chooser by keyboard: the list, choosing, what a warning leads to."""

from dataclasses import replace

import pytest

from awra_tui.actions.results import Done, ResendQuestion, ResendResult, Suggestion
from awra_tui.cache.pages.warnings import WarningQuery
from awra_tui.records.errors import AwraError
from awra_tui.records.mapping import MappingChange
from awra_tui.records.status import MappingState, Status
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.screens.chooser import ChooserScreen
from awra_tui.screens.mapping import MappingScreen
from awra_tui.screens.mapping_parts import key_text, mapping_text, object_text
from tests.screens import fakes_detail as fakes
from tests.screens.detail_app import Acts, Desk, Ground, console

METHOD = MappingKey("payment_method", "M-Pesa", "branch=Mombasa")
READY = MappingKey("tax_code", "*")
RELEASED = (RecordKey("invoice", "i-1042"), RecordKey("invoice", "i-1043"))
ROWS = [
    fakes.mapping(METHOD, state=MappingState.BLOCKED, sentence="M-Pesa has no deposit account.", qbo_id="9",
                  object_name="M-Pesa"),
    fakes.mapping(),
    fakes.mapping(READY, state=MappingState.READY, sentence="", qbo_id="12", object_name="16% S", rate="16%",
                  waiting_records=0, waiting=()),
]  # fmt: skip
GOOD = Suggestion(choice=fakes.choice(), score=90, why="the same rate")
OTHER = Suggestion(choice=fakes.choice(id="7", name="Exempt"), score=40, why="the same rate")
REFUSED = Suggestion(
    choice=fakes.choice(id="8", name="Old zero", active=False),
    score=0,
    why="",
    refused="inactive in QuickBooks",
)
BANK = Suggestion(
    choice=fakes.choice(entity="Account", id="31", name="M-Pesa clearing", number="1080", type="Bank",
                        currency="KES", rate=""),
    score=80, why="its name has M-Pesa",
)  # fmt: skip


CHOICES = (GOOD, OTHER, REFUSED)
EXEMPT = MappingChange(fakes.TAX_KEY, "7")


@pytest.fixture
def acts(monkeypatch):
    acts = Acts(monkeypatch)
    acts.answers = {
        "suggestions": lambda _, text: [one for one in CHOICES if text in one.choice.name.lower()],
        "account_suggestions": [BANK],
        "preview_changes": fakes.changes_preview,
        "save_changes": fakes.changes_saved(*RELEASED),
        "ask_resend": ResendQuestion(sentence="Send 2 of 2 records again?", sendable=RELEASED),
        "resend": [
            ResendResult(key=key, name=key.text, status=Status.SUCCEEDED, sentence="It is in QuickBooks.")
            for key in RELEASED
        ],
        "undo_last": Done(sentence="Took back the mapping."),
    }
    return acts


@pytest.fixture
def desk():
    desk = Desk()
    desk.answers = {"mapping_rows": ROWS}
    return desk


async def test_every_value_shows_state_scope_sentence_and_what_waits(acts, desk):
    async with console(desk, MappingScreen(), (120, 40)) as hand:
        seen = hand.seen
        for said in (
            "3 mappings · 2 not ready · 28 records waiting",
            "■ blocked Payment method M-Pesa · Mombasa → M-Pesa 14 KES 212,000.00",
            "◐ review Tax code Zero-rated · Mombasa → nothing",
            "✓ ready Tax code every other value → 16% S",
            "Payment method “M-Pesa” (branch Mombasa)",
            "M-Pesa has no deposit account.",
        ):
            assert said in seen


async def test_a_value_that_a_wider_mapping_serves_shows_what_serves_it(acts, desk):
    served = fakes.mapping(
        MappingKey("tax_code", "Standard", "branch=Nairobi"), state=MappingState.READY, object_name="16% S",
        sentence="As the default.", served_by=READY, waiting_records=20,
    )  # fmt: skip
    desk.answers = {"mapping_rows": [*ROWS[:2], served]}
    async with console(desk, MappingScreen(), (160, 40)) as hand:
        await hand.press("end")
        seen = hand.seen
        assert "→ 16% S (as every other value) –" in seen, "what waits, waits for other things"
        assert "28 records waiting for them" in seen, "only those of mappings that are not ready"
        assert "so it goes as Tax code “every other value”" in seen
        assert "nothing; of those that need it 20 are not in QuickBooks yet" in seen


async def test_it_opens_at_the_mapping_that_blocks(acts, desk):
    async with console(desk, MappingScreen(READY)) as hand:
        assert "▸ ☐ ✓ ready" in hand.seen
        assert "Tax code “every other value”" in hand.seen
        await hand.press("up")
        assert "Tax code “Zero-rated” (branch Mombasa)" in hand.seen


async def test_an_unknown_wanted_mapping_leaves_the_first(acts, desk):
    async with console(desk, MappingScreen(MappingKey("term", "30 days"))) as hand:
        assert "▸ ☐ ■ blocked" in hand.seen


async def test_kinds_are_walked_through_by_key(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("right_square_bracket")
        assert "▸tax codes" in hand.seen
        assert "2 mappings · 1 not ready" in hand.seen
        await hand.press("left")
        assert "▸all kinds" in hand.seen


async def test_the_filter_narrows_and_escape_closes_only_it(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("slash")
        await hand.type("zero momb")
        assert "◐ review" in hand.seen
        assert "■ blocked" not in hand.seen
        await hand.type("qqq")
        assert "Nothing here is like the filter." in hand.seen
        await hand.press("escape")
        assert hand.app.screen is hand.app.first
        assert "■ blocked" in hand.seen
        await hand.press("escape")
        assert hand.app.screen is not hand.app.first


async def test_who_came_from_a_warning_saves_with_one_more_key_and_is_back_with_what_was_released(acts, desk):
    async with console(desk, MappingScreen(fakes.TAX_KEY)) as hand:
        await hand.press("enter")
        assert isinstance(hand.app.screen, ChooserScreen)
        seen = hand.seen
        assert "Tax code “Zero-rated” (branch Mombasa) → which tax code?" in seen
        assert "✓ ready Releases 14 invoices, KES 212,000.00." in seen
        assert "✕ inactive in QuickBooks" in seen
        await hand.type("exem")
        assert acts.of("suggestions")[-1] == (fakes.TAX_KEY, "exem")
        assert acts.of("preview_changes")[-1] == ([EXEMPT],)
        await hand.press("enter")
        assert not acts.of("save_changes")
        assert "Save 1 change?" in hand.seen
        assert "Tax code “Zero-rated” (branch Mombasa): nothing → Exempt" in hand.seen
        await hand.press("y")
        assert [asked[0] for asked in acts.of("save_changes")] == [(EXEMPT,)]
        assert isinstance(hand.app.screen_stack[-2], Ground), "back where they came from"
        assert "Saved. 2 records can be sent now. Send 2 of 2 records again?" in hand.seen
        assert not acts.of("resend")
        await hand.press("y")
        assert acts.of("resend") == [(list(RELEASED), False)]
        assert "2 of 2 records are in QuickBooks now." in hand.seen


async def test_what_was_chosen_from_a_warning_can_be_kept_as_a_draft_or_dropped(acts, desk):
    async with console(desk, MappingScreen(fakes.TAX_KEY)) as hand:
        await hand.press("enter", "enter", "n")
        assert hand.app.screen is hand.app.first
        assert "1 change not saved: Releases 14 invoices" in hand.seen
        await hand.press("enter", "enter", "d")
        assert "not saved" not in hand.seen
        assert not acts.of("save_changes")


async def test_after_saving_the_cursor_is_on_the_next_unready_mapping(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("p", "enter")
        desk.answers["mapping_rows"] = [
            fakes.mapping(),
            fakes.mapping(METHOD, state=MappingState.READY, qbo_id="9", waiting_records=0, waiting=()),
            ROWS[2],
        ]
        await hand.press("s", "y")
        assert hand.app.screen is hand.app.first
        assert "▸ ☐ ◐ review Tax code Zero-rated" in hand.seen


async def test_enter_twice_in_haste_chooses_once_and_saves_nothing(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter")
        chooser = hand.app.screen
        chooser.action_run("pick")
        chooser.action_run("pick")
        await hand.settle()
        assert not acts.of("save_changes")
        assert hand.app.screen is hand.app.first


async def test_what_was_released_is_told_and_sent_when_a_person_says_so(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("r")
        assert hand.toasts == ["Nothing was decided here yet that released something."]
        await hand.press("down", "enter", "enter", "s", "y")
        assert hand.app.screen is hand.app.first, "no question after each saving"
        assert "◐ 2 records can be sent: r sends them." in hand.seen
        assert "send (2)" in hand.seen
        await hand.press("r", "y")
        assert acts.of("resend") == [(list(RELEASED), False)]


async def test_whether_to_send_is_asked_once_when_a_person_leaves(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter", "s", "y", "escape")
        assert isinstance(hand.app.screen_stack[-2], Ground)
        assert "Send 2 of 2 records again?" in hand.seen
        await hand.press("n")
        assert not acts.of("resend")


async def test_who_leaves_after_what_was_released_has_gone_is_not_asked(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter", "s", "y")
        acts.answers["still_waiting"] = ()
        await hand.press("escape")
        assert isinstance(hand.app.screen, Ground)
        assert not acts.of("ask_resend")


async def test_what_is_saved_on_leaving_is_offered_too(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter", "escape", "y")
        assert isinstance(hand.app.screen_stack[-2], Ground)
        assert "Send 2 of 2 records again?" in hand.seen


async def test_a_refused_object_cannot_be_chosen(acts, desk):
    async with console(desk, MappingScreen(fakes.TAX_KEY)) as hand:
        await hand.press("enter", "down", "down")
        assert "✕ Cannot be chosen: inactive in QuickBooks" in hand.seen
        await hand.press("enter")
        assert hand.toasts[-1] == "Old zero cannot be chosen: inactive in QuickBooks"
        assert isinstance(hand.app.screen, ChooserScreen)


async def test_nothing_found_cannot_be_chosen(acts, desk):
    async with console(desk, MappingScreen(fakes.TAX_KEY)) as hand:
        await hand.press("enter")
        await hand.type("qq")
        assert "QuickBooks has nothing like this." in hand.seen
        await hand.press("enter", "escape")
        assert hand.app.screen is hand.app.first
        assert "not saved" not in hand.seen


async def test_a_payment_method_has_a_second_step_for_its_account(acts, desk):
    async with console(desk, MappingScreen(METHOD)) as hand:
        await hand.press("enter")
        assert "(1 of 2)" in hand.seen
        assert "Enter goes on to the account" in hand.seen
        assert not acts.of("preview_changes")
        await hand.type("exem")
        await hand.press("down", "up", "enter")
        assert "→ which deposit account? (2 of 2)" in hand.seen
        assert "M-Pesa clearing 1080" in hand.seen
        assert acts.of("account_suggestions")[-1] == (METHOD, "")
        await hand.press("escape")
        assert "(1 of 2)" in hand.seen
        await hand.press("enter", "enter", "y")
        assert [asked[0] for asked in acts.of("save_changes")] == [(MappingChange(METHOD, "6", "31"),)]


async def test_only_the_account_is_asked_for_by_its_key(acts, desk):
    async with console(desk, MappingScreen(METHOD)) as hand:
        await hand.press("p", "enter", "y")
        assert [asked[0] for asked in acts.of("save_changes")] == [(MappingChange(METHOD, "9", "31"),)]


async def test_the_account_key_refuses_in_words(acts, desk):
    desk.answers["mapping_rows"] = [
        fakes.mapping(),
        fakes.mapping(METHOD, state=MappingState.BLOCKED),
    ]
    async with console(desk, MappingScreen()) as hand:
        await hand.press("p", "down", "p")
        assert hand.toasts == [
            "Only payment methods have a deposit account.",
            "Choose the payment method first (enter); its account follows.",
        ]


async def test_undo_takes_the_last_decision_back(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        before = len(desk.asked)
        await hand.press("u")
        assert hand.toasts == ["Took back the mapping."]
        assert len(desk.asked) > before


async def test_waiting_records_are_opened_by_cause(acts, desk, monkeypatch):
    opened = []
    async with console(desk, MappingScreen(fakes.TAX_KEY)) as hand:
        monkeypatch.setattr(hand.app, "open_warnings", opened.append)
        await hand.press("w")
        assert opened == [WarningQuery(cause="mapping:tax_code/Zero-rated@branch=Mombasa")]
        await hand.press("y")
        assert hand.app.clipboard.startswith("Tax code “Zero-rated” (branch Mombasa) → nothing yet")


@pytest.mark.parametrize("verb", ["suggestions", "preview_changes"])
async def test_failures_of_the_chooser_end_in_words(acts, desk, verb):
    acts.answers[verb] = AwraError("QuickBooks has not been reached yet; sync first.")
    async with console(desk, MappingScreen(fakes.TAX_KEY)) as hand:
        await hand.press("enter")
        assert set(hand.toasts) == {"QuickBooks has not been reached yet; sync first."}
        assert isinstance(hand.app.screen, ChooserScreen)


async def test_an_empty_editor_says_so_and_its_keys_refuse(acts, desk):
    desk.answers["mapping_rows"] = []
    async with console(desk, MappingScreen()) as hand:
        assert "No record needs a mapping yet." in hand.seen
        await hand.press("enter", "p", "w", "y")
        assert hand.toasts == ["No mapping is highlighted."] * 4
        assert hand.app.screen is hand.app.first


async def test_a_cache_that_fails_ends_in_words(acts, desk):
    desk.answers["mapping_rows"] = OSError("disk I/O error")
    async with console(desk, MappingScreen()) as hand:
        assert "OSError: disk I/O error" in hand.seen
        await hand.press("enter")
        assert "No mapping is highlighted." in hand.toasts


@pytest.mark.parametrize(
    "name", [fakes.NASTY, "x" * 10_000, "مكتبة", "日本茶商会 🍵", "a\x1b[31m\nb"], ids=range(5)
)
@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_values_from_outside_break_nothing(acts, desk, name, size):
    key = MappingKey("tax_code", name, "branch=Mombasa")
    desk.answers["mapping_rows"] = [
        fakes.mapping(
            key, sentence=name, object_name=name, qbo_id="1", changed_at=fakes.STAMP, changed_by=name
        )
    ]
    acts.answers["suggestions"] = [
        replace(GOOD, choice=fakes.choice(name=name, number=name, type=name), why=name),
        replace(REFUSED, choice=fakes.choice(id="9", name=name), refused=name),
    ]
    async with console(desk, MappingScreen(key), size) as hand:
        assert "Mappings 1 mapping ·" in hand.lines[2].replace("   ", " ")
        await hand.press("enter", "down")
        assert "✕ Cannot be chosen" in hand.seen
        assert len(hand.lines) == size[1]
        assert "\x1b" not in hand.seen
        assert not hand.toasts


def test_a_mapping_in_words():
    assert key_text(READY) == "Tax code “every other value”"
    row = fakes.mapping(
        READY,
        qbo_id="12",
        object_name="Sales",
        object_number="4000",
        object_type="Income",
        object_currency="KES",
    )
    assert object_text(row) == "Sales · 4000 · Income · KES"
    assert "14 records, KES 212,000.00" in mapping_text(row, 80).plain
    assert "nothing waits for it" in mapping_text(fakes.mapping(READY, waiting_records=0), 80).plain
    wider = mapping_text(fakes.mapping(READY, records=0, waiting_records=0), 80).plain
    assert "no record alone; values without a mapping of their own take it" in wider
    assert "nothing waits" not in wider
