"""Notices that something changed, told inside this process after the change is committed.

Services announce, the server subscribes (live pages, delivery, routes). Nothing is subscribed in tests and in commands, and then
nothing happens; a notice carries ids only, never content.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import structlog
from django.db import transaction

log = structlog.get_logger(__name__)

ChangeKind = Literal["message", "outbound", "dialogue", "contacts", "routing", "jobs", "notification", "presence", "campaign"]


@dataclass(frozen=True, slots=True)
class Change:
    """What kind of thing changed, in which account."""

    kind: ChangeKind
    account_id: int | None = None
    """None where it concerns no single account, as with routing."""
    object_id: int | None = None
    """The dialogue's id for message, outbound, dialogue and presence, the campaign's for campaign."""


_subscribers: list[Callable[[Change], None]] = []


def subscribe(callback: Callable[[Change], None]) -> Callable[[], None]:
    """Call `callback` in the announcing thread at every change; the function returned ends that."""
    _subscribers.append(callback)

    def unsubscribe() -> None:
        _subscribers.remove(callback)

    return unsubscribe


def announce(change: Change) -> None:
    """Tell the subscribers once the current transaction is committed, at once where there is none."""
    if _subscribers:
        transaction.on_commit(partial(_tell, change))


def _tell(change: Change) -> None:
    """Tell everybody; what is committed is not undone because one of them fails."""
    for callback in tuple(_subscribers):
        try:
            callback(change)
        except Exception:  # a subscriber's failure is none of the writer's
            log.exception("subscriber_failed", kind=change.kind)
