"""Reads a MIME body while it comes in: octets of any cut in, parts with their decoded octets out, in bounded memory.

MM7 is SOAP with attachments (3GPP TS 23.140 §8.7.1): a multipart/related whose first part is the envelope. Bodies of real message centres
break the rules of RFC 2046 in ways that are understood here; what cannot be understood raises Mm7FormatError. What does not belong
here: what the envelope says (`envelope`), which parts are text (`carriers.mm7`), where octets are kept.
"""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from recado.protocols.mm7.errors import Mm7FormatError
from recado.protocols.mm7.headers import MediaType, PartHeaders, read_header_lines, read_media_type, read_part_headers
from recado.protocols.mm7.transfer import Decoder, Problem, decoder_of

_END_OF_HEADERS: Final = re.compile(rb"\n\r?\n")
_AFTER_BOUNDARY: Final = re.compile(rb"(--)?[ \t]*\r?")
_MAY_BE_BOUNDARY: Final = re.compile(rb"--?[ \t]*\r?|[ \t]*\r?")
_FIRST_BEHIND: Final = frozenset({b"", b"-", b" ", b"\t", b"\r", b"\n"})
_RETURN: Final = ord("\r")
_MOST_BLANKS: Final = 1000
"""After a boundary; longer lines are none."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken; more is an error."""

    parts: int = 200
    nesting: int = 5
    """Multiparts within multiparts."""
    header_bytes: int = 32 * 1024
    """Of one part."""


@dataclass(frozen=True, slots=True)
class PartBegan:
    """A part begins; multiparts themselves are not told."""

    headers: PartHeaders


@dataclass(frozen=True, slots=True)
class PartData:
    """The next octets of the part that began last, decoded; never empty."""

    data: bytes


@dataclass(frozen=True, slots=True)
class PartEnded:
    """The part that began last is over."""

    problem: str = ""
    """A Problem, or nothing."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The body is over."""

    is_complete: bool
    """The last boundary came; without it the body may have been cut off."""


Event = PartBegan | PartData | PartEnded | Finished


class _State(Enum):
    SKIPPING = auto()
    """Preamble or epilogue of a multipart."""
    HEADERS = auto()
    BODY = auto()
    DONE = auto()


@dataclass(frozen=True, slots=True)
class _Around:
    """A multipart that is open."""

    delimiter: bytes
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class _Delimiter:
    at: int
    """Where its line end before it begins."""
    end: int
    """Behind its own line end; 0 while that has not come."""
    level: int
    is_last: bool


