"""Boards in words: moderation, themes, what is said of who wrote, why a message waits.

What belongs here: one phrase for each code. What does not: the trail of a message (`activity_words`).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.boards.errors import Refusal
from recado.apps.boards.services import MOST_MINUTES, MOST_PER_PHONE, MOST_SHOWN, Theme
from recado.core.board import Moderation, Naming, PostState, Reason
from recado.core.word_list import MOST_WORDS

MODERATION: Mapping[Moderation, Promise] = {
    Moderation.MANUAL: gettext_lazy("One of you looks at every message first"),
    Moderation.AUTOMATIC: gettext_lazy("Messages are shown by themselves, except what the word list objects to"),
}
MODERATION_SHORT: Mapping[Moderation, Promise] = {
    Moderation.MANUAL: gettext_lazy("You let messages through"),
    Moderation.AUTOMATIC: gettext_lazy("Shown by themselves"),
}
NAMING: Mapping[Naming, Promise] = {
    Naming.NOTHING: gettext_lazy("Nothing"),
    Naming.DIGITS: gettext_lazy("The last three digits of the phone"),
    Naming.FIRST_NAME: gettext_lazy("The first name, where you know it from your contacts"),
}
THEMES: Mapping[Theme, Promise] = {
    Theme.NIGHT: gettext_lazy("Night"),
    Theme.DAY: gettext_lazy("Day"),
    Theme.GREEN: gettext_lazy("Green"),
    Theme.CONTRAST: gettext_lazy("High contrast"),
}
STATES: Mapping[PostState, Promise] = {
    PostState.PENDING: gettext_lazy("Waits"),
    PostState.SHOWN: gettext_lazy("Shown"),
    PostState.HIDDEN: gettext_lazy("Taken down"),
    PostState.REJECTED: gettext_lazy("Rejected"),
}
REASONS: Mapping[Reason, Promise] = {
    Reason.CLOSED: gettext_lazy("came while the board was closed"),
    Reason.RATE: gettext_lazy("too many of this phone in a short time"),
    Reason.LINK: gettext_lazy("has an address in it"),
    Reason.PHONE: gettext_lazy("has a phone number in it"),
}


def reason_words(reason: str) -> str:
    """Say why a message was not shown by itself; empty where nothing spoke against it."""
    code, _colon, word = reason.partition(":")
    if code == Reason.WORD:
        return _("has “%(word)s” in it, which is on your list") % {"word": word.strip()}
    return str(REASONS[Reason(code)]) if code in set(Reason) else ""


def refusal_words(refusal: Refusal) -> str:
    """Say why a board cannot be as wanted."""
    said = {
        Refusal.NO_NAME: _("Give the board a name."),
        Refusal.RATE: _("Take between 1 and %(messages)s messages, and between 1 and %(minutes)s minutes.")
        % {"messages": MOST_PER_PHONE, "minutes": MOST_MINUTES},
        Refusal.SHOWN_COUNT: _("Between 1 and %(count)s messages can be on the page at once.") % {"count": MOST_SHOWN},
        Refusal.TOO_MANY_WORDS: _("The list has at most %(count)s words.") % {"count": MOST_WORDS},
    }
    return said[refusal]
