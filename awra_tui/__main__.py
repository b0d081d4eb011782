"""``python -m awra_tui`` is ``awra-tui``."""

from awra_tui.cli.main import main

main()
