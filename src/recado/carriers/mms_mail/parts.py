"""Takes a mail apart (RFC 5322, RFC 2045): its headers, and its parts with their contents decoded.

The reader of MM7 bodies does it: it works through a mail in pieces, so that beside the mail itself only the contents are in memory, and
forgives what gateways do wrong. What does not belong here: what the parts are for (`files`, `words`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from recado.carriers.mms_mail.errors import MailFormatError
from recado.protocols.mm7.errors import Mm7FormatError
from recado.protocols.mm7.headers import PartHeaders, read_header_lines, read_media_type, read_part_headers
from recado.protocols.mm7.multipart import Limits, MultipartReader, PartBegan, PartData, PartEnded
from recado.protocols.mm7.transfer import decoder_of

LIMITS: Final = Limits(parts=50)
LONGEST_HEAD: Final = 64 * 1024
"""Octets of a mail's own headers."""
_END_OF_HEAD: Final = re.compile(rb"\n\r?\n|\A\r?\n")
_PIECE: Final = 64 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class MailPart:
    """A part that is no multipart. Equal to itself alone."""

    headers: PartHeaders
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail taken apart."""

    head: bytes
    """The headers as they came."""
    headers: Mapping[str, str]
    """By lower-case name, not decoded; of repeated ones the first."""
    parts: tuple[MailPart, ...]
    problems: tuple[str, ...] = ()
    """What was wrong with parts, each word once."""


def take_apart(octets: bytes) -> Mail:
    """Return what a mail consists of; raises MailFormatError where that is more than is taken."""
    found = _END_OF_HEAD.search(octets, 0, LONGEST_HEAD)
    if found is None and len(octets) > LONGEST_HEAD:
        raise MailFormatError(f"the headers are longer than {LONGEST_HEAD} octets")
    begin = found.end() if found else len(octets)
    head = octets[: found.start() if found else begin]
    headers = read_header_lines(head)
    media_type = read_media_type(headers.get("content-type", ""))
    if media_type.is_multipart:
        parts, problems = _parted(headers["content-type"], memoryview(octets)[begin:])
    else:
        parts, problems = _single(read_part_headers(headers, media_type, depth=0), memoryview(octets)[begin:])
    return Mail(head, headers, parts, problems)


def _single(headers: PartHeaders, body: memoryview) -> tuple[tuple[MailPart, ...], tuple[str, ...]]:
    """Take a mail that is one part; a multipart whose boundary nobody knows is one, too."""
    decoder = decoder_of(headers.encoding)
    content = decoder.feed(bytes(body))
    rest, problem = decoder.finish()
    return (MailPart(headers, content + rest if rest else content),), (str(problem),) if problem else ()


def _parted(content_type: str, body: memoryview) -> tuple[tuple[MailPart, ...], tuple[str, ...]]:
    reader = MultipartReader(content_type, LIMITS)
    began: list[tuple[PartHeaders, bytearray]] = []
    problems: dict[str, None] = {}
    try:
        pieces = (bytes(body[at : at + _PIECE]) for at in range(0, len(body), _PIECE))
        for event in (event for events in (*map(reader.feed, pieces), reader.close()) for event in events):
            if isinstance(event, PartBegan):
                began.append((event.headers, bytearray()))
            elif isinstance(event, PartData):
                began[-1][1].extend(event.data)
            elif isinstance(event, PartEnded) and event.problem:
                problems[str(event.problem)] = None
    except Mm7FormatError as error:
        raise MailFormatError(str(error)) from error
    return tuple(MailPart(headers, bytes(content)) for headers, content in began), tuple(problems)
