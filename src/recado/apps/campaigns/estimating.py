"""What a draft would do if it were sent now: how many people get what, in how many segments, at what cost.

What belongs here: this sum and samples of the texts. What does not: who gets it (`audience`), prices (`core.price`, `apps.plans`).
"""

from dataclasses import dataclass
from datetime import datetime

from recado.apps.campaigns.audience import Skipped
from recado.apps.campaigns.models import Campaign
from recado.protocols.gsm.segment import Segmentation


@dataclass(frozen=True, slots=True)
class Preview:
    """The text one person gets."""

    msisdn: str
    name: str
    """As the contact or the file names them; empty where nobody knows."""
    text: str
    segmentation: Segmentation


@dataclass(frozen=True, slots=True)
class Estimate:
    """A draft in figures."""

    recipient_count: int
    skipped: Skipped
    fewest_segments: int
    most_segments: int
    segment_count: int
    cost: int
    """Minor units; 0 for a test."""
    unicode_count: int
    """People whose text does not fit the GSM alphabet."""
    previews: list[Preview]
    """Of the first recipients."""
    unknown_placeholders: list[str]
    """Names the text asks for that nothing is ever put in place of; they would be sent as typed."""


def estimate(campaign: Campaign, now: datetime) -> Estimate:
    """Say what a draft would do if it were sent now; the same people and figures as preparing comes to."""
    raise NotImplementedError


def preview(campaign: Campaign, now: datetime, position: int) -> Preview | None:
    """Return what the recipient at a position, counted from 0, would get; None beyond the last one."""
    raise NotImplementedError
