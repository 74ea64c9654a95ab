"""What webhooks say of messages that were received, as JSON and as XML: docs/reference/webhooks.md.

Pure: messages in, octets out. What does not belong here: headers and signatures (`webhook`), forms as Twilio sends them (`twilio_body`).
Fields are added, never renamed and never given another meaning: programs of customers read them.
"""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from recado.delivery.macros import Forwarded

ONE = "message.received"
SEVERAL = "messages.received"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fields_of(message: Forwarded) -> dict[str, Any]:
    """Return what is told of one message. Ids are texts: they are greater than what JavaScript counts exactly."""
    return {
        "id": str(message.message_id),
        "sender": message.sender.removeprefix("+"),
        "recipient": message.recipient.removeprefix("+"),
        "text": message.text,
        "received_at": _utc(message.received_at),
        "keyword": message.keyword,
        "argument": message.argument,
        "dialogue_id": None if message.dialogue_id is None else str(message.dialogue_id),
        "account_id": str(message.account_id),
        "is_test": message.is_test,
    }


def as_json(messages: Sequence[Forwarded], *, is_list: bool) -> bytes:
    """Write one message, or a list of them."""
    data = [fields_of(message) for message in messages]
    event = {"type": SEVERAL if is_list else ONE, "timestamp": _timestamp(messages), "data": data if is_list else data[0]}
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def as_xml(messages: Sequence[Forwarded], *, is_list: bool) -> bytes:
    """Write the same as a document; what XML cannot hold is left out, and so are fields without a value."""
    data = "".join(f"<data>{''.join(_elements(fields_of(message)))}</data>" for message in messages)
    head = f"<type>{SEVERAL if is_list else ONE}</type><timestamp>{_timestamp(messages)}</timestamp>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<event>{head}{data}</event>\n'.encode()


def _elements(fields: dict[str, Any]) -> Iterable[str]:
    for name, value in fields.items():
        if value is not None:
            written = str(value).lower() if isinstance(value, bool) else _xml_text(value)
            yield f"<{name}>{written}</{name}>"


def _xml_text(text: str) -> str:
    """Escape a text; a carriage return, too, which a parser would turn into a line feed."""
    return escape(_NOT_XML.sub("", text), {"\r": "&#13;"})


def _timestamp(messages: Iterable[Forwarded]) -> str:
    return _utc(max(message.received_at for message in messages))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
