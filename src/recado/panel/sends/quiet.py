"""How many people of a draft are in their quiet hours when it begins, in a sentence.

What belongs here: the sentence. What does not: counting (`apps.campaigns.quiet`).
"""

from datetime import datetime

from django.utils.translation import ngettext

from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.quiet import quiet_at_beginning
from recado.panel.templatetags.formats import count as written
from recado.panel.templatetags.formats import moment


def quiet_words(campaign: Campaign, now: datetime) -> str:
    """Say for how many it is quiet then and when theirs go; nothing where it is quiet for nobody."""
    found = quiet_at_beginning(campaign, now)
    if found is None:
        return ""
    said = ngettext(
        "%(count)s person is in quiet hours until %(moment)s; theirs goes then.",
        "%(count)s people are in quiet hours until %(moment)s; theirs go then.",
        found.count,
    )
    return said % {"count": written(found.count), "moment": moment(found.until)}
