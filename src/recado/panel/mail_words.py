"""Why a mail that answers a message was not sent as a text, in sentences for whoever wrote it.

What belongs here: one sentence for each reason a person is told. What does not: reasons that only operators see.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.apps.dialogues.answering import Refusal
from recado.apps.mails.models import MailReason

SENTENCES: Mapping[str, Promise] = {
    MailReason.EXPIRED: _("The message you answered is too old to be answered by e-mail. Answer it in the panel."),
    MailReason.CLOSED: _("The account is suspended, so nothing is sent from it. Its owner can ask the operator why."),
    MailReason.CONVERSATION_GONE: _("The conversation no longer exists."),
    Refusal.EMPTY: _("We found no words of yours in the e-mail. Write above the quoted message; pictures cannot be sent."),
    Refusal.TOO_LONG: _("The text is too long for an SMS. At most 1530 characters fit; send a shorter one."),
    Refusal.NO_CONNECTION: _("The number has no connection to a carrier now, so nothing can be sent from it. Try again later."),
    Refusal.NUMBER_GONE: _("The number this conversation was on is no longer yours, so nothing can be sent from it."),
    Refusal.NO_PHONE: _("The other side is a name or a short number, which takes no answers."),
    Refusal.OPTED_OUT: _("The person asked for no more messages, so nothing was sent."),
    Refusal.BLOCKED: _("The phone is blocked in your account. Unblock it in the panel to write to it."),
    Refusal.NO_POOL: _("No number that could send the text is free now. Try again later."),
}
"""By `MailReason` and `Refusal`."""
NEVER_BY_MAIL = frozenset({Refusal.BEING_ANSWERED, Refusal.ANSWERED, Refusal.TIME_PASSED, Refusal.TOO_FAR})
"""Refusals of answers that know what was seen or when to leave, which mails do not."""
OF_OPERATORS = frozenset({
    MailReason.UNKNOWN_SENDER, MailReason.NOT_AUTHENTIC, MailReason.NO_REPORT, MailReason.NOT_FINAL, MailReason.JOB_GONE,
})  # fmt: skip
"""Reasons nobody is told by mail."""
