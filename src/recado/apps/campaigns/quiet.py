"""How many people of a draft are in their quiet hours when it begins, and until when.

What belongs here: counting them before it is sent. What does not: when it is quiet where (`apps.outbox.quiet`), keeping to it
(`delivery`), how many wait once it is under way (`running`).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from recado.apps.campaigns.audience import audience_of
from recado.apps.campaigns.models import Campaign
from recado.apps.outbox.quiet import quiet_until

DIGITS = 5
"""Phones that begin alike are in the same zone; so many digits tell one from the other."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """People whose messages are kept back at first."""

    count: int
    until: datetime
    """When the last of theirs may leave."""


def quiet_at_beginning(campaign: Campaign, now: datetime) -> Quiet | None:
    """Count the people in quiet hours when a draft begins; None where it is quiet for nobody, or the hours are not kept."""
    account = campaign.account
    if not campaign.keeps_quiet_hours or account.quiet_from is None:
        return None
    at = max(campaign.scheduled_at or now, now)
    beginnings: Counter[str] = Counter()
    samples: dict[str, str] = {}
    for phone in map(str, audience_of(campaign, now).phones):
        beginnings[phone[:DIGITS]] += 1
        samples.setdefault(phone[:DIGITS], phone)
    until = {beginning: quiet_until(account, phone, at) for beginning, phone in samples.items()}
    ends = [end for end in until.values() if end]
    return Quiet(sum(beginnings[beginning] for beginning, end in until.items() if end), max(ends)) if ends else None
