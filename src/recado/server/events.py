"""`/events/`: one stream of server-sent events a tab, with fragments rendered for the person who looks.

What belongs here: the stream itself (ids, heartbeat, replay).
What does not: what changed (`gateway.live`) and how it looks (`panel.fragments`).
"""

import asyncio
from collections.abc import AsyncIterator, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from recado.gateway.live import Event, Live
from recado.server.renderings import Renderings
from recado.server.viewer import Viewer, viewer_of

HEARTBEAT_SECONDS = 20
RETRY_MS = 1000
LOOK_AGAIN_SECONDS = 60
"""How long somebody who signed out, or was locked out, may go on seeing what changes in a page left open."""
RENDERING_SECONDS = 2
"""How long a page may take from asking the database to saying what time it is. What is told twice does no harm."""


def routes(live: Live) -> list[Route]:
    """Return the route of the stream."""
    renderings = Renderings(_render)

    async def events(request: Request) -> Response:
        cookies = request.headers.get("cookie", "")
        viewer = await run_in_threadpool(viewer_of, cookies)
        if viewer is None:
            return Response("Sign in first.", status_code=403)
        return StreamingResponse(
            stream(live, renderings, viewer, _last_event_id(request, live), lambda: viewer_of(cookies)),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    return [Route("/events/", events, methods=["GET"])]


def _last_event_id(request: Request, live: Live) -> int | None:
    """Return after which event the page wants to go on: the last it saw, else the last before it was rendered, else None for now."""
    seen, rendered = request.headers.get("last-event-id", ""), request.query_params.get("since", "")
    if seen.isdecimal():
        return int(seen)
    return live.last_id_before(int(rendered) - RENDERING_SECONDS) if rendered.isdecimal() else None


def _render(event: Event, viewer: Viewer) -> str:
    from recado.panel.fragments import render  # noqa: PLC0415  # after django.setup

    notice = event.notice
    return render(notice.kind, notice.account_id, notice.object_id, viewer.user, viewer.language)


async def stream(
    live: Live, renderings: Renderings, viewer: Viewer, last_event_id: int | None, look_again: Callable[[], Viewer | None]
) -> AsyncIterator[str]:
    """Yield the stream's text; every event is rendered with the viewer's rights. Ends soon after `look_again` finds somebody else."""
    yield f"retry: {RETRY_MS}\n\n"
    events = aiter(live.subscribe(viewer.account.pk, last_event_id))
    waiting: asyncio.Task[Event | None] = asyncio.ensure_future(_next(events))
    loop = asyncio.get_running_loop()
    looked_at = loop.time()
    try:
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=HEARTBEAT_SECONDS)
            if loop.time() - looked_at >= LOOK_AGAIN_SECONDS:
                looked_at = loop.time()
                seen = await run_in_threadpool(look_again)
                if seen is None or (seen.user, seen.account) != (viewer.user, viewer.account):
                    return
            if not done:
                yield ": still here\n\n"
                continue
            event = waiting.result()
            if event is None:
                return
            fragment = await renderings.of(event, viewer)
            if fragment.strip():
                yield as_message(event.id, fragment)
            waiting = asyncio.ensure_future(_next(events))
    finally:
        waiting.cancel()


async def _next(events: AsyncIterator[Event]) -> Event | None:
    return await anext(events, None)


def as_message(event_id: int, text: str) -> str:
    """Write one unnamed event; every line of the text becomes a `data:` line."""
    lines = "\n".join(f"data: {line}" for line in text.splitlines())
    return f"id: {event_id}\n{lines}\n\n"
