"""How far a campaign is and what came of it: counts, messages, replies, opt-outs, rows to take away.

What belongs here: these reads, quick with 100,000 messages. What does not: finding a campaign (`queries`), how a report looks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from recado.apps.campaigns.models import Campaign
from recado.apps.contacts.models import OptOut
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import OutboundMessage
from recado.apps.paging import Page


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
    """Say how far a campaign is."""
    raise NotImplementedError


def messages_of(
    campaign: Campaign, *, state: str = "", reason: str = "", search: str = "", before: int | None = None, size: int = 50
) -> Page[OutboundMessage]:
    """Return a page of its messages, the last written first; `search` is a piece of a phone number."""
    raise NotImplementedError


def replies_of(campaign: Campaign, *, before: int | None = None, size: int = 50) -> Page[Message]:
    """Return a page of the messages people answered with, newest first."""
    raise NotImplementedError


def opt_outs_of(campaign: Campaign) -> QuerySet[OptOut]:
    """List the opt-outs that came as an answer to it, newest first, lifted ones too."""
    raise NotImplementedError


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
    raise NotImplementedError
