"""Takes a body in while it comes: files to where they are kept, the envelope and what makes up the text also into memory.

What belongs here: one body, in any thread. What does not: HTTP (`way_in`), what is done with the message (`answering`). Nothing is kept
before `finish`: a body that is given up leaves nothing.
"""

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

from recado.blobs.base import Blobs, Kept, Writing
from recado.carriers.mm7.assembling import LONGEST_TEXT, StoredPart, is_read
from recado.core.media_type import LOOKED_AT, type_of
from recado.protocols.mm7.envelope import read_envelope
from recado.protocols.mm7.errors import Mm7FormatError
from recado.protocols.mm7.headers import PartHeaders
from recado.protocols.mm7.messages import Envelope
from recado.protocols.mm7.multipart import Event, Finished, Limits, MultipartReader, PartBegan, PartData, PartEnded

LONGEST_ENVELOPE: Final = 256 * 1024
MOST_TEXT: Final = 512 * 1024
"""Octets of all texts of a message that are held in memory; further text parts are files."""
LIMITS: Final = Limits(parts=50)


class IncompleteError(Exception):
    """The body ended before its last boundary."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A whole body; its files are durable."""

    envelope: Envelope
    raw: bytes
    """The envelope as it came."""
    parts: tuple[StoredPart, ...]
    flags: tuple[str, ...] = ()
    """What had to be overlooked."""


@dataclass(slots=True)
class _Part:
    headers: PartHeaders
    writing: Writing
    head: bytearray = field(default_factory=bytearray)
    """What says which kind of file it is; forgotten with the end of the part."""
    kind: str = ""
    size: int = 0
    text: bytearray | None = None


class Taking:
    """One body. Feed it, finish it, and in any case forget what was not finished."""

    def __init__(self, blobs: Blobs, content_type: str) -> None:
        """Raise Mm7FormatError where nothing can come of it."""
        self._blobs = blobs
        self._reader = MultipartReader(content_type, LIMITS)
        self._writings = ExitStack()
        self._parts: list[_Part] = []
        self._envelope: bytearray | None = None
        self._charset = ""
        self._is_envelope = False
        self._text_left = MOST_TEXT
        self._problems: dict[str, None] = {}

    def feed(self, data: bytes) -> None:
        """Take the next octets; raises Mm7FormatError, and OSError where there is no room."""
        for event in self._reader.feed(data):
            self._event(event)

    def forget(self) -> None:
        """Forget what was not finished."""
        self._writings.close()

    def finish(self) -> Taken:
        """Say that all of it came, and make its files durable; raises IncompleteError as well."""
        for event in self._reader.close():
            if isinstance(event, Finished) and not event.is_complete:
                raise IncompleteError
            self._event(event)
        if self._envelope is None:
            raise Mm7FormatError("there is no envelope")
        raw = bytes(self._envelope)
        envelope = read_envelope(raw, self._charset)
        parts = tuple(_stored(part, part.writing.finish()) for part in self._parts)
        return Taken(envelope, raw, parts, tuple(self._problems))

    def _event(self, event: Event) -> None:
        if isinstance(event, PartBegan):
            self._begin(event.headers)
        elif isinstance(event, PartData):
            self._data(event.data)
        elif isinstance(event, PartEnded):
            self._ended(event)

    def _ended(self, event: PartEnded) -> None:
        if event.problem:
            self._problems[f"mms_part_{event.problem}"] = None
        if self._parts and not self._is_envelope:
            part = self._parts[-1]
            part.kind = type_of(bytes(part.head), part.headers.content_type, part.headers.name, part.size)
            part.head.clear()

    def _begin(self, headers: PartHeaders) -> None:
        self._is_envelope = headers.is_start
        if headers.is_start:
            # A second one is the one the outermost type names; what was taken for it before is no part of the message.
            self._envelope, self._charset = bytearray(), headers.charset
            return
        writing = self._writings.enter_context(self._blobs.begin())
        self._parts.append(_Part(headers, writing, text=bytearray() if is_read(headers) else None))

    def _data(self, data: bytes) -> None:
        if self._is_envelope and self._envelope is not None:
            self._envelope += data
            if len(self._envelope) > LONGEST_ENVELOPE:
                raise Mm7FormatError(f"the envelope is longer than {LONGEST_ENVELOPE} octets")
            return
        part = self._parts[-1]
        part.writing.write(data)
        part.size += len(data)
        part.head += data[: LOOKED_AT - len(part.head)]
        if part.text is None:
            return
        part.text += data
        self._text_left -= len(data)
        if len(part.text) > LONGEST_TEXT or self._text_left < 0:
            self._text_left += len(part.text)
            part.text = None


def _stored(part: _Part, kept: Kept) -> StoredPart:
    return StoredPart(part.headers, kept.sha256, kept.size, part.kind, None if part.text is None else bytes(part.text))
