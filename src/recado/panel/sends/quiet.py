"""How many people of a draft are in their quiet hours when it begins, in a sentence.

What belongs here: counting and the sentence. What does not: when it is quiet where (`apps.outbox.quiet`), keeping to it (`delivery`).
"""

from collections import Counter
from datetime import datetime

from django.utils.translation import ngettext

from recado.apps.campaigns.audience import audience_of
from recado.apps.campaigns.models import Campaign
from recado.apps.outbox.quiet import quiet_until
from recado.panel.templatetags.formats import count as written
from recado.panel.templatetags.formats import moment

DIGITS = 5
"""Phones that begin alike are in the same zone; so many digits tell one from the other."""


def quiet_words(campaign: Campaign, now: datetime) -> str:
    """Say for how many it is quiet then and when theirs go; nothing where it is quiet for nobody."""
    account = campaign.account
    if not campaign.keeps_quiet_hours or account.quiet_from is None:
        return ""
    at = max(campaign.scheduled_at or now, now)
    beginnings: Counter[str] = Counter()
    samples: dict[str, str] = {}
    for phone in map(str, audience_of(campaign, now).phones):
        beginnings[phone[:DIGITS]] += 1
        samples.setdefault(phone[:DIGITS], phone)
    until = {beginning: quiet_until(account, phone, at) for beginning, phone in samples.items()}
    ends = [end for end in until.values() if end]
    if not ends:
        return ""
    quiet = sum(beginnings[beginning] for beginning, end in until.items() if end)
    said = ngettext(
        "%(count)s person is in quiet hours until %(moment)s; theirs goes then.",
        "%(count)s people are in quiet hours until %(moment)s; theirs go then.",
        quiet,
    )
    return said % {"count": written(quiet), "moment": moment(max(ends))}
