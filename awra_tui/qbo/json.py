"""JSON with exact numbers: Decimal in, Decimal out, never a float."""

from decimal import Decimal, InvalidOperation

import msgspec

from awra_tui.records.qbo import Json

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder(float_hook=Decimal)


def encode(value: Json) -> bytes:
    """Write JSON with Decimals as numbers; raise TypeError at a float, ValueError at a NaN."""
    _refuse_inexact(value)
    return _ENCODER.encode(value)


def decode(body: bytes | str) -> object:
    """Read JSON with fractions as Decimal; raise ValueError for anything that is not JSON."""
    try:
        value: object = _DECODER.decode(body)
    except (InvalidOperation, RecursionError) as error:
        raise ValueError("the JSON cannot be held: a number or a depth beyond reason") from error
    return value


def decode_object(body: bytes | str) -> Json:
    """Read a JSON object; raise ValueError for anything else."""
    value = decode(body)
    if not isinstance(value, dict):
        raise ValueError("the JSON is not an object")
    return value


def _refuse_inexact(value: object) -> None:
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float; amounts are Decimal")
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"{value!r} cannot be written as JSON")
    if isinstance(value, dict):
        for part in value.values():
            _refuse_inexact(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _refuse_inexact(part)
