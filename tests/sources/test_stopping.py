"""A reading of files that is stopped ends soon, and is told from one that came to its end."""

import pytest

from awra_tui.records.errors import SourceError
from tests.sources.convert import opened
from tests.sources.test_files import GOOD, HEAD, table


def test_a_stopped_reading_ends_at_its_next_row(tmp_path):
    (tmp_path / "in.csv").write_text(f"{HEAD}1,C1,30/02/2024,1\n{GOOD}", encoding="utf-8")
    source = opened(table(), tmp_path)
    stream = source.read()
    assert next(stream).column == "Date"
    source.stop()
    with pytest.raises(SourceError, match="stopped"):
        next(stream)
    assert not source.complete
    assert len(list(source.read())) == 2


def test_a_reading_that_is_stopped_before_its_first_row_does_not_begin(tmp_path):
    (tmp_path / "in.csv").write_text(HEAD + GOOD, encoding="utf-8")
    source = opened(table(), tmp_path)
    stream = source.read()
    source.stop()
    with pytest.raises(SourceError, match="stopped"):
        next(stream)
