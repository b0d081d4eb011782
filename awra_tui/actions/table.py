"""The one table of actions and keys: bindings, key bar, help, palette and documentation read it."""

from collections.abc import Iterator
from dataclasses import dataclass

from awra_tui.records.errors import AwraError

SCREENS = (
    "overview",
    "warnings",
    "record",
    "mapping",
    "log",
    "run",
    "attempt",
    "connect",
    "connecting",
    "json",
    "chooser",
    "connections",
    "guide",
    "lookup",
    "audit",
    "customer",
    "check",
    "checked",
)
"""Every screen a person can stand on, by the name that actions use."""

LISTS = (
    "overview", "warnings", "mapping", "log", "run", "connect", "connecting", "connections", "guide",
    "customer", "audit", "check", "checked",
)  # fmt: skip
"""The screens whose main part is a list."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a key does.

    ``key`` is Textual's name, several parted by commas, the first being the one that is shown.
    ``command`` is what does the same on the command line; empty where the key only moves about.
    ``bar`` is the place in the key bar, lowest first, 0 for not in it. ``group`` is its heading in
    the help: ``Do``, ``Go to``, ``In the list``, ``In the text`` or
    ``Everywhere``. Each key of a ``numbered`` action hands itself over.
    """

    id: str
    key: str
    label: str
    tooltip: str
    screens: tuple[str, ...]
    command: str = ""
    group: str = "Do"
    bar: int = 0
    numbered: bool = False

    @property
    def shown_key(self) -> str:
        """Return the key as people write it."""
        if self.numbered:
            return f"{self.key[0]}-{self.key[-1]}"
        return written(self.key.split(",")[0])

    @property
    def key_while_typing(self) -> str:
        """Return the key that does it while one types in a line, as people write it; nothing for none."""
        keys = (key for key in self.key.split(",") if len(key) > 1 and key not in _LETTERS)
        return written(next(keys, ""))


_LETTERS = ("question_mark", "slash", "space", "left_square_bracket", "right_square_bracket")
"""Textual's names of signs that are text in a line."""


def written(key: str) -> str:
    """Return one of Textual's names of keys as people write it."""
    return _SHOWN.get(key, key)


_SHOWN = {
    "question_mark": "?", "slash": "/", "escape": "esc", "pageup": "pgup", "pagedown": "pgdn",
    "shift+down": "shift-↓", "shift+up": "shift-↑", "up": "↑", "down": "↓", "left": "←", "right": "→",
    "ctrl+b": "^b", "ctrl+f": "^f", "ctrl+a": "^a", "left_square_bracket": "[", "right_square_bracket": "]",
    "ctrl+r": "^r", "ctrl+t": "^t", "minus": "-", "delete": "del",
}  # fmt: skip


_WORK = ("warnings", "record")
_UNDO = ("overview", "warnings", "record", "mapping", "connect", "connecting", "audit")
_FACTS = ("warnings", "record", "log", "run", "attempt", "mapping", "json")
_TEXTS = ("attempt", "json")
_OBJECT = "awra-tui connect-customer RECORD QBO_ID"
_MAP = "awra-tui map KIND/VALUE QBO_ID"
_SELECTING = ("warnings", "mapping", "connecting")

