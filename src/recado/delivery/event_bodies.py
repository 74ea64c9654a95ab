"""What webhooks say of messages that were received, as JSON and as XML: docs/reference/webhooks.md.

Pure: messages in, octets out. What does not belong here: headers and signatures (`webhook`), forms as Twilio sends them (`twilio_body`).
Fields are added, never renamed and never given another meaning: programs of customers read them.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from recado.delivery.macros import Forwarded

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
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


def as_json(messages: Sequence[Forwarded], *, is_list: bool) -> list[bytes]:
    """Write messages: the body that tells them all, and where there are several, after it the body that would tell each alone."""
    return _write(messages, [_JSON.encode(fields_of(message)) for message in messages], _json, is_list=is_list)


def as_xml(messages: Sequence[Forwarded], *, is_list: bool) -> list[bytes]:
    """Write the same as documents; what XML cannot hold is left out, and so are fields without a value."""
    return _write(messages, [f"<data>{''.join(_elements(fields_of(message)))}</data>" for message in messages], _xml, is_list=is_list)


def _write(messages: Sequence[Forwarded], parts: Sequence[str], write: Callable[..., str], *, is_list: bool) -> list[bytes]:
    moments = [message.received_at for message in messages]
    bodies = [write(parts, _utc(max(moments)), is_list=is_list)]
    if len(parts) > 1:
        bodies += [write([part], _utc(moment), is_list=is_list) for part, moment in zip(parts, moments, strict=True)]
    return [body.encode("utf-8", "replace") for body in bodies]


def _json(parts: Sequence[str], timestamp: str, *, is_list: bool) -> str:
    data = f"[{','.join(parts)}]" if is_list else parts[0]
    return f'{{"type":"{SEVERAL if is_list else ONE}","timestamp":"{timestamp}","data":{data}}}'


def _xml(parts: Sequence[str], timestamp: str, *, is_list: bool) -> str:
    head = f"<type>{SEVERAL if is_list else ONE}</type><timestamp>{timestamp}</timestamp>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<event>{head}{"".join(parts)}</event>\n'


def _elements(fields: dict[str, Any]) -> Iterable[str]:
    for name, value in fields.items():
        if value is not None:
            written = str(value).lower() if isinstance(value, bool) else _xml_text(value)
            yield f"<{name}>{written}</{name}>"


def _xml_text(text: str) -> str:
    """Escape a text; a carriage return, too, which a parser would turn into a line feed."""
    return escape(_NOT_XML.sub("", text), {"\r": "&#13;"})


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
