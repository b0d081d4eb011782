"""XML and HTML where JSON was asked for: QuickBooks' errors in XML, a gateway's page in words."""

import re
from html import unescape
from typing import TYPE_CHECKING

from awra_tui.records.fault import FaultMessage

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

EXCERPT = 300
"""How much of a page is kept as its message, in characters."""

_LOOSE_LIMIT = 64 * 1024
_FAULT_TYPE = re.compile(r"<(?:\w+:)?Fault\b[^>]*\btype=\"([^\"]*)\"", re.IGNORECASE)
_ERROR = re.compile(
    r"<(?:\w+:)?Error\b([^>]*)>(.*?)(?=<(?:\w+:)?Error\b|</(?:\w+:)?Fault|\Z)", re.IGNORECASE | re.DOTALL
)
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*[\"']([^\"']*)[\"']")
_PART = re.compile(r"<(?:\w+:)?(Message|Detail)\b[^>]*>(.*?)(?:</|\Z)", re.IGNORECASE | re.DOTALL)
_INVISIBLE = re.compile(r"<(script|style)\b.*?(</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>?")


def markup_messages(body: bytes, text: str) -> tuple[str, tuple[FaultMessage, ...]]:
    """Return the type and errors of a fault in XML; those of broken XML as far as they can be read."""
    root = _root(body)
    return _loose(text) if root is None else _strict(root)


def excerpt(text: str) -> str:
    """Return the title of a page, or the beginning of its text without tags."""
    visible = _INVISIBLE.sub(" ", text[: EXCERPT * 40])
    title = _TITLE.search(visible)
    said = title.group(1) if title else _TAG.sub(" ", visible)
    return " ".join(unescape(said).split())[:EXCERPT]


def _root(body: bytes) -> "Element | None":
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        return fromstring(body.strip())
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None


def _strict(root: "Element") -> tuple[str, tuple[FaultMessage, ...]]:
    kind, messages = "", []
    for node in root.iter():
        name = _local(node)
        if name == "fault":
            kind = kind or node.get("type", "")
        elif name == "error":
            parts = {_local(part): (part.text or "").strip() for part in node}
            messages.append(_error(dict(node.attrib), parts))
    return kind, tuple(messages)


def _loose(text: str) -> tuple[str, tuple[FaultMessage, ...]]:
    kind = _FAULT_TYPE.search(text)
    messages = []
    for head, inside in _ERROR.findall(text[:_LOOSE_LIMIT]):
        parts = {name.lower(): unescape(value).strip() for name, value in _PART.findall(inside)}
        messages.append(_error(dict(_ATTRIBUTE.findall(head)), parts))
    return kind.group(1) if kind else "", tuple(messages)


def _error(attributes: dict[str, str], parts: dict[str, str]) -> FaultMessage:
    return FaultMessage(
        attributes.get("code", parts.get("code", "")),
        parts.get("message", ""),
        parts.get("detail", ""),
        attributes.get("element", parts.get("element", "")),
    )


def _local(node: "Element") -> str:
    return str(node.tag).rpartition("}")[2].lower()
