"""Content transfer encodings, piece by piece: what was sent between two boundaries becomes the octets that were meant.

Forgiving: junk, missing padding and odd line lengths are overlooked and told at the end. What does not belong here: charsets (`charsets`).
"""

import re
from binascii import a2b_base64, a2b_qp
from enum import StrEnum
from typing import Final, Protocol

_ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64: Final = bytes(octet for octet in range(256) if octet not in _ALPHABET)
_BLANKS: Final = b" \t\r\n"
_MOST_PADDING: Final = 100_000
"""Some encoders pad each line; what comes after that many is forgotten."""
_SOFT_BREAK: Final = re.compile(rb"=[ \t]{0,1000}\r?\n")
_NO_ESCAPE: Final = re.compile(rb"=(?![0-9A-Fa-f]{2})")
_UNDECIDED: Final = re.compile(rb"=(?:[0-9A-Fa-f]?|[ \t]{0,1000}\r?)\Z")
_LONGEST_ESCAPE: Final = 1003


class Problem(StrEnum):
    """What was wrong with a part; the rest of it is given all the same."""

    JUNK = "junk"
    """Base64 with characters that are none."""
    BROKEN_BASE64 = "broken_base64"
    """Base64 that ends within an octet."""
    UNKNOWN_ENCODING = "unknown_encoding"
    """A transfer encoding nobody knows; taken as binary."""
    CUT = "cut"
    """No boundary came after it."""


class Decoder(Protocol):
    """Decodes one part."""

    def feed(self, data: bytes) -> bytes:
        """Decode what came; may keep a little back."""

    def finish(self) -> tuple[bytes, str]:
        """Return what was kept back, and a problem or nothing."""


class _Plain:
    """7bit, 8bit, binary: as it is."""

    def __init__(self, problem: str = "") -> None:
        self._problem = problem

    def feed(self, data: bytes) -> bytes:
        return data

    def finish(self) -> tuple[bytes, str]:
        return b"", self._problem


class _Base64:
    def __init__(self) -> None:
        self._rest = b""
        self._pads_left = _MOST_PADDING
        self._is_over = False
        self._problem = ""

    def feed(self, data: bytes) -> bytes:
        if self._is_over:
            self._problem = Problem.JUNK
            return b""
        clean = data.translate(None, _NOT_BASE64)
        if len(clean) != len(data) and not self._problem and data.translate(None, _ALPHABET).strip(_BLANKS):
            self._problem = Problem.JUNK
        if b"=" in clean:
            return self._padded_pieces(clean)
        return self._whole(clean)

    def finish(self) -> tuple[bytes, str]:
        return self._flushed(), self._problem

    def _padded_pieces(self, clean: bytes) -> bytes:
        decoded = bytearray()
        *ended, rest = clean.split(b"=", self._pads_left)
        self._pads_left -= len(ended)
        for piece in ended:
            decoded += self._whole(piece)
            decoded += self._flushed()
        rest, one_too_many, _ = rest.partition(b"=")
        decoded += self._whole(rest)
        self._is_over = bool(one_too_many)
        return bytes(decoded)

    def _whole(self, clean: bytes) -> bytes:
        data = self._rest + clean
        until = len(data) & ~3
        self._rest = data[until:]
        return a2b_base64(data[:until])

    def _flushed(self) -> bytes:
        rest, self._rest = self._rest, b""
        if len(rest) == 1:
            self._problem = self._problem or Problem.BROKEN_BASE64
            return b""
        return a2b_base64(rest + b"==") if rest else b""


class _QuotedPrintable:
    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> bytes:
        data = self._rest + data
        last = data.rfind(b"=", max(0, len(data) - _LONGEST_ESCAPE))
        until = last if last >= 0 and _UNDECIDED.match(data, last) else len(data)
        self._rest = data[until:]
        return self._decoded(data[:until])

    def finish(self) -> tuple[bytes, str]:
        rest, self._rest = self._rest, b""
        if not rest.strip(b"= \t\r"):
            return b"", ""  # a soft break whose line end went to the boundary
        return self._decoded(rest), ""

    @staticmethod
    def _decoded(data: bytes) -> bytes:
        return a2b_qp(_NO_ESCAPE.sub(b"=3D", _SOFT_BREAK.sub(b"", data)))


def decoder_of(encoding: str) -> Decoder:
    """Return a decoder for a Content-Transfer-Encoding in lower case."""
    if encoding == "base64":
        return _Base64()
    if encoding == "quoted-printable":
        return _QuotedPrintable()
    return _Plain("" if encoding in {"", "7bit", "8bit", "binary"} else Problem.UNKNOWN_ENCODING)
