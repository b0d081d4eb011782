"""How QuickBooks no longer counts an object: deleted, void, or inactive."""

from awra_tui.records.qbo import QboObject, is_void

STATES = {"deleted": "deleted", "voided": "void", "inactive": "inactive"}
"""How sentences call the states of what QuickBooks no longer counts."""


def state_of(obj: QboObject | None) -> str:
    """Return ``deleted``, ``voided`` or ``inactive`` for what QuickBooks no longer counts, else nothing."""
    if obj is None:
        return ""
    if obj.deleted:
        return "deleted"
    if is_void(obj.content):
        return "voided"
    return "" if obj.active else "inactive"
