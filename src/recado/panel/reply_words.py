"""What became of the reply that a program gave in its answer to a forward, in words: for the log of attempts.

What belongs here: a phrase for each fate. What does not: when a reply is sent (`core.webhook_reply`).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.core.webhook_reply import ReplyFate

FATES: Mapping[str, Promise] = {
    ReplyFate.SENT: _("The reply in the answer was sent."),
    ReplyFate.UNREADABLE: _("The answer begins like a reply but cannot be read, so nothing was sent."),
    ReplyFate.TOO_LONG: _("The reply in the answer is longer than ten SMS, so it was not sent."),
    ReplyFate.ANSWERED: _("The reply in the answer was not sent: the message has an automatic answer already."),
    ReplyFate.SAMPLE: _("The reply in the answer was read but not sent, because this was a test."),
    ReplyFate.NO_NUMBER: _("The reply in the answer was not sent: the number the message came to sends no texts."),
    ReplyFate.BLOCKED: _("The reply in the answer was not sent: you blocked this sender."),
    ReplyFate.OPTED_OUT: _("The reply in the answer was not sent: this person wants no messages."),
    ReplyFate.OWN_NUMBER: _("The reply in the answer was not sent: the sender is a number of this service."),
    ReplyFate.NO_PHONE: _("The reply in the answer was not sent: the sender is a name, not a phone."),
    ReplyFate.SHORT_CODE: _("The reply in the answer was not sent: the sender is a short code."),
    ReplyFate.BREAKER: _("The reply in the answer was not sent: automatic answers to this phone are paused."),
    ReplyFate.CEILING: _("The reply in the answer was not sent: the rule has spent what it may spend a day."),
    ReplyFate.NO_CREDIT: _("The reply in the answer was not sent: your credit does not reach for it."),
}
"""For each word of `core.webhook_reply.ReplyFate`."""


def reply_in_words(fate: str) -> str:
    """Say what became of a reply; empty where there was none, and a word nobody knows shows itself."""
    return str(FATES.get(fate, fate))
