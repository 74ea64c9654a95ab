"""Answers what was received, once it is known whether it is stored.

What belongs here: telling links and waiting threads, all of a group in one call on the loop.
What does not: deciding what the answer is (`writer`).
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import structlog

from recado.gateway.intake import NotStoredError, Queued, Waiter

log = structlog.get_logger(__name__)


class Loop(Protocol):
    """The part of an event loop that a thread may call."""

    def call_soon_threadsafe(self, callback: Callable[..., Any], *args: Any) -> Any:
        """Have the loop call something soon."""


def answer(loop: Loop, queued: Sequence[Queued], message_ids: Sequence[int] | None, reason: str) -> None:
    """Have every link answer its requests; without `message_ids`, a temporary error because of `reason`."""
    by_link: dict[Any, list[tuple[int, bool]]] = {}
    is_stored = message_ids is not None
    for index, (_, ticket) in enumerate(queued):
        if ticket is None:
            continue
        if type(ticket) is Waiter:
            _resolve(ticket, message_ids[index] if message_ids is not None else None, reason)
            continue
        answers = by_link.get(ticket.link)
        if answers is None:
            by_link[ticket.link] = [(ticket.sequence, is_stored)]
        else:
            answers.append((ticket.sequence, is_stored))
    if by_link:
        try:
            loop.call_soon_threadsafe(_acknowledge, by_link)
        except RuntimeError:
            log.warning("loop_closed", unanswered=sum(map(len, by_link.values())))


def _acknowledge(by_link: dict[Any, list[tuple[int, bool]]]) -> None:
    for link, answers in by_link.items():
        try:
            link.acknowledge(answers)
        except Exception:
            log.exception("acknowledge_failed")


def _resolve(waiter: Waiter, message_id: int | None, reason: str) -> None:
    if not waiter.done.set_running_or_notify_cancel():
        return
    if message_id is None:
        waiter.done.set_exception(NotStoredError(reason or "not stored"))
    else:
        waiter.done.set_result(message_id)
