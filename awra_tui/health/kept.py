"""Bodies that a connection keeps of what was sent and answered."""

from decimal import Decimal
from typing import cast

import msgspec

from awra_tui.records.qbo import Json

_DECODER = msgspec.json.Decoder(dict, float_hook=Decimal)


def body_in(text: str, entity: str = "") -> Json:
    """Read a body that a link keeps; an answer may have its object under the entity's name."""
    found = cast("Json", _DECODER.decode(text)) if text else {}
    inner: Json = found.get(entity, found)
    return inner
