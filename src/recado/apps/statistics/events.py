"""What the statistics count, as it stands in the log, and reading a portion of it in the order in which it happened.

Test messages are left out here, and so they are counted nowhere. What belongs here: queries on messages, outgoing messages and consents.
What does not: counting (`counting`), what became of outgoing messages (`settling`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from recado.apps.contacts.models import ConsentRecord
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import Origin, OutboundMessage
from recado.apps.sql import lent_connection
from recado.store.tallies import keywords_of_messages

END = (1 << 62) - 1
"""Greater than every id."""
_REPLIES = (Origin.RULE, Origin.AGENT, Origin.API)
_BROUGHT = ('"added_to_group"', '"already_in_group"')
"""Steps of a trail (`core.trail`) that say the sender is in a group because of the message, or was before."""
_TAKEN = ('["survey"', '["contest"', '["code"', '["board"')
"""Steps that say a survey or the like took the message."""
_LEFT = (ConsentRecord.Kind.LEFT, ConsentRecord.Kind.ENDED)


@dataclass(frozen=True, slots=True)
class Received:
    """A message that came."""

    id: int
    phone: str
    number_id: int | None
    keyword_id: int | None
    argument: str
    is_member: bool
    is_taken: bool
    """Whether a survey, a contest, a code pool or a board took it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A message to one person, automatic or not."""

    id: int
    phone: str
    number_id: int | None
    keyword_id: int | None
    """Of the message it replies to."""
    is_by_person: bool


@dataclass(frozen=True, slots=True)
class OptedOut:
    """Somebody opted out."""

    id: int
    phone: str
    number_id: int | None
    keyword_id: int | None


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody joined a group or left it."""

    id: int
    group_id: int
    is_joined: bool


Event: TypeAlias = Received | Reply | OptedOut | Moved


@dataclass(frozen=True, slots=True)
class Portion:
    """A stretch of the log."""

    events: list[Event] = field(default_factory=list)
    reached: int = 0
    """The first id that was not looked at."""


def read(account_id: int, start: int, end: int, limit: int) -> Portion:
    """Read what has ids from `start` on and before `end`, or as much of it as `limit` rows of one table reach."""
    span = {"account_id": account_id, "id__gte": start, "id__lt": end}
    received = list(
        Message.objects.filter(**span, is_test=False)
        .order_by("id")
        .values_list("id", "sender", "number_id", "keyword_id", "argument", "trail")[:limit]
    )
    end = _bounded(received, limit, end)
    sent = list(
        OutboundMessage.objects.filter(**span, is_test=False, origin__in=_REPLIES)
        .order_by("id")
        .values_list("id", "recipient", "number_id", "in_reply_to_id", "origin")[:limit]
    )
    end = _bounded(sent, limit, end)
    records = ConsentRecord.objects.filter(**span).order_by("id")
    noted = list(records.values_list("id", "msisdn", "number_id", "keyword_id", "kind", "group_id", "message_id")[:limit])
    end = _bounded(noted, limit, end)
    events = [event for event in (*_received(received), *_replies(sent), *_noted(noted)) if event.id < end]
    return Portion(sorted(events, key=lambda event: event.id), end)


def _bounded(rows: list[Any], limit: int, end: int) -> int:
    return min(end, rows[-1][0] + 1) if len(rows) == limit else end


def _received(rows: list[Any]) -> Iterator[Received]:
    for pk, phone, number_id, keyword_id, argument, trail in rows:
        is_member = keyword_id is not None and any(step in trail for step in _BROUGHT)
        is_taken = any(step in trail for step in _TAKEN)
        yield Received(pk, phone, number_id, keyword_id, argument, is_member, is_taken)


def _replies(rows: list[Any]) -> Iterator[Reply]:
    causes = [cause for _pk, _phone, _number, cause, _origin in rows if cause is not None]
    keywords = keywords_of_messages(lent_connection(), causes)
    for pk, phone, number_id, cause, origin in rows:
        yield Reply(pk, phone, number_id, keywords.get(cause or 0), origin == Origin.AGENT)


def _noted(rows: list[Any]) -> Iterator[OptedOut | Moved]:
    causes = [row[6] for row in rows if row[6] is not None]
    tests: set[int] = set()
    for start in range(0, len(causes), 1000):
        tests.update(Message.objects.filter(pk__in=causes[start : start + 1000], is_test=True).values_list("pk", flat=True))
    for pk, phone, number_id, keyword_id, kind, group_id, message_id in rows:
        if message_id in tests:
            continue
        if kind == ConsentRecord.Kind.OPTED_OUT:
            yield OptedOut(pk, phone, number_id, keyword_id)
        elif group_id is not None and (kind == ConsentRecord.Kind.JOINED or kind in _LEFT):
            yield Moved(pk, group_id, kind == ConsentRecord.Kind.JOINED)
