"""SMIL as multimedia messages have it: slides one after the other, each with what is shown in it, and how long.

Reading never fails: of what is no SMIL there are no slides.
What does not belong here: which part a `src` means (`carriers.mm7.assembling`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from recado.protocols.mm7.errors import Mm7FormatError
from recado.protocols.mm7.headers import plain_id
from recado.protocols.mm7.xml_tree import Node, read_xml

LONGEST_LAYOUT: Final = 64 * 1024
_MOST_SLIDES: Final = 200
_MEDIA: Final = frozenset({"text", "img", "audio", "video", "ref", "animation", "textstream"})
_DURATION: Final = re.compile(r"^\s*([0-9]{1,6}(?:\.[0-9]{1,6})?)\s*(ms|s|min|h|)\s*$")
_CLOCK: Final = re.compile(r"^\s*(?:([0-9]{1,3}):)?([0-9]{1,2}):([0-9]{1,2}(?:\.[0-9]{1,6})?)\s*$")
_UNITS: Final = {"ms": 1, "s": 1000, "": 1000, "min": 60_000, "h": 3_600_000}


@dataclass(frozen=True, slots=True)
class Source:
    """Something shown in a slide."""

    src: str
    """Content id, name or Content-Location, without `cid:`."""
    is_text: bool = False
    """It is shown as a text."""


@dataclass(frozen=True, slots=True)
class SmilSlide:
    """What is shown together."""

    sources: tuple[Source, ...]
    milliseconds: int = 0


def read_smil(data: bytes, charset: str = "") -> tuple[SmilSlide, ...]:
    """Return the slides of a SMIL; none of what is none."""
    if len(data) > LONGEST_LAYOUT:
        return ()
    try:
        root = read_xml(data, charset, takes_doctype=True)
    except Mm7FormatError:
        return ()
    body = root.find("body")
    if body is None:
        return ()
    slides = [slide for node in _slide_nodes(body) if (slide := _slide(node)).sources]
    return tuple(slides[:_MOST_SLIDES])


def write_smil(slides: Sequence[SmilSlide]) -> bytes:
    """Write a simple SMIL: picture above, text below."""
    pages = "".join(
        f'<par dur="{slide.milliseconds or 5000}ms">{"".join(_written(source) for source in slide.sources)}</par>' for slide in slides
    )
    layout = (
        '<layout><root-layout width="100%" height="100%"/><region id="Image" left="0" top="0" width="100%" height="70%" fit="meet"/>'
        '<region id="Text" left="0" top="70%" width="100%" height="30%" fit="scroll"/></layout>'
    )
    return f"<smil><head>{layout}</head><body>{pages}</body></smil>".encode()


def duration(value: str) -> int:
    """Return milliseconds of `5s`, `5000ms`, `5`, `00:05`, `1min`; 0 of anything else, as `indefinite`."""
    if matched := _DURATION.match(value):
        return round(float(matched[1]) * _UNITS[matched[2]])
    if matched := _CLOCK.match(value):
        hours, minutes, seconds = matched.groups()
        return round((int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds)) * 1000)
    return 0


def _written(source: Source) -> str:
    if source.is_text:
        return f'<text src={quoteattr("cid:" + source.src)} region="Text"/>'
    return f'<ref src={quoteattr("cid:" + source.src)} region="Image"/>'


def _slide_nodes(body: Node) -> list[Node]:
    """Return the elements that are a slide each: every par that holds no other, and media that stand in none."""
    found: list[Node] = []
    waiting = [body]
    while waiting:
        node = waiting.pop(0)
        name = node.name.lower()
        if name in _MEDIA or (name == "par" and not any(inner.name.lower() == "par" for inner in node.walk() if inner is not node)):
            found.append(node)
        else:
            waiting = [*node.children, *waiting]
    return found


def _slide(node: Node) -> SmilSlide:
    media = [inner for inner in node.walk() if inner.name.lower() in _MEDIA]
    sources = tuple(
        Source(unquote(plain_id(inner.attributes["src"])), inner.name.lower() in {"text", "textstream"})
        for inner in media
        if inner.attributes.get("src")
    )
    own = duration(node.attributes.get("dur", ""))
    return SmilSlide(sources, own or max((duration(inner.attributes.get("dur", "")) for inner in media), default=0))
