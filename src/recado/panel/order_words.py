"""Orders of numbers in the reader's language: why something cannot be ordered, how far an order is.

What belongs here: sentences for the codes of `apps.orders`, complete by a test. What does not: deciding.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recado.apps.orders.errors import OrderRefusal
from recado.apps.orders.models import NumberOrder

REFUSALS = {
    OrderRefusal.SUSPENDED: _("The account is suspended. Nothing can be ordered until it is open again."),
    OrderRefusal.NOT_FOR_ONE: _("This kind is everybody's: there is nothing to order."),
    OrderRefusal.PREPAID: _("This kind cannot be paid in advance, as your plan asks for. Ask for another plan."),
    OrderRefusal.NOT_IN_PLAN: _("Your plan does not include this kind. Ask for another plan."),
    OrderRefusal.TAKEN: _("Somebody else was faster: the number is not free any more. Choose another one."),
    OrderRefusal.TOO_MANY: _("Five of your orders wait already. Withdraw one, or wait until the operator has dealt with them."),
    OrderRefusal.SETTLED: _("The order is not open any more. Look at what became of it."),
    OrderRefusal.OTHER_KIND: _("The number is of another kind than the one ordered."),
}
STATES = {
    NumberOrder.State.OPEN: (_("Waits"), "clock-hour-4", "c-chip--warn"),
    NumberOrder.State.ASSIGNED: (pgettext_lazy("an order", "Assigned"), "circle-check", "c-chip--good"),
    NumberOrder.State.REFUSED: (pgettext_lazy("an order", "Refused"), "ban", "c-chip--bad"),
    NumberOrder.State.WITHDRAWN: (pgettext_lazy("an order", "Withdrawn"), "arrow-back-up", ""),
}
"""Word, icon and class of the chip."""
