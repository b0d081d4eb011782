"""``python -m bench.quick_company TIMES ...``: the simulator with a clock so many times as fast."""

import sys

from awra_tui.simulator import __main__ as simulator
from awra_tui.simulator import clock

if __name__ == "__main__":
    clock.quicken(float(sys.argv[1]))
    sys.exit(simulator.main(sys.argv[2:]))
