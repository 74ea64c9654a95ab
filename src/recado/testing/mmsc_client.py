"""Posts requests as message centres do: well, chunked, slowly, cut off, or with a length that is a lie.

Raw HTTP/1.1 on a socket, since no client is able to misbehave. What does not belong here: what is posted (`mmsc_requests`).
"""

import asyncio
import contextlib
import ssl
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from recado.protocols.mm7.envelope import read_envelope
from recado.protocols.mm7.errors import Mm7FormatError
from recado.protocols.mm7.messages import Envelope
from recado.testing.mmsc_requests import Request


@dataclass(frozen=True, slots=True)
class HttpShape:
    """How a request goes over the line."""

    is_chunked: bool = False
    piece: int = 64 * 1024
    """Octets written at once."""
    pause: float = 0.0
    """Seconds between pieces."""
    cut_after: int | None = None
    """Octets of the body after which the connection is dropped."""
    content_length: int | None = None
    """Said instead of the true one."""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back; a status of 0 is no answer."""

    http_status: int = 0
    body: bytes = b""

    @property
    def envelope(self) -> Envelope | None:
        """Return the envelope, if it is one."""
        try:
            return read_envelope(self.body)
        except Mm7FormatError:
            return None

    @property
    def status_code(self) -> int:
        """Return the MM7 status; 0 where there is none."""
        envelope = self.envelope
        status = getattr(envelope.message, "status", None) if envelope is not None else None
        return int(status.code) if status is not None else 0


@dataclass(frozen=True, slots=True)
class MmscClient:
    """The side of a message centre that delivers."""

    url: str
    user: str = ""
    password: str = ""
    tls: ssl.SSLContext | None = None
    timeout: float = 30.0

    async def post(self, request: Request, shape: HttpShape = HttpShape()) -> Answered:  # frozen
        """Post a request and return the answer; one that never came is a status of 0."""
        at = urlsplit(self.url)
        port = at.port or (443 if at.scheme == "https" else 80)
        tls = (self.tls or ssl.create_default_context()) if at.scheme == "https" else None
        reader, writer = await asyncio.open_connection(at.hostname, port, ssl=tls)
        try:
            async with asyncio.timeout(self.timeout):
                with contextlib.suppress(ConnectionError, RuntimeError):  # who refuses early closes early, and may have answered
                    await self._write(writer, request, shape)
                if shape.cut_after is not None:
                    return Answered()
                return _read(await _all_of(reader))
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()

    async def _write(self, writer: asyncio.StreamWriter, request: Request, shape: HttpShape) -> None:
        writer.write(self._head(request, shape))
        body = request.body if shape.cut_after is None else request.body[: shape.cut_after]
        for start in range(0, len(body), shape.piece):
            piece = body[start : start + shape.piece]
            writer.write(b"%x\r\n%b\r\n" % (len(piece), piece) if shape.is_chunked else piece)
            await writer.drain()
            if shape.pause:
                await asyncio.sleep(shape.pause)
        if shape.is_chunked and shape.cut_after is None:
            writer.write(b"0\r\n\r\n")
        await writer.drain()

    def _head(self, request: Request, shape: HttpShape) -> bytes:
        at = urlsplit(self.url)
        length = len(request.body) if shape.content_length is None else shape.content_length
        headers = {
            "Host": at.netloc,
            "Content-Type": request.content_type,
            "SOAPAction": '""',
            "Connection": "close",
            **({"Transfer-Encoding": "chunked"} if shape.is_chunked else {"Content-Length": str(length)}),
            **({"Authorization": f"Basic {b64encode(f'{self.user}:{self.password}'.encode()).decode()}"} if self.user else {}),
            **shape.headers,
        }
        path = at.path + (f"?{at.query}" if at.query else "") or "/"
        return (f"POST {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n").encode()


async def _all_of(reader: asyncio.StreamReader) -> bytes:
    came = bytearray()
    with contextlib.suppress(ConnectionError):
        while piece := await reader.read(64 * 1024):
            came += piece
    return bytes(came)


def _read(came: bytes) -> Answered:
    head, _, body = came.partition(b"\r\n\r\n")
    words = head.split(None, 2)
    if len(words) < 2:  # noqa: PLR2004  # HTTP/1.1 and a status
        return Answered()
    is_chunked = b"transfer-encoding: chunked" in head.lower()
    return Answered(int(words[1]), _unchunked(body) if is_chunked else body)


def _unchunked(body: bytes) -> bytes:
    whole = bytearray()
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(size, 16)
        whole += rest[:length]
        body = rest[length + 2 :] if length else b""
    return bytes(whole)
