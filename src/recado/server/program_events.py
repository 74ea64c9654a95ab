"""`GET /api/v1/events`: what changes in an account, told to programs as server-sent events with ids and nothing else.

What belongs here: letting programs in, what each event is called. What does not: the stream itself (`streaming`), what changed
(`gateway.live`), the other addresses of the API (`api.v1`), which run in threads that a stream would hold.
"""

import json
from collections import Counter
from collections.abc import AsyncIterator, Callable

from django.db import close_old_connections
from django.http import HttpResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from recado.api.v1.auth import demand, key_of, let_in
from recado.api.v1.limits import limiter
from recado.api.v1.problems import Problem, no_key
from recado.apps.accounts.models import ApiUser
from recado.apps.accounts.scopes import Scope
from recado.gateway.live import Event, Live
from recado.server.streaming import as_message, follow

HEARTBEAT_SECONDS = 20
MOST_STREAMS = 10
"""At once, of one login."""
ANY_METHOD = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
NAMES = {
    "message": ("message.received", "conversation_id"),
    "outbound": ("message.status", "conversation_id"),
    "dialogue": ("conversation.changed", "conversation_id"),
    "contacts": ("contacts.changed", None),
    "campaign": ("campaign.changed", "campaign_id"),
    "jobs": ("deliveries.changed", None),
    "autoresponders": ("autoresponders.changed", None),
    "refetch": ("refetch", None),
}
"""What each notice is called, and what the id in it is of. Others are for people: who is looking, what the bell says."""


def routes(live: Live) -> list[Route]:
    """Return the route of the stream."""
    open_streams: Counter[int] = Counter()

    async def events(request: Request) -> Response:
        try:
            program = await run_in_threadpool(_admitted, request)
        except Problem as problem:
            return _response(problem.response())
        if open_streams[program.pk] >= MOST_STREAMS:
            return _response(_too_many().response())
        return StreamingResponse(
            _counted(open_streams, program.pk, stream(live, program, _last_event_id(request), lambda: _is_still_in(request))),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    return [Route("/api/v1/events", events, methods=ANY_METHOD)]


async def stream(live: Live, program: ApiUser, last_event_id: int | None, is_still_in: Callable[[], bool]) -> AsyncIterator[str]:
    """Yield the stream's text; ends within a heartbeat after the key is over."""
    times = {"heartbeat": HEARTBEAT_SECONDS, "look_again": HEARTBEAT_SECONDS}
    async for text in follow(live, program.account_id, last_event_id, _written, is_still_in, **times):
        yield text


async def _written(event: Event) -> str:
    if event.notice.kind not in NAMES:
        return ""
    name, of = NAMES[event.notice.kind]
    thing = {of: event.notice.object_id} if of and event.notice.object_id is not None else {}
    return as_message(event.id, json.dumps({"event": name} | thing), name)


async def _counted(open_streams: Counter[int], program_id: int, texts: AsyncIterator[str]) -> AsyncIterator[str]:
    open_streams[program_id] += 1
    try:
        async for text in texts:
            yield text
    finally:
        open_streams[program_id] -= 1
        if not open_streams[program_id]:
            del open_streams[program_id]


def _admitted(request: Request) -> ApiUser:
    """Return the program that asks, as every other address of the API lets it in. Raises Problem."""
    close_old_connections()
    if request.method != "GET":
        detail = f"This address does not know {request.method}. It knows GET."
        raise Problem(405, "method-not-allowed", "Method not allowed", detail, headers={"Allow": "GET"})
    program = _program(request)
    level, may_call = limiter.count(key_of(program))
    if not may_call:
        raise limiter.refusal(level)
    return program


def _program(request: Request) -> ApiUser:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer":
        raise no_key()
    program = let_in(token, request.client.host if request.client else "")
    demand(program, Scope.MESSAGES_READ)
    return program


def _too_many() -> Problem:
    detail = f"The key has {MOST_STREAMS} streams open. Close one, or use one for everything: each tells all there is."
    return Problem(429, "too-many-streams", "Too many streams", detail, headers={"Retry-After": "30"})


def _is_still_in(request: Request) -> bool:
    close_old_connections()
    try:
        _program(request)
    except Problem:
        return False
    return True


def _last_event_id(request: Request) -> int | None:
    seen = request.headers.get("last-event-id", "")
    return int(seen) if seen.isdecimal() and len(seen) <= _LONGEST_ID else None


_LONGEST_ID = 18


def _response(made: HttpResponse) -> Response:
    return Response(made.content, made.status_code, dict(made.items()))
