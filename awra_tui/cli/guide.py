"""``awra-tui guide``: the guide on the terminal, as JSON, or as Markdown files."""

import shutil
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from awra_tui.cli.desks import profile_of
from awra_tui.cli.errors import ALL_WELL
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.cli.output import say, write_columns, write_json
from awra_tui.guide.book import pages, section_of, sections
from awra_tui.guide.markdown import documents
from awra_tui.guide.search import search
from awra_tui.guide.section import Block, Section
from awra_tui.records.errors import AwraError

FEW = 3
"""So many sections are printed in full; more are listed."""

LABEL, WIDEST = 11, 100
"""Characters of the labels, and of a line that is still easy to read."""


@click.command()
@click.argument("text", nargs=-1)
@click.option("--support", is_flag=True, help="Print the address of the profile's own support guide.")
@click.option(
    "--write",
    "folder",
    type=click.Path(exists=True, file_okay=False, writable=True, path_type=Path),
    help="Write all pages as Markdown files into a folder.",
)
@of_a_profile
def guide(options: Options, text: tuple[str, ...], support: bool, folder: Path | None) -> int:
    """Look up a reason, a code of QuickBooks, or words: causes, remedies, who, and what not to do."""
    if support:
        return _support(options)
    if folder is not None:
        return _write(folder, options)
    found = _found(" ".join(text))
    if options.as_json:
        write_json([as_data(section) for section in found])
    elif len(found) > FEW:
        write_columns([(section.title, section.page, section.id) for section in found])
    else:
        for place, section in enumerate(found):
            _print(section, after=bool(place))
    return ALL_WELL


def as_data(section: Section) -> dict[str, Any]:
    """Return a section for scripts."""
    blocks = [{"label": block.label, "text": block.text} for block in section.blocks]
    return {
        "id": section.id,
        "page": section.page,
        "title": section.title,
        "reason_key": section.reason,
        "codes": list(section.codes),
        "text": blocks,
    }


def _found(text: str) -> Sequence[Section]:
    named = section_of(text)
    whole = next((page.sections for page in pages() if page.name == text), ())
    found = whole or ([named] if named else search(text, sections()))
    if not found:
        raise AwraError(f'The guide has nothing about "{text}". awra-tui guide alone lists all sections.')
    return found


def _support(options: Options) -> int:
    address = profile_of(options).support.guide_url
    if not address:
        raise AwraError("This profile names no support guide: write its address as guide_url into [support].")
    if options.as_json:
        write_json({"guide_url": address})
    else:
        say(address)
    return ALL_WELL


def _write(folder: Path, options: Options) -> int:
    written = documents(pages())
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
    if options.as_json:
        write_json({"written": [str(folder / name) for name in written]})
    else:
        say(f"Wrote {len(written)} files into {folder}.")
    return ALL_WELL


def _print(section: Section, *, after: bool) -> None:
    if after:
        say()
    say(section.title)
    say("=" * len(section.title))
    for block in section.blocks:
        _print_block(block)


def _print_block(block: Block) -> None:
    if not block.label:
        say()
    indent = " " * LABEL if block.label else ""
    room = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)
    text = textwrap.fill(
        block.text.replace("`", ""),
        room,
        initial_indent=f"{block.label:{LABEL}}" if block.label else "",
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
    for line in text.splitlines():
        say(line)
