"""Opens the source that a profile names."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from awra_tui.records.errors import ConfigError
from awra_tui.sources.base import Convert, Source


def open_source(
    profile_source: Mapping[str, Any],
    convert: Convert,
    folder: Path,
    anchor: dt.date,
    kinds: Collection[str] = (),
) -> Source:
    """Return the source of a profile; it reads nothing yet.

    ``convert`` decodes the raw table ``profile_source`` strictly, ``folder`` is where the profile
    stands, ``anchor`` the day the sample world was first started, ``kinds`` the kinds to yield (all
    when empty). Raise ConfigError for an unknown type of source or a wrong setting.
    """
    name = profile_source.get("type", "")
    if name not in _OPENERS:
        allowed = " or ".join(f'"{known}"' for known in _OPENERS)
        raise ConfigError(f'The profile\'s [source] has type = "{name}"; allowed is {allowed}.')
    return _OPENERS[name](convert, folder, anchor, frozenset(kinds))


def _files(convert: Convert, folder: Path, anchor: dt.date, kinds: frozenset[str]) -> Source:
    del anchor
    from awra_tui.sources.files.shape import FilesShape
    from awra_tui.sources.files.source import FilesSource

    return FilesSource(convert(FilesShape), folder, kinds)


def _sample(convert: Convert, folder: Path, anchor: dt.date, kinds: frozenset[str]) -> Source:
    del folder
    from awra_tui.sources.sample.source import SampleShape, SampleSource

    return SampleSource(convert(SampleShape), anchor, kinds)


_OPENERS: dict[str, Callable[[Convert, Path, dt.date, frozenset[str]], Source]] = {
    "sample": _sample,
    "files": _files,
}
