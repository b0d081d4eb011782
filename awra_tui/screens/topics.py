"""Where the guide is opened from a screen that is about no one reason."""

TOPICS = {
    "overview": "order-of-work",
    "warnings": "order-of-work",
    "connect": "customers",
    "connecting": "customers",
    "mapping": "mapping",
    "chooser": "mapping",
    "log": "retry-or-escalate",
    "run": "retry-or-escalate",
    "attempt": "retry-or-escalate",
    "connections": "authorization",
    "audit": "retry-or-escalate",
    "check": "order-of-work",
    "checked": "order-of-work",
}
"""The page of the guide that fits a screen as a whole."""