class MultipartReader:
    """Reads one body. Feed it what comes, close it at the end; the events of both together are the body."""

    def __init__(self, content_type: str, limits: Limits = Limits()) -> None:  # frozen
        self._limits = limits
        self._type = read_media_type(content_type)
        self._open: list[_Around] = []
        self._parts = 0
        self._has_start = False
        self._decoder: Decoder | None = None
        self._is_closing = False
        self._is_complete = False
        self._is_plain = not self._type.value.startswith("multipart/")
        self._state = _State.SKIPPING
        # Each state begins with the line end before it, since a boundary may stand right there. Before the body itself it is ours.
        self._buffer = bytearray(b"\n")
        self._is_behind_line_end = True
        if not self._is_plain:
            if not self._type.boundary:
                raise Mm7FormatError("the multipart names no boundary")
            self._open.append(_around(self._type.boundary))

    def feed(self, data: bytes) -> list[Event]:
        """Take the next octets of the body; return what they complete."""
        if self._is_plain:
            return [*self._plain_began(), *([PartData(data)] if data else [])]
        self._buffer += data
        return self._work()

    def close(self) -> list[Event]:
        """Say that the body is over; return what was kept back."""
        if self._is_plain:
            return [*self._plain_began(), PartEnded(), Finished(is_complete=True)]
        self._is_closing = True
        events = self._work()
        if self._state is _State.HEADERS and self._buffer.strip():
            events += self._began(bytes(self._buffer))
        if self._decoder is not None:
            events += self._ended(Problem.CUT)
        self._state = _State.DONE
        return [*events, Finished(self._is_complete)]

    def _plain_began(self) -> list[Event]:
        if self._parts:
            return []
        self._parts = 1
        return [PartBegan(PartHeaders(self._type.value, self._type.charset, name=self._type.name, is_start=True))]

    def _work(self) -> list[Event]:
        events: list[Event] = []
        before = (-1, self._state)
        while self._state is not _State.DONE and before != (len(self._buffer), self._state):
            before = len(self._buffer), self._state
            events += self._step()
        if self._state is _State.DONE:
            self._buffer.clear()
        return events

    def _step(self) -> list[Event]:
        """Go as far as the next boundary or end of headers."""
        found = self._find()
        if self._state is _State.HEADERS:
            return self._headers(found)
        if found is None:
            return self._take(len(self._buffer) - self._kept_back)
        if not found.end:
            return self._take(found.at)
        return [*self._payload(found.at), *self._passed(found)]

    @property
    def _kept_back(self) -> int:
        """Return how many octets at the end may be the beginning of a boundary."""
        return 0 if self._is_closing else max(len(around.delimiter) for around in self._open) + 2

    def _find(self) -> _Delimiter | None:
        """Find the next boundary of any multipart that is open; the innermost where two stand at one place."""
        found: _Delimiter | None = None
        for level in range(len(self._open) - 1, -1, -1):
            one = self._find_of(level)
            if one is not None and (found is None or one.at < found.at):
                found = one
        return found

    def _find_of(self, level: int) -> _Delimiter | None:
        delimiter = self._open[level].delimiter
        at = self._buffer.find(delimiter)
        while at >= 0:
            behind = at + len(delimiter)
            if bytes(self._buffer[behind : behind + 1]) not in _FIRST_BEHIND:
                at = self._buffer.find(delimiter, behind)
                continue
            before = at - 1 if at > self._is_behind_line_end and self._buffer[at - 1] == _RETURN else at
            line_end = self._buffer.find(b"\n", behind, behind + _MOST_BLANKS)
            line = bytes(self._buffer[behind : line_end if line_end >= 0 else behind + _MOST_BLANKS])
            is_whole = line_end >= 0 or (self._is_closing and len(line) < _MOST_BLANKS)
            if is_whole and (matched := _AFTER_BOUNDARY.fullmatch(line)):
                return _Delimiter(before, line_end if line_end >= 0 else len(self._buffer), level, matched[1] is not None)
            if line_end < 0 and len(line) < _MOST_BLANKS and not self._is_closing and _may_be_boundary(line):
                return _Delimiter(before, 0, level, is_last=False)
            at = self._buffer.find(delimiter, at + 1)
        return None

    def _passed(self, found: _Delimiter) -> list[Event]:
        """Go past a boundary; its own line end stays, as the one before what follows."""
        events = self._ended("")
        del self._buffer[: found.end]
        self._is_behind_line_end = True
        del self._open[found.level + 1 :]
        self._state = _State.HEADERS
        if found.is_last:
            self._open.pop()
            self._state = _State.SKIPPING
            if not self._open:
                self._is_complete = True
                self._state = _State.DONE
        return events

    def _headers(self, found: _Delimiter | None) -> list[Event]:
        last = len(self._buffer) if found is None else found.at + len(self._open[found.level].delimiter)
        matched = _END_OF_HEADERS.search(self._buffer, 0, last)
        if matched and (found is None or matched.start() <= found.at):
            self._bound_headers(matched.start())
            block = bytes(self._buffer[: matched.start()])
            del self._buffer[: matched.end() - 1]
            self._is_behind_line_end = True
            return self._began(block)
        if found is not None:
            self._bound_headers(found.at)
            if not found.end:
                return []
            block = bytes(self._buffer[: found.at])
            return [*(self._began(block) if block.strip() else self._counted()), *self._passed(found)]
        self._bound_headers(len(self._buffer))
        return []

    def _bound_headers(self, size: int) -> None:
        if size > self._limits.header_bytes:
            raise Mm7FormatError(f"the headers of a part are longer than {self._limits.header_bytes} octets")

    def _began(self, block: bytes) -> list[Event]:
        self._counted()
        lines = read_header_lines(block)
        media_type = read_media_type(lines.get("content-type", ""))
        headers = read_part_headers(lines, media_type, depth=len(self._open), within=self._open[-1].content_id)
        if media_type.is_multipart:
            if len(self._open) >= self._limits.nesting:
                raise Mm7FormatError(f"multiparts are nested deeper than {self._limits.nesting}")
            self._open.append(_around(media_type.boundary, headers.content_id))
            self._state = _State.SKIPPING
            return []
        self._state = _State.BODY
        self._decoder = decoder_of(headers.encoding)
        return [PartBegan(replace(headers, is_start=self._is_start(headers, media_type)))]

    def _counted(self) -> list[Event]:
        """Count a part, be it an empty one."""
        self._parts += 1
        if self._parts > self._limits.parts:
            raise Mm7FormatError(f"there are more than {self._limits.parts} parts")
        return []

    def _is_start(self, headers: PartHeaders, media_type: MediaType) -> bool:
        is_named = bool(self._type.start) and headers.content_id == self._type.start
        is_first = not self._has_start and (media_type.is_xml or (not media_type.value and self._parts == 1))
        self._has_start = self._has_start or is_named or is_first
        return is_named or is_first

    def _payload(self, until: int) -> list[Event]:
        """Return what is in the buffer up to there as data of the part that is open, if one is."""
        raw = bytes(self._buffer[self._is_behind_line_end : until]) if self._decoder is not None else b""
        data = self._decoder.feed(raw) if self._decoder is not None and raw else b""
        return [PartData(data)] if data else []

    def _take(self, until: int) -> list[Event]:
        """Take octets off the buffer, as data or to be forgotten."""
        if until <= self._is_behind_line_end:
            return []
        events = self._payload(until)
        del self._buffer[:until]
        self._is_behind_line_end = False
        return events

    def _ended(self, problem: str) -> list[Event]:
        if self._decoder is None:
            return []
        rest, found = self._decoder.finish()
        self._decoder = None
        return [*([PartData(rest)] if rest else []), PartEnded(problem or found)]


def _around(boundary: str, content_id: str = "") -> _Around:
    return _Around(b"\n--" + boundary.encode("utf-8", "surrogateescape"), content_id)


def _may_be_boundary(line: bytes) -> bool:
    """Say whether what follows a boundary can still become the end of its line."""
    return _MAY_BE_BOUNDARY.fullmatch(line) is not None
