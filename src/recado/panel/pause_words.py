"""Why a destination is paused, in words.

What belongs here: a sentence for each `core.pausing.PauseReason`; a test keeps them complete. What does not: what its people are told
(`notification_words`).
"""

from django.utils.translation import gettext_lazy as _

from recado.core.pausing import PauseReason

SENTENCES = {
    PauseReason.FAILING: _("Nothing arrived there for a day. What is forwarded there waits until you resume it."),
    PauseReason.GONE: _("It answered that the address is gone for good (HTTP 410). What is forwarded there waits until you resume it."),
    PauseReason.MAILBOX: _("The mailbox refuses mail: there is none of this name, or it is closed. Correct the address, then resume."),
    PauseReason.BY_HAND: _("Somebody paused it. What is forwarded there waits until you resume it."),
}
