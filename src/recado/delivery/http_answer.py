"""Reads the answers on one connection, bounded: octets in, answers out, no I/O.

What belongs here: what an answer is and where it ends (RFC 9112). What does not: the connection (`http_connection`), what an answer means
(`forward_url`). The octets are parsed by llhttp, as in Node.js; where old servers end lines with a line feed alone, they are understood.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import httptools

HEAD_LIMIT = 64 * 1024
_FIRST_FINAL = 200
"""Statuses below announce something; the answer follows."""


class BadAnswerError(Exception):
    """What came is no HTTP, or has no end to its headers."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said, the body cut at the limit."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case; of a repeated one the last."""
    body: bytes
    is_cut: bool


class AnswerReader:
    """Reads one answer after the other. Between two of them call `begin`."""

    def __init__(self, body_limit: int) -> None:
        self._body_limit = body_limit
        # The parser finds the methods whose names begin with on_ here.
        self._parser = httptools.HttpResponseParser(self)
        self._parser.set_dangerous_leniencies(lenient_optional_cr_before_lf=True)
        self.begin()

    def begin(self) -> None:
        """Wait for the next answer."""
        self._headers: dict[str, str] = {}
        self._body = bytearray()
        self._head_size = 0
        self._has_head = False
        self._answer: Answer | None = None
        self.has_begun = False
        """Whether anything of it has come."""
        self.is_reusable = False
        """Whether another answer can follow on the connection; to be asked once this one is there."""

    def feed(self, data: bytes) -> Answer | None:
        """Read octets and return the answer once it is whole, or longer than the limit; raise BadAnswerError."""
        self.has_begun = True
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self.is_reusable = False
            if self._answer is None:
                raise BadAnswerError(" ".join(str(error).split())[:120] or type(error).__name__) from error
        if self._answer is None and not self._has_head:
            self._head_size += len(data)
            if self._head_size > HEAD_LIMIT:
                raise BadAnswerError(f"its headers are longer than {HEAD_LIMIT} bytes")
        if self._answer is None and len(self._body) > self._body_limit:
            self._answer = self._build()
        return self._answer

    def end(self) -> Answer | None:
        """Take note that nothing more comes; return the answer where its end was to be the end of the connection."""
        is_counted = "content-length" in self._headers or "chunked" in self._headers.get("transfer-encoding", "").lower()
        return None if not self._has_head or is_counted else self._build()

    # --- called by the parser ---

    def on_message_begin(self) -> None:
        """Begin; a second answer nobody asked for makes the connection useless."""
        if self._answer is not None:
            self.is_reusable = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header."""
        if self._answer is None:
            self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        """Forget the headers of an announcement."""
        if self._answer is None and self._parser.get_status_code() >= _FIRST_FINAL:
            self._has_head = True

    def on_body(self, piece: bytes) -> None:
        """Keep a piece of the body, one byte more than the limit at most."""
        if self._answer is None and len(self._body) <= self._body_limit:
            self._body += piece

    def on_message_complete(self) -> None:
        """End."""
        if self._answer is not None:
            return
        if not self._has_head:
            self._headers.clear()
            return
        self._answer = self._build()
        self.is_reusable = self._parser.should_keep_alive() and not self._answer.is_cut

    def _build(self) -> Answer:
        is_cut = len(self._body) > self._body_limit
        return Answer(self._parser.get_status_code(), self._headers, bytes(self._body[: self._body_limit]), is_cut)
