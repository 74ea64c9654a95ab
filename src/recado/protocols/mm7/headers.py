"""Headers of a MIME part as values: names in any case, folded lines, RFC 2047 words, RFC 2231 and RFC 5987 parameters.

Never fails because of what a header holds. What belongs here: one block of header lines. What does not: where it begins and ends
(`multipart`), decoding of bodies (`transfer`).
"""

import re
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import collapse_rfc2231_value
from typing import Final

LONGEST_NAME: Final = 200
_LONGEST_VALUE: Final = 4000
"""Characters of one header that are looked into: the standard library takes long for longer ones with many quotes."""
_LINES: Final = re.compile(r"\r?\n(?![ \t])")
_FOLD: Final = re.compile(r"[\r\n]+[ \t]*")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_ID: Final = " \t\"'<>"


@dataclass(frozen=True, slots=True)
class PartHeaders:
    """What a part says about itself; empty where it says nothing."""

    content_type: str = ""
    """Lower case, without parameters."""
    charset: str = ""
    content_id: str = ""
    """Without brackets, blanks, quotes."""
    content_location: str = ""
    name: str = ""
    """A file name without a path: of the disposition, else of the type."""
    disposition: str = ""
    """`attachment`, `inline` or another word, lower case."""
    encoding: str = ""
    """Of the transfer, lower case."""
    depth: int = 0
    """1 for parts of the outermost multipart, 0 for a body that is none."""
    is_start: bool = False
    """It is the envelope: the first XML part, until one comes that the outermost type names. Where two say so, the later is it."""
    within: str = ""
    """The content id of the multipart around it, where that is a part itself."""


@dataclass(frozen=True, slots=True)
class MediaType:
    """A Content-Type."""

    value: str
    boundary: str = ""
    charset: str = ""
    name: str = ""
    start: str = ""
    """Content id of the start part, without brackets."""

    @property
    def is_multipart(self) -> bool:
        """Say whether it holds parts that can be found."""
        return self.value.startswith("multipart/") and bool(self.boundary)

    @property
    def is_xml(self) -> bool:
        """Say whether it can be an envelope."""
        return self.value in {"text/xml", "application/xml", "application/soap+xml"}


def read_header_lines(block: bytes) -> dict[str, str]:
    """Return the headers of a block by lower-case name; lines without a colon are skipped, of repeated names the first counts."""
    try:
        text = block.decode()
    except UnicodeDecodeError:
        text = block.decode("latin-1")
    found: dict[str, str] = {}
    for line in _LINES.split(text):
        name, colon, value = line.partition(":")
        if colon:
            found.setdefault(name.strip().lower(), _FOLD.sub(" ", value).strip())
    return found


def read_media_type(value: str) -> MediaType:
    """Read a Content-Type with what its parameters say."""
    message = _message(value)
    return MediaType(
        message.get_content_type() if "/" in value else "",
        _parameter(message, "boundary").rstrip(),
        _parameter(message, "charset").strip().lower(),
        plain_name(_parameter(message, "name")),
        plain_id(_parameter(message, "start")),
    )


def read_part_headers(lines: dict[str, str], media_type: MediaType, *, depth: int, within: str = "") -> PartHeaders:
    """Return what the header lines of a part say."""
    disposition = _message(lines.get("content-disposition", ""))
    return PartHeaders(
        media_type.value,
        media_type.charset,
        plain_id(lines.get("content-id", "")),
        _words(lines.get("content-location", "")).strip(_ID),
        plain_name(_parameter(disposition, "filename")) or media_type.name,
        lines.get("content-disposition", "").partition(";")[0].strip().lower(),
        lines.get("content-transfer-encoding", "").partition(";")[0].strip().lower(),
        depth,
        within=within,
    )


def plain_id(value: str) -> str:
    """Return a content id without `cid:`, brackets, blanks and quotes, however it was written."""
    plain = value.strip(_ID)
    if plain[:4].lower() == "cid:":
        plain = plain[4:]
    return plain.strip(_ID)


def plain_name(value: str) -> str:
    """Return a file name without path and control characters, as long as names may be."""
    name = storable(_CONTROL.sub("", re.split(r"[/\\]", _words(value))[-1]).strip())
    return "" if name in {".", ".."} else name[-LONGEST_NAME:]


def decoded_words(value: str) -> str:
    """Return a text with its RFC 2047 words decoded; as it is where there are none."""
    return _words(value)


def storable(text: str) -> str:
    """Return a text without what no database takes: halves of letters, as UTF-7 can bring them, and zeros."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _words(value: str) -> str:
    if "=?" not in value or len(value) > _LONGEST_VALUE:
        return value
    try:
        return storable(str(make_header(decode_header(value))))
    except (MessageError, LookupError, ValueError):
        return value


def _message(value: str) -> Message:
    message = Message()
    message["Content-Type"] = storable(value[:_LONGEST_VALUE])
    return message


def _parameter(message: Message, name: str) -> str:
    try:
        value = message.get_param(name, "")
        return collapse_rfc2231_value(value) if value else ""
    except (LookupError, ValueError, TypeError):
        return ""
