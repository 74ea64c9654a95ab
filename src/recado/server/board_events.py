"""`/board/<token>/events/`: tells open pages of boards what changed, within about a second, whoever changed it.

One look a second serves all pages of all boards, however many are open, and a board is drawn once for all of its pages. Anybody may open
such a page, so that there is a limit to how many are told this way; the rest ask now and then (`panel.public.board.posts`).

What belongs here: fan-out, its limits. What does not: what a page shows (`panel.public.board`).
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from recado.gateway.live import Live
from recado.panel.public.looks import NOBODY_LOOKS, Look

log = structlog.get_logger(__name__)

EVERY_SECONDS = 1.0
HEARTBEAT_SECONDS = 20.0
RETRY_MS = 3000
MOST_OF_BOARD, MOST = 500, 2000

Looks = Callable[[Mapping[str, str]], Mapping[str, Look]]
"""Returns what changed of pages since the states they are given with."""
Queue = asyncio.Queue[Look | None]


@dataclass(slots=True)
class Watched:
    """One address with the pages that are open there."""

    look: Look | None = None
    queues: set[Queue] = field(default_factory=set)


class Screens:
    """All open pages of boards."""

    def __init__(self, looks: Looks, is_over: Callable[[], bool], *, every: float = EVERY_SECONDS) -> None:
        """`is_over` says that the server is about to stop."""
        self._looks, self._is_over, self._every = looks, is_over, every
        self._watched: dict[str, Watched] = {}
        self._task: asyncio.Task[None] | None = None

    def has_room(self, token: str) -> bool:
        """Say whether one more page can be told."""
        there = self._watched.get(token)
        return (there is None or len(there.queues) < MOST_OF_BOARD) and sum(len(one.queues) for one in self._watched.values()) < MOST

    async def follow(self, token: str, *, heartbeat: float = HEARTBEAT_SECONDS) -> AsyncIterator[str]:
        """Yield the stream: what the page shows now, then each change; it ends where the address leads nowhere or the server stops."""
        watched, queue = self._watched.setdefault(token, Watched()), Queue(maxsize=1)
        watched.queues.add(queue)
        if watched.look is not None:
            queue.put_nowait(watched.look)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._go_on_looking())
        try:
            yield f"retry: {RETRY_MS}\n\n"
            while True:
                try:
                    look = await asyncio.wait_for(queue.get(), heartbeat)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if look is None:
                    return
                yield _message(look)
                if look.state == NOBODY_LOOKS:
                    return
        finally:
            watched.queues.discard(queue)
            if not watched.queues and self._watched.get(token) is watched:
                del self._watched[token]

    async def _go_on_looking(self) -> None:
        """Look again and again while any page is open."""
        while self._watched:
            if self._is_over():
                for watched in self._watched.values():
                    _tell(watched, None)
                return
            try:
                await self._look()
            except Exception:  # whatever it was, the next look comes
                log.exception("boards_not_seen")
            await asyncio.sleep(self._every)

    async def _look(self) -> None:
        seen = {token: watched.look.state if watched.look else "" for token, watched in self._watched.items()}
        for token, look in (await run_in_threadpool(self._looks, seen)).items():
            watched = self._watched.get(token)
            if watched is not None:
                watched.look = look
                _tell(watched, look)


def routes(live: Live) -> list[Route]:
    """Return the route of the stream."""
    screens = Screens(_looks, lambda: live.is_closed)

    async def board_events(request: Request) -> Response:
        token = request.path_params["token"]
        if live.is_closed or not screens.has_room(token):
            return Response("Ask for the page's pieces instead.", status_code=503, headers={"Retry-After": "60"})
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", "X-Robots-Tag": "noindex"}
        return StreamingResponse(screens.follow(token), media_type="text/event-stream", headers=headers)

    return [Route("/board/{token}/events/", board_events, methods=["GET"])]


def _looks(seen: Mapping[str, str]) -> Mapping[str, Look]:
    from django.db import close_old_connections  # noqa: PLC0415  # after django.setup

    from recado.panel.public.board import looks  # noqa: PLC0415

    close_old_connections()
    return looks(seen)


def _tell(watched: Watched, look: Look | None) -> None:
    """Let all pages of an address see a look; who has not taken the one before gets only this."""
    for queue in watched.queues:
        if queue.full():
            queue.get_nowait()
        queue.put_nowait(look)


def _message(look: Look) -> str:
    """Write an event; every line of the text becomes a `data:` line."""
    if look.state == NOBODY_LOOKS:
        return "event: gone\ndata:\n\n"
    return "\n".join(f"data: {line}" for line in look.html.splitlines()) + "\n\n"
