"""Sorts the parts of a mail: what is text, what is layout, what is a file of the person's, what is the operator's frame around it.

In doubt a part is the person's. What does not belong here: what the texts say (`words`), contents (`apps.mms.parts`).
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from recado.carriers.mms_mail.dialects import GENERIC, Dialect, matches
from recado.carriers.mms_mail.layout import Layout
from recado.carriers.mms_mail.parts import MailPart
from recado.carriers.mms_mail.words import Page, merged, own_lines, read_page
from recado.core.media_type import type_of
from recado.core.mms import Slide
from recado.core.mms_given import GivenFile
from recado.protocols.mm7.charsets import decode_text
from recado.protocols.mm7.headers import plain_name
from recado.protocols.mm7.smil import LONGEST_LAYOUT, read_smil

LONGEST_TEXT: Final = 64 * 1024
"""Octets of a text; a longer one is a file."""
LONGEST_PAGE: Final = 256 * 1024
"""Octets of one in HTML."""
MOST_TEXT: Final = 512 * 1024
"""Octets of all texts of a message; further ones are files."""
_LONGEST_FRAME_PICTURE: Final = 64 * 1024
_LAYOUT: Final = "application/smil"
_LAYOUTS: Final = frozenset({_LAYOUT, "application/smil+xml", "text/smil"})
_NAMES_OF_TEXTS: Final = (r"text[_-]?\d*(?:\.txt)?",)
"""What phones and gateways call the texts of a message, also where they attach them as files."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """What is in a mail."""

    text: str
    files: tuple[GivenFile, ...]
    slides: tuple[Slide, ...]
    flags: tuple[str, ...]
    """What was left out."""


def sort(parts: Sequence[MailPart], dialect: Dialect) -> Sorted:
    """Sort the parts of a mail."""
    parts = _without_repeats(parts)
    layout = _layout(parts)
    plain, pages = _texts(parts, layout, dialect)
    words = {part: own_lines(text, dialect) for part, text in (plain | {part: page.text for part, page in pages.items()}).items()}
    said = merged([words[part][0] for part in sorted(plain, key=lambda part: layout.place(_names(part)))], ())
    files: list[tuple[MailPart, GivenFile]] = []
    flags = ["mms_operator_words_left_out"] if any(is_less for _, is_less in words.values()) else []
    shown = frozenset(name for page in pages.values() for name in page.pictures)
    for part in parts:
        if part in words:
            says_more = bool(merged([said], [words[part][0]]).removeprefix(said)) if part in pages else bool(words[part][0])
            files += [(part, one) for one in _kept_text(part, pages.get(part), says_more=says_more)]
        elif _is_frame(part, dialect, shown) and not layout.shown([_names(part)]):
            flags.append(f"mms_operator_picture_left_out: {_name(part)}")
        elif part.content or _name(part):
            files.append((part, _file(part)))
    text = merged([said], [words[part][0] for part in pages])
    slides = layout.shown([_names(part) for part, _ in files])
    return Sorted(text, tuple(file for _, file in files), slides, tuple(dict.fromkeys(flags)))


def _texts(parts: Sequence[MailPart], layout: Layout, dialect: Dialect) -> tuple[dict[MailPart, str], dict[MailPart, Page]]:
    """Return what plain texts say, and pages in HTML; none of those beyond what is read."""
    plain: dict[MailPart, str] = {}
    pages: dict[MailPart, Page] = {}
    left = MOST_TEXT
    for part in parts:
        is_text = _is_text(part, layout)
        if (is_text or _is_page(part)) and len(part.content) <= left:
            left -= len(part.content)
            text = decode_text(part.content, part.headers.charset)
            if is_text:
                plain[part] = text
            else:
                pages[part] = read_page(text, dialect)
    return plain, pages


def _kept_text(part: MailPart, page: Page | None, *, says_more: bool) -> list[GivenFile]:
    """Return a text as the file it came as; nothing where all its words are said elsewhere or the operator's."""
    if page is not None and (page.links_elsewhere or not (page.text or page.pictures)):
        return [_file(part)]
    return [_file(part, is_text=True)] if says_more else []


def _is_text(part: MailPart, layout: Layout) -> bool:
    headers = part.headers
    is_plain = headers.content_type == "text/plain" or (
        not headers.content_type and (not headers.depth or type_of(part.content) == "text/plain")
    )
    is_meant = headers.disposition != "attachment" or matches(headers.name, _NAMES_OF_TEXTS) or layout.is_text(_names(part))
    return is_plain and is_meant and not _is_layout(part) and len(part.content) <= LONGEST_TEXT


def _is_page(part: MailPart) -> bool:
    headers = part.headers
    return headers.content_type == "text/html" and headers.disposition != "attachment" and len(part.content) <= LONGEST_PAGE


def _is_layout(part: MailPart) -> bool:
    return part.headers.content_type in _LAYOUTS or part.headers.name.lower().endswith((".smil", ".smi"))


def _is_frame(part: MailPart, dialect: Dialect, shown: Collection[str]) -> bool:
    """Say whether it is a picture of the operator's: by its name, and because the operator's page shows it."""
    is_small = part.headers.content_type.startswith("image/") and len(part.content) <= _LONGEST_FRAME_PICTURE
    return is_small and matches(_name(part), dialect.images, GENERIC.images) and not _names(part).isdisjoint(shown)


def _layout(parts: Sequence[MailPart]) -> Layout:
    found = next((part for part in parts if _is_layout(part)), None)
    return Layout(read_smil(found.content, found.headers.charset)) if found is not None else Layout()


def _names(part: MailPart) -> set[str]:
    """Return what a layout or a page may call it, lower case."""
    headers = part.headers
    return {one.lower() for one in (headers.content_id, headers.name, headers.content_location.rsplit("/", 1)[-1]) if one}


def _name(part: MailPart) -> str:
    return part.headers.name or plain_name(part.headers.content_location)


def _without_repeats(parts: Sequence[MailPart]) -> list[MailPart]:
    """Drop parts that came twice: same id and name, same octets."""
    seen: dict[object, MailPart] = {}
    for at, part in enumerate(parts):
        named = (part.headers.content_id, _name(part))
        seen.setdefault((*named, hashlib.sha256(part.content).digest()) if any(named) else at, part)
    return list(seen.values())


def _file(part: MailPart, *, is_text: bool = False) -> GivenFile:
    claimed = _LAYOUT if _is_layout(part) and len(part.content) <= LONGEST_LAYOUT else part.headers.content_type
    return GivenFile(_name(part), claimed, part.content, part.headers.content_id, is_text)
