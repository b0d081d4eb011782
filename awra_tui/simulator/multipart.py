"""Multipart bodies as QuickBooks clients write them, some with bare line feeds."""

import base64
import binascii
import re
from dataclasses import dataclass

from awra_tui.simulator import faults

_BOUNDARY = re.compile(r"""boundary=("?)([^";]+)\1""")
_GAP = re.compile(rb"\r?\n\r?\n")
_NAME = re.compile(r'\bname="([^"]*)"')
_FILENAME = re.compile(r'filename="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Part:
    """One part: the name of its form field, the file's name, its media type and decoded content."""

    name: str
    filename: str
    media: str
    content: bytes


def parts(media: str, body: bytes) -> list[Part]:
    """Split a multipart body. Raises a Fault (2010) where it is none."""
    found = _BOUNDARY.search(media)
    if found is None:
        raise faults.malformed("multipart body; the content type")
    _, *pieces = (b"\n" + body).split(b"\n--" + found.group(2).strip().encode())
    return [_part(piece) for piece in pieces if not piece.startswith(b"--")]


def _part(piece: bytes) -> Part:
    # What precedes the next boundary is its line break, not content.
    head, *rest = _GAP.split(piece, maxsplit=1)
    content = (rest[0] if rest else b"").removesuffix(b"\r")
    headers = _headers(head.decode("utf-8", "replace"))
    if headers.get("content-transfer-encoding", "").lower() == "base64":
        content = _decoded(content)
    told = headers.get("content-disposition", "")
    return Part(_first(_NAME, told), _first(_FILENAME, told), headers.get("content-type", ""), content)


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group(1) if found else ""


def _headers(text: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.splitlines() if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _decoded(content: bytes) -> bytes:
    try:
        return base64.b64decode(content)
    except binascii.Error as error:
        raise faults.malformed("base64 content; the part") from error
