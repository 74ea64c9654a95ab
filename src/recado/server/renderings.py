"""Fragments for the live stream, rendered once for all tabs of one person.

What belongs here: sharing the work. What does not: how a fragment looks (`panel.fragments`), who gets which (`events`).
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool

from recado.gateway.live import Event
from recado.server.viewer import Viewer

KEPT = 1000
"""Renderings remembered; tabs hear of an event within moments of each other, so few are asked for twice later than that."""

Render = Callable[[Event, Viewer], str]


class Renderings:
    """Lives on the event loop; renders in a thread, with the rights the person has at that moment."""

    def __init__(self, render: Render) -> None:
        self._render = render
        self._tasks: OrderedDict[tuple[int, int, int, str], asyncio.Task[str]] = OrderedDict()

    async def of(self, event: Event, viewer: Viewer) -> str:
        """Return what the event changes on the person's pages; the tab that asks first has it rendered."""
        key = (event.id, viewer.account.pk, viewer.user.pk, viewer.language)
        task = self._tasks.get(key)
        if task is None:
            task = asyncio.ensure_future(run_in_threadpool(self._render, event, viewer))
            self._tasks[key] = task
            if len(self._tasks) > KEPT:
                self._tasks.popitem(last=False)
        return await asyncio.shield(task)  # a tab that goes away takes nobody else's rendering with it
