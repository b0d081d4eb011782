"""What is left out of text that is handed on: secrets, and personal data beyond the record."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from awra_tui.records.record import Contact

LEFT_OUT = "[left out]"
"""What stands in the place of a secret or of personal data."""
SHORTEST = 4
"""Shorter values of a contact are not looked for: they stand in words that say nothing of anybody."""

_PATTERNS = (
    (re.compile(r"(?i)\bbearer\s+[^\s\"',;]+"), f"Bearer {LEFT_OUT}"),
    (re.compile(r"(?i)\bbasic\s+[a-z0-9+/]{12,}=*"), f"Basic {LEFT_OUT}"),
    (
        re.compile(
            r"(?i)\b(access_token|refresh_token|id_token|client_secret|password|api[_-]?key)"
            r"(\\?[\"']?\s*[=:]\s*\\?[\"']?)[^\s\"'&,;}\\]+"
        ),
        rf"\1\2{LEFT_OUT}",
    ),
    (re.compile(r"\beyJ[\w-]{8,}(?:\.[\w-]+)*"), LEFT_OUT),
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), LEFT_OUT),
    (re.compile(r"\+\d[\d ().-]{7,}\d"), LEFT_OUT),
)
"""What shows by its form: credentials, tokens, e-mail addresses, international telephone numbers."""


@dataclass(frozen=True, slots=True)
class Discretion:
    """Leaves known values, and whatever looks like a secret or an address of a person, out of text."""

    known: tuple[str, ...] = ()

    def __call__(self, text: str) -> str:
        """Return the text with ``[left out]`` in the place of what is nobody else's business."""
        for value in sorted(self.known, key=len, reverse=True):
            text = re.sub(re.escape(value), LEFT_OUT, text, flags=re.IGNORECASE)
        for pattern, instead in _PATTERNS:
            text = pattern.sub(instead, text)
        return text


def discretion(contacts: Iterable[Contact], secrets: Iterable[str] = ()) -> Discretion:
    """Return the discretion about these contacts and secrets."""
    private = [value for contact in contacts for value in _private(contact)]
    return Discretion(tuple({value for value in (*private, *secrets) if len(value) >= SHORTEST}))


def _private(contact: Contact) -> tuple[str, ...]:
    return (contact.email, contact.phone, contact.tax_number, *contact.address)