# fmt: off
ACTIONS: tuple[Action, ...] = (
    Action("review", "enter", "review", "Review the warnings of this kind",
           ("overview",), "awra-tui warnings --kind KIND", "Go to", 1),
    Action("review_number", "1,2,3,4,5,6,7,8,9", "by number", "Review the kind with this number",
           ("overview",), "awra-tui warnings --kind KIND", "Go to", numbered=True),
    Action("warnings", "w", "all warnings", "All kinds in order of work",
           ("overview", "log"), "awra-tui warnings", "Go to", 2),
    Action("mappings", "m", "mappings", "Mappings, unready ones first",
           ("overview", "warnings"), "awra-tui map", "Go to", 13),
    Action("log", "l", "log", "What was sent and answered, run by run",
           ("overview", "warnings"), "awra-tui log", "Go to", 14),
    Action("connections", "C", "connections", "What is connected, until when, and whether it works",
           ("overview", "warnings", "record", "mapping", "log"), "awra-tui connections", "Go to", 15),
    Action("connect_many", "c", "connect", "All customers, vendors and products that are not connected",
           ("overview",), "awra-tui connect-many", "Go to", 12),
    Action("audit", "A", "audit", "What people and the program decided, and whether it stands",
           ("overview", "warnings", "record", "log"), "awra-tui audit", "Go to", 17),
    Action("lookup", "slash,L", "look up", "Paste anything: where it is, and whether to create it by hand",
           ("overview",), "awra-tui lookup TEXT", "Go to", 4),
    Action("lookup_here", "L", "look up", "Paste anything: where it is, and whether to create it by hand",
           ("warnings", "record", "mapping", "log", "customer"), "awra-tui lookup TEXT", "Go to", 16),
    Action("open_found", "enter", "open", "Open the record, the attempt, or what QuickBooks has",
           ("lookup",), "awra-tui show RECORD", "Go to", 1),
    Action("check", "P", "check", "What would go, fail or is blocked, as QuickBooks is now; sends nothing",
           ("overview", "warnings", "record", "mapping", "log", "run", "audit", "customer"),
           "awra-tui check", "Go to", 9),
    Action("open_group", "enter", "open", "The records of this group; of a single one its whole way",
           ("check",), "awra-tui check", "Go to", 1),
    Action("check_again", "ctrl+r", "check again", "Check again, as QuickBooks is by now",
           ("check",), "awra-tui check", bar=2),
    Action("copy_check", "y", "copy", "Copy what the check found, to hand it on",
           ("check",), "awra-tui check", bar=3),
    Action("group_warnings", "w", "warnings", "The warnings of this cause, where it is mended",
           ("check",), "awra-tui warnings --cause KEY", "Go to", 4),
    Action("open_checked", "enter", "open", "The whole way of this record, step by step",
           ("checked",), "awra-tui show RECORD", "Go to", 1),
    Action("customer", "K", "customer", "The account of its customer on both sides, and what differs",
           ("warnings", "record"), "awra-tui customer RECORD", "Go to", 17),
    Action("open_paper", "enter", "open", "Open this document; what only QuickBooks has is looked up",
           ("customer",), "awra-tui show RECORD", "Go to", 1),
    Action("open_customer", "o", "record", "The way of the customer's own record",
           ("customer",), "awra-tui show RECORD", "Go to", 3),
    Action("ask_balance", "ctrl+r", "ask QuickBooks", "Read what changed, and the balance that it tells",
           ("customer",), "awra-tui customer RECORD --ask", bar=2),
    Action("copy_card", "y", "copy", "Copy balances and sentences, to hand them on",
           ("customer",), "awra-tui customer RECORD", bar=5),
    Action("other_part", "tab", "sentences", "Into the sentences above the list, to scroll them, and back",
           ("customer",), group="In the list", bar=4),
    Action("ask_quickbooks", "ctrl+r", "ask QuickBooks", "Ask QuickBooks itself: our copy may be an hour old",
           ("lookup",), "awra-tui lookup TEXT --ask", bar=2),
    Action("sync", "r,S", "sync now", "Read the source, send what is ready, read what changed in QuickBooks",
           ("overview",), "awra-tui sync", bar=3),

    Action("open", "enter", "open", "The whole way of this record, step by step",
           ("warnings",), "awra-tui show RECORD", "Go to", 1),
    Action("map", "t", "map", "Map the value that is missing",
           _WORK, "awra-tui map KIND/VALUE QBO_ID", bar=2),
    Action("connect", "c", "connect", "Connect to what exists in QuickBooks, or create it",
           _WORK, _OBJECT, bar=3),
    Action("blocker", "b", "blocker", "Go to the record that holds this one up",
           _WORK, "awra-tui show RECORD", "Go to", 11),
    Action("resend", "r", "resend", "Send again; asks first where nothing has changed",
           _WORK, "awra-tui resend RECORD", bar=4),
    Action("dry_run", "D", "dry run", "Field by field what QuickBooks has and what would be sent",
           ("record",), "awra-tui resend RECORD --dry-run"),
    Action("dismiss", "d", "dismiss", "Put aside with a reason; it comes back when the record changes",
           _WORK, "awra-tui dismiss RECORD --why TEXT", bar=5),
    Action("decide", "v", "decide", "Accept, send ours, void: what changed or went after it was sent",
           _WORK, "awra-tui accept RECORD", bar=6),
    Action("snooze", "z", "snooze", "Put aside until a day; it comes back then, or when the record changes",
           _WORK, "awra-tui snooze RECORD --until DATE", bar=11),
    Action("restore", "R", "restore", "Bring back what was dismissed or snoozed",
           _WORK, "awra-tui restore RECORD"),
    Action("owner", "o,O", "owner", "Say which person takes care of it",
           ("warnings",), "awra-tui owner RECORD NAME", bar=9),
    Action("owner_of_record", "O", "owner", "Say which person takes care of it",
           ("record",), "awra-tui owner RECORD NAME"),
    Action("hand_over", "h", "hand over", "Give it to a person with a message, all questions as one text",
           _WORK, "awra-tui handover NAME RECORD", bar=12),
    Action("note", "N", "note", "Write a note about it; earlier notes are kept",
           _WORK, "awra-tui note RECORD TEXT"),
    Action("escalate", "e", "escalate", "Everything known about it as text to hand on, copied",
           (*_WORK, "attempt"), "awra-tui escalate RECORD", bar=10),
    Action("hand_on", "e", "hand on", "The evidence for what is proposed to be handed on, copied",
           ("overview",), "awra-tui escalate --proposed"),
    Action("copy", "y", "copy", "Copy number and reason to the clipboard (OSC 52, also over ssh)",
           _FACTS, "awra-tui show RECORD"),

    Action("browser", "o", "QuickBooks", "Open its QuickBooks page, or copy the address where no browser is",
           ("record",), "awra-tui show RECORD --json", "Go to", 8),
    Action("json", "j", "JSON", "What would be sent, what was sent and what QuickBooks answered",
           ("record",), "awra-tui show RECORD --json", "Go to", 6),
    Action("attempts", "a", "attempts", "Every attempt to send it",
           ("record",), "awra-tui log --record RECORD", "Go to", 7),
    Action("related", "enter", "open", "What fixes it; the related record or attempt under the cursor",
           ("record",), "awra-tui show RECORD", "Go to"),
    Action("next_record", "n", "next", "The next record of the list that this one was opened from",
           ("record",), group="Go to", bar=12),
    Action("previous_record", "p", "previous", "The record before, in the list that this one was opened from",
           ("record",), group="Go to"),
    Action("section", "1,2,3,4,5", "section", "The section with this number",
           ("record",), group="Go to", numbered=True),
    Action("next_section", "tab", "next section", "The next section", ("record",), group="Go to"),
    Action("previous_section", "shift+tab", "section before", "The section before",
           ("record",), group="Go to"),

    Action("search_text", "slash", "search", "Search the text; n and N go from one place to the next",
           _TEXTS, group="In the text", bar=1),
    Action("next_hit", "n", "next", "The next place that was found", _TEXTS, group="In the text", bar=2),
    Action("previous_hit", "N", "before", "The place before that was found", _TEXTS, group="In the text"),
    Action("next_document", "tab", "other text", "The next of the texts named above",
           _TEXTS, group="In the text", bar=3),
    Action("save_text", "w", "to a file", "Write this text to a new file that only you can read",
           _TEXTS, "awra-tui escalate RECORD --output FILE", "In the text", bar=4),
    Action("document", "1,2,3,4", "text", "The text with this number",
           _TEXTS, group="In the text", numbered=True),

    Action("choose", "enter", "choose", "Choose an object of QuickBooks for this value, or all selected",
           ("mapping",), _MAP, bar=1),
    Action("save", "s", "save", "Save all changes together; says first what they release",
           ("mapping",), "awra-tui map --from FILE", bar=2),
    Action("certain", "c", "certain", "Take what is certain: for selected values, or all that are blocked",
           ("mapping",), "awra-tui map --suggested", bar=3),
    Action("deposit", "p", "deposit account", "Choose the account that this payment method goes to",
           ("mapping",), "awra-tui map payment_method/VALUE QBO_ID --account ACCOUNT_ID", bar=10),
    Action("from_date", "t", "from a date", "Let a change hold for records from a date on, or for all again",
           ("mapping",), _MAP + " --from-date DATE", bar=8),
    Action("wider", "n", "new", "Map all values at once, or those of a branch, currency or side",
           ("mapping",), "awra-tui map KIND/VALUE@SCOPE QBO_ID --new", bar=9),
    Action("take_away", "minus,delete", "take away", "Take its object away: a wider mapping holds, or none",
           ("mapping",), "awra-tui map KIND/VALUE -"),
    Action("confirm", "v", "confirm", "Reviewed: it is meant so, under a new name too",
           ("mapping",), "awra-tui map KIND/VALUE --confirm", bar=7),
    Action("drop", "d", "drop", "Drop what is changed here and not saved", ("mapping",), _MAP, bar=5),
    Action("drop_all", "D", "drop all", "Drop all changes that are not saved", ("mapping",), _MAP),
    Action("waiting", "w", "waiting", "The warnings that wait for this mapping",
           ("mapping",), "awra-tui warnings --cause KEY", "Go to", 4),
    Action("history", "h", "history", "Who changed this mapping, when, from what to what",
           ("mapping",), "awra-tui map KIND/VALUE --history", "Go to", 11),
    Action("pick", "enter", "choose", "Choose this one; says first what it releases",
           ("chooser",), _MAP, bar=1),
    Action("from_date_here", "ctrl+t", "from a date", "Let it hold for records from a date on, or for all",
           ("chooser",), _MAP + " --from-date DATE", bar=2),

    Action("open_run", "enter", "open", "What this run did; of an attempt, request and answer",
           ("log", "run"), "awra-tui log RUN", "Go to", 1),
    Action("open_record", "o", "record", "Open the record of this attempt",
           ("run", "attempt"), "awra-tui show RECORD", "Go to", 3),

    Action("open_decided", "enter", "open", "Open the record that was decided about",
           ("audit",), "awra-tui show RECORD", "Go to", 1),
    Action("copy_decision", "y", "copy", "Copy this decision with before and after",
           ("audit",), "awra-tui audit", bar=8),
    Action("save_table", "w", "to a file", "Write what is listed to a new file for spreadsheets",
           ("audit",), "awra-tui audit --csv FILE", bar=7),
    Action("only_person", "p", "person", "Only what this person decided, or everybody again",
           ("audit",), "awra-tui audit --who NAME", group="In the list", bar=2),
    Action("only_verb", "v", "kind", "Only decisions of this kind, or all again",
           ("audit",), "awra-tui audit --verb VERB", group="In the list", bar=3),
    Action("only_day", "t", "day", "Only what was decided on this day, or on all again",
           ("audit",), "awra-tui audit --since DATE", group="In the list", bar=4),

    Action("choose_object", "enter", "connect", "Connect to this object; says first what will follow",
           ("connect",), _OBJECT, bar=1),
    Action("create", "n", "create new", "Create it in QuickBooks; says first what will follow",
           ("connect",), "awra-tui connect-customer RECORD --new", bar=2),
    Action("start_date", "s", "start date", "Transactions before this date are not sent",
           ("connect", "connecting"), _OBJECT + " --start DATE", bar=9),
    Action("leave", "l", "leave", "Leave it for later with a note why; nothing is connected or sent",
           ("connect",), "awra-tui note RECORD TEXT", bar=4),
    Action("other_side", "tab", "comparison", "Into the text beside the list, to scroll it, and back",
           ("connect", "connecting"), group="In the list", bar=10),
    Action("unlink", "X", "disconnect", "Take its connection to QuickBooks away; says first what that means",
           ("record",), "awra-tui unlink RECORD"),

    Action("connect_chosen", "enter", "connect", "Connect this one, or all selected; says first what follows",
           ("connecting",), "awra-tui connect-many RECORD", bar=1),
    Action("create_names", "n", "create", "Create this one, or all selected that nothing is like",
           ("connecting",), "awra-tui connect-many RECORD --new", bar=2),
    Action("send_released", "r", "send", "Send what your decisions here released",
           ("connecting", "mapping"), "awra-tui resend RECORD", bar=4),
    Action("connect_one", "o", "compare", "Compare this one with everything that it may be in QuickBooks",
           ("connecting",), _OBJECT, "Go to", 2),
    Action("certain_names", "c", "certain", "Select only what leaves no question",
           ("connecting",), "awra-tui connect-many --certain", "In the list", 8),

    Action("connect_company", "c", "connect", "Connect to a company: keys, Intuit's page, then its name",
           ("connections",), "awra-tui connect", bar=1),
    Action("disconnect", "d", "disconnect", "End the connection at Intuit and remove its tokens; asks first",
           ("connections",), "awra-tui disconnect", bar=2),
    Action("read_on", "enter", "read on", "Into the text beside the list, to scroll it",
           ("connections", "guide"), group="In the list", bar=3),
    Action("copy_connection", "y", "copy", "Copy what is said of this connection, to hand it on",
           ("connections",), "awra-tui connections", bar=4),

    Action("search_guide", "slash", "search", "Search the guide as you type",
           ("guide",), "awra-tui guide TEXT", "Go to", 1),
    Action("support", "f2,o", "support guide", "Open the support guide of this profile, or copy its address",
           ("guide",), "awra-tui guide --support", "Go to", 4),

    Action("filter", "slash", "filter", "Narrow the list as you type; Escape closes the filter",
           ("warnings", "mapping", "connect", "connecting", "audit"), group="In the list", bar=6),
    Action("sort", "s", "sort", "Choose the column to sort by; again for the other direction",
           ("warnings",), group="In the list", bar=8),
    Action("search", "slash", "search", "Search number, party, run, reference, amount, intuit_tid",
           ("log", "run"), group="In the list", bar=2),
    Action("fold", "f", "fold", "Show or fold the runs that changed nothing",
           ("log",), group="In the list", bar=3),
    Action("toggle", "space", "select", "Select or unselect this row",
           _SELECTING, group="In the list", bar=7),
    Action("select_down", "shift+down", "select downwards", "Select this row and go to the next",
           _SELECTING, group="In the list"),
    Action("select_up", "shift+up", "select upwards", "Select this row and go to the one before",
           _SELECTING, group="In the list"),
    Action("select_all", "a,ctrl+a", "select all", "Select everything that the filter shows, or nothing",
           _SELECTING, group="In the list"),
    Action("previous_kind", "left_square_bracket,left", "kind before", "The kind before in order of work",
           _SELECTING, group="In the list"),
    Action("next_kind", "right_square_bracket,right", "next kind", "The next kind in order of work",
           _SELECTING, group="In the list"),
    Action("only_state", "i", "state", "Only mappings in one state, or those that are changed and not saved",
           ("mapping",), "awra-tui map", "In the list", 12),
    Action("flat", "f", "by cause", "Show causes, or every warning on a line of its own; it is remembered",
           ("warnings",), "awra-tui warnings --by-cause", "In the list", 7),
    Action("issue", "i", "issue", "Only missing in QuickBooks, failed, duplicated or mismatched",
           ("warnings",), "awra-tui warnings --issue missing", "In the list"),
    Action("news", "n", "since yesterday", "What is new, came back and was cleared since yesterday",
           ("warnings",), "awra-tui warnings --since yesterday", "In the list"),
    Action("tray", "w", "waiting", "Show what waits for somebody to change QuickBooks, or all again",
           ("warnings",), "awra-tui warnings --waiting", group="In the list"),
    Action("dismissed", "D", "dismissed", "Show the dismissed warnings, or the open ones again",
           ("warnings",), group="In the list"),
    Action("snoozed", "Z", "snoozed", "Show what was put aside until a day, or the open warnings again",
           ("warnings",), "awra-tui warnings --snoozed", group="In the list"),
    Action("mine", "M", "my queue", "Show only what you take care of, or everything again",
           ("warnings",), "awra-tui queue", group="In the list"),
    Action("cursor_up", "up,k", "up", "One row up", ("table",), group="In the list"),
    Action("cursor_down", "down,j", "down", "One row down", ("table",), group="In the list"),
    Action("page_up", "pageup,ctrl+b", "page up", "One page up", ("table",), group="In the list"),
    Action("page_down", "pagedown,ctrl+f", "page down", "One page down", ("table",), group="In the list"),
    Action("first", "home,g", "first", "To the first row", ("table",), group="In the list"),
    Action("last", "end,G", "last", "To the last row", ("table",), group="In the list"),

    Action("undo", "u", "undo", "Take the last decision back",
           _UNDO, "awra-tui undo", bar=20),
    Action("cancel", "x", "stop", "Stop the running work; what was sent stays sent and known",
           ("any",), group="Everywhere"),
    Action("back", "escape", "back", "Out of here, one step", ("any",), group="Everywhere"),
    Action("guide", "f1", "guide", "What this means, why, what to do and what not to do",
           ("any",), "awra-tui guide", "Everywhere", 98),
    Action("help", "question_mark,f3", "keys", "The keys of this screen",
           ("any",), "awra-tui --help", "Everywhere", 99),
    Action("quit", "q", "quit", "Leave; nothing is waited for, nothing is lost", ("any",),
           group="Everywhere"),
)
# fmt: on
"""Every action; within its group the order is that of the help."""


def keys_for(screen: str) -> list[Action]:
    """Return the actions of a screen: its own, those of its list, those that are everywhere."""
    extra = {"any"} | ({"table"} if screen in LISTS else set())
    return [action for action in ACTIONS if screen in action.screens or extra & set(action.screens)]


def own_keys(screen: str) -> Iterator[Action]:
    """Yield the actions that belong to ``screen`` itself, or to ``any`` or ``table``."""
    return (action for action in ACTIONS if screen in action.screens)


def action(name: str) -> Action:
    """Return the action called ``name``; raise AwraError if there is none."""
    for each in ACTIONS:
        if each.id == name:
            return each
    raise AwraError(f"There is no action {name!r}.")
