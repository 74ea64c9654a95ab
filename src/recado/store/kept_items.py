"""Received items as text and back, so that what is held in quarantine can be processed once more exactly as it was.

JSON of ASCII alone: nothing a carrier sends, not even half a letter or a zero, can keep it from being stored. No rows here (`quarantine`).
"""

import json
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from recado.core.message import Concatenation, Encoding, InboundPart
from recado.core.mms import InboundMms, MmsPart, PartRole, Slide
from recado.core.receipt import DeliveryReceipt, OutboundState, UndeliveredReason

_KINDS: dict[str, type[InboundPart | DeliveryReceipt]] = {"part": InboundPart, "receipt": DeliveryReceipt}


class UnreadableItemError(ValueError):
    """It was kept by another version, or not at all."""


def dumps(item: InboundPart | DeliveryReceipt) -> str:
    """Write an item down."""
    kind = "part" if isinstance(item, InboundPart) else "receipt"
    return json.dumps({"kind": kind, **{field.name: _plain(getattr(item, field.name)) for field in fields(item)}})


def loads(text: str) -> InboundPart | DeliveryReceipt:
    """Read what `dumps` wrote; raise UnreadableItemError."""
    try:
        given = json.loads(text)
        kind = _KINDS[given.pop("kind")]
        return kind(**{name: _READ.get(name, _same)(value) for name, value in given.items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableItemError(str(error) or type(error).__name__) from error


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Concatenation):
        return [value.reference, value.width, value.total, value.position]
    return asdict(value) if isinstance(value, InboundMms) else value


def _mms(value: dict[str, Any] | None) -> InboundMms | None:
    if not value:
        return None
    parts = tuple(MmsPart(**{**part, "role": PartRole(part["role"])}) for part in value["parts"])
    slides = tuple(Slide(tuple(slide["parts"]), slide["milliseconds"]) for slide in value["slides"])
    return InboundMms(value["subject"], value["text"], parts, slides)


def _same(value: Any) -> Any:
    return value


_READ: dict[str, Any] = {
    "raw": bytes.fromhex,
    "received_at": datetime.fromisoformat,
    "encoding": Encoding,
    "concatenation": lambda value: Concatenation(*value) if value else None,
    "flags": tuple,
    "mms": _mms,
    "state": lambda value: OutboundState(value) if value else None,
    "reason": lambda value: UndeliveredReason(value) if value else None,
}
"""How the fields that JSON has no word for are read."""
