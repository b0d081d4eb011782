"""Files that a person asks for are new, whole, and nobody else's."""

import stat
from pathlib import Path

import pytest

from awra_tui.records.errors import AwraError
from awra_tui.settings.exports import export


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    place = export(str(tmp_path / "evidence.md"), b"# what happened\n")
    assert place.read_bytes() == b"# what happened\n"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_what_is_there_is_left_as_it_is_and_no_link_is_followed(tmp_path: Path) -> None:
    there, link = tmp_path / "there", tmp_path / "link"
    there.write_text("mine")
    link.symlink_to(tmp_path / "elsewhere")
    for place in (there, link):
        with pytest.raises(AwraError, match="is there already"):
            export(str(place), b"x")
    assert there.read_text() == "mine"
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("name", ["", "  ", "no/such/folder/file", "a\0b"])
def test_a_file_that_cannot_be_is_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(AwraError, match="name a"):
        export(str(tmp_path / name) if name.strip() else name, b"x")
