"""What was sent and what came of it, group sends and single texts in one list, the newest first.

What belongs here: this list for programs. What does not: all figures of one campaign (`report`), what lists of campaigns say (`overview`).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import merge
from itertools import islice

from django.db.models import Count, Q, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.campaigns.models import Campaign
from recado.apps.ids import first_id_at
from recado.apps.outbox.models import Origin, OutboundMessage, SendKind
from recado.core.receipt import OutboundState

_SINGLE = (Origin.AGENT, Origin.API)
"""Automatic replies and forwards are nobody's sending."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which sendings are asked for: begun from a moment up to another, of one kind or of all."""

    since: datetime
    until: datetime
    kind: SendKind | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """A group send, or a text to one person, and how many messages of it are where."""

    id: int
    """Of the campaign or of the message; ids of messages are far above those of campaigns."""
    name: str
    """Empty for a single text."""
    text: str
    kind: str
    began_at: datetime
    ended_at: datetime | None
    by_state: Mapping[str, int]
    """Messages by `core.receipt.OutboundState`; what has none is not in it."""
    is_campaign: bool = False

    def count(self, *states: OutboundState) -> int:
        """Count the messages in any of these states."""
        return sum(self.by_state.get(state, 0) for state in states)


def sendings(account: Account, span: Span, start: int, limit: int) -> list[Sending]:
    """Return a stretch of the sendings of an account, tests left out, the newest first."""
    end = start + limit
    return _read(_chosen(_campaigns(account, span), _singles(account, span), end)[start:])


@dataclass(frozen=True, slots=True)
class _Chosen:
    """One sending of a list, before it is read."""

    order: int
    pk: int
    began_at: datetime | None
    """None: a single text, whose id says when."""


def _chosen(campaigns: QuerySet[Campaign], singles: QuerySet[OutboundMessage], limit: int) -> list[_Chosen]:
    """Merge the newest of both, each in its order."""
    rows = campaigns.values_list("pk", "started_at")[:limit]
    began = (_Chosen(first_id_at(at), pk, at) for pk, at in rows if at is not None)
    single = (_Chosen(pk, pk, None) for pk in singles.values_list("pk", flat=True)[:limit])
    return list(islice(merge(began, single, key=lambda each: each.order, reverse=True), limit))


def _read(chosen: Sequence[_Chosen]) -> list[Sending]:
    campaigns = Campaign.objects.in_bulk([one.pk for one in chosen if one.began_at is not None])
    messages = OutboundMessage.objects.in_bulk([one.pk for one in chosen if one.began_at is None])
    counts = _states_of(campaigns)
    return list(_shown([(one.pk, one.began_at is not None) for one in chosen], campaigns, messages, counts))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of sendings ends: the last group send and the last single text before it, each None as long as there was none."""

    began_at: datetime | None = None
    campaign_id: int = 0
    message_id: int | None = None


def sendings_after(account: Account, span: Span, place: Place, limit: int) -> tuple[list[Sending], Place | None]:
    """Return the sendings behind a place, the newest first, and where they end; None where nothing is behind them.

    As quick for the last page as for the first, and what begins meanwhile moves nothing.
    """
    campaigns, singles = _campaigns(account, span), _singles(account, span)
    if place.began_at is not None:
        campaigns = campaigns.filter(Q(started_at__lt=place.began_at) | Q(started_at=place.began_at, pk__lt=place.campaign_id))
    if place.message_id is not None:
        singles = singles.filter(pk__lt=place.message_id)
    chosen = _chosen(campaigns, singles, limit + 1)
    shown = chosen[:limit]
    found = _read(shown)
    return found, _end_of(shown, place) if len(chosen) > limit else None


def _end_of(shown: Sequence["_Chosen"], place: Place) -> Place:
    for one in shown:
        is_campaign = one.began_at is not None
        changed = {"began_at": one.began_at, "campaign_id": one.pk} if is_campaign else {"message_id": one.pk}
        place = replace(place, **changed)
    return place


def sending_count(account: Account, span: Span, ceiling: int) -> int:
    """Count the sendings, single texts up to `ceiling`."""
    return _campaigns(account, span).order_by().count() + _singles(account, span).order_by()[:ceiling].count()


def _campaigns(account: Account, span: Span) -> QuerySet[Campaign]:
    found = Campaign.objects.filter(account=account, is_test=False, started_at__gte=span.since, started_at__lte=span.until)
    return (found.filter(kind=span.kind) if span.kind else found).order_by("-started_at", "-pk")


def _singles(account: Account, span: Span) -> QuerySet[OutboundMessage]:
    """List single texts; their ids tell when they were made, which spares an index on that."""
    found = OutboundMessage.objects.filter(account=account, pk__gte=first_id_at(span.since), created_at__lte=span.until)
    found = found.filter(campaign_id=None, is_test=False, origin__in=_SINGLE)
    return (found.filter(kind=span.kind) if span.kind else found).order_by("-pk")


def _states_of(campaign_ids: Collection[int]) -> Mapping[int, Counter[str]]:
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    found = OutboundMessage.objects.filter(campaign_id__in=campaign_ids).order_by()
    for campaign_id, state, count in found.values_list("campaign_id", "state").annotate(Count("pk")):
        if campaign_id is not None:
            counts[campaign_id][state] = count
    return counts


def _shown(
    chosen: Collection[tuple[int, bool]],
    campaigns: Mapping[int, Campaign],
    messages: Mapping[int, OutboundMessage],
    counts: Mapping[int, Counter[str]],
) -> Iterator[Sending]:
    """Yield what was chosen; what was erased meanwhile is passed over."""
    for pk, is_campaign in chosen:
        if is_campaign and (campaign := campaigns.get(pk)) and campaign.started_at:
            ended_at = campaign.finished_at
            states: Mapping[str, int] = counts.get(pk, {})
            yield Sending(pk, campaign.name, campaign.text, campaign.kind, campaign.started_at, ended_at, states, is_campaign=True)
        elif not is_campaign and (message := messages.get(pk)):
            ended_at = message.finished_at or message.sent_at
            yield Sending(pk, "", message.text, message.kind, message.created_at, ended_at, {message.state: 1})
