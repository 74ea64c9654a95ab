"""Answers as the older API writes them: everything below one `SerwerSMS` element, mostly in attributes.

What belongs here: elements into bytes. What does not: which elements an action answers with.
"""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

from django.http import HttpResponse

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, text: object = "", *children: Element, **attributes: object) -> Element:
    """Make an element."""
    made = Element(name, {key: _clean(value) for key, value in attributes.items()})
    made.text = _clean(text) or None
    made.extend(children)
    return made


def answer(login: str, elements: Iterable[Element]) -> HttpResponse:
    """Answer a call; `login` is empty where nobody was let in."""
    root = element("SerwerSMS", "", *elements, **({"login": login} if login else {}))
    body = tostring(root, encoding="UTF-8", xml_declaration=True)
    return HttpResponse(body, content_type="text/xml; charset=utf-8", headers={"Cache-Control": "no-store"})


def _clean(value: object) -> str:
    return _NOT_XML.sub("\ufffd", str(value))
