"""`/events/`: one stream of server-sent events a tab, with fragments rendered for the person who looks.

What belongs here: who follows, and where a page goes on after a break.
What does not: the stream itself (`streaming`), what changed (`gateway.live`) and how it looks (`panel.fragments`).
"""

from collections.abc import AsyncIterator, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from recado.gateway.live import Event, Live
from recado.server.renderings import Renderings
from recado.server.streaming import as_message, follow
from recado.server.viewer import Viewer, viewer_of

HEARTBEAT_SECONDS = 20
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

    async def write(event: Event) -> str:
        fragment = await renderings.of(event, viewer)
        return as_message(event.id, fragment) if fragment.strip() else ""

    def is_still_in() -> bool:
        seen = look_again()
        return seen is not None and (seen.user, seen.account) == (viewer.user, viewer.account)

    account_id = viewer.account.pk
    times = {"heartbeat": HEARTBEAT_SECONDS, "look_again": LOOK_AGAIN_SECONDS}
    async for text in follow(live, account_id, last_event_id, write, is_still_in, **times):
        yield text
