"""JSON with numbers kept as written: Decimal in, the same digits out."""

import json
from decimal import Decimal
from typing import Any

import msgspec

# Any value that JSON can hold.
Json = Any

_encoder = msgspec.json.Encoder(decimal_format="number")


def loads(text: str | bytes) -> Json:
    """Read JSON; every number becomes an int or a Decimal. Raises ValueError."""
    return json.loads(text, parse_float=Decimal, parse_constant=_refuse)


def dumps(value: Json) -> bytes:
    """Write JSON in UTF-8; Decimals keep their digits and never get an exponent."""
    return _encoder.encode(value)


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not a number in JSON")
