"""Bytes of a file into text, in the encodings that spreadsheets write, without guessing."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"utf-8": "utf-8-sig", "utf-16": "utf-16", "windows-1252": "cp1252"}
_SHOWN = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}


class UndecodableError(ValueError):
    """A file that is not text in the encoding: the line of the first bad byte and what was expected."""

    def __init__(self, line: int, value: str, expected: str) -> None:
        super().__init__(expected)
        self.line, self.value, self.expected = line, value, expected


def decode(data: bytes, encoding: str = "auto") -> str:
    """Return the text of a file without its byte order mark; raise UndecodableError.

    ``auto`` takes a byte order mark at its word, then UTF-8, then Windows-1252: bytes that are UTF-8
    by chance are so rare that spreadsheets themselves decide this way.
    """
    if encoding != "auto":
        return _strict(data, _NAMES[encoding])
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, name)
    if _looks_binary(data):
        raise UndecodableError(1, "NUL bytes", 'text; set encoding = "utf-16" if it is UTF-16')
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(data, "cp1252")


def _looks_binary(data: bytes) -> bool:
    head = data[:400]
    return len(head) >= 4 and head.count(0) * 4 > len(head)


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        value = "byte " + " ".join(f"0x{byte:02x}" for byte in data[error.start : error.start + 1])
        raise UndecodableError(line, value, f"text in {_SHOWN[name]}") from None
