"""Texts that a technical person looks at: JSON, requests, answers, evidence; to scroll, search and copy."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import msgspec
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from awra_tui.cache.pages.records import RecordPage
from awra_tui.records.record import to_json
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.code_pane import CodePane
from awra_tui.screens.dialogs import Line
from awra_tui.screens.sections import SectionBar
from awra_tui.screens.typing_list import StillLine
from awra_tui.widgets.cells import brief
from awra_tui.widgets.keys import bindings


class Document(NamedTuple):
    """One text with its name, and what to say where there is none."""

    name: str
    text: str
    empty: str = "Nothing here."


def documents_of(page: RecordPage) -> list[Document]:
    """Return what would be sent for a record, the source record, and the QuickBooks object."""
    held = next((link.object for link in page.links if link.object and not link.closed_at), None)
    theirs = msgspec.json.Encoder(decimal_format="number").encode(held.content).decode() if held else ""
    last = next((link for link in page.links if not link.closed_at and link.sent), None)
    return [
        Document("To send", page.shipment, "Nothing would be sent for this record as it is."),
        Document("Source record", to_json(page.record).decode()),
        Document("QuickBooks object", theirs, "QuickBooks has nothing that is connected to this record."),
        Document("Last sent", last.sent if last else "", "Nothing was sent that QuickBooks accepted."),
    ]


class TextScreen(BaseScreen):
    """Some texts of which one is shown; the base of the screens for JSON and for one attempt."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    TextScreen .facts { height: auto; max-height: 60%; padding: 0 1; margin: 1 0 0 0; }
    TextScreen SectionBar { margin: 1 0 0 0; }
    TextScreen CodePane { margin: 1 0 0 0; }
    TextScreen Input { display: none; margin: 0 1; }
    TextScreen Input.-open { display: block; }
    TextScreen .found { height: 1; padding: 0 1; color: $text-muted; display: none; }
    TextScreen .found.-open { display: block; }
    """

    def __init__(self, heading: str, documents: Sequence[Document] = ()) -> None:
        super().__init__()
        self.heading = heading
        self.documents = tuple(documents)
        self.place = 0

    def body(self) -> ComposeResult:
        """Compose the title, the names of the texts, the text and the line to search in."""
        yield Static(Content.styled(brief(self.heading), "bold"), classes="facts", markup=False)
        yield SectionBar([document.name for document in self.documents], "document")
        yield CodePane()
        yield Static(classes="found", markup=False)
        yield StillLine("search in this text; Enter, then n for the next place")

    def on_mount(self) -> None:
        """Show the first text."""
        self._show(next((place for place, one in enumerate(self.documents) if one.text), 0))
        self.pane.focus()

    @property
    def pane(self) -> CodePane:
        """The text that is shown."""
        return self.query_one(CodePane)

    def show_documents(self, documents: Sequence[Document]) -> None:
        """Replace the texts; the one with the same number is shown."""
        self.documents = tuple(documents)
        bar = self.query_one(SectionBar)
        bar.names = tuple(document.name for document in documents)
        bar.refresh()
        self._show(min(self.place, len(self.documents) - 1))

    def _show(self, place: int) -> None:
        if not self.documents:
            return
        self.place = place
        document = self.documents[place]
        bar = self.query_one(SectionBar)
        bar.active = place + 1
        bar.display = len(self.documents) > 1
        self.pane.show_text(document.text or document.empty)
        self._say_found("")

    def do_document(self, key: str) -> None:
        """Show the text with a number."""
        if int(key) <= len(self.documents):
            self._show(int(key) - 1)

    def do_next_document(self) -> None:
        """Show the next text, after the last the first."""
        self._show((self.place + 1) % len(self.documents))

    def do_search_text(self) -> None:
        """Open the line to search in."""
        line = self.query_one(Input)
        line.add_class("-open")
        self.set_focus(line)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Mark what is found while typing."""
        count = self.pane.search(event.value)
        self._say_found(self._counted(count) if event.value else "")

    def on_input_submitted(self) -> None:
        """Go on reading where the search led."""
        self._close_search()

    def do_next_hit(self) -> None:
        """Go to the next place that was found."""
        self._walk(1)

    def do_previous_hit(self) -> None:
        """Go to the place before."""
        self._walk(-1)

    def _walk(self, by: int) -> None:
        if not self.pane.found:
            self.toast("Search first (/), or nothing was found.", "warning")
            return
        self.pane.step(by)
        self._say_found(self._counted(len(self.pane.found)))

    def _counted(self, count: int) -> str:
        return (
            f"{self.pane.place + 1} of {count:,}  ·  n next, N before"
            if count
            else "✕ not found in this text"
        )

    def _say_found(self, sentence: str) -> None:
        line = self.query_one(".found", Static)
        line.set_class(bool(sentence), "-open")
        line.update(Content(sentence))

    def _close_search(self) -> None:
        self.query_one(Input).remove_class("-open")
        self.pane.focus()

    def do_copy(self) -> None:
        """Copy the whole text as it came."""
        if not self.documents or not self.documents[self.place].text:
            self.toast("There is nothing to copy.", "warning")
            return
        document = self.documents[self.place]
        self.copy(document.text, f"“{document.name}”, {len(document.text):,} characters")

    def do_save_text(self) -> None:
        """Ask for a file and write the text that is shown to it."""
        if not self.documents or not self.documents[self.place].text:
            self.toast("There is nothing to write.", "warning")
            return
        text = self.documents[self.place].text
        question = Line("Write this text to which file?", ("It must be new; only you can read it.",))
        self.ask_first(question, partial(self._save, text))

    async def _save(self, text: str, path: str) -> None:
        from awra_tui.actions.keeping import keep

        self.toast((await keep(path, text.encode("utf-8", "replace"))).sentence, lasts=True)

    def do_back(self) -> None:
        """Close the search if it is open, else leave."""
        if self.query_one(Input).has_class("-open"):
            self._close_search()
        else:
            super().do_back()


class JsonScreen(TextScreen):
    """Texts under a title."""

    SCREEN = "json"
    BINDINGS = bindings("json")
