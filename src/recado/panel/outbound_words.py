"""States of outgoing messages and forwards, and reasons of failure in the reader's language.

What belongs here: words for `core.receipt.OutboundState`, `UndeliveredReason`, forwards and our own refusals.
What does not: deciding on states.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recado.apps.dialogues.answering import Refusal
from recado.apps.outbox.models import JobState
from recado.core.receipt import OutboundState, UndeliveredReason, UnsentReason

STATES = {
    OutboundState.QUEUED: (_("Queued"), "clock-hour-4"),
    OutboundState.SENT: (_("Sent"), "check"),
    OutboundState.UNCERTAIN: (_("Perhaps sent"), "help"),
    OutboundState.DELIVERED: (_("Delivered"), "checks"),
    OutboundState.UNDELIVERED: (_("Not delivered"), "alert-triangle"),
    OutboundState.UNSENT: (_("Not sent"), "circle-x"),
}
"""Word and icon: a state is never shown by colour alone."""

FORWARDS = {
    JobState.WAITING: _("Waiting"),
    JobState.CLAIMED: _("In progress"),
    JobState.DONE: pgettext_lazy("a forward", "Delivered"),
    JobState.DEAD: _("Given up"),
}
"""How a forward stands, in the words of whoever waits for it."""

REASONS = {
    UndeliveredReason.MESSAGE_EXPIRED: _("the phone was switched off too long"),
    UndeliveredReason.UNSUPPORTED_NUMBER: _("this number cannot be reached"),
    UndeliveredReason.MESSAGE_REJECTED: _("the carrier refused the message"),
    UndeliveredReason.MISSED_CALL: _("the call was not answered"),
    UndeliveredReason.WRONG_NUMBER: _("the number does not exist"),
    UndeliveredReason.LIMIT_EXHAUSTED: _("the limit is used up"),
    UndeliveredReason.LOCK_SEND: _("sending is blocked"),
    UndeliveredReason.WRONG_MESSAGE: _("the carrier cannot send this text"),
    UndeliveredReason.OPERATOR_ERROR: _("the carrier had an error"),
    UndeliveredReason.WRONG_SENDER_NAME: _("the carrier does not accept the sender"),
    UndeliveredReason.NUMBER_IS_BLACKLISTED: _("the phone is blocked"),
    UndeliveredReason.FOREIGN_NETWORKS_LOCKED: _("sending abroad is blocked"),
    UndeliveredReason.NO_PERMISSION: _("there is no permission to send"),
    UndeliveredReason.OTHER_ERROR: _("unknown error"),
    UnsentReason.CANCELLED: _("taken back before its time"),
    UnsentReason.STOPPED: _("the sending was stopped"),
    UnsentReason.OPTED_OUT: _("the person wants no messages"),
    UnsentReason.NO_POOL_NUMBER: _("no pool number is free for this phone"),
    UnsentReason.TOO_LATE: _("it could not be sent in time"),
    UnsentReason.NO_CREDIT: _("your credit does not reach for it"),
}

REFUSALS = {
    Refusal.EMPTY: _("Write something first."),
    Refusal.TOO_LONG: _("The text is too long; nothing was sent. At most 1530 characters fit."),
    Refusal.NO_CONNECTION: _("You cannot answer here: the number has no connection to a carrier."),
    Refusal.NUMBER_GONE: _("You cannot answer here: the number is not yours any more."),
    Refusal.NO_PHONE: _("You cannot answer here: the sender is a name or a short code, not a phone."),
    Refusal.BEING_ANSWERED: _("%(person)s is answering now. Nothing was sent."),
    Refusal.ANSWERED: _("%(person)s answered while you were writing. Nothing was sent."),
    Refusal.OPTED_OUT: _("This person opted out. Nothing was sent."),
    Refusal.NO_POOL: _("You cannot answer here: the carrier takes no texts from this number, and no pool number is there to stand in."),
    Refusal.TIME_PASSED: _("That moment is over. Choose a later one; nothing was sent."),
    Refusal.TOO_FAR: _("Choose a moment within a year; nothing was sent."),
    Refusal.BLOCKED: _("You blocked this number. Nothing was sent."),
    Refusal.NO_CREDIT: _("Your credit does not reach for it: %(missing)s are missing. Nothing was sent; your text is still here."),
}
"""Sentences for refusals; those for somebody quicker name them."""
