"""What kind of text a text is: words, tables, cards, markup.

What belongs here: telling them apart by their beginning. What does not: whether bytes are text at all in the eyes of a reader.
"""

import codecs
import re
from typing import Final

_CONTROLS: Final = frozenset(map(chr, (*range(32), 127))) - {"\t", "\n", "\r", "\f", "\x1a"}
_MARKUP: Final = (
    ("<svg", "image/svg+xml"),
    ("<smil", "application/smil"),
    ("<asx", "video/x-ms-asx"),
    ("<!doctype html", "text/html"),
    ("<html", "text/html"),
    ("<script", "text/html"),
    ("<?xml", "application/xml"),
)
_ACTIVE: Final = "application/xml", "application/smil", "image/svg+xml", "video/x-ms-asx", "text/richtext"
"""What markup of no known root may be named; each is a download for browsers."""
_TAG: Final = re.compile(r"<[!?/a-z]", re.IGNORECASE)
_BEGINNINGS: Final = (
    ("{\\rtf", "application/rtf"),
    ("BEGIN:VCARD", "text/x-vcard"),
    ("#EXTM3U", "audio/x-mpegurl"),
    (".RTX", "text/richtext"),
)
_ANY_WORDS: Final = (
    "text/plain", "text/csv", "text/x-java-source", "text/richtext", "audio/x-mpegurl", "audio/x-pn-realaudio",
)  # fmt: skip
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LOOKED_AT: Final = 4096


def texts(head: bytes) -> tuple[str, ...]:
    """Return the kinds of text that the beginning of a file allows, the likeliest first; empty: it is no text."""
    text = _decoded(head[:_LOOKED_AT])
    if text is None:
        return ()
    begun = text.lstrip()
    if begun.upper().startswith("BEGIN:VCALENDAR"):
        return ("text/x-vcalendar",) if re.search(r"VERSION:\s*1\.0", begun) else ("text/calendar", "text/x-vcalendar")
    for beginning, kind in _BEGINNINGS:
        if begun.upper().startswith(beginning.upper()):
            return (kind,)
    if _TAG.match(begun):
        return _markup(begun.lower())
    return _ANY_WORDS


def _markup(text: str) -> tuple[str, ...]:
    """Active things first: what may run in a page is never taken for something that may not."""
    found = next((kind for tag, kind in _MARKUP if tag in text), "text/html")
    return found, *(_ACTIVE if found == "text/html" else ())


def _decoded(head: bytes) -> str | None:
    if not head.strip():
        return None
    encoding = next((name for bom, name in _BOMS if head.startswith(bom)), "utf-8")
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)  # what is cut within a letter at the end is no fault
    except UnicodeDecodeError:
        text = head.decode("latin-1")  # phones write in many alphabets; without control characters it is somebody's words
        if len(text.encode("ascii", "ignore")) * 2 < len(text):
            return None
    return text if _CONTROLS.isdisjoint(text) else None
