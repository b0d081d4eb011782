"""Where the program keeps its files: the folders of the platform, or one folder of one's own."""

import os
from pathlib import Path

import platformdirs

HOME = "AWRA_TUI_HOME"
"""Environment variable that names one folder for everything: config, data and cache lie below it."""

_APP = "awra-tui"


def config_dir() -> Path:
    """Return the folder of profiles and settings; it may not exist yet."""
    return _own("config") or platformdirs.user_config_path(_APP)


def data_dir() -> Path:
    """Return the folder of what must be kept: caches by profile, secrets in files."""
    return _own("data") or platformdirs.user_data_path(_APP)


def profiles_dir() -> Path:
    """Return the folder in which profiles are looked up by name."""
    return config_dir() / "profiles"


def _own(name: str) -> Path | None:
    home = os.environ.get(HOME)
    return Path(home).expanduser().resolve() / name if home else None
