"""Reads of outgoing messages as programs ask for them: by their ids, phones, time, status and sender's kind.

What belongs here: what the API asks. What does not: what went out because of a received message (`queries`), the words for states
(`core.reporting`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.ids import first_id_at
from recado.apps.outbox.models import OutboundMessage, SendKind
from recado.core.receipt import OutboundState
from recado.core.reporting import PENDING, SAVED, STATUS_WORDS

COUNT_AHEAD = 10_000
"""How many rows past the page asked for are counted at most."""


@dataclass(frozen=True, slots=True)
class WantedSent:
    """Which outgoing messages a program asks for; None narrows nothing, an empty collection leaves nothing."""

    ids: Collection[int] | None = None
    unique_ids: Collection[str] | None = None
    phones: Collection[str] | None = None
    since: datetime | None = None
    until: datetime | None = None
    statuses: Collection[str] | None = None
    """Words of `core.reporting`; what is none of them is had by no message."""
    kind: str | None = None
    campaign_id: int | None = None
    oldest_first: bool = False


def sent_messages(account: Account, wanted: WantedSent, now: datetime) -> QuerySet[OutboundMessage]:
    """List the outgoing messages of the account, the last ordered first."""
    found = OutboundMessage.objects.filter(account=account)
    if wanted.ids is not None or wanted.unique_ids is not None:
        found = found.filter(Q(pk__in=list(wanted.ids or ())) | Q(unique_id__in=list(wanted.unique_ids or ())))
    if wanted.phones is not None:
        found = found.filter(recipient__in=list(wanted.phones))
    if wanted.since is not None:
        found = found.filter(pk__gte=first_id_at(wanted.since), created_at__gte=wanted.since)
    if wanted.until is not None:
        found = found.filter(created_at__lte=wanted.until)
    if wanted.statuses is not None:
        found = found.filter(_has_status(wanted.statuses, now))
    if wanted.kind is not None:
        found = found.filter(kind=wanted.kind if wanted.kind in SendKind.values else "")
    if wanted.campaign_id is not None:
        found = found.filter(campaign_id=wanted.campaign_id)
    return found.order_by("pk" if wanted.oldest_first else "-pk")


def count_up_to(found: QuerySet[OutboundMessage], ceiling: int) -> int:
    """Count, but stop at `ceiling`."""
    return found.order_by()[:ceiling].count()


def status_of(message: OutboundMessage, now: datetime) -> str:
    """Return the provider's word for where a message is."""
    state = OutboundState(message.state)
    is_saved = state is OutboundState.QUEUED and message.scheduled_at is not None and message.scheduled_at > now
    return SAVED if is_saved else STATUS_WORDS[state]


def _has_status(words: Collection[str], now: datetime) -> Q:
    saved = Q(state=OutboundState.QUEUED, scheduled_at__gt=now)
    known = {
        **{word: Q(state__in=[state for state, own in STATUS_WORDS.items() if own == word]) for word in STATUS_WORDS.values()},
        SAVED: saved,
        PENDING: Q(state__in=(OutboundState.QUEUED, OutboundState.UNCERTAIN, OutboundState.SENT)),
    }
    known["in_progress"] &= ~Q(state=OutboundState.QUEUED) | Q(scheduled_at=None) | Q(scheduled_at__lte=now)
    found = Q(pk__in=())
    for word in words:
        found |= known.get(word, Q(pk__in=()))
    return found
