"""Sender names in the reader's language: why one cannot be asked for, how far it is.

What belongs here: sentences for the codes of `apps.senders` and `core.sender_name`, complete by a test. What does not: deciding.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recado.apps.senders.errors import NameRefusal
from recado.apps.senders.models import SenderName
from recado.core.sender_name import NameFault

REFUSALS = {
    NameFault.EMPTY: _("Write the name."),
    NameFault.TOO_LONG: _("A sender name has at most 11 characters, blanks included."),
    NameFault.LETTERS: _("Use letters without accents, digits, blanks, dots and hyphens: phones show nothing else reliably."),
    NameFault.NO_LETTER: _("A sender name has at least one letter; to send from a number, choose the number."),
    NameFault.LIKE_A_NUMBER: _("This reads like a phone number, and people would take it for one. Choose a name that says who writes."),
    NameRefusal.THERE_ALREADY: _("You have this name already, or it waits for approval."),
    NameRefusal.TOO_MANY: _("Ten of your names wait already. Wait until the operator has dealt with them."),
    NameRefusal.DECIDED: _("Somebody was faster. Look at how the name stands now."),
    NameRefusal.NO_REASON: _("Say why; the customer reads it."),
}
STATES = {
    SenderName.State.PENDING: (_("Waiting for approval"), "clock-hour-4", "c-chip--warn"),
    SenderName.State.AUTHORIZED: (pgettext_lazy("a sender name", "Approved"), "circle-check", "c-chip--good"),
    SenderName.State.REJECTED: (pgettext_lazy("a sender name", "Refused"), "ban", "c-chip--bad"),
    SenderName.State.DEACTIVATED: (pgettext_lazy("a sender name", "Switched off"), "player-stop", ""),
}
"""Word, icon and class of the chip."""
