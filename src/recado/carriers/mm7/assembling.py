"""Puts a multimedia message together: from what the parts say and what is kept of them to `core.mms.InboundMms`.

Nothing is left out: what no layout names and no Content means is part of the message all the same. What does not belong here: reading
bodies (`protocols.mm7.multipart`), keeping octets, what their bytes say they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from recado.core.mms import InboundMms, MmsPart, PartRole, Slide
from recado.protocols.mm7.charsets import decode_text
from recado.protocols.mm7.headers import PartHeaders
from recado.protocols.mm7.smil import LONGEST_LAYOUT, SmilSlide, read_smil

LONGEST_TEXT: Final = 64 * 1024
"""Octets of a text part; a longer one is a file."""
_LAYOUTS: Final = frozenset({"application/smil", "application/smil+xml", "text/smil"})
_LAYOUT_NAMES: Final = (".smil", ".smi")


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A part whose octets are durable."""

    headers: PartHeaders
    sha256: str
    size: int
    content_type: str
    """By what the bytes say."""
    content: bytes | None = None
    """The decoded octets, where `is_read` says they are needed and they are not too many."""


def is_read(headers: PartHeaders) -> bool:
    """Say whether the octets of a part are needed to put the message together: texts and layouts."""
    return headers.content_type in {"", "text/plain"} or _is_layout(headers)


def assemble(parts: Sequence[StoredPart], subject: str = "") -> InboundMms:
    """Return the message of these parts, the envelope not among them."""
    parts = _without_repeats(parts)
    layout = next((part for part in parts if _is_layout(part.headers) and part.content), None)
    smil = read_smil(layout.content, layout.headers.charset) if layout is not None and layout.content else ()
    shown = [[(position, source.is_text) for source in slide.sources if (position := _named(parts, source.src)) >= 0] for slide in smil]
    shown_as_text = {position for slide in shown for position, is_text in slide if is_text}
    roles = [_role(part, is_shown=position in shown_as_text) for position, part in enumerate(parts)]
    order = [position for slide in shown for position, _ in slide]
    order += [position for position in range(len(parts)) if position not in order]
    return InboundMms(
        subject.strip(),
        _merged([parts[position] for position in order if roles[position] is PartRole.TEXT]),
        tuple(_mms_part(part, role) for part, role in zip(parts, roles, strict=True)),
        tuple(_slide(smil_slide, slide) for smil_slide, slide in zip(smil, shown, strict=True) if slide),
    )


def _without_repeats(parts: Sequence[StoredPart]) -> list[StoredPart]:
    """Drop parts that came twice: same id and name, same octets."""
    seen: set[tuple[str, str, str]] = set()
    kept: list[StoredPart] = []
    for part in parts:
        key = (part.headers.content_id, part.headers.name or part.headers.content_location, part.sha256)
        if key not in seen or not any(key[:2]):
            kept.append(part)
        seen.add(key)
    return kept


def _is_layout(headers: PartHeaders) -> bool:
    return headers.content_type in _LAYOUTS or (
        headers.content_type in {"", "application/octet-stream", "text/xml", "application/xml", "text/plain"}
        and headers.name.lower().endswith(_LAYOUT_NAMES)
    )


def _role(part: StoredPart, *, is_shown: bool) -> PartRole:
    if _is_layout(part.headers) and part.size <= LONGEST_LAYOUT:
        return PartRole.LAYOUT
    is_text = part.headers.content_type == "text/plain" or (not part.headers.content_type and part.content_type == "text/plain")
    if not is_text or part.content is None or part.size > LONGEST_TEXT:
        return PartRole.MEDIA
    return PartRole.TEXT if is_shown or part.headers.disposition != "attachment" else PartRole.MEDIA


def _named(parts: Sequence[StoredPart], src: str) -> int:
    """Return the position of the part a layout names, by id, name or location, in any case at last; -1 where there is none."""
    wanted = src.rsplit("/", 1)[-1].lower()
    for matches in (
        lambda headers: src == headers.content_id,
        lambda headers: src in {headers.content_location, headers.name},
        lambda headers: wanted in {headers.content_id.lower(), headers.content_location.rsplit("/", 1)[-1].lower(), headers.name.lower()},
    ):
        for position, part in enumerate(parts):
            if src and matches(part.headers):
                return position
    return -1


def _merged(parts: Sequence[StoredPart]) -> str:
    """Return the texts one below the other, each once."""
    texts: dict[str, str] = {}
    for part in parts:
        text = decode_text(part.content or b"", part.headers.charset).strip()
        if text:
            texts.setdefault(text, text)
    return "\n".join(texts)


def _mms_part(part: StoredPart, role: PartRole) -> MmsPart:
    headers = part.headers
    name = headers.name or headers.content_location.rsplit("/", 1)[-1]
    return MmsPart(role, part.sha256, part.size, part.content_type, headers.content_type, name, headers.content_id)


def _slide(smil_slide: SmilSlide, shown: list[tuple[int, bool]]) -> Slide:
    return Slide(tuple(dict.fromkeys(position for position, _ in shown)), smil_slide.milliseconds)
