"""The companies that the simulator can be, by name; each is built when it is asked for."""

from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module

from awra_tui.simulator.companies.seed import SeedCompany

_MODULES = {"empty-us": "empty_us", "nairobi": "nairobi", "sandbox-us": "sandbox_us"}

NAMES = tuple(_MODULES)


def beside(names: Sequence[str]) -> tuple[str, ...]:
    """Return the companies to serve: those named, each once, and a second beside a single one."""
    asked = tuple(dict.fromkeys(names))
    if len(asked) > 1:
        return asked
    return (*asked, next(name for name in NAMES if name not in asked))


def build(name: str, anchor: date) -> SeedCompany:
    """Build a company by name, with its dates counted from the anchor. Raises KeyError."""
    module = import_module(f"{__name__}.{_MODULES[name]}")
    builder: Callable[[date], SeedCompany] = module.company
    return builder(anchor)
