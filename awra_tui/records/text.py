"""Text from outside: made harmless for a terminal, cut to a width, turned into keys for sorting."""

import unicodedata

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_CONTROL_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\N{SYMBOL FOR DELETE}"}
_BIDI = dict.fromkeys([0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], _REPLACEMENT)
_C1 = dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT)
_SPACES = {0x09: " ", 0x0A: " ", 0x0D: " ", 0x2028: " ", 0x2029: " "}
_HARMLESS = _CONTROL_PICTURES | _BIDI | _C1 | _SPACES
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def harmless(text: str) -> str:
    """Return one line of text that no terminal obeys: control and direction characters made visible."""
    cleaned = text.translate(_HARMLESS)
    return "".join(_REPLACEMENT if 0xD800 <= ord(c) <= 0xDFFF else c for c in cleaned)


def cut(text: str, width: int) -> str:
    """Return ``text`` harmless and at most ``width`` characters long, with an ellipsis where it was cut."""
    plain = harmless(text)
    return plain if len(plain) <= width else plain[: max(width - 1, 0)] + "…"


def folded(text: str) -> str:
    """Return text for searching and sorting: case, accents and widths folded."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c))


def sort_key(text: str) -> str:
    """Return a key that sorts the same on every database: folded, 200 characters at most."""
    return folded(text)[:200]


def number_key(text: str) -> str:
    """Return a sort key in which digits count as numbers: INV-9 before INV-10."""
    parts: list[str] = []
    digits = ""
    for c in sort_key(text) + "\0":
        if c.isascii() and c.isdigit():
            digits += c
            continue
        if digits:
            parts.append(digits.lstrip("0").rjust(12, "0"))
            digits = ""
        parts.append(c)
    return "".join(parts)[:-1][:200]


def spreadsheet_safe(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, whatever blanks stand before it."""
    return "'" + text if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def duration(seconds: float) -> str:
    """Write a span of time, such as ``42 s`` or ``3 min``."""
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def slowed_down(seconds: float) -> str:
    """Say that QuickBooks asked to wait, and for how long yet."""
    return f"slowed down by QuickBooks, goes on in {duration(seconds)}"
