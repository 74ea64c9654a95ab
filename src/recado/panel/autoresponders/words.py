"""An autoresponder in words: what it answers, how often, when and to whom.

What belongs here: phrases for lists, pages and the activity log. What does not: words for conditions (`panel.rule_words`) and for answers
that were stopped (`panel.trip_words`).
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recado.apps.autoresponders.models import Autoresponder
from recado.panel.rule_words import conditions_in_words, period_in_words
from recado.panel.templatetags.recado import own_number

HOUR, DAY = 60, 24 * 60


def place_in_words(found: Autoresponder) -> str:
    """Say what it answers."""
    if found.keyword:
        values = {"word": found.keyword.word, "number": own_number(found.keyword.number.digits)}
        return _("Messages with the keyword %(word)s to %(number)s") % values
    if found.number:
        return _("Every message to %(number)s") % {"number": own_number(found.number.digits)}
    return _("Every message")


def when_in_words(found: Autoresponder) -> list[str]:
    """Say when and to whom, a phrase for each restriction."""
    return conditions_in_words(found)


def period_of(found: Autoresponder) -> str:
    """Say from when until when; nothing where it always holds."""
    return period_in_words(found.starts_at, found.ends_at) if found.starts_at or found.ends_at else ""


def once_in_words(minutes: int | None) -> str:
    """Say how often the same person gets it."""
    if minutes is None:
        return _("Each time somebody writes")
    if minutes == DAY:
        return _("Once a day per person")
    if minutes == HOUR:
        return _("Once an hour per person")
    if minutes % DAY == 0:
        days = minutes // DAY
        return ngettext("Once in %(count)s day per person", "Once in %(count)s days per person", days) % {"count": days}
    if minutes % HOUR == 0:
        hours = minutes // HOUR
        return ngettext("Once in %(count)s hour per person", "Once in %(count)s hours per person", hours) % {"count": hours}
    return ngettext("Once in %(count)s minute per person", "Once in %(count)s minutes per person", minutes) % {"count": minutes}
