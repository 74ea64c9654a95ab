"""What the activity log keeps about autoresponders.

What belongs here: one as before and after of a change. What does not: writing the log (`panel.recording`), its sentences
(`panel.audit_words`).
"""

from recado.apps.autoresponders.models import Autoresponder
from recado.apps.keywords.audited import restrictions
from recado.panel.autoresponders.words import once_in_words, place_in_words


def facts(found: Autoresponder) -> dict[str, str]:
    """Return what can be changed of an autoresponder, in words that last; what does not restrict it is empty."""
    return {
        "name": found.name,
        "is_enabled": "yes" if found.is_enabled else "no",
        "place": place_in_words(found),
        "text": found.text,
        "once": once_in_words(found.once_minutes),
        **restrictions(found, found.account, found.daily_ceiling),
    }
