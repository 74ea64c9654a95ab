"""Following what changes in an account as server-sent events: the loop that both streams share.

What belongs here: heartbeats, looking again whether the follower is still welcome, the form of an event. What does not: who follows, and
what an event says (`events` for pages, `program_events` for programs).
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from starlette.concurrency import run_in_threadpool

from recado.gateway.live import Event, Live

RETRY_MS = 1000
TIMERS_ARE_EARLY = 0.05
"""Seconds: a heartbeat that comes a moment too soon must not put off looking until the next."""


async def follow(
    live: Live,
    account_id: int,
    last_event_id: int | None,
    write: Callable[[Event], Awaitable[str]],
    is_welcome: Callable[[], bool],
    *,
    heartbeat: float,
    look_again: float,
) -> AsyncIterator[str]:
    """Yield the stream's text, what `write` makes of each event; it ends soon after `is_welcome` says no."""
    yield f"retry: {RETRY_MS}\n\n"
    events = aiter(live.subscribe(account_id, last_event_id))
    waiting: asyncio.Task[Event | None] = asyncio.ensure_future(_next(events))
    loop = asyncio.get_running_loop()
    looked_at = loop.time()
    try:
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=heartbeat)
            if loop.time() - looked_at >= look_again - TIMERS_ARE_EARLY:
                looked_at = loop.time()
                if not await run_in_threadpool(is_welcome):
                    return
            if not done:
                yield ": still here\n\n"
                continue
            event = waiting.result()
            if event is None:
                return
            text = await write(event)
            if text:
                yield text
            waiting = asyncio.ensure_future(_next(events))
    finally:
        waiting.cancel()


async def _next(events: AsyncIterator[Event]) -> Event | None:
    return await anext(events, None)


def as_message(event_id: int, text: str, name: str = "") -> str:
    """Write one event; every line of the text becomes a `data:` line."""
    lines = [f"id: {event_id}", *([f"event: {name}"] if name else []), *(f"data: {line}" for line in text.splitlines())]
    return "\n".join(lines) + "\n\n"
