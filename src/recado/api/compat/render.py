"""Answers on the wire: JSON and XML, always with HTTP status 200 (provider-api.md §4).

What belongs here: turning plain values into bytes. What does not: deciding what to answer.
"""

import json
import re
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpResponse

from recado.api.compat.call import Answer, Document
from recado.api.compat.errors import ErrorText

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def render_success(answer: Answer | Document, form: str) -> HttpResponse:
    """Answer a call that succeeded; `form` is `json` or `xml`."""
    if isinstance(answer, Document):
        return _uncached(answer.content, answer.content_type)
    if form == "xml":
        return _xml(_element("response", answer))
    return _json(answer)


def render_error(error: ErrorText, form: str, language: str) -> HttpResponse:
    """Answer a call that failed. In XML the root itself carries the code: older clients look nowhere else."""
    described = {"code": error.code, "type": error.type, "message": error.message(language)}
    if form == "xml":
        return _xml(_element("error", described))
    return _json({"error": described})


def _json(answer: Mapping[str, Any]) -> HttpResponse:
    return _text(json.dumps(answer, ensure_ascii=False, separators=(",", ":")), "application/json")


def _xml(root: str) -> HttpResponse:
    return _text(_DECLARATION + root, "application/xml")


def _text(body: str, content_type: str) -> HttpResponse:
    return _uncached(body.encode("utf-8", "replace"), f"{content_type}; charset=utf-8")


def _uncached(body: bytes, content_type: str) -> HttpResponse:
    return HttpResponse(body, content_type=content_type, headers={"Cache-Control": "no-store"})


def _element(name: str, value: Any) -> str:
    return f"<{name}>{_content(value)}</{name}>"


def _content(value: Any) -> str:
    if isinstance(value, Mapping):
        return "".join(_element(name, inner) for name, inner in value.items())
    if isinstance(value, (list, tuple)):
        return "".join(_element("item", inner) for inner in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else escape(_NOT_XML.sub("\ufffd", str(value)))
