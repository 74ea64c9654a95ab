"""Reads of outgoing messages as programs ask for them: by their ids, phones, time, status and sender's kind.

What belongs here: what the API asks. What does not: what went out because of a received message (`queries`), the words for states
(`core.reporting`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.ids import first_id_at
from recado.apps.outbox.models import Origin, OutboundMessage, SendKind
from recado.core.receipt import OutboundState
from recado.core.reporting import PENDING, SAVED, STATUS_WORDS

COUNT_AHEAD = 10_000
"""How many rows past the page asked for are counted at most."""
MADE_WITHIN = timedelta(days=1)
"""A message has its id when it is ordered, or at most this long after."""
WINDOW = 20_000
"""Through so many messages one page of `sent_page` looks where no index leads to the rows."""


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
    states: Collection[OutboundState] | None = None
    """Our own words, where `statuses` are the provider's."""
    dialogue_id: int | None = None
    origin: Origin | None = None
    is_test: bool | None = None
    oldest_first: bool = False

    @property
    def needs_looking_through(self) -> bool:
        """Whether no index leads to the rows."""
        is_found = any(one is not None for one in (self.ids, self.unique_ids, self.phones, self.campaign_id, self.dialogue_id))
        unserved = (self.states, self.statuses, self.kind, self.origin, self.is_test)
        return not is_found and any(one is not None for one in unserved)


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
    if wanted.states is not None:
        found = found.filter(state__in=[state.value for state in wanted.states])
    return _with_equal(found, wanted).order_by("pk" if wanted.oldest_first else "-pk")


def _with_equal(found: QuerySet[OutboundMessage], wanted: WantedSent) -> QuerySet[OutboundMessage]:
    """Narrow by the columns that must have one value."""
    kind = wanted.kind if wanted.kind is None or wanted.kind in SendKind.values else ""
    columns = {
        "kind": kind,
        "campaign_id": wanted.campaign_id,
        "dialogue_id": wanted.dialogue_id,
        "origin": wanted.origin,
        "is_test": wanted.is_test,
    }
    return found.filter(**{name: value for name, value in columns.items() if value is not None})


def sent_page(
    account: Account, wanted: WantedSent, now: datetime, *, before: int | None, size: int
) -> tuple[list[OutboundMessage], int | None]:
    """Return a page, newest first, of those before an id, and the id to go on from where there may be more.

    A page costs the same whatever is asked: it may be short, or empty, although older ones follow (as in `apps.inbox.log`).
    """
    if wanted.until is not None:
        latest = first_id_at(wanted.until + MADE_WITHIN)
        before = latest if before is None else min(before, latest)
    found, within = sent_messages(account, wanted, now).select_related("author"), OutboundMessage.objects.filter(account=account)
    if before is not None:
        found, within = found.filter(pk__lt=before), within.filter(pk__lt=before)
    edge = within.order_by("-pk").values_list("pk", flat=True)[WINDOW - 1 : WINDOW].first() if wanted.needs_looking_through else None
    rows = list(found.filter(pk__gte=edge)[: size + 1] if edge else found[: size + 1])
    if len(rows) > size:
        return rows[:size], rows[size - 1].pk
    return rows, None if edge is None or (wanted.since is not None and edge < first_id_at(wanted.since)) else edge


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
