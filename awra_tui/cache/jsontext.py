"""JSON text in which numbers stay exact: written and read as Decimal, never as binary fractions."""

from decimal import Decimal
from typing import cast

import msgspec

from awra_tui.records.qbo import Json

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder(dict, float_hook=Decimal)


def to_text(value: Json) -> str:
    """Write a JSON object."""
    return _ENCODER.encode(value).decode()


def from_text(text: str) -> Json:
    """Read a JSON object; nothing is an empty one."""
    return cast("Json", _DECODER.decode(text)) if text else {}
