"""Why something cannot be subscribed to, in the reader's language.

What belongs here: a sentence for each code of `apps.billing.subscriptions`, complete by a test. What does not: deciding.
"""

from django.utils.translation import gettext_lazy as _

from recado.apps.billing.subscriptions import SubscriptionRefusal

REFUSALS = {
    SubscriptionRefusal.NO_PACKAGE: _("This package is not offered any more. Choose one of those shown."),
    SubscriptionRefusal.NOT_PAYABLE: _("This kind of number cannot be paid for the way your plan is paid. Ask for another plan."),
    SubscriptionRefusal.HAS_ONE: _("This is subscribed to already."),
    SubscriptionRefusal.NOT_OWN: _("Only a number that belongs to the customer alone has a subscription of its own."),
    SubscriptionRefusal.ENDED: _("This has ended already."),
    SubscriptionRefusal.TOO_EARLY: _("It cannot end before it begins."),
}
