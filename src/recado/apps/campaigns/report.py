"""How far a campaign is and what came of it: counts, messages, replies, opt-outs, rows to take away.

What belongs here: these reads, quick with 100,000 messages. What does not: finding a campaign (`queries`), how a report looks.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet, Sum

from recado.apps.campaigns.models import Campaign
from recado.apps.contacts.models import Contact, OptOut
from recado.apps.ids import first_id_at
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import OutboundMessage
from recado.apps.paging import Page, page_of
from recado.core.receipt import OutboundState

_AT_ONCE = 1_000
_LOOKED_AT = 2_000
_FEWEST = 3
"""Less says nothing about a rate."""
_LATELY = timedelta(minutes=1)
_WITHOUT_REASON = frozenset({OutboundState.QUEUED, OutboundState.SENT, OutboundState.UNCERTAIN, OutboundState.DELIVERED})
"""States in which no message has a reason: said to the database, so that it finds a page by its index."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A campaign in figures at one moment."""

    recipient_count: int
    """Messages written so far, all of them once it is being sent."""
    by_state: dict[str, int] = field(default_factory=dict)
    """Messages by `core.receipt.OutboundState`; what has none is not in it."""
    by_reason: dict[tuple[str, str], int] = field(default_factory=dict)
    """Messages by state and reason, where there is a reason."""
    reply_count: int = 0
    opt_out_count: int = 0
    segment_count: int = 0
    cost: int = 0
    """Minor units, without what was never handed over."""
    per_second: float = 0.0
    """How quickly messages were handed over lately."""
    finished_by: datetime | None = None
    """When the last one will be handed over, at that rate; None where that cannot be said."""

    @property
    def waiting(self) -> int:
        """Messages not handed over yet."""
        return self.by_state.get("queued", 0)

    @property
    def handed_over(self) -> int:
        """Messages handed over to a carrier, or perhaps so."""
        return sum(self.by_state.get(state, 0) for state in ("sent", "uncertain", "delivered", "undelivered"))


def progress(campaign: Campaign, now: datetime) -> Progress:
    """Say how far a campaign is; a few milliseconds with 100,000 messages, by the index outbound_campaign_states alone."""
    rows = _messages(campaign).order_by().values_list("state", "reason").annotate(Count("pk"), Sum("segment_count"), Sum("cost"))
    found = Progress(
        recipient_count=campaign.recipient_count, reply_count=_replies(campaign).count(), opt_out_count=opt_outs_of(campaign).count()
    )
    by_state, by_reason, segment_count, cost = Counter[str](), dict[tuple[str, str], int](), 0, 0
    for state, reason, count, segments, money in rows:
        by_state[state] += count
        if reason:
            by_reason[state, reason] = count
        if state != OutboundState.UNSENT:
            segment_count, cost = segment_count + segments, cost + money
    found = replace(found, by_state=dict(by_state), by_reason=by_reason, segment_count=segment_count, cost=cost)
    per_second = _rate(campaign, now) if campaign.state == Campaign.State.SENDING else 0.0
    return replace(found, per_second=per_second, finished_by=_finished_by(campaign, found.waiting, per_second, now))


def messages_of(
    campaign: Campaign, *, state: str = "", reason: str = "", search: str = "", before: int | None = None, size: int = 50
) -> Page[OutboundMessage]:
    """Return a page of its messages, the last written first; `search` is a piece of a phone number."""
    found = _messages(campaign)
    if state:
        found = found.filter(state=state)
    if reason or state in _WITHOUT_REASON:
        found = found.filter(reason=reason)
    if search:
        found = found.filter(recipient__contains=search)
    return page_of(found, before, size)


def replies_of(campaign: Campaign, *, before: int | None = None, size: int = 50) -> Page[Message]:
    """Return a page of the messages people answered with, newest first."""
    return page_of(_replies(campaign).defer("raw"), before, size)


def opt_outs_of(campaign: Campaign) -> QuerySet[OptOut]:
    """List the opt-outs that came as an answer to it, newest first, lifted ones too."""
    if campaign.started_at is None:
        return OptOut.objects.none()
    since = OptOut.objects.filter(account=campaign.account_id, id__gte=first_id_at(campaign.started_at))
    return since.filter(message_id__in=_replies(campaign).values("pk")).order_by("-id")


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One recipient for a file."""

    msisdn: str
    name: str
    text: str
    segment_count: int
    cost: int
    state: str
    reason: str
    carrier_error: str
    sender: str
    sent_at: datetime | None
    finished_at: datetime | None


def report_rows(campaign: Campaign, limit: int = 1_000_000) -> Iterator[ReportRow]:
    """Yield one row for every message in the order of phone numbers, read in portions, so that no cursor stays open."""
    columns = ("pk", "recipient", "text", "segment_count", "cost", "state", "reason", "carrier_error", "sender", "sent_at", "finished_at")
    after = 0
    while limit > 0:
        some = list(_messages(campaign).filter(pk__gt=after).order_by("pk").values_list(*columns)[: min(_AT_ONCE, limit)])
        if not some:
            return
        contacts = Contact.objects.filter(account=campaign.account_id, msisdn__in=[row[1] for row in some])
        names = {msisdn: f"{first} {last}".strip() for msisdn, first, last in contacts.values_list("msisdn", "first_name", "last_name")}
        yield from (ReportRow(row[1], names.get(row[1], ""), *row[2:]) for row in some)
        limit -= len(some)
        after = some[-1][0]


def _messages(campaign: Campaign) -> QuerySet[OutboundMessage]:
    return OutboundMessage.objects.filter(campaign_id=campaign.pk)


def _replies(campaign: Campaign) -> QuerySet[Message]:
    return Message.objects.filter(account=campaign.account_id, campaign_id=campaign.pk)


def _rate(campaign: Campaign, now: datetime) -> float:
    """Count what was handed over lately among the messages given to the workers last."""
    given_out = _messages(campaign).filter(pk__lte=campaign.released_to).order_by("-pk").values_list("sent_at", flat=True)
    times = sorted(at for at in given_out[:_LOOKED_AT] if at is not None)
    if len(times) < _FEWEST or now - times[-1] > _LATELY:
        return 0.0
    recent = [at for at in times if times[-1] - at <= _LATELY]
    seconds = (recent[-1] - recent[0]).total_seconds()
    return (len(recent) - 1) / seconds if seconds else 0.0


def _finished_by(campaign: Campaign, waiting: int, per_second: float, now: datetime) -> datetime | None:
    if not waiting or campaign.state != Campaign.State.SENDING:
        return None
    rates = [rate for rate in (per_second, (campaign.per_minute or 0) / 60) if rate > 0]
    return now + timedelta(seconds=waiting / min(rates)) if rates else None
