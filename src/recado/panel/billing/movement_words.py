"""What moved money, in the reader's language.

What belongs here: a sentence for each event and book of the ledger. What does not: the ledger (`core.ledger`).
"""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from recado.apps.billing.statements import Movement, Statement
from recado.core.ledger import Book, Event

WORDS: dict[str, Promise] = {
    Event.REFUND.value: _("Given back for texts"),
    Event.TOP_UP.value: _("Top-up"),
    Event.PAYMENT.value: _("Invoice paid"),
    Event.FEE.value: _("Installation or subscription"),
    Event.CORRECTION.value: _("Correcting invoice"),
    Event.ADJUSTMENT.value: _("Adjustment by the operator"),
}
"""Texts have a sentence with their count."""


def in_words(movement: Movement) -> str:
    """Say what moved; an event nobody knows shows itself."""
    if movement.event != Event.MESSAGE.value:
        return str(WORDS.get(movement.event, movement.event))
    if movement.book == Book.FORWARDS.value:
        words = ngettext("%(count)s message forwarded to a phone", "%(count)s messages forwarded to a phone", movement.count)
    else:
        words = ngettext("%(count)s text sent", "%(count)s texts sent", movement.count)
    return words % {"count": movement.count}


def rows_of(found: Statement) -> Iterator[tuple[Movement, str]]:
    """Yield the movements of a statement with their sentences."""
    return ((movement, in_words(movement)) for movement in found.movements)
