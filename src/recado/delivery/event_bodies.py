"""What webhooks say of messages that were received, as JSON and as XML: docs/reference/webhooks.md.

Pure: messages in, octets out. What does not belong here: headers and signatures (`webhook`), forms as Twilio sends them (`twilio_body`).
Fields are added, never renamed and never given another meaning: programs of customers read them.
"""

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias
from xml.sax.saxutils import escape

import orjson

from recado.delivery.macros import Forwarded

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
Fields: TypeAlias = dict[str, Any]
ONE = "message.received"
SEVERAL = "messages.received"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fields_of(message: Forwarded) -> Fields:
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
        **_multimedia(message),
    }


def _multimedia(message: Forwarded) -> Fields:
    """Return what an MMS has besides; of an SMS nothing, so that it says what it always said."""
    if message.mms is None:
        return {}
    files = [
        {"id": str(one.id), "name": one.name, "content_type": one.content_type, "size": one.size, "url": one.url or None}
        for one in message.mms.files
    ]
    return {"kind": "mms", "subject": message.mms.subject, "attachments": files}


def as_json(messages: Sequence[Forwarded], *, is_list: bool) -> list[bytes]:
    """Write messages: the body that tells them all, and where there are several, after it the body that would tell each alone."""
    return _write([fields_of(message) for message in messages], _encode, _json, is_list=is_list)


def as_xml(messages: Sequence[Forwarded], *, is_list: bool) -> list[bytes]:
    """Write the same as documents; what XML cannot hold is left out, and so are fields without a value."""
    return _write([fields_of(message) for message in messages], _element, _xml, is_list=is_list)


def _write(fields: Sequence[Fields], part: Callable[[Fields], str], whole: Callable[..., str], *, is_list: bool) -> list[bytes]:
    parts, moments = [part(one) for one in fields], [one["received_at"] for one in fields]
    bodies = [whole(parts, max(moments), is_list=is_list)]
    if len(parts) > 1:
        bodies += [whole([part], moment, is_list=is_list) for part, moment in zip(parts, moments, strict=True)]
    return [body.encode("utf-8", "replace") for body in bodies]


def _encode(fields: Fields) -> str:
    try:
        return orjson.dumps(fields).decode()
    except TypeError:  # half a character; it is replaced when it is encoded
        return _JSON.encode(fields)


def _json(parts: Sequence[str], timestamp: str, *, is_list: bool) -> str:
    data = f"[{','.join(parts)}]" if is_list else parts[0]
    return f'{{"type":"{SEVERAL if is_list else ONE}","timestamp":"{timestamp}","data":{data}}}'


def _xml(parts: Sequence[str], timestamp: str, *, is_list: bool) -> str:
    head = f"<type>{SEVERAL if is_list else ONE}</type><timestamp>{timestamp}</timestamp>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<event>{head}{"".join(parts)}</event>\n'


def _element(fields: Fields) -> str:
    told = ((name, value) for name, value in fields.items() if value is not None)
    return f"<data>{''.join(_xml_field(name, value) for name, value in told)}</data>"


def _xml_field(name: str, value: Any) -> str:
    if isinstance(value, list):
        one = name.removesuffix("s")
        fields = ("".join(_xml_field(*field) for field in each.items() if field[1] is not None) for each in value)
        return "".join(f"<{one}>{inner}</{one}>" for inner in fields)
    return f"<{name}>{str(value).lower() if isinstance(value, bool) else _xml_text(str(value))}</{name}>"


def _xml_text(text: str) -> str:
    """Escape a text; a carriage return, too, which a parser would turn into a line feed."""
    return escape(_NOT_XML.sub("", text), {"\r": "&#13;"})


def _utc(moment: datetime) -> str:
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).replace(tzinfo=None).isoformat("T", "milliseconds") + "Z"
