"""The address message centres call: `POST /mm7/<id of the connection>`.

What belongs here: how many bodies come in at once and how slow they may be, threads, what HTTP says. What does not: who may call (`door`),
files (`taking`), what is stored (`answering`).
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

import structlog
from prometheus_client import Counter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from recado.blobs.base import Blobs
from recado.carriers.base import SettingsError
from recado.carriers.mm7.kind import MM7
from recado.carriers.mm7.settings import Mm7Settings, read_settings
from recado.protocols.mm7.messages import Spoken
from recado.protocols.mm7.status import status_of
from recado.protocols.mm7.writing import fault
from recado.server.mm7.answering import Ports, Reply, answer
from recado.server.mm7.body import Body
from recado.server.mm7.door import TurnedAway, look_at
from recado.server.mm7.refusing import FORESEEN, refusal_of
from recado.server.mm7.taking import Taken, Taking
from recado.store.connections import ConnectionRow

log = structlog.get_logger(__name__)
T = TypeVar("T")

AT_ONCE: Final = 16
"""Bodies that come in at the same time; others wait unread."""
SECONDS: Final = 60.0
"""For waiting and for one body."""
_MEGABYTE: Final = 1024 * 1024
REQUESTS: Final = Counter("recado_mm7_requests", "Requests of message centres, by connection and MM7 status", ["connection_id", "status"])


class WayIn:
    """The address, for all MM7 connections; `connections` are those of now."""

    def __init__(
        self,
        connections: Callable[[], Sequence[ConnectionRow]],
        ports: Ports,
        blobs: Blobs,
        *,
        seconds: float = SECONDS,
        at_once: int = AT_ONCE,
    ) -> None:
        self._connections, self._ports, self._blobs, self._seconds = connections, ports, blobs, seconds
        self._places = asyncio.Semaphore(at_once)
        self._threads = ThreadPoolExecutor(at_once, "mm7")

    def routes(self) -> list[Route]:
        """Return the address."""
        return [Route("/mm7/{connection_id:int}", self.answer, methods=["POST"])]

    def close(self) -> None:
        """Let its threads end."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def answer(self, request: Request) -> Response:
        """Say who may not call; else take what is brought."""
        row = _connection(self._connections(), request.path_params["connection_id"])
        if row is None:
            return _turned_away(TurnedAway(404, "no such connection, or it is switched off"))
        try:
            settings = read_settings(row.settings)
        except SettingsError as error:
            log.warning("connection_misconfigured", connection_id=row.id, error=str(error))
            return _turned_away(TurnedAway(503, "the connection's settings cannot be used"))
        if self._ports.is_held(row.id):
            return _turned_away(TurnedAway(503, "the connection is drained, call again later"))
        if away := look_at(request, settings):
            self._note(row.id, str(away.http_status), "caller_refused", away.why)
            return _turned_away(away)
        reply = await self._take(request, row.id, settings)
        if not reply.is_fault:
            self._ports.received(row.id)
        REQUESTS.labels(str(row.id), str(reply.status.code)).inc()
        headers = {"Connection": "close"} if reply.is_fault else None  # its body may not have been read to its end
        return Response(reply.xml, 500 if reply.is_fault else 200, headers, 'text/xml; charset="utf-8"')

    async def _take(self, request: Request, connection_id: int, settings: Mm7Settings) -> Reply:
        body = Body(request, settings.max_receive_megabytes * _MEGABYTE)
        try:
            taken = await self._bring(body, request.headers.get("content-type", ""))
            return await self._off_the_loop(self._answer, connection_id, settings, taken)
        except FORESEEN as error:
            refusal = refusal_of(error)
        self._ports.journal(connection_id, "in", refusal.event, refusal.why, body.beginning)
        log.warning("mm7_refused", connection_id=connection_id, reason=refusal.event, error=refusal.why)
        status = status_of(refusal.code, refusal.why)
        return Reply(status, fault(Spoken(), "", status), is_fault=True)

    async def _bring(self, body: Body, content_type: str) -> Taken:
        taking = Taking(self._blobs, content_type)
        try:
            async with asyncio.timeout(self._seconds), self._places:
                while portion := await body.portion():
                    await self._off_the_loop(taking.feed, portion)
                return await self._off_the_loop(taking.finish)
        finally:
            await self._off_the_loop(taking.forget)

    def _answer(self, connection_id: int, settings: Mm7Settings, taken: Taken) -> Reply:
        reply = answer(self._ports, connection_id, settings, taken)
        if not reply.status.is_success:
            self._ports.journal(connection_id, "in", "answered_with_error", f"{reply.status.code} {reply.status.detail}", taken.raw)
        return reply

    async def _off_the_loop(self, work: Callable[..., T], *arguments: object) -> T:
        """Have a thread do something; who is cancelled meanwhile waits for it, so that nothing goes on behind its back."""
        running = asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.wait([running])
            running.cancelled() or running.exception()
            raise

    def _note(self, connection_id: int, status: str, event: str, why: str) -> None:
        REQUESTS.labels(str(connection_id), status).inc()
        self._ports.journal(connection_id, "in", event, why, b"")


def _connection(rows: Sequence[ConnectionRow], connection_id: int) -> ConnectionRow | None:
    return next((row for row in rows if row.id == connection_id and row.kind == MM7.name), None)


def _turned_away(away: TurnedAway) -> Response:
    headers = {"Connection": "close"} | ({"WWW-Authenticate": 'Basic realm="MM7"'} if away.http_status == 401 else {})  # noqa: PLR2004  # HTTP
    return PlainTextResponse(away.why + "\n", away.http_status, headers)
