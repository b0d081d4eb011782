"""Send sales and purchasing to QuickBooks Online; see what did not arrive, why, and what to do."""

__version__ = "0.1.0"
