"""Text from outside: made harmless for a terminal, cut to a width, turned into keys for sorting."""

import unicodedata

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LEFT_OUT = frozenset(
    # Joiners, variation selectors, tones of skin: terminals disagree on the width of what they make.
    [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x20E3, 0x034F, *range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400)]
)
_BLANK = frozenset([0x115F, 0x1160, 0x3164, 0xFFA0])
"""Letters that are drawn as nothing."""
_PILE = 4
"""Marks over one letter that are kept: more than any script needs, fewer than reach the next line."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class _Harmless(dict[int, str]):
    """What stands in the place of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = made = _shown(code)
        return made


def _shown(code: int) -> str:
    sign = chr(code)
    if sign in "\t\n\r" or unicodedata.category(sign) in ("Zs", "Zl", "Zp"):
        return " "
    if code < 0x20 or code == 0x7F:
        return "\N{SYMBOL FOR DELETE}" if code == 0x7F else chr(0x2400 + code)
    if code in _LEFT_OUT or 0xE0100 <= code <= 0xE01EF:
        return ""
    return sign if sign.isprintable() and code not in _BLANK else _REPLACEMENT


_HARMLESS = _Harmless()


class _Escaped(dict[int, str]):
    """How JSON writes each character so that no terminal obeys it; line ends lay the text out."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        units = sign.encode("utf-16-be", "surrogatepass").hex()
        written = "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
        self[code] = made = sign if sign.isprintable() or sign == "\n" else written
        return made


_ESCAPED = _Escaped()


def harmless(text: str) -> str:
    """Return one line of text that no terminal obeys: control and direction characters made visible.

    What makes terminals disagree on the width of the rest is left out: joiners, and heaps of marks.
    """
    if text.isascii() and text.isprintable():
        return text
    plain = text.translate(_HARMLESS)
    return _without_heaps(plain) if max(plain, default="") >= "\u0300" else plain


def _without_heaps(text: str) -> str:
    kept: list[str] = []
    pile = 0
    for c in text:
        pile = pile + 1 if unicodedata.category(c) in ("Mn", "Me") else 0
        if pile <= _PILE:
            kept.append(c)
    return "".join(kept)


def harmless_json(text: str) -> str:
    """Return JSON that says the same, with escapes for what a terminal would obey."""
    return text.translate(_ESCAPED)


def harmless_lines(text: str) -> str:
    """Return a text of several lines, each of them harmless."""
    return "\n".join(map(harmless, text.replace("\r\n", "\n").split("\n")))


def width_of(text: str) -> int:
    """Return how many cells of a terminal a harmless text takes."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def cut(text: str, width: int) -> str:
    """Return ``text`` harmless and at most ``width`` cells wide, with an ellipsis where it was cut."""
    plain = harmless(text)
    if len(plain) * 2 <= width or width_of(plain) <= width:
        return plain
    taken = 0
    for at, sign in enumerate(plain):
        taken += _cells(sign)
        if taken >= width:
            return plain[:at].rstrip() + "…"
    return plain


def folded(text: str) -> str:
    """Return text for searching and sorting: case, accents and widths folded."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    for mark in filter(unicodedata.combining, set(plain)):
        plain = plain.replace(mark, "")
    return plain


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
