"""Files that a person asks for: new ones, readable by nobody else."""

import os
from pathlib import Path

from awra_tui.records.errors import AwraError


def export(path: str, content: bytes) -> Path:
    """Write content to a new file that only its owner can read, and return where it is.

    Raise AwraError where there is a file or link of that name already, or where none can be written.
    """
    place = Path(path).expanduser()
    if not path.strip():
        raise AwraError("Nothing was written: name a file.")
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise AwraError(f"{place} is there already and was left as it is: name another file.") from None
    except (OSError, ValueError) as error:
        raise _refused(place, error) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError as error:
        place.unlink(missing_ok=True)
        raise _refused(place, error) from None
    return place.absolute()


def _refused(place: Path, error: Exception) -> AwraError:
    why = getattr(error, "strerror", None) or "no file can have this name"
    return AwraError(f"{place} cannot be written ({why}): name another file.")
