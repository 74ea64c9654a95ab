"""One MMS as the HTTP request that carries it: envelope, layout, text and files, read from their place while they are sent.

What belongs here: from an outgoing message to headers and a body whose length is known. What does not: XML and MIME (`protocols.mm7`), the
connection (`mm7_connection`), what is answered (`mm7_answers`).
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Final

from recado.blobs.base import Blobs
from recado.carriers.mm7.settings import Mm7Settings
from recado.core.mms import MmsPart, OutboundMms
from recado.core.submit import OutboundText
from recado.protocols.mm7.dialect import DEFAULT_DIALECT, DIALECTS, Dialect
from recado.protocols.mm7.messages import Address, AddressKind, SubmitReq
from recado.protocols.mm7.multipart_writing import CONTENT_ID, Outgoing, OutgoingPart, write_multipart
from recado.protocols.mm7.smil import SmilSlide, Source, write_smil
from recado.protocols.mm7.writing import submit_req

_PORTION: Final = 64 * 1024
_LAYOUT_ID: Final = "layout.smil"
_TEXT_ID: Final = "text.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendSettings:
    """What a connection has to know to send."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    client_certificate: str = ""
    """A file with certificate and key; empty: none is shown."""
    dialect: Dialect = DEFAULT_DIALECT
    vasp_id: str = ""
    vas_id: str = ""
    service_code: str = ""
    window_size: int = 4
    """How many may be under way at once."""


def send_settings(given: Mm7Settings) -> SendSettings:
    """Take from a connection's settings what sending needs."""
    return SendSettings(
        url=given.submit_url,
        user=given.submit_user,
        password=given.submit_password,
        client_certificate=given.client_certificate,
        dialect=DIALECTS.get(given.dialect, DEFAULT_DIALECT),
        vasp_id=given.vasp_id,
        vas_id=given.vas_id,
        service_code=given.service_code,
        window_size=given.window_size,
    )


class GoneError(Exception):
    """The bytes of a file are not there."""


class Going:
    """A request on its way."""

    def __init__(self, outgoing: Outgoing, headers: dict[str, str], text: bytes | None, files: tuple[MmsPart, ...], blobs: Blobs) -> None:
        self.headers = headers
        self.is_written = False
        """Whether all of it was handed to the network: before, the carrier cannot have the message."""
        self._outgoing, self._text, self._files, self._blobs = outgoing, text, files, blobs

    async def chunks(self) -> AsyncIterator[bytes]:
        """Return the body in pieces; files are read by a thread."""
        pieces = self._outgoing.stream(self._read)
        try:
            following = await asyncio.to_thread(_next, pieces)
            while following is not None:
                piece, following = following, await asyncio.to_thread(_next, pieces)
                self.is_written = following is None
                yield piece
        except OSError as error:
            raise GoneError(str(error)) from error

    def _read(self, position: int) -> Iterator[bytes]:
        if self._text is not None:
            if position == 0:
                yield self._text
                return
            position -= 1
        with self._blobs.open(self._files[position].sha256) as file:
            while piece := file.read(_PORTION):
                yield piece


async def making(message: OutboundText, mms: OutboundMms, settings: SendSettings, blobs: Blobs) -> Going:
    """Make the request of a message; raise GoneError where a file is not there."""
    await asyncio.to_thread(_check, mms.parts, blobs)
    text = message.text.encode() if message.text else None
    parts = _parts(text, mms.parts)
    dialect = settings.dialect
    layout = write_smil(_slides(parts, has_text=text is not None)) if dialect.wants_layout else b""
    href = CONTENT_ID if dialect.is_nested else _LAYOUT_ID if layout else parts[0].content_id
    envelope = submit_req(dialect, f"{message.outbound_id}-{secrets.token_hex(4)}", _request(message, mms.subject, settings, href))
    outgoing = write_multipart(dialect, envelope, parts, boundary=secrets.token_hex(16), layout=layout, layout_id=_LAYOUT_ID)
    headers = {"Content-Type": outgoing.content_type, "Content-Length": str(outgoing.length), "SOAPAction": dialect.soap_action}
    return Going(outgoing, headers, text, mms.parts, blobs)


def _request(message: OutboundText, subject: str, settings: SendSettings, href: str) -> SubmitReq:
    return SubmitReq(
        recipients=(Address(message.recipient, AddressKind.NUMBER),),
        sender=Address(message.sender, settings.dialect.sender_kind),
        subject=subject,
        vasp_id=settings.vasp_id,
        vas_id=settings.vas_id,
        service_code=settings.service_code,
        wants_delivery_report=True,
        wants_read_reply=True,
        expires_at=message.valid_until,
        content_href=href,
    )


def _parts(text: bytes | None, files: tuple[MmsPart, ...]) -> list[OutgoingPart]:
    """Return the text, where there is one, and the files behind it; names alone are no ids, two may be the same."""
    found = [] if text is None else [OutgoingPart("text/plain; charset=utf-8", _TEXT_ID, len(text), _TEXT_ID)]
    return found + [OutgoingPart(one.content_type, f"file{place}", one.size, one.name) for place, one in enumerate(files, 1)]


def _slides(parts: list[OutgoingPart], *, has_text: bool) -> list[SmilSlide]:
    """Show the text under the first file, and each other file by itself."""
    sources = [Source(one.content_id, one.content_id == _TEXT_ID) for one in parts]
    if not has_text:
        return [SmilSlide((one,)) for one in sources]
    first = SmilSlide((*sources[1:2], sources[0]))
    return [first, *(SmilSlide((one,)) for one in sources[2:])]


def _check(files: tuple[MmsPart, ...], blobs: Blobs) -> None:
    for one in files:
        try:
            blobs.open(one.sha256).close()
        except OSError as error:
            raise GoneError(one.name or one.content_type) from error


def _next(pieces: Iterator[bytes]) -> bytes | None:
    """Return the next piece that is not empty."""
    return next((piece for piece in pieces if piece), None)
