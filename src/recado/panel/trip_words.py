"""Why automatic answers were stopped, in words: for the list of autoresponders, conversations and notifications alike.

What belongs here: a phrase for each reason, and names for what was stopped. What does not: when it trips (`core.breaker`).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.autoresponders.trips import Source
from recado.panel.templatetags.recado import msisdn

REASONS: Mapping[str, Promise] = {
    "identical": gettext_lazy("the same text went there three times within an hour"),
    "too_many": gettext_lazy("five automatic texts went there within ten minutes"),
    "ceiling": gettext_lazy("it cost what it may cost a day"),
    "automatic": gettext_lazy("the message says that it was sent automatically"),
    "echo": gettext_lazy("the message is a text you sent yourself"),
}
"""For each word of `core.breaker.TripReason`."""


def reason_in_words(reason: str) -> str:
    """Say why answers were stopped; a reason nobody knows shows itself."""
    return str(REASONS.get(reason, reason))


def source_in_words(source: Source, names: Mapping[Source, str]) -> str:
    """Name what was stopped: an autoresponder, a keyword, the default of a number."""
    if source[0] == "own":
        return _("Questions and confirmations")
    return msisdn(names[source]) if source in names else _("Deleted since")
