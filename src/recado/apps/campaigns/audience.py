"""Whom a campaign goes to: everybody of its groups and its single people, each once, without those who must not get it.

What belongs here: choosing recipients, the same for an estimate and for preparing. What does not: what they get (`core.personal`), what
it costs (`estimating`), SQL (`store.audience`).
"""

from dataclasses import dataclass, field
from datetime import datetime

from recado.apps.campaigns.models import Campaign

MOST_RECIPIENTS = 100_000


@dataclass(frozen=True, slots=True)
class Skipped:
    """People left out, each counted once, by the first of these reasons that fits."""

    invalid: int = 0
    """No phone can have the number, or it is a short code or a number of this installation."""
    duplicate: int = 0
    """Times somebody came once more."""
    excluded: int = 0
    """Members of a group that is left out."""
    opted_out: int = 0
    blocked: int = 0


@dataclass(frozen=True, slots=True)
class Audience:
    """Who gets a campaign, in the order of their numbers, and who does not."""

    phones: "list[int]" = field(default_factory=list)
    skipped: Skipped = Skipped()


def audience_of(campaign: Campaign, now: datetime) -> Audience:
    """Choose who gets a campaign at this moment."""
    raise NotImplementedError
