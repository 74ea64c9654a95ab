"""What was sent and what came of it, group sends and single texts in one list, the newest first.

What belongs here: this list for programs. What does not: all figures of one campaign (`report`), what lists of campaigns say (`overview`).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice

from django.db.models import Count, QuerySet

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

    def count(self, *states: OutboundState) -> int:
        """Count the messages in any of these states."""
        return sum(self.by_state.get(state, 0) for state in states)


def sendings(account: Account, span: Span, start: int, limit: int) -> list[Sending]:
    """Return a stretch of the sendings of an account, tests left out, the newest first."""
    end = start + limit
    began = ((first_id_at(at), pk, True) for pk, at in _campaigns(account, span).values_list("pk", "started_at")[:end] if at is not None)
    single = ((pk, pk, False) for pk in _singles(account, span).values_list("pk", flat=True)[:end])
    chosen = list(islice(merge(began, single, key=lambda each: each[0], reverse=True), start, end))
    campaigns = Campaign.objects.in_bulk([pk for _order, pk, is_campaign in chosen if is_campaign])
    messages = OutboundMessage.objects.in_bulk([pk for _order, pk, is_campaign in chosen if not is_campaign])
    counts = _states_of(campaigns)
    return list(_shown([(pk, is_campaign) for _order, pk, is_campaign in chosen], campaigns, messages, counts))


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
            yield Sending(pk, campaign.name, campaign.text, campaign.kind, campaign.started_at, ended_at, counts.get(pk, {}))
        elif not is_campaign and (message := messages.get(pk)):
            ended_at = message.finished_at or message.sent_at
            yield Sending(pk, "", message.text, message.kind, message.created_at, ended_at, {message.state: 1})
