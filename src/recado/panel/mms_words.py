"""Sentences for what keeps an MMS from being sent.

What belongs here: words for `apps.mms.drafts.MmsRefusal`, and for what a reader's phone told. What does not: deciding
(`apps.mms.composing`), words of senders (`send_words`).
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recado.apps.mms.drafts import MmsProblem, MmsRefusal
from recado.panel.send_words import NO_SENDER

MMS_REFUSALS = {
    MmsRefusal.EMPTY: _("Write something, or attach a file."),
    MmsRefusal.SUBJECT_TOO_LONG: _("The subject is too long: at most %(limit)s characters fit."),
    MmsRefusal.TEXT_TOO_LONG: _("The text is too long: at most %(limit)s characters fit."),
    MmsRefusal.TOO_MANY_FILES: _("These are too many files: at most %(limit)s fit."),
    MmsRefusal.TYPE: _("%(file)s is of a kind that phones do not show. Take it out."),
    MmsRefusal.GONE: _("%(file)s is not there any more. Attach it again."),
    MmsRefusal.INFECTED: _("A virus was found in %(file)s. Take it out."),
    MmsRefusal.FILE_TOO_LARGE: _("%(file)s is too large: a file may have at most %(kilobytes)s kB."),
    MmsRefusal.TOO_LARGE: _("This is too large: the carrier takes at most %(kilobytes)s kB. Take a file out, or choose smaller ones."),
}
"""All but SENDER, whose words are those of the sender."""


READ_STATES = {True: (pgettext_lazy("an MMS", "Read"), "eye"), False: (pgettext_lazy("an MMS", "Deleted unread"), "trash")}
"""Word and icon for `SentMms.is_read`; nothing is said while it is None, because many phones never tell."""


def mms_problem(problem: MmsProblem) -> str:
    """Say what must be changed."""
    if problem.sender is not None:
        return str(NO_SENDER[problem.sender])
    return str(MMS_REFUSALS[problem.reason]) % {"file": problem.file, "limit": problem.limit, "kilobytes": problem.limit // 1024}
