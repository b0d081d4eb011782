"""From a ready record to the bodies that QuickBooks is sent."""

from awra_tui.health.payloads.build import body_of, build, missing_roles

__all__ = ["body_of", "build", "missing_roles"]
