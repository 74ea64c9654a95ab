"""Cuts HTML into tags and texts, in time that grows with its length alone: the standard library's parser takes minutes for hostile mails.

Never fails. What begins like a tag or a comment and does not end is text, as is everything behind it, so no words get lost. What does not
belong here: what elements mean (`html_text`).
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_NAME: Final = re.compile(r"/?([a-zA-Z][^\s/>]{0,40})")
_IN_TAG: Final = re.compile(r"[\"'>]")
_ATTRIBUTE: Final = re.compile(r"([a-zA-Z_:][-\w:.]{0,40})\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LONGEST_ATTRIBUTES: Final = 2000
"""Characters of a tag that are looked into."""
_RAW: Final = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")}
"""Elements in which nothing but their own end is a tag; what is in them nobody reads."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag."""

    name: str
    """Lower case."""
    is_end: bool = False
    is_closed: bool = False
    """It ends with a slash: an element without anything in it."""
    attributes: dict[str, str] = field(default_factory=dict)
    """By lower-case name; of a very long tag only the first."""


def tokens(source: str) -> Iterator[Tag | str]:
    """Return tags and the texts between them, in order; entities are decoded, comments and declarations left out."""
    at = 0
    while at < len(source):
        begin = source.find("<", at)
        text_end = len(source) if begin < 0 else begin
        if text_end > at:
            yield html.unescape(source[at:text_end])
        if begin < 0:
            return
        named = _NAME.match(source, begin + 1)
        end = _tag_end(source, named.end()) if named else _other_end(source, begin)
        if end < 0:
            yield html.unescape(source[begin:])
            return
        if named is None and end == begin + 1:
            yield "<"
        elif named is not None:
            tag = _tag(source[begin + 1 : end - 1], named[1].lower())
            yield tag
            if tag.name in _RAW and not tag.is_end:
                closing = _RAW[tag.name].search(source, end)
                end = closing.start() if closing else len(source)
        at = end


def _tag_end(source: str, at: int) -> int:
    """Return where the tag is over, -1 where it never is; a `>` within quotes does not end it."""
    while found := _IN_TAG.search(source, at):
        if found[0] == ">":
            return found.end()
        closing = source.find(found[0], found.end())
        if closing < 0:
            return source.find(">", found.end()) + 1 or -1
        at = closing + 1
    return -1


def _other_end(source: str, begin: int) -> int:
    """Return where a comment or declaration is over, -1 where it never is; where `<` is just a letter, what comes next."""
    if source.startswith("<!--", begin):
        end = source.find("-->", begin + 2)
        return end + 3 if end >= 0 else -1
    if source[begin + 1 : begin + 2] in {"!", "?", "/"}:
        return source.find(">", begin) + 1 or -1
    return begin + 1


def _tag(inside: str, name: str) -> Tag:
    attributes = {
        found[1].lower(): html.unescape(next((value for value in found.groups()[1:] if value is not None), ""))
        for found in _ATTRIBUTE.finditer(inside[:_LONGEST_ATTRIBUTES])
    }
    return Tag(name, inside.startswith("/"), inside.endswith("/"), attributes)
