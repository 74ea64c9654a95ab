"""Takes MMS as JSON from aggregators: `POST /mms/<id of the connection>` (docs/reference/mms-over-http.md).

What belongs here: who may call, how large and how slow a body may be, what is answered. What does not: what a document says
(`carriers.mms_http.reading`), storing (`taking`).
"""

import asyncio
import hmac
from collections.abc import Callable, Sequence
from typing import Final

import orjson
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from recado.blobs.base import Blobs
from recado.carriers.mms_http.kind import MMS_HTTP
from recado.carriers.mms_http.reading import DocumentError, read_document
from recado.carriers.networks import is_within
from recado.core.message import InboundPart
from recado.core.mms_given import GivenMms
from recado.gateway.clock import utc_now
from recado.gateway.intake import NotStoredError
from recado.server.mms_in.taking import take
from recado.store.connections import ConnectionRow

log = structlog.get_logger(__name__)

AT_ONCE: Final = 4
"""Messages in memory; others wait their turn."""
SECONDS: Final = 60.0
_MEGABYTE: Final = 1024 * 1024
_BASE64: Final = 1.4
"""How much longer base64 with line ends is."""


class OverHttp:
    """The address, for all connections of the kind; `connections` are those of now."""

    def __init__(self, connections: Callable[[], Sequence[ConnectionRow]], receive: Callable[[InboundPart], int], blobs: Blobs) -> None:
        self._connections, self._receive, self._blobs = connections, receive, blobs
        self._turn = asyncio.Semaphore(AT_ONCE)

    def routes(self) -> list[Route]:
        """Return the address."""
        return [Route("/mms/{connection_id:int}", self.answer, methods=["POST"])]

    async def answer(self, request: Request) -> Response:
        """Say who may not call; else take the message."""
        row = _connection(self._connections(), request.path_params["connection_id"])
        if row is None:
            return _refused(404, "no such connection, or it is switched off")
        settings = MMS_HTTP.clean(row.settings)
        if not is_within(request.client.host if request.client else "", str(settings["networks"])):
            return _refused(403, "this address may not call")
        if not hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {settings['token']}".encode()):
            return _refused(401, "send Authorization: Bearer <token of the connection>")
        async with self._turn:
            return await self._take(request, row.id, int(int(settings["max_megabytes"]) * _MEGABYTE * _BASE64))

    async def _take(self, request: Request, connection_id: int, largest: int) -> Response:
        try:
            async with asyncio.timeout(SECONDS):
                body = await _body(request, largest)
        except TimeoutError:
            return _refused(408, "the message came too slowly")
        except ClientDisconnect:
            return _refused(400, "the message was cut off")
        if body is None:
            return _refused(413, f"the message is larger than {largest} bytes")
        return await asyncio.to_thread(self._store, connection_id, body)

    def _store(self, connection_id: int, body: bytes) -> Response:
        try:
            given = read_document(orjson.loads(body))
        except (DocumentError, ValueError) as error:
            return _refused(400, str(error))
        try:
            message_id = take(self._blobs, self._receive, connection_id, given, _without_files(given), utc_now())
        except (OSError, NotStoredError) as error:
            log.warning("mms_not_stored", connection_id=connection_id, error=str(error))
            return _refused(503, "could not be stored, send it again")
        return JSONResponse({"id": message_id})


async def _body(request: Request, largest: int) -> bytes | None:
    """Read the body; None where it is too large."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > largest:
        return None
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > largest:
            return None
    return bytes(body)


def _connection(rows: Sequence[ConnectionRow], connection_id: int) -> ConnectionRow | None:
    return next((row for row in rows if row.id == connection_id and row.kind == MMS_HTTP.name), None)


def _without_files(given: GivenMms) -> bytes:
    files = [{"name": one.name, "content_type": one.claimed_type, "bytes": len(one.content)} for one in given.files]
    names = ("transaction_id", "sender", "recipient", "subject", "text")
    return orjson.dumps({**{name: getattr(given, name) for name in names}, "attachments": files})


def _refused(status: int, why: str) -> JSONResponse:
    return JSONResponse({"error": why}, status_code=status, headers={"Connection": "close"} if status in {408, 413} else None)
