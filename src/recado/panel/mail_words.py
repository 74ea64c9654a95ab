"""Why a mail that answers a message was not sent as a text, in sentences for whoever wrote it, and for operators.

What belongs here: one sentence for each reason. What does not: the mail that tells them (`refusal_mail`), the list (`operator.mails`).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.apps.dialogues.answering import Refusal
from recado.apps.mails.models import MailReason
from recado.protocols.mail.received import Automatic

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
FOR_OPERATORS: Mapping[str, Promise] = {
    MailReason.UNKNOWN_SENDER: _("Its sender is no mailbox of the account and nobody of its team who may answer."),
    MailReason.NOT_AUTHENTIC: _("The mail server in front does not vouch for its sender."),
    MailReason.NO_REPORT: _("It came to an address for bounces and reports none."),
    MailReason.NOT_FINAL: _("It reports that a mail server goes on trying."),
    MailReason.JOB_GONE: _("It reports on a mail that nobody remembers."),
    Automatic.AUTO_SUBMITTED: _("It says of itself that a program sent it."),
    Automatic.BULK: _("It says of itself that it went to many."),
    Automatic.LIST: _("It comes from a mailing list."),
    Automatic.RESPONDER: _("An autoresponder sent it."),
    Automatic.NO_ENVELOPE_SENDER: _("It has no sender to answer to, as bounces have none."),
    Automatic.REPORT: _("It is a report of a mail server."),
    Automatic.ABSENCE: _("It is a note of absence."),
    Automatic.LOOP: _("It is one of our own mails."),
}
"""Reasons nobody is told by mail, by `MailReason` and `Automatic`."""


def reason_in_words(reason: str) -> str:
    """Say why a mail was not sent, for operators; empty where there is no reason."""
    words = SENTENCES.get(reason) or FOR_OPERATORS.get(reason)
    return str(words) if words else reason
