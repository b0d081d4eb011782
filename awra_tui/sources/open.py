"""Opens the source that a profile names."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from awra_tui.records.errors import ConfigError
from awra_tui.sources.base import Convert, Key, Refuse, Source


def open_source(
    profile_source: Mapping[str, Any],
    convert: Convert,
    folder: Path,
    anchor: dt.date,
    kinds: Collection[str] = (),
    *,
    refuse: Refuse | None = None,
) -> Source:
    """Return the source of a profile; it reads nothing yet.

    ``convert`` decodes the raw table ``profile_source`` strictly, ``folder`` is where the profile
    stands, ``anchor`` the day the sample world was first started, ``kinds`` the kinds to yield (all
    when empty), ``refuse`` names file and line of a setting. Raise ConfigError for a wrong setting.
    """
    opening = Opening(convert, refuse or _refuse, folder, anchor, frozenset(kinds))
    name = profile_source.get("type", "")
    if name not in _OPENERS:
        allowed = " or ".join(f'"{known}"' for known in _OPENERS)
        raise opening.refuse(("source", "type"), f'source.type is "{name}", but must be {allowed}.')
    return _OPENERS[name](opening)


@dataclass(frozen=True, slots=True)
class Opening:
    """What an adapter may ask for when it is opened."""

    convert: Convert
    refuse: Refuse
    folder: Path
    anchor: dt.date
    kinds: frozenset[str]


def _refuse(key: Key, sentence: str, /) -> ConfigError:
    return ConfigError(f"{'.'.join(str(part) for part in key)}: {sentence}")


def _files(opening: Opening) -> Source:
    from awra_tui.sources.files.check import faults
    from awra_tui.sources.files.shape import FilesShape
    from awra_tui.sources.files.source import FilesSource

    shape = opening.convert(FilesShape)
    for key, sentence in faults(shape):
        raise opening.refuse(("source", *key), sentence)
    return FilesSource(shape, opening.folder, opening.kinds, opening.refuse)


def _sample(opening: Opening) -> Source:
    from awra_tui.sources.sample.source import SampleShape, SampleSource

    return SampleSource(opening.convert(SampleShape), opening.anchor, opening.kinds)


_OPENERS: dict[str, Callable[[Opening], Source]] = {"sample": _sample, "files": _files}
