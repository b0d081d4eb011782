"""The overview."""

from awra_tui.screens.base import BaseScreen
from awra_tui.widgets.keys import bindings


class OverviewScreen(BaseScreen):
    """What there is to do, kind by kind in order of work."""

    SCREEN = "overview"
    BINDINGS = bindings("overview")
