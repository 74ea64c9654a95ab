"""A receiver of forwards inside the demo: answers OK and shows the last requests, so that no second program is needed."""

from collections import deque
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

KEPT = 50
MAX_BODY_OCTETS = 64 * 1024


def routes() -> list[Route]:
    """Return `/demo/receiver/` (shows what came) and `/demo/receiver/hook` (takes it)."""
    kept: deque[dict[str, object]] = deque(maxlen=KEPT)

    async def take(request: Request) -> Response:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY_OCTETS:
                return PlainTextResponse("too large", status_code=413)
        kept.appendleft(
            {
                "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "method": request.method,
                "query": dict(request.query_params),
                "body": body.decode(errors="replace"),
            }
        )
        return PlainTextResponse("OK")

    async def show(request: Request) -> Response:  # noqa: ARG001  # Starlette's interface
        return JSONResponse({"received": list(kept)})

    return [
        Route("/demo/receiver/", show, methods=["GET"]),
        Route("/demo/receiver/hook", take, methods=["GET", "POST"]),
    ]
