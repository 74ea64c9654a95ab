"""Reads of received messages as programs fetch them, narrowed by number, sender and time.

What belongs here: what the API asks. What does not: a page of the unread ones (`unread`), the panel's threads (`apps.dialogues.queries`),
marking (`services`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from recado.apps.accounts.models import Account
from recado.apps.inbox.models import Message
from recado.apps.numbers.models import Number
from recado.core.number import NumberKind

COUNT_AHEAD = 10_000
"""How many rows past the page asked for are counted at most; counting a million for each page would cost more than the page."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which unread messages a program asks for; None narrows nothing, an empty collection leaves nothing."""

    kinds: Collection[NumberKind] | None = None
    """Kinds of number they arrived on."""
    senders: Collection[str] | None = None
    recipient: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    newest_first: bool = False
    among: QuerySet[Any] | None = None
    """Ids of messages: only those."""
    apart_from: QuerySet[Any] | None = None
    """Ids of messages: all but those."""


def get_message_for(account: Account, message_id: int) -> Message:
    """Return a received message of the account; raise Message.DoesNotExist for all others."""
    return Message.objects.select_related("number", "connection").get(account=account, pk=message_id)


def messages_by_id(account: Account, message_ids: Collection[int]) -> dict[int, Message]:
    """Return those of the messages that are the account's, by id."""
    return Message.objects.filter(account=account).in_bulk(list(message_ids))


def narrowed(account: Account, unread: QuerySet[Message], wanted: Wanted) -> QuerySet[Message]:
    """Narrow messages by time and sender; by number `unread` does."""
    found = unread
    if wanted.since is not None:
        found = found.filter(received_at__gte=wanted.since)
    if wanted.until is not None:
        found = found.filter(received_at__lte=wanted.until)
    if wanted.among is not None:
        found = found.filter(pk__in=wanted.among)
    if wanted.apart_from is not None:
        found = found.exclude(pk__in=wanted.apart_from)
    if wanted.senders is not None:
        # Each message of an account is in a dialogue, and dialogues are few; the app itself must not be imported, it builds on this one.
        dialogues = apps.get_model("dialogues", "Dialogue")._default_manager  # noqa: SLF001  # documented Django API
        found = found.filter(
            dialogue_id__in=list(dialogues.filter(account=account, msisdn__in=wanted.senders).values_list("pk", flat=True))
        )
    return found


def count_up_to(found: QuerySet[Message], ceiling: int) -> int:
    """Count, but stop at `ceiling`; by what indexes of unread messages have in them, so that no message is looked at."""
    return found.order_by().values("received_at")[:ceiling].count()


def numbers_by_id(number_ids: Iterable[int | None]) -> dict[int, Number]:
    """Find the numbers of a page of messages at once."""
    return Number.objects.in_bulk({number_id for number_id in number_ids if number_id is not None})
