"""Writes the body of a request with files: what stands between the files is made at once, the files are read while it is sent.

So the length is known before, and no message is in memory. What does not belong here: the envelope (`writing`), where the files are.
"""

import re
from binascii import b2a_base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import combining, normalize

from recado.protocols.mm7.dialect import Dialect

CONTENT_ID: Final = "content"
"""Of what the envelope's Content names, where the files are nested."""
_LINE: Final = 57
"""Octets in a line of base64."""
_NOT_PLAIN: Final = re.compile(r"[^ !#-.0-9;=@-Z^-~]")
_WITHOUT_STROKE: Final = str.maketrans("łŁ", "lL")
"""The one Polish letter whose mark is no mark of its own to Unicode."""
_ROOT_ID: Final = "envelope"


@dataclass(frozen=True, slots=True)
class OutgoingPart:
    """A file of a message."""

    content_type: str
    """With parameters, as `text/plain; charset=utf-8`."""
    content_id: str
    size: int
    """Of what is read for it."""
    name: str = ""
    """Written in ASCII: letters lose their marks, what else there is becomes `_`."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A body to be sent."""

    content_type: str
    """For the HTTP header."""
    length: int
    """Octets of all of it."""
    pieces: tuple[bytes | int, ...]
    """What is sent in turn: octets, or the position of the part whose file goes there, through `encoded` of its own."""
    is_base64: bool = False

    def stream(self, read: Callable[[int], Iterable[bytes]]) -> Iterator[bytes]:
        """Return the body; `read` gives the file of a part in pieces."""
        for piece in self.pieces:
            if isinstance(piece, bytes):
                yield piece
            else:
                yield from self.encoded(read(piece))

    def encoded(self, data: Iterable[bytes]) -> Iterator[bytes]:
        """Return a file as it goes over the line."""
        if not self.is_base64:
            yield from data
            return
        rest = b""
        for one in data:
            lines, rest = _lines(rest + one)
            yield lines
        yield b2a_base64(rest, newline=False) if rest else b""


def write_multipart(
    dialect: Dialect, root: bytes, parts: Sequence[OutgoingPart], *, boundary: str, layout: bytes = b"", layout_id: str = "layout.smil"
) -> Outgoing:
    """Lay out an envelope with its files, and a SMIL where one is given.

    The boundary is the caller's, since it must be in no file: take some that nobody can guess. Nested, the Content of the envelope has to
    name CONTENT_ID; flat, the layout, else the first part.
    """
    is_base64 = dialect.transfer_encoding == "base64"
    outer, inner = f"outer.{boundary}", f"inner.{boundary}"
    pieces: list[bytes | int] = [_part_head(outer, "text/xml; charset=utf-8", _ROOT_ID, "", "8bit"), root]
    files = inner if dialect.is_nested else outer
    if dialect.is_nested:
        kind = f'multipart/related; type="application/smil"; start="<{layout_id}>"' if layout else "multipart/mixed"
        pieces.append(_part_head(outer, f'{kind}; boundary="{inner}"', CONTENT_ID, "", ""))
    if layout:
        pieces += [_part_head(files, "application/smil; charset=utf-8", layout_id, layout_id, "8bit"), layout]
    for position, part in enumerate(parts):
        encoding = dialect.transfer_encoding
        pieces += [_part_head(files, part.content_type, part.content_id, part.name, encoding), position]
    pieces.append(f"\r\n--{inner}--".encode() if dialect.is_nested else b"")
    pieces.append(f"\r\n--{outer}--\r\n".encode())
    length = sum(len(piece) if isinstance(piece, bytes) else _coded_size(parts[piece].size, is_base64=is_base64) for piece in pieces)
    content_type = f'multipart/related; type="text/xml"; start="<{_ROOT_ID}>"; boundary="{outer}"'
    return Outgoing(content_type, length, tuple(pieces), is_base64)


def _part_head(boundary: str, content_type: str, content_id: str, name: str, encoding: str) -> bytes:
    plain = _plain(name)
    lines = [
        f"\r\n--{boundary}",
        f"Content-Type: {content_type}" + (f'; name="{plain}"' if plain else ""),
        f"Content-ID: <{content_id}>",
        *([f"Content-Transfer-Encoding: {encoding}"] if encoding else []),
        *([f"Content-Location: {plain.replace(' ', '_')}"] if plain else []),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _plain(name: str) -> str:
    """Return a name every phone can read: letters without their marks, `_` for what else is not ASCII or stands in the way."""
    letters = "".join(one for one in normalize("NFKD", name.translate(_WITHOUT_STROKE)) if not combining(one))
    return _NOT_PLAIN.sub("_", letters)


def _coded_size(size: int, *, is_base64: bool) -> int:
    if not is_base64:
        return size
    lines, rest = divmod(size, _LINE)
    return lines * 78 + -(-rest // 3) * 4


def _lines(data: bytes) -> tuple[bytes, bytes]:
    """Return the whole lines of base64, and what is left for the next."""
    whole = len(data) - len(data) % _LINE
    lines = [b2a_base64(data[at : at + _LINE], newline=False) + b"\r\n" for at in range(0, whole, _LINE)]
    return b"".join(lines), data[whole:]
